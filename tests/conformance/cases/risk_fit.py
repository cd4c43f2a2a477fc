"""Outcomes that are too few to fit to: every store says so in the same words."""

from __future__ import annotations

import tempfile
from pathlib import Path


def cases(sample):
    """Ask with three outcomes."""
    file = Path(tempfile.gettempdir()) / "referralgraph-conformance-outcomes.csv"  # one name: the refusal tells it
    file.write_text("id,date\n" + "".join(f"{each},2023-01-01\n" for each in sample.organisations[:3]), encoding="utf-8")
    return [{"outcomes": str(file)}]
