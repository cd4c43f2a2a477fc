"""What a revision holds for questions about risk: the table, the frozen model, and the base rate of the data at hand."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from referralgraph.risk.days import NEVER
from referralgraph.risk.panel import base_rate
from referralgraph.risk.table import RiskTable
from referralgraph.risk.write import write_risk_table
from referralgraph.score.risk import RiskModel

FEWEST_EVENTS = 30  # companies with one; below, a rate of the data at hand says less than the model's
_EPOCH = date(1970, 1, 1)


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
