"""Whom a register hasn't looked at since is no company to which nothing happened."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from referralgraph.risk.panel import as_of_days, components, panel_of
from referralgraph.risk.trial import folds_of
from referralgraph.score.risk import EvidenceRules

RULES = EvidenceRules()
LOST = date(2022, 1, 1)


@pytest.fixture(scope="module")
def graph(tmp_path_factory, town_in):
    """40 companies from 2015 on, 30 fetched in 2024, of which one man liquidates six in 2022, and ten fetched in 2016."""
    town = town_in(tmp_path_factory.mktemp("looked"))
    for number in range(40):
        gone = [town.officer("Lutz Ende", LOST.isoformat(), role="Liquidator")] if number < 6 else []
        town.company(
            f"Werk{number} GmbH",
            town.officer(f"Vorname{number} Nachname{number}", "2015-01-01"),
            *gone,
            fetched="2024-06-30" if number < 30 else "2016-06-30",
        )
    found = town.graph()
    yield found
    found.close()


@pytest.fixture(scope="module")
def table(graph):
    return graph.context.risk.table(frozenset())


def test_the_base_rate_counts_those_that_were_looked_at(table):
    """On each of the days the 30 are at risk; the six count where the three years ahead reach 1 January 2022."""
    told = json.loads((table.folder / "base_rate.json").read_text())
    days = as_of_days(table, RULES)
    assert date(1970, 1, 1) + timedelta(days=days[-1]) == date(2021, 6, 30)
    lost = (LOST - date(1970, 1, 1)).days
    assert told["rows"] == 30 * len(days)
    assert told["events"] == 6 * sum(day + RULES.horizon_days >= lost for day in days)


def test_a_trial_leaves_out_whom_nobody_looked_at_for_half_of_the_horizon(table):
    panel = panel_of(table, as_of_days(table, RULES), RULES)
    assert len(set(panel.company.tolist())) == 30


def test_a_liquidator_ties_no_companies_together(table):
    """Else all that failed would lie in one fold, and be foretold by a model that has seen few failures."""
    component = components(table, RULES)
    panel = panel_of(table, as_of_days(table, RULES), RULES)
    assert len(set(component.tolist())) == 40
    assert len(set(folds_of(component, panel)[panel.happened].tolist())) > 1
