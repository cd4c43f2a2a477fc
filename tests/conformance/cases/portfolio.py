"""A portfolio of the country: by id, by name, unknown, twice, with amounts."""

from __future__ import annotations

import csv
import tempfile
from datetime import date
from pathlib import Path


def cases(sample):
    """Ask with and without a day since when."""
    file = Path(tempfile.mkdtemp()) / "customers.csv"
    rows = [["id", "name", "exposure"], *([each, "", "1000"] for each in sample.organisations[::7]), ["", "Nirgendwo GmbH", "5"],
            ["", "Falkenstieg Baulogistik GmbH", "20,000.50"], ["", "Falkenstieg Baulogistik GmbH", "1"]]
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return [{"file": str(file)}, {"file": str(file), "since": date(2023, 12, 31)}]
