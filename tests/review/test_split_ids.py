"""Ids of people who were merged lead to whom they became; of people who were taken apart every answer says so, and who they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.review.conftest import People

from referralgraph.errors import Ambiguous
from referralgraph.graph.store import open_store
from referralgraph.questions.context import Context
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.workspace import Workspace
from referralgraph.resolve import keep_members, split_ids

IVA = [
    ("1", "Iva", "Tannhofer", "1961-04-02", "Ostermühl", "Turnverein Nord"),
    ("2", "Iva", "Tannhofer", "1961-04-02", "Ostermühl", "Turnverein Süd"),
    ("3", "Jörn", "Mattwitz", "1970-01-01", "Ostermühl", "Turnverein Süd"),
]


def test_an_id_that_was_taken_apart_says_so_at_once_and_after_builds(people: Callable[..., People]) -> None:
    """Iva of two clubs is one by her birth date. Taken apart, one part keeps the id, and whoever asks by it is told of the other."""
    town = people()
    town.load(IVA)
    town.build()
    iva = town.entities()["1"]
    assert town.entities()["2"] == iva
    graph = town.graph()
    assert not graph.show(iva).question.notes
    second = next(each.record_id for each in graph.show(iva, identity=True).records if each.source_key == "2")
    judged = graph.take_apart(iva, [second])

    def told(asked: ReferralGraph) -> set[str]:
        answers = [asked.show(iva), asked.path([iva], ["Jörn Mattwitz"]), asked.network([iva]), asked.path(["Jörn Mattwitz"], [iva])]
        found = answers[0].question.notes
        assert all(each.question.notes == found for each in answers), "every answer says the same of the id"
        if not found:
            return set()
        (note,) = found
        assert note.code == "taken_apart"
        assert note.parameters["id"] == iva
        assert iva in note.text
        assert not asked.show("Jörn Mattwitz").question.notes
        return set(note.parameters["parts"])

    at_once = told(graph)
    assert len(at_once) == 2
    assert iva in at_once
    graph.close()
    town.build()
    parts = {town.entities()["1"], town.entities()["2"]}
    assert len(parts) == 2
    graph = town.graph()
    assert told(graph) == parts == at_once
    colleague = ReferralGraph(Context(open_store(Workspace(town.folder / "workspace")), None), viewer="Mara")
    assert told(colleague) == parts, "it is published with the revision"
    colleague.close()
    graph.close()
    town.load([("4", "Nele", "Vorwald", "1980-01-01", "Ostermühl", "Turnverein Nord")])
    town.build()
    graph = town.graph()
    assert told(graph) == parts, "a build that has nothing to do with her forgets nothing"
    graph.undo_identity(judged.judgements[0])
    assert told(graph) == set(), "taken back, she is one at once"
    assert {graph.show(each).id for each in parts} == {iva}
    because = [each.because for each in graph.show(iva, identity=True).records]
    graph.close()
    town.build()
    graph = town.graph()
    assert told(graph) == set()
    assert [each.because for each in graph.show(iva, identity=True).records] == because
    assert {town.entities()[nr] for nr in ("1", "2")} == {iva}
    graph.close()


def test_an_id_that_nobody_has_kept_names_those_who_came_of_it(people: Callable[..., People]) -> None:
    """Of a merged pair the other's id leads to the one; if the pair is judged, the record's own id still leads there after a build."""
    town = people()
    town.load([IVA[0], ("2", "Ivana", "Tannhofer", "", "Kleinwied", "Turnverein Süd"), IVA[2]])
    town.build()
    one, other = (town.entities()[nr] for nr in ("1", "2"))
    assert one != other
    graph = town.graph()
    graph.judge(one, other, same=True)
    assert graph.show(one).id == graph.show(other).id
    graph.close()
    town.build()
    graph = town.graph()
    assert graph.show(one).id == graph.show(other).id
    assert not graph.show(one).question.notes
    graph.close()


def _links(folder: Path, roots: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    rows = sorted(roots.items())
    table = pa.table({"record_id": [each for each, _ in rows], "root": [root for _, root in rows]}, pa.schema(
        [("record_id", pa.string()), ("root", pa.string())]))  # fmt: skip
    pq.write_table(table, folder / "person_link.parquet")
    pq.write_table(table.slice(0, 0), folder / "organisation_link.parquet")
    return folder


def test_what_is_kept_over_builds(tmp_path: Path) -> None:
    """Four builds of records a, b, c: one person of all; a alone and b with c; the same without a; all one again."""
    kept, folder = tmp_path / "kept", tmp_path / "resolved"
    builds = [
        ({"ra": "ra", "rb": "ra", "rc": "ra"}, {}),
        ({"ra": "ra", "rb": "rb", "rc": "rb"}, {"p-a": ["p-a", "p-b"]}),
        ({"rb": "rb", "rc": "rb"}, {"p-a": ["p-b"]}),
        ({"rb": "rb", "rc": "rc"}, {"p-a": ["p-b", "p-c"], "p-b": ["p-b", "p-c"]}),
        ({"ra": "ra", "rb": "ra", "rc": "ra"}, {}),
    ]
    for roots, split in builds:
        resolved = _links(folder, roots)
        assert split_ids(resolved, kept) == split
        keep_members(resolved, kept)


def test_an_id_without_its_first_record_is_answered_with_its_parts(people: Callable[..., People]) -> None:
    """What the revision says of a former id counts without a record of its name: one part is the answer, of two both are told."""
    from referralgraph.index.split import write_split

    town = people()
    town.load(IVA)
    town.build()
    iva, joern = town.entities()["1"], town.entities()["3"]
    gone, lost = "p-" + "0" * 20, "p-" + "1" * 20
    graph = town.graph()
    write_split({gone: sorted([iva, joern]), lost: [joern]}, graph.context.index.folder)
    assert graph.show(lost).id == joern
    with pytest.raises(Ambiguous, match="was taken apart") as refused:
        graph.show(gone)
    assert len(refused.value.candidates) == 2
    graph.close()


def test_bodies_and_parts_of_one_body_wait_for_no_build(people: Callable[..., People]) -> None:
    """Two clubs are one at once, and parts of one person who sit together are tied at once; taken back, all is as before.

    Iva (rows 1 and 5 in Nord, 2 in Süd) and Jörn (Süd) as four seats of two clubs that are one: Iva and Jörn, 0.9. Row 5 taken apart
    is another Iva; two of one name in one body aren't tied, but Jörn is tied to both. As long as the clubs are two, he knows one.
    """
    town = people()
    town.load([*IVA, ("5", "Iva", "Tannhofer", "1961-04-02", "Ostermühl", "Turnverein Nord"),
               ("6", "Gerd", "Kleewitz", "1950-01-01", "Ostermühl", "Turnverein Nord")])  # fmt: skip
    town.build()
    graph = town.graph()
    nord, sued = (graph.show(f"Turnverein {each}").id for each in ("Nord", "Süd"))
    assert not graph.path(["Jörn Mattwitz"], ["Gerd Kleewitz"], max_ties=1).paths
    made = graph.judge(nord, sued, same=True).judgements[0]
    assert graph.show(nord).id == graph.show(sued).id == graph.show("Turnverein Süd").id
    (path,) = graph.path(["Jörn Mattwitz"], ["Gerd Kleewitz"], max_ties=1).paths
    assert path.strength == pytest.approx(0.9 / 2**0.5), "three in one club"
    assert {each.other.name for each in graph.show(nord).links} == {"Iva Tannhofer", "Jörn Mattwitz", "Gerd Kleewitz"}
    assert not graph.path(["Jörn Mattwitz"], ["Gerd Kleewitz"]).question.notes
    iva = town.entities()["1"]
    records = {each.source_key: each.record_id for each in graph.show(iva, identity=True).records}
    graph.take_apart(iva, [records["5"]])
    (path,) = graph.path(["Jörn Mattwitz"], ["Gerd Kleewitz"], max_ties=1).paths
    assert path.strength == pytest.approx(0.9 / 3**0.5), "four, now that Iva is two"
    graph.undo_identity(made)
    assert not graph.path(["Jörn Mattwitz"], ["Gerd Kleewitz"], max_ties=1).paths
    graph.close()
