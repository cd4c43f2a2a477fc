"""What `build` writes of accounts: nodes, lines and the scores on people's own nodes; newer assessments are laid over."""

from __future__ import annotations

from datetime import date

import pytest

from referralgraph.accounts.entries import account_id
from referralgraph.build import build
from referralgraph.questions.graph import ReferralGraph
from referralgraph.settings import read_settings

ACCOUNT = "First"
LEONHARD = "Leonhard Vrederkamp, Ostermühl"


def enter(graph: ReferralGraph) -> str:
    """Enter one man as a stakeholder of two accounts, and an enemy whom the register doesn't know; return his id.

    First: relationship (2 + 0) / 2 = 1, influence 3, newest view of 1 February. Second: (-1 + 0) / 2 = -0.5, influence 1, newest
    view of 1 April.
    """
    mara, jonas = graph.accounts.desk("Mara Wiesentau", date(2026, 2, 1)), graph.accounts.desk("Jonas Halvering", date(2026, 1, 1))
    mara.open_account(ACCOUNT, organisations=["Kaltenmoor Frischelogistik GmbH"], topic="forklifts")
    mara.open_account("Second", topic="racks")
    mara.assess(ACCOUNT, LEONHARD, {"role": 3, "relationship": 2, "influence": 3}, position="CEO")
    jonas.assess(ACCOUNT, LEONHARD, {"relationship": 0})
    mara.assess(ACCOUNT, "Frau Beispiel", {"role": "influencer", "relationship": -2}, new=True, influences=["CEO"])
    late = graph.accounts.desk("Sri Wahyuningsih", date(2026, 4, 1))
    late.assess("Second", LEONHARD, {"role": 1, "relationship": -1, "influence": 1})
    mara.assess("Second", LEONHARD, {"relationship": 0})
    mara.cells(ACCOUNT, [("CEO", "Mara Wiesentau", "***"), ("CEO", "Somebody without a node", "*")])
    return graph.context.entity(LEONHARD).id


def QUERIES(person: str) -> list[tuple[str, dict[str, str]]]:  # noqa: N802 - a table that needs an id
    """Return the queries of accounts with parameters that have an answer."""
    return [("read/scores_of_person", {"id": person}), ("read/stakeholders_of_person", {"id": person}),
            ("read/stakeholders_of_account", {"id": account_id(ACCOUNT)}), ("read/matrix_of_account", {"id": account_id(ACCOUNT)})]


@pytest.fixture
def built(graph, another):
    """The two accounts entered and built into a revision."""
    leonhard = enter(graph)
    workspace = graph.context.store.workspace
    build(workspace, graph.context.store, read_settings(workspace.settings_file))
    return another(), leonhard


def test_a_person_carries_the_scores_of_the_account_assessed_last(built):
    graph, leonhard = built
    assert graph.context.store.read("read/scores_of_person", [{"id": leonhard}]) == [{
        "id": leonhard, "role_score": 1, "relationship_score": -0.5, "assessed_influence_score": 1.0, "score_policy": "average",
        "score_date": "2026-04-01", "score_account": account_id("Second"), "score_accounts": 2}]


def test_each_account_has_its_own_scores(built):
    graph, leonhard = built
    rows = graph.context.store.read("read/stakeholders_of_person", [{"id": leonhard}])
    told = {row["account_name"]: (row["role"], row["relationship_score"], row["influence_score"], row["date"]) for row in rows}
    assert told == {ACCOUNT: ("decision_maker", 1.0, 3.0, "2026-02-01"), "Second": ("user", -0.5, 1.0, "2026-04-01")}


def test_who_has_no_node_is_left_out_of_the_lines_but_not_of_the_account(built):
    graph, _ = built
    account = {"id": account_id(ACCOUNT)}
    rows = graph.context.store.read("read/matrix_of_account", [account])
    assert [(row["name"], row["colleague"], row["cell"]) for row in rows] == [
        ("Leonhard Vrederkamp", "Mara Wiesentau", "lead")]
    assert {row["name"] for row in graph.context.store.read("read/stakeholders_of_account", [account])} == {
        "Leonhard Vrederkamp", "Frau Beispiel"}
    first = graph.accounts.matrix(ACCOUNT).entered[0]
    assert [cell.sign for cell in first.cells if cell.colleague.startswith("Somebody")] == ["*"]


def test_a_newer_assessment_is_laid_over_at_once(built, another):
    graph, leonhard = built
    graph.accounts.assess(ACCOUNT, "CEO", by="Jonas Halvering", at=date(2026, 5, 1), relationship=-2, influence=1)
    found = next(each for each in another().account(ACCOUNT).stakeholders if each.person)
    assert (found.relationship_score, found.influence_score, found.date) == (0, 2, "2026-05-01")
    shown = another().show(leonhard)
    told = [(each.account, each.relationship_score, each.influence_score, each.policy, each.date) for each in shown.stakeholder_in]
    assert told == [
        (ACCOUNT, 0, 2, "average", "2026-05-01"), ("Second", -0.5, 1, "average", "2026-04-01")]
    assert graph.context.store.read("read/scores_of_person", [{"id": leonhard}])[0]["relationship_score"] == -0.5


def test_an_undo_restores_the_bytes(built, another):
    graph, _ = built
    before = graph.account(ACCOUNT).model_dump_json(), graph.account("Second").model_dump_json()
    entered = graph.accounts.assess(ACCOUNT, "CEO", by="Jonas Halvering", relationship=-2)
    assert another().account(ACCOUNT).model_dump_json() != before[0]
    assert another().account("Second").model_dump_json() == before[1]
    graph.accounts.undo(entered.judgements[0])
    assert (another().account(ACCOUNT).model_dump_json(), another().account("Second").model_dump_json()) == before
    workspace = graph.context.store.workspace
    again = another()
    assert build(workspace, again.context.store, read_settings(workspace.settings_file)).id == graph.context.revision.id
    lines = another().accounts.history(ACCOUNT).lines
    assert [line.stands for line in lines if line.id == entered.judgements[0]] == [False]
    assert lines[-1].kind == "undo"
