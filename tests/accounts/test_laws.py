"""Laws of the book: order of entry, isolation of accounts, history, bounds, whatever people enter."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referralgraph.accounts.book import Book
from referralgraph.accounts.entries import ACCOUNT, ASSESSMENT, CELL, STAKEHOLDER, own_id
from referralgraph.accounts.profile import profile
from referralgraph.judgements import new_judgement, standing, undo_of
from referralgraph.score.settings import AccountSettings

SETTINGS = AccountSettings()
FIELDS = {
    "role": st.sampled_from(["sponsor", "decision_maker", "user", "gatekeeper", None]), "relationship": st.integers(-2, 2),
    "influence": st.integers(1, 3), "power": st.integers(0, 10), "interest": st.integers(0, 10), "satisfaction": st.integers(0, 10),
    "emotional_tie": st.integers(0, 10), "says_so": st.booleans(), "colour": st.sampled_from(["red", "blue"]),
}
VIEW = st.tuples(
    st.sampled_from(["Anna", "Ben", "Carla"]), st.integers(0, 400), st.sampled_from(["a-1", "a-2"]), st.sampled_from(["r1", "r2", ""]),
    st.fixed_dictionaries({}, optional=FIELDS))
# one colleague says one thing of one person on one day: else the later entry is a correction, and order matters
VIEWS = st.lists(VIEW, max_size=14, unique_by=lambda view: view[:4])


def entries(views):
    """Return the accounts and the views as judgements, in the order given."""
    start = datetime(2025, 1, 1, tzinfo=UTC)
    made = [new_judgement(ACCOUNT, by="Anna", at=start, values={"account": each, "name": each, "responsible": "Ben"})
            for each in ("a-1", "a-2")]
    for by, day, account, record, fields in views:
        who = {"name": record} if record else {"name": "X", "own": own_id(account, "X")}
        made.append(new_judgement(ASSESSMENT, by=by, at=start + timedelta(days=day), records=[record] if record else [],
                                  values={"account": account, **who, "fields": fields}))
    return made


def told(judgements, account="a-1", as_of=None):
    """Return everything that is said of an account, without the ids of the entries."""
    found = Book(judgements, {"r1": "p-1", "r2": "p-2"}, as_of).accounts[account]
    return {member.key: (profile(found, member, SETTINGS), dict(member.views), len(member.assessments)) for member in found.members}


@given(VIEWS, st.randoms(use_true_random=False))
def test_the_order_of_entry_is_irrelevant(views, dice):
    made = entries(views)
    mixed = list(made)
    dice.shuffle(mixed)
    assert told(mixed) == told(made)


@given(VIEWS)
def test_an_assessment_of_one_account_never_changes_another(views):
    made = entries(views)
    others = [each for each in made if each.kind == ACCOUNT or each.values["account"] == "a-1"]
    assert told(made) == told(others)


@given(VIEWS)
def test_scores_stay_on_their_scales(views):
    for found, _views, _count in told(entries(views)).values():
        assert found.relationship_score is None or -2 <= found.relationship_score <= 2
        assert found.influence_score is None or 1 <= found.influence_score <= 3
        assert found.role_score in {None, 1, 2, 3, 4}
        assert all(value is None or 0 <= value <= 10 for value in (found.power, found.interest, found.satisfaction))


@given(VIEWS, st.data())
def test_an_undo_is_as_if_it_had_never_been_entered(views, data):
    made = entries(views)
    if len(made) == 2:
        return
    rows = [each.as_row() for each in made]
    gone = data.draw(st.sampled_from(made[2:]))
    rows.append(undo_of(rows, gone.id, by="Anna").as_row())
    assert told(list(standing(rows))) == told([each for each in made if each != gone])
    rows.append(undo_of(rows, rows[-1]["id"], by="Anna").as_row())
    assert told(list(standing(rows))) == told(made)


@given(VIEWS, st.integers(0, 400))
def test_an_earlier_day_is_answered_as_it_was_then(views, day):
    as_of = date(2025, 1, 1) + timedelta(days=day)
    assert told(entries(views), as_of=as_of) == told(entries([view for view in views if view[1] <= day]))


def test_of_two_views_of_one_day_the_later_entry_corrects_and_a_question_mark_withdraws():
    made = entries([("Anna", 1, "a-1", "r1", {"relationship": -1, "power": 3}), ("Anna", 1, "a-1", "r1", {"relationship": 2}),
                    ("Anna", 2, "a-1", "r1", {"power": None})])
    found, views, count = told(made)["p-1"]
    assert (found.relationship_score, found.power, count) == (2, None, 3)
    assert "power" not in views


def test_records_that_come_apart_are_told_and_those_that_are_merged_are_one():
    made = [*entries([]), new_judgement(STAKEHOLDER, by="Anna", records=["r1", "r2", "r3"], values={"account": "a-1", "name": "X"})]
    apart = Book(made, {"r1": "p-1", "r2": "p-2", "r3": "p-2"}).accounts["a-1"].members
    assert [(each.key, each.apart) for each in apart] == [("p-2", True)]
    made += entries([("Anna", 1, "a-1", "r9", {"relationship": 1})])[2:]
    merged = Book(made, dict.fromkeys(("r1", "r2", "r3", "r9"), "p-1")).accounts["a-1"].members
    assert [(each.key, each.apart, len(each.assessments)) for each in merged] == [("p-1", False, 1)]


def test_who_was_erased_on_request_is_in_no_account():
    made = entries([("Anna", 1, "a-1", "r1", {"relationship": 1}), ("Anna", 1, "a-1", "r2", {"relationship": 1})])
    cell = {"account": "a-1", "name": "r1", "colleague": "Ben", "cell": "lead"}
    made.append(new_judgement(CELL, by="Anna", records=["r1"], values=cell))
    made.append(new_judgement("erasure", by="Anna", records=["r1"]))
    assert list(told(made)) == ["p-2"]


@pytest.mark.parametrize(("views", "is_enemy"), [
    ([("Anna", -2), ("Ben", -2)], True), ([("Anna", -2), ("Ben", -1)], False), ([("Anna", -2)], True), ([], False)])
def test_who_is_an_enemy(views, is_enemy):
    made = entries([(by, 1, "a-1", "r1", {"relationship": value}) for by, value in views] or [("Anna", 1, "a-1", "r1", {})])
    assert told(made)["p-1"][0].is_enemy is is_enemy
