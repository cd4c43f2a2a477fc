"""What a revision holds for questions about risk: the table, the frozen model, and the base rate of the data at hand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from referralgraph.risk.panel import base_rate
from referralgraph.risk.table import RiskTable
from referralgraph.risk.write import NEVER, write_risk_table
from referralgraph.score.risk import RiskModel

FEWEST_EVENTS = 30  # companies with one; below, a rate of the data at hand says less than the model's
_EPOCH = date(1970, 1, 1)


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


def publish_risk(records: Path, resolved: Path, folder: Path, model: RiskModel) -> None:
    """Write everything that questions about risk read.

    :param records: folder of the record tables as they count.
    :param resolved: folder of the resolve stage.
    :param folder: an empty folder.
    :param model: the model that the revision is asked with.
    """
    write_risk_table(records, resolved, folder)
    (folder / "model.json").write_text(model.to_json(), encoding="utf-8")
    table = RiskTable(folder)
    found = base_rate(table, model.rules)
    dated = np.asarray(table.event_company)[np.asarray(table.event_day) < NEVER]
    linked = np.isin(dated, np.asarray(table.seat_company))
    told: dict[str, object] = {"rate": model.base_rate, "measured": False, "dated": len(dated), "unlinked": int((~linked).sum())}
    if found is not None:
        days = [(_EPOCH + timedelta(days=day)).isoformat() for day in (found.days[0], found.days[-1])]
        told |= {"rows": found.rows, "events": found.events, "first": days[0], "last": days[1]}
        if found.failed >= FEWEST_EVENTS:
            told |= {"rate": found.rate, "measured": True}
    (folder / "base_rate.json").write_text(json.dumps(told), encoding="utf-8")


def stored_model(folder: Path) -> RiskModel:
    """Return the model that a revision was built with."""
    return RiskModel.from_json((folder / "model.json").read_text(encoding="utf-8"), folder / "model.json")


def stored_rate(folder: Path) -> StoredRate:
    """Return the base rate of a revision."""
    return StoredRate(**json.loads((folder / "base_rate.json").read_text(encoding="utf-8")))
