"""An account as colleagues enter it, on each store by itself; ids of entries and the moment of entry differ, nothing else may."""

from __future__ import annotations

from datetime import date

ACCOUNT = "Conformance"


def enter(graph):
    """Enter an account with people of the register, one of its own, a matrix and a plan; then ask for it."""
    desk = graph.accounts.desk("Mara Wiesentau", date(2026, 3, 1))
    desk.open_account(ACCOUNT, organisations=["Kaltenmoor Frischelogistik GmbH"], topic="forklifts", responsible="Jonas Halvering")
    desk.assess(ACCOUNT, "Leonhard Vrederkamp, Ostermühl", {"role": "decision-maker", "relationship": 1, "power": 9, "interest": 5},
                position="CEO")
    desk.assess(ACCOUNT, "Frau Beispiel", {"role": 2, "relationship": -1, "colour": "red"}, new=True, influences=["CEO"])
    later = graph.accounts.desk("Jonas Halvering", date(2026, 4, 1))
    later.assess(ACCOUNT, "CEO", {"relationship": -1, "interest": 3, "satisfaction": 8, "emotional_tie": 2}, reason="the fair")
    later.set_colleague(ACCOUNT, "Mara Wiesentau", {"rank": 5, "functions": ["D"], "colours": ["red", "yellow"]})
    later.set_colleague(ACCOUNT, "Jonas Halvering", {"rank": 2, "leads": 1})
    later.cells(ACCOUNT, [("CEO", "Mara Wiesentau", "***"), ("Frau Beispiel", "Jonas Halvering", "-")])
    later.plan(ACCOUNT, "relationship", {"date": "2026-05-01", "contact": "Mara Wiesentau", "occasion": "fair"}, stakeholder="CEO")
    return graph.account(ACCOUNT)


def cases(sample):
    yield enter
    for asked in ({"viewer": "Jonas Halvering"}, {"policy": "best"}, {"policy": "responsible"}, {"as_of": date(2026, 3, 31)},
                  {"since": date(2026, 3, 15)}):
        yield {"name": ACCOUNT, **asked}
    yield lambda graph: graph.accounts.matrix(ACCOUNT)
    yield lambda graph: graph.accounts.plan(ACCOUNT)
    yield lambda graph: graph.accounts.template(ACCOUNT)
    yield lambda graph: graph.accounts.list()
    yield {"name": "nobody has opened this"}
