"""Outcomes that are too few are refused; those dealt out over the whole country are fitted to: every store finds the same figures."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path


def cases(sample):
    """Ask with three outcomes, and with one for each company on days that its place in the list decides."""
    folder = Path(tempfile.gettempdir())  # one name: the refusal tells it
    every = [(each, date(2016, 1, 1) + timedelta(days=place * 37 % 3800)) for place, each in enumerate(sample.organisations)]
    found = []
    for name, rows in (("few", every[:3]), ("many", every)):
        file = folder / f"referralgraph-conformance-{name}.csv"
        file.write_text("id,date\n" + "".join(f"{each},{day.isoformat()}\n" for each, day in rows), encoding="utf-8")
        found.append({"outcomes": str(file)})
    return found
