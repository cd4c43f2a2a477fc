"""Judgements are kept for ever; what was undone doesn't count, and what was undone by mistake comes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from referralgraph.errors import NotFound, UsageError
from referralgraph.judgements import Judgement, new_judgement, standing, undo_of

DAY = datetime(2026, 9, 30, 12, tzinfo=UTC)


def test_it_survives_the_way_through_a_store():
    made = new_judgement("veto", by="Mara Wiesentau", at=DAY, records=["r1", "r2"], values={"account": "Nordkai"})
    assert Judgement.from_row(made.as_row()) == made
    assert made.at == "2026-09-30T12:00:00"


def test_the_moment_is_utc_wherever_it_was_judged():
    jakarta = datetime(2026, 9, 30, 19, tzinfo=timezone(timedelta(hours=7)))
    assert new_judgement("veto", by="Sri", at=jakarta).at == new_judgement("veto", by="Sri", at=DAY).at


def test_an_undo_takes_back_and_its_own_undo_brings_back():
    first, second = (new_judgement("veto", by="Mara", at=DAY) for _ in range(2))
    rows = [first.as_row(), second.as_row()]
    assert standing(rows, "veto") == (first, second)
    taken_back = undo_of(rows, first.id, by="Jonas")
    rows.append(taken_back.as_row())
    assert standing(rows) == (second,)
    rows.append(undo_of(rows, taken_back.id, by="Jonas").as_row())
    assert standing(rows) == (first, second)


def test_what_does_not_stand_cannot_be_undone():
    made = new_judgement("veto", by="Mara")
    rows = [made.as_row(), undo_of([made.as_row()], made.id, by="Mara").as_row()]
    with pytest.raises(NotFound, match="undone already"):
        undo_of(rows, made.id, by="Mara")


@pytest.mark.parametrize("nobody", [None, "", "  "])
def test_nobody_judges_without_a_name(nobody):
    with pytest.raises(UsageError, match="who judges"):
        new_judgement("veto", by=nobody)


def test_a_row_of_a_later_version_is_read_as_far_as_it_is_known():
    assert standing([{"kind": "veto", "id": "j-1", "by": "Mara", "at": "2026-09-30", "mood": "cross"}])[0].by == "Mara"
