"""The demo as a newcomer runs it, and larger: there the identity model learns other numbers than in a small country."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("size", [(), pytest.param(("--companies", "6000"), marks=pytest.mark.soak)], ids=["its own", "6000"])
def test_the_demo_walks_to_its_end(size: tuple[str, ...], tmp_path: Path) -> None:
    """Every question of the walk is answered: the target is one person, and his path is the one worked out by hand."""
    done = subprocess.run(
        [sys.executable, "-m", "referralgraph.cli", "demo", str(tmp_path / "country"), *size],
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert (tmp_path / "country" / "introduction.html").exists()
    assert "Torsten Quellbrink" in done.stdout
