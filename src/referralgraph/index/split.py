"""Ids of people and organisations who were taken apart: of which parts the revision knows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

_FILE = "split.json"


def write_split(split: Mapping[str, Sequence[str]], folder: Path) -> None:
    """Write the parts of each former id into the index of a revision."""
    (folder / _FILE).write_text(json.dumps(split, sort_keys=True), encoding="utf-8")


def read_split(folder: Path) -> dict[str, list[str]]:
    """Return the ids of the parts of each former id; none in a revision that was built before this was kept."""
    file = folder / _FILE
    found: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return found
