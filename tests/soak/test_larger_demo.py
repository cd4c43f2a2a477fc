"""The demo in a larger country than its own: there the identity model learns other numbers. Its own is that of tests/packaging."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.soak
def test_a_larger_demo_walks_to_its_end(tmp_path: Path) -> None:
    """Every question of the walk is answered: the target is one person, and his path is the one worked out by hand."""
    done = subprocess.run(
        [sys.executable, "-m", "referralgraph.cli", "demo", str(tmp_path / "country"), "--companies", "6000"],
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert (tmp_path / "country" / "introduction.html").exists()
    assert "Torsten Quellbrink" in done.stdout
