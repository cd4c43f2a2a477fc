"""Who was taken apart, and taken back: over builds on a server, for a colleague who has nothing but its address."""

from __future__ import annotations

from pathlib import Path

from tests.review.conftest import People

from referralgraph.build import build
from referralgraph.questions.context import Context
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.identifiers import record_id
from referralgraph.records.workspace import Workspace
from referralgraph.settings import read_settings


def test_ids_that_were_taken_apart_are_told_and_are_one_when_that_is_taken_back(empty: str, opened, tmp_path: Path) -> None:
    """Iva of two clubs is one by her birth date, two by a judgement and a build, and one again at once when it is taken back."""
    town = People(tmp_path / "people")
    born = ("Iva", "Tannhofer", "1961-04-02", "Ostermühl")
    town.load([("1", *born, "Turnverein Nord"), ("2", *born, "Turnverein Süd"),
               ("3", "Jörn", "Mattwitz", "1970-01-01", "Ostermühl", "Turnverein Süd")])  # fmt: skip
    workspace = Workspace(tmp_path / "people" / "workspace")
    store, settings = opened(empty, workspace), read_settings(workspace.settings_file)
    build(workspace, store, settings)
    records = [record_id("list", "person", [nr]) for nr in "123"]

    def asked() -> ReferralGraph:
        return ReferralGraph(Context(opened(empty), None), viewer="Mara")

    graph = asked()
    one = graph.context.entities_of(records)
    iva, joern = one[records[0]], one[records[2]]
    assert one[records[1]] == iva
    made = graph.take_apart(iva, [records[1]]).judgements[0]
    at_once = graph.context.entities_of(records)
    build(workspace, store, settings)
    graph = asked()
    apart = graph.context.entities_of(records)
    assert apart == at_once != one
    (note,) = graph.show(iva).question.notes
    assert (note.code, set(note.parameters["parts"])) == ("taken_apart", {apart[each] for each in records[:2]})
    other = next(each for each in (apart[records[0]], apart[records[1]]) if each != iva)
    graph.undo_identity(made)
    assert graph.context.entities_of(records) == one
    for each in (iva, other):
        assert graph.show(each).id == iva
        assert not graph.show(each).question.notes
    told = [graph.show(iva).model_dump(exclude={"revision", "coverage"}), graph.path([joern], [iva]).paths]
    build(workspace, store, settings)
    graph = asked()
    assert graph.context.entities_of(records) == one
    assert [graph.show(iva).model_dump(exclude={"revision", "coverage"}), graph.path([joern], [iva]).paths] == told
