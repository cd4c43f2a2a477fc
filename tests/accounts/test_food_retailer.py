"""A food retailer's buying centre, assessed by three colleagues on different days, one of them corrected later.

The role matrix and the relationship matrix are those of a published example. What each colleague says is made so that the
average of the team is what the example prints; the best of the team and the responsible colleague's view are worked out by hand:

| | head of finance | head of sales | salesperson | average | best | led by, and his view |
|---|---|---|---|---|---|---|
| CEO | 0 | 1 | -1 | 0 | 1 | managing director, says nothing |
| CFO | -2 | -2 | -2 | -2 | -2 | head of finance: -2 |
| strategic purchasing | 2 | 2 | 2 (corrected from -1) | 2 | 2 | head of sales: 2 |
| regional manager | 1 | 0 | 2 | 1 | 2 | salesperson: 2 |
| COO | 1 | 1 | 1 | 1 | 1 | head of sales: 1 |
| sales | | 1 | -1 | 0 | 1 | salesperson: -1 |
"""

from __future__ import annotations

from datetime import date

import pytest

from referralgraph.questions.graph import ReferralGraph

ACCOUNT = "Food retailer"
MD, FINANCE, SALES, SALESPERSON = "Managing director", "Head of finance", "Head of sales", "Salesperson"
ROLES = {
    "CEO": ("decision-maker", "D", 3), "CFO": ("recommender", "C", 3), "Strategic purchasing": ("recommender", "P", 2),
    "Regional manager": ("recommender", "D", 3), "COO": ("recommender", "T", 3), "Sales": ("recommender", "D", 1),
}
SAID = {
    FINANCE: (date(2026, 2, 10), {"CEO": 0, "CFO": -2, "Strategic purchasing": 2, "Regional manager": 1, "COO": 1}),
    SALES: (date(2026, 3, 5), {"CEO": 1, "CFO": -2, "Strategic purchasing": 2, "Regional manager": 0, "COO": 1, "Sales": 1}),
    SALESPERSON: (date(2026, 4, 20), {
        "CEO": -1, "CFO": -2, "Strategic purchasing": -1, "Regional manager": 2, "COO": 1, "Sales": -1}),
}
MATRIX = {
    "CEO": ("***", "*", "*", "-"), "CFO": ("*", "***", "*", "-"), "COO": ("*", "*", "***", "-"),
    "Regional manager": ("*", "-", "*", "***"), "Strategic purchasing": ("*", "*", "***", "*"), "Sales": ("-", "-", "*", "***"),
}
PRINTED = {"CEO": 0, "CFO": -2, "Strategic purchasing": 2, "Regional manager": 1, "COO": 1, "Sales": 0}


@pytest.fixture
def retailer(graph: ReferralGraph) -> ReferralGraph:
    """The account as three colleagues entered it; the salesperson corrected one view in May."""
    graph.accounts.desk().open_account(ACCOUNT, topic="cold chain")
    for colleague, rank in ((MD, 5), (FINANCE, 4), (SALES, 4), (SALESPERSON, 2)):
        graph.accounts.desk().set_colleague(ACCOUNT, colleague, {"rank": rank})
    for colleague, (day, views) in SAID.items():
        desk = graph.accounts.desk(colleague, day)
        for who, relationship in views.items():
            role, kind, influence = ROLES[who]
            desk.assess(ACCOUNT, who, {"role": role, "type": kind, "influence": influence, "relationship": relationship}, new=True)
    graph.accounts.desk(SALESPERSON, date(2026, 5, 4)).assess(ACCOUNT, "Strategic purchasing", {"relationship": 2}, reason="trial run")
    graph.accounts.desk().cells(ACCOUNT, [
        (who, colleague, sign) for who, signs in MATRIX.items()
        for colleague, sign in zip((MD, FINANCE, SALES, SALESPERSON), signs, strict=True)])
    return graph


def role_matrix(graph, policy):
    return {each.name: (each.role, each.type, each.relationship_score, each.influence_score)
            for each in graph.account(ACCOUNT, policy=policy).stakeholders}


@pytest.mark.parametrize(("policy", "relationships"), [
    ("average", PRINTED),
    ("best", {"CEO": 1, "CFO": -2, "Strategic purchasing": 2, "Regional manager": 2, "COO": 1, "Sales": 1}),
    ("responsible", {"CEO": None, "CFO": -2, "Strategic purchasing": 2, "Regional manager": 2, "COO": 1, "Sales": -1}),
])
def test_the_role_matrix_comes_out_under_each_policy(retailer, policy, relationships):
    assert role_matrix(retailer, policy) == {
        who: (role.replace("-", "_"), kind, relationships[who], influence) for who, (role, kind, influence) in ROLES.items()}


def test_the_relationship_matrix_comes_out_as_entered(retailer):
    answer = retailer.accounts.matrix(ACCOUNT)
    assert [each.name for each in answer.team] == [MD, FINANCE, SALES, SALESPERSON]
    assert {row.name: tuple(cell.sign for cell in row.cells) for row in answer.entered} == MATRIX
    assert answer.problems == ()


def test_an_earlier_day_knows_nothing_of_the_correction(retailer):
    before = {each.name: each for each in retailer.account(ACCOUNT, as_of=date(2026, 5, 3)).stakeholders}
    assert before["Strategic purchasing"].relationship_score == 1  # (2 + 2 - 1) / 3
    assert before["Strategic purchasing"].date == "2026-04-20"
    now = {each.name: each for each in retailer.account(ACCOUNT).stakeholders}
    assert now["Strategic purchasing"].date == "2026-05-04"


def test_disagreements_say_who_and_why(retailer):
    found = {(each.name, each.field): each for each in retailer.account(ACCOUNT).disagreements}
    assert {key for key in found if key[1] == "relationship"} == {
        ("CEO", "relationship"), ("Regional manager", "relationship"), ("Sales", "relationship")}
    assert found["CEO", "relationship"].because.code == "opposite_signs"
    assert [(each.by, each.at, each.value) for each in found["Regional manager", "relationship"].views] == [
        (FINANCE, "2026-02-10", 1), (SALES, "2026-03-05", 0), (SALESPERSON, "2026-04-20", 2)]


def test_an_enemy_is_marked_as_one_who_never_introduces(retailer):
    marked = {each.name: each.no_introducer.code for each in retailer.account(ACCOUNT).stakeholders if each.no_introducer}
    assert marked == {"CFO": "enemy"}
