"""BODS statements: what supersedes, what would count twice, who is the owner, and what goes to quarantine."""

from __future__ import annotations

import json

import pytest

from referralgraph.errors import SourceError
from referralgraph.loaders import source
from referralgraph.records.effective import write_effective_records
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace


def statement(kind, key, details, *, date="2020-05-01", status="new", **more):
    """Return a statement of version 0.4."""
    return {
        "statementId": f"s-{key}-{date}",
        "statementDate": date,
        "recordId": key,
        "recordType": kind,
        "recordStatus": status,
        "publicationDetails": {"publicationDate": date, "bodsVersion": "0.4"},
        "recordDetails": details,
        **more,
    }


def firm(key, name, **more):
    return statement("entity", key, {"isComponent": False, "entityType": {"type": "registeredEntity"}, "name": name, **more})


def human(key, name, **more):
    return statement("person", key, {"personType": "knownPerson", "names": [{"type": "legal", "fullName": name}], **more})


def interest(share=None, kind="shareholding", **more):
    return {"type": kind, "directOrIndirect": "direct", **({"share": share} if share is not None else {}), **more}


def holds(key, subject, party, *interests, date="2020-05-01", status="new", **more):
    details = {"subject": subject, "interestedParty": party, "interests": list(interests), **more}
    return statement("relationship", key, details, date=date, status=status)


PARTIES = [
    firm("x", "Erlenbach Optik Ltd"),
    firm("y", "Weidengrund Holding Ltd"),
    human("p", "Mira Sandkuhl"),
    human("q", "Tom Birkenau"),
]


def shares(loaded):
    return sorted((row["kind"], row["share_minimum"], row["share_maximum"], row["until"]) for row in loaded["shareholding"])


@pytest.fixture
def bods(load):
    """Load statements as an array of one line each."""

    def loaded(*statements, name="statements.json"):
        text = "[\n" + ",\n".join(json.dumps(each) for each in statements) + "\n]\n"
        return load("bods", name, text)

    return loaded


def test_a_later_statement_supersedes_wherever_it_stands_in_the_file(bods):
    """40 % of 2021 counts, not 100 % of 2020; the order in the file says nothing."""
    later = holds("r", "x", "p", interest({"exact": 40}), date="2021-05-01", status="updated")
    earlier = holds("r", "x", "p", interest({"exact": 100}))
    for order in ((earlier, later), (later, earlier)):
        assert shares(bods(*PARTIES, *order)) == [("capital", 40.0, 40.0, None)]


def test_a_closed_record_has_ended(bods):
    closed = holds("r", "x", "p", interest({"exact": 30}), date="2023-03-03", status="closed")
    assert shares(bods(*PARTIES, closed)) == [("capital", 30.0, 30.0, "2023-03-03")]


def test_a_later_file_supersedes_whichever_is_loaded_first(tmp_path):
    """Each row carries the day of its statement, so that the later statement counts after any order of loads."""
    files = {}
    for name, share, day in (("old", 100, "2020-05-01"), ("new", 40, "2021-05-01")):
        files[name] = tmp_path / f"{name}.json"
        files[name].write_text(json.dumps([*PARTIES, holds("r", "x", "p", interest({"exact": share}), date=day, status="updated")]))
    for number, order in enumerate((("old", "new"), ("new", "old"))):
        workspace = Workspace(tmp_path / f"workspace{number}")
        for name in order:
            load_files(workspace, source("bods"), [files[name]])
        folder = tmp_path / f"effective{number}"
        folder.mkdir()
        write_effective_records(workspace, workspace.effective_loads(), [], [], folder)
        import pyarrow.parquet as pq

        (row,) = [row for row in pq.read_table(folder / "shareholding.parquet").to_pylist() if row["kind"] == "capital"]
        assert row["share_minimum"] == 40.0, order


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


def old(kind, key, **more):
    """Return a statement of version 0.2."""
    return {"statementID": key, "statementType": kind, "statementDate": "2018-01-05", **more}


OLD = [
    old("entityStatement", "o1", entityType="registeredEntity", name="Erlenbach Optik Ltd"),
    old("personStatement", "o2", personType="knownPerson", names=[{"fullName": "Mira Sandkuhl"}]),
    old("personStatement", "o3", personType="knownPerson", names=[{"fullName": "Tom Birkenau"}]),
]


def old_holds(key, party, share, **more):
    return old(
        "ownershipOrControlStatement",
        key,
        subject={"describedByEntityStatement": "o1"},
        interestedParty=party,
        interests=[{"type": "voting-rights", "interestLevel": "direct", "share": share}],
        **more,
    )


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
