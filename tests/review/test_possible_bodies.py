"""Two organisations that may be one: review shows them, answers say what would change, find says so, a decision counts at once."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.review.conftest import MAPPING, build_again

from referralgraph.index import TieIndex
from referralgraph.index.possible import FAINTEST, nearer
from referralgraph.loaders import source
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace

TOWN = MAPPING.replace(
    'name = "body"\n',
    'name = "body"\ncity = { column = "seat", optional = true }\naddress = { column = "street", optional = true }\n',
)
ROWS = [
    ("1", "Nele", "Vorwald", "1972-01-01", "Ostermühl", "Tilsenbruck Wohnbau AG", "Kleinwied", "Weg 5"),
    ("2", "Nils", "Kanalwiese", "1954-02-11", "Kleinwied", "Tilsenbruck Wohnungsbau AG", "Kleinwied", "Weg 5"),
    ("3", "Tjark", "Ostwald", "1943-05-09", "Moorstadt", "Quarzwerk Bodenau GmbH", "Moorstadt", "Am Bach 1"),
]
ONE, OTHER = ROWS[0][5], ROWS[1][5]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bodies")
    mapping, table = folder / "list.toml", folder / "list.csv"
    mapping.write_text(TOWN, encoding="utf-8")
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["nr", "given", "family", "born", "city", "body", "seat", "street"])
        writer.writerows(ROWS)
    load_files(Workspace(folder / "workspace"), source("table"), [table], mapping=mapping)
    build_again(folder / "workspace")
    return folder / "workspace"


@pytest.fixture
def graph(workspace: Path) -> Iterator[ReferralGraph]:
    opened = ReferralGraph.open(workspace, viewer="Mara")
    yield opened
    opened.close()


def test_two_bodies_that_may_be_one_are_told_until_somebody_decides(graph: ReferralGraph) -> None:
    """Alone in two boards Nele and Nils know nobody; in one they are tied by 0.9. One pair of people, so the decision changes one."""
    (pair,) = graph.review().pairs
    assert {pair.one.name, pair.other.name} == {ONE, OTHER}
    assert (pair.changes, pair.counted) == (1, True)
    assert {"Nele Vorwald (member)"} <= {*pair.one.told, *pair.other.told}
    assert pair.weighed is not None
    answer = graph.path(["Nele Vorwald"], ["Nils Kanalwiese"])
    assert not answer.paths
    (change,) = answer.possible
    assert {change.one.name, change.other.name} == {ONE, OTHER}
    assert change.strength == pytest.approx(0.9)
    assert "are one organisation" in change.text
    assert not graph.path(["Nele Vorwald"], ["Tjark Ostwald"]).possible
    (note,) = graph.find("Tilsenbruck").question.notes
    assert note.code == "may_be_one"
    assert ONE in note.text
    assert OTHER in note.text
    done = graph.judge(pair.one.record_id, pair.other.record_id, same=True)
    (path,) = graph.path(["Nele Vorwald"], ["Nils Kanalwiese"]).paths
    assert path.strength == pytest.approx(0.9)
    assert path.ties[0].reasons[0].organisation is not None
    assert graph.show(ONE).id == graph.show(OTHER).id == path.ties[0].reasons[0].organisation.id
    shown = graph.show(ONE, identity=True)
    assert [each.parameters["by"] for each in shown.decided] == ["Mara"]
    assert any("Mara decided so on" in each.because and done.judgements[0] in each.because for each in shown.records)
    assert not graph.review().pairs
    assert not graph.find("Tilsenbruck").question.notes
    graph.undo_identity(done.judgements[0])
    assert not graph.path(["Nele Vorwald"], ["Nils Kanalwiese"]).paths
    graph.judge(pair.one.record_id, pair.other.record_id, same=False)
    (told,) = graph.show(ONE).decided
    assert OTHER in told.text
    assert not graph.path(["Nele Vorwald"], ["Nils Kanalwiese"]).possible


@given(st.integers(2, 9), st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(1, 9)), max_size=20))
def test_what_a_decision_changes_is_counted(count: int, ties: list[tuple[int, int, int]]) -> None:
    """Against all ways over at most one introducer, gone through one by one, before people 0 and 1 are one and after."""
    known = {
        (min(one, other), max(one, other)): worth / 10 for one, other, worth in ties if one != other and max(one, other) < count
    }
    left, right = (np.array([pair[at] for pair in known], np.int64) for at in (0, 1))
    rows = TieIndex.from_arrays(np.r_[left, count], np.r_[right, count + 1], np.r_[list(known.values()), 0.5]).rows
    numbers = {each: at for at, each in enumerate(sorted({*left.tolist(), *right.tolist(), count, count + 1}))}

    def tie(one: int, other: int) -> float:
        return known.get((min(one, other), max(one, other)), 0.0)

    def best(one: int, other: int) -> float:
        return max(tie(one, other), *(tie(one, each) * tie(each, other) for each in range(count)))

    expected = {
        (min(one, other), max(one, other))
        for one in range(2, count) for other in range(2, count)
        if one != other and tie(0, one) * tie(1, other) > best(one, other) + 1e-12 and tie(0, one) * tie(1, other) >= FAINTEST
    }  # fmt: skip
    found = 0
    if 0 in numbers and 1 in numbers:
        found = nearer(numbers[0], numbers[1], rows.indptr, rows.neighbour, rows.strength)
    assert found == len(expected)
