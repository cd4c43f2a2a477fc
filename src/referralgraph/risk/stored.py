"""The model and the base rate that a revision was built with, read without what a build needs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from referralgraph.score.risk import RiskModel


@dataclass(frozen=True)
class StoredRate:
    """The base rate of a revision.

    :ivar rate: chance of an event within the horizon of an average company.
    :ivar measured: of the data at hand; else it is the model's.
    :ivar rows: companies at risk, counted on each of the days; ``events`` of them had one.
    :ivar first: first day looked back to; ``last`` the last.
    :ivar dated: dated events; ``unlinked`` of them are of organisations of which no source names a person: they reach nobody.
    """

    rate: float
    measured: bool
    rows: int = 0
    events: int = 0
    first: str | None = None
    last: str | None = None
    dated: int = 0
    unlinked: int = 0


def stored_model(folder: Path) -> RiskModel:
    """Return the model that a revision was built with."""
    return RiskModel.from_json((folder / "model.json").read_text(encoding="utf-8"), folder / "model.json")


def stored_rate(folder: Path) -> StoredRate:
    """Return the base rate of a revision."""
    return StoredRate(**json.loads((folder / "base_rate.json").read_text(encoding="utf-8")))
