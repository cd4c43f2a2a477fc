"""What BODS statements told before they were superseded: each counts on the days on which it was the last one made."""

from __future__ import annotations

import itertools
import json
from datetime import date

import pyarrow.parquet as pq
import pytest
from tests.loaders.bods_statements import OLD, PARTIES, holds, interest, old_holds

from referralgraph.build import build
from referralgraph.graph.store import open_store
from referralgraph.loaders import source
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.effective import write_effective_records
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.settings import Settings


@pytest.fixture
def history(tmp_path):
    """Load files of statements in an order, and return the shares as they count, each with its period."""

    def told(*files, folder="one"):
        workspace = Workspace(tmp_path / folder)
        for number, statements in enumerate(files):
            file = tmp_path / folder / f"{number}-{len(statements)}.json"
            file.parent.mkdir(exist_ok=True)
            file.write_text(json.dumps(statements))
            load_files(workspace, source("bods"), [file])
        (tmp_path / folder / "effective").mkdir()
        write_effective_records(workspace, workspace.effective_loads(), [], [], tmp_path / folder / "effective")
        rows = pq.read_table(tmp_path / folder / "effective" / "shareholding.parquet").to_pylist()
        return sorted(
            (row["kind"], row["since"] or "", row["until"] or "", row["share_minimum"], row["share_maximum"])
            for row in rows
            if row["share_minimum"] is not None  # a file of changes alone also says what it tells no more
        )

    return told


EARLIER = holds("r", "x", "p", interest({"exact": 100}))
LATER = holds("r", "x", "p", interest({"exact": 40}), date="2021-05-01", status="updated")
BOTH = [("capital", "", "2021-05-01", 100.0, 100.0), ("capital", "2021-05-01", "", 40.0, 40.0)]


def test_a_later_statement_supersedes_from_its_day_on_wherever_it_stands(history):
    """100 % of 2020 until 40 % of May 2021; neither the order in a file nor that of the loads says anything."""
    for number, order in enumerate(itertools.permutations((EARLIER, LATER))):
        assert history([*PARTIES, *order], folder=f"file{number}") == BOTH
        assert history(*([*PARTIES, each] for each in order), folder=f"loads{number}") == BOTH


def test_a_share_that_is_told_again_is_one_share(history):
    again = holds("r", "x", "p", interest({"exact": 100}, startDate="2018-01-01"), date="2021-05-01", status="updated")
    assert history([*PARTIES, EARLIER, again]) == [("capital", "2018-01-01", "", 100.0, 100.0)]


def test_a_share_that_began_between_two_statements_counts_from_then(history):
    """The statement of 1 May says that it has been 40 % since 3 March."""
    later = holds("r", "x", "p", interest({"exact": 40}, startDate="2021-03-03"), date="2021-05-01", status="updated")
    assert history([*PARTIES, EARLIER, later]) == [
        ("capital", "", "2021-03-03", 100.0, 100.0),
        ("capital", "2021-03-03", "", 40.0, 40.0),
    ]


def test_what_a_later_statement_tells_no_more_has_ended(history):
    """Capital and votes in 2020, votes alone in 2021, nobody is named in 2022: the votes end too."""
    both = holds("r", "x", "p", interest({"exact": 30}), interest({"exact": 60}, kind="votingRights"))
    votes = holds("r", "x", "p", interest({"exact": 60}, kind="votingRights"), date="2021-05-01", status="updated")
    nobody = holds("r", "x", {"reason": "unknown"}, interest({"exact": 60}), date="2022-06-01", status="updated")
    assert history([*PARTIES, both, votes, nobody]) == [
        ("capital", "", "2021-05-01", 30.0, 30.0),
        ("votes", "", "2022-06-01", 60.0, 60.0),
    ]


def test_a_record_that_is_closed_ends_its_last_share(history):
    closed = holds("r", "x", "p", interest({"exact": 40}), date="2023-03-03", status="closed")
    assert history([*PARTIES, EARLIER, LATER, closed]) == [BOTH[0], ("capital", "2021-05-01", "2023-03-03", 40.0, 40.0)]


def test_version_0_2_replaces_in_time(history):
    """All votes are P's in 2020; in 2021 half of them, the other half Q's, in two statements that replace the one."""
    people = [{"describedByPersonStatement": each} for each in ("o2", "o3")]
    first = old_holds("o4", people[0], {"exact": 100}, statementDate="2020-05-01")
    half, other = (
        old_holds(key, who, {"exact": 50}, statementDate="2021-05-01", replacesStatements=["o4"])
        for key, who in zip(("o5", "o6"), people, strict=True)
    )
    expected = [
        ("votes", "", "", 50.0, 50.0),  # Q's, since nobody says when
        ("votes", "", "2021-05-01", 100.0, 100.0),
        ("votes", "2021-05-01", "", 50.0, 50.0),
    ]
    assert history([*OLD, first, half, other]) == expected


def test_version_0_2_replaced_by_somebody_else_has_ended(history):
    first = old_holds("o4", {"describedByPersonStatement": "o2"}, {"exact": 100}, statementDate="2020-05-01")
    other = old_holds(
        "o5", {"describedByPersonStatement": "o3"}, {"exact": 100}, statementDate="2021-05-01", replacesStatements=["o4"]
    )
    assert history([*OLD, first, other]) == [("votes", "", "", 100.0, 100.0), ("votes", "", "2021-05-01", 100.0, 100.0)]


def test_a_question_of_an_earlier_day_sees_what_had_been_stated_by_then(tmp_path):
    """P holds 100 % of X from 2019 on; in May 2021 Q gets 60; in June 2022 P's record is closed.

    Nothing of Q is seen in 2020; on the day of the later statements they count.
    """
    statements = [
        *PARTIES,
        holds("r", "x", "p", interest({"exact": 100}, startDate="2019-02-01"), date="2020-05-01"),
        holds("r", "x", "p", interest({"exact": 40}), date="2021-05-01", status="updated"),
        holds("s", "x", "q", interest({"exact": 60}), date="2021-05-01"),
        holds("r", "x", "p", interest({"exact": 40}), date="2022-06-01", status="closed"),
    ]
    workspace = Workspace(tmp_path / "workspace")
    (tmp_path / "statements.json").write_text(json.dumps(statements))
    load_files(workspace, source("bods"), [tmp_path / "statements.json"])
    store = open_store(workspace)
    build(workspace, store, Settings())
    store.close()
    graph = ReferralGraph.open(tmp_path / "workspace")

    def owners(day):
        answer = graph.ownership("Erlenbach Optik Ltd", as_of=day)
        return {each.entity.name: (each.low, each.high) for each in answer.owners}, answer.unknown_low

    assert owners(date(2018, 12, 31))[0] == {}
    assert owners(date(2020, 12, 31)) == ({"Mira Sandkuhl": (100.0, 100.0)}, 0.0)
    assert owners(date(2021, 5, 1)) == ({"Mira Sandkuhl": (40.0, 40.0), "Tom Birkenau": (60.0, 60.0)}, 0.0)
    assert owners(date(2022, 6, 1)) == ({"Tom Birkenau": (60.0, 60.0)}, 40.0)
    graph.close()
