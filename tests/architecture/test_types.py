"""The types hold across the whole product, loaders and queries included."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_mypy_finds_nothing(tmp_path):
    """The packages lie in three folders of the checkout and in one of the wheel; types are checked as in the wheel."""
    package = tmp_path / "referralgraph"
    ignored = shutil.ignore_patterns("__pycache__", ".*")
    shutil.copytree(ROOT / "src" / "referralgraph", package, ignore=ignored)
    for name in ("loaders", "cypher"):
        shutil.copytree(ROOT / name, package / name, ignore=ignored)
    told = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), "--cache-dir",
         str(tmp_path / "cache"), "-p", "referralgraph"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout[-6000:]
