"""Starts neo4j_rates.py: this file has the name of the driver, which would find it in its own place."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

if __name__ == "__main__":
    sys.path[:] = [each for each in sys.path if Path(each or ".").resolve() != HERE]
    runpy.run_path(str(HERE / "neo4j_rates.py"), run_name="__main__")
