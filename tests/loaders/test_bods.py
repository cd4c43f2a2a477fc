"""BODS statements: what supersedes, what would count twice, who is the owner, and what goes to quarantine."""

from __future__ import annotations

import json

import pytest
from tests.loaders.bods_statements import OLD, PARTIES, holds, interest, old_holds, statement

from referralgraph.errors import SourceError


def shares(loaded):
    return sorted((row["kind"], row["share_minimum"], row["share_maximum"], row["until"]) for row in loaded["shareholding"])


@pytest.fixture
def bods(load):
    """Load statements as an array of one line each."""

    def loaded(*statements, name="statements.json"):
        text = "[\n" + ",\n".join(json.dumps(each) for each in statements) + "\n]\n"
        return load("bods", name, text)

    return loaded


def test_a_closed_record_has_ended(bods):
    closed = holds("r", "x", "p", interest({"exact": 30}), date="2023-03-03", status="closed")
    assert shares(bods(*PARTIES, closed)) == [("capital", 30.0, 30.0, "2023-03-03")]


def test_a_chain_told_twice_counts_once(bods):
    """P holds 50 % of Y, Y 60 % of X: the statement that P has 30 % of X says the same, and is left out."""
    chain = [holds("r1", "x", "y", interest({"exact": 60})), holds("r2", "y", "p", interest({"exact": 50}))]
    summary = holds("r3", "x", "p", interest({"exact": 30}, directOrIndirect="indirect"), componentRecords=["y", "r1", "r2"])
    assert shares(bods(*PARTIES, *chain, summary)) == [("capital", 50.0, 50.0, None), ("capital", 60.0, 60.0, None)]


def test_a_chain_without_all_shares_is_told_by_its_summary(bods):
    """Nobody says how much of Y is P's: the summary, 30 % of X, is what is known, and Y's share of X would count it twice."""
    chain = [holds("r1", "x", "y", interest({"exact": 60})), holds("r2", "y", "p", interest(kind="unknownInterest"))]
    summary = holds("r3", "x", "p", interest({"exact": 30}, directOrIndirect="indirect"), componentRecords=["y", "r1", "r2"])
    assert shares(bods(*PARTIES, *chain, summary)) == [("capital", 30.0, 30.0, None)]


def test_the_nominator_is_the_owner(bods):
    """The nominee arrangement holds 25 % of X for its only nominator: it is his, and the nominee owns nothing."""
    arrangement = statement("entity", "n", {"entityType": {"type": "arrangement"}, "name": "Nominee arrangement 7"})
    loaded = bods(
        *PARTIES,
        arrangement,
        holds("r1", "x", "n", interest({"exact": 25})),
        holds("r2", "n", "p", interest(kind="nominator")),
        holds("r3", "n", "q", interest(kind="nominee")),
    )
    assert shares(loaded) == [("capital", 25.0, 25.0, None), ("capital", 100.0, 100.0, None)]
    owner = next(row for row in loaded["shareholding"] if row["share_minimum"] == 100.0)
    assert owner["person"] == next(row["record_id"] for row in loaded["person"] if row["name"] == "Mira Sandkuhl")
    assert [row["role_as_written"] for row in loaded["mandate"]] == ["nominee"]


def test_bands_and_votes_stay_what_they_are(bods):
    loaded = bods(
        *PARTIES,
        holds(
            "r",
            "x",
            "p",
            interest({"minimum": 25, "exclusiveMaximum": 50}),
            interest({"exclusiveMinimum": 75, "maximum": 100}, kind="votingRights"),
            interest(kind="boardChair"),
        ),
    )
    assert shares(loaded) == [("capital", 25.0, 50.0, None), ("votes", 75.0, 100.0, None)]
    assert loaded.one("mandate")["role"] == "chair"


def test_who_is_not_named_owns_what_is_unknown(bods):
    unnamed = holds("r", "x", {"reason": "subjectUnableToConfirmOrIdentifyBeneficialOwner"}, interest({"exact": 50}))
    anonymous = statement("person", "a", {"personType": "anonymousPerson"})
    loaded = bods(*PARTIES, unnamed, anonymous, holds("r2", "x", "a", interest({"exact": 50})))
    assert not loaded["shareholding"]
    assert not loaded.quarantine


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (holds("r", "x", "p", interest({"exact": 120})), "not between 0 and 100"),
        (holds("r", "x", "p", interest({"minimum": 60, "maximum": 40})), "at least 60"),
        (holds("r", "x", "p", interest({"exact": "half"})), "'half'"),
        (holds("r", "x", "nobody", interest({"exact": 20})), "the interested party"),
        (holds("r", "nothing", "p", interest({"exact": 20})), "the subject"),
        (holds("r", "x", "p", interest({"exact": 20}, startDate="2031-01-01")), "after the statement"),
        (holds("r", "x", "p", interest({"exact": 20}, startDate="soon")), "not a date"),
        ({"recordType": "relationship", "recordDetails": {}}, "recordId is missing"),
        ({"something": "else"}, "neither recordType nor statementType"),
        (7, "not a statement"),
    ],
)
def test_bad_statements_go_to_quarantine_with_their_line(bods, bad, reason):
    """The bad one stands on line 6 of the file; the four parties before it are taken."""
    loaded = bods(*PARTIES, bad)
    assert loaded.lines() == [6]
    assert reason in str(loaded.quarantine[0]["reason"])
    assert len(loaded["person"]) == 2
    assert not loaded["shareholding"]


def test_a_file_that_breaks_off_keeps_what_came_before(load):
    text = "[" + ",\n".join(json.dumps(each) for each in PARTIES) + ',\n{"statementId": "s'
    loaded = load("bods", "cut.json", text)
    assert len(loaded["person"]) == 2
    assert loaded.lines() == [5]


def test_one_statement_a_line(load):
    lines = [json.dumps(each) for each in (*PARTIES, holds("r", "x", "p", interest({"exact": 10})))]
    loaded = load("bods", "all.jsonl", "\n".join([*lines[:2], "{broken", *lines[2:]]))
    assert shares(loaded) == [("capital", 10.0, 10.0, None)]
    assert loaded.lines() == [3]


@pytest.mark.parametrize("text", ["[]", "{}", "name,share\nA,3\n", '[{"a": 1}]'])
def test_another_file_is_refused(load, text):
    with pytest.raises(SourceError, match="beneficial ownership statements"):
        load("bods", "other.json", text)


def test_version_0_2_replaces_statements(bods):
    """100 % is replaced by 50 % and by another 50 % whose owner nobody names."""
    person = {"describedByPersonStatement": "o2"}
    loaded = bods(
        *OLD,
        old_holds("o4", person, {"exact": 100, "minimum": 100, "maximum": 100}),
        old_holds("o5", person, {"exact": 50}, replacesStatements=["o4"]),
        old_holds("o6", {"unspecified": {"reason": "unknown"}}, {"exact": 50}, replacesStatements=["o4"]),
    )
    assert shares(loaded) == [("votes", 50.0, 50.0, None)]


def test_version_0_2_with_one_id_for_two_owners(bods):
    """The standard's own example does so: both own."""
    loaded = bods(
        *OLD, *(old_holds("o4", {"describedByPersonStatement": each}, {"minimum": 50, "maximum": 50}) for each in ("o2", "o3"))
    )
    assert shares(loaded) == [("votes", 50.0, 50.0, None)] * 2
