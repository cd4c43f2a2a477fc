"""What a judgement sets free is told at once; what only the next build can find is told to be so, and by nobody else's answers."""

from __future__ import annotations

from collections.abc import Callable

from tests.review.conftest import People

from referralgraph.loaders import source
from referralgraph.records.identifiers import record_id
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace

IVA = ("Iva", "Tannhofer")


def _ids(town: People) -> list[str]:
    """Return the entity of each row in the order of their numbers, as a question says now."""
    graph = town.graph()
    found = list(graph.context.entities_of(record_id("list", "person", [nr]) for nr in "1234").values())
    graph.close()
    return found


def test_who_fell_off_by_a_contradiction_joins_again(people: Callable[..., People]) -> None:
    """Rows 1 and 3 are one by an e-mail, so 1 can't be 2, though they sit together: 2 and 3 were born on different days.

    Taken apart from 3, row 1 is one with 2, at once; taken back, with 3 again. It is so after each build, and if it was built in.
    """
    town = people()
    town.load([
        ("1", *IVA, "", "Ostermühl", "Turnverein Nord", "iva@tannhofer.example"),
        ("2", *IVA, "1961-04-02", "Ostermühl", "Turnverein Nord"),
        ("3", *IVA, "1983-11-20", "Kleinwied", "Turnverein Süd", "iva@tannhofer.example"),
        ("4", "Jörn", "Mattwitz", "1970-01-01", "Ostermühl", "Turnverein Süd"),
    ])  # fmt: skip
    town.build()
    one, two, three, joern = _ids(town)
    assert one == three != two
    graph = town.graph()
    assert {each.other.name for each in graph.show(one).links} == {"Turnverein Nord", "Turnverein Süd"}
    third = record_id("list", "person", ["3"])
    made = graph.take_apart(one, [third]).judgements[0]
    assert graph.path([joern], [graph.context.entities_of([third])[third]]).paths
    assert not graph.show(joern).question.notes
    graph.close()
    apart = _ids(town)
    assert apart[0] == apart[1] != apart[2]
    town.build()
    assert _ids(town) == apart
    graph = town.graph()
    undone = graph.undo_identity(made).judgements[0]
    graph.close()
    together = _ids(town)
    assert together[0] == together[2] != together[1]
    graph = town.graph()
    graph.undo_identity(undone)
    graph.close()
    assert _ids(town) == apart
    graph = town.graph()
    graph.undo_identity(made)
    graph.close()
    town.build()
    assert _ids(town) == together


def test_at_which_seam_somebody_falls_apart_may_wait_for_the_build(people: Callable[..., People]) -> None:
    """Of three rows of one birth date two are said to be others, but not whose the third is: answers about them say that it waits."""
    town = people()
    town.load([(nr, *IVA, "1961-04-02", "Ostermühl", f"Turnverein {nr}") for nr in "123"]
              + [("4", "Jörn", "Mattwitz", "1970-01-01", "Ostermühl", "Turnverein 1")])  # fmt: skip
    town.build()
    iva, _, _, joern = _ids(town)
    graph = town.graph()
    graph.judge(*(record_id("list", "person", [nr]) for nr in "12"), same=False)
    (note,) = [each for each in graph.show(iva).question.notes if each.code == "waits_for_build"]
    assert iva in note.parameters["entities"]
    assert "Iva Tannhofer" in note.text
    (waits,) = [each for each in graph.path([joern], [iva]).question.notes if each.code == "waits_for_build"]
    assert set(waits.parameters["entities"]) <= set(note.parameters["entities"])
    assert not graph.show("Turnverein 3").question.notes or "Iva" in graph.show("Turnverein 3").model_dump_json()
    graph.close()
    town.build()
    graph = town.graph()
    assert not [each for each in graph.show(iva).question.notes if each.code == "waits_for_build"]
    assert not graph.show(joern).question.notes
    graph.close()


def test_a_merge_that_was_built_in_is_taken_back_at_once(people: Callable[..., People]) -> None:
    """Two Ivas of two towns are one by a judgement and a build; taken back they are two, each with what is her own."""
    town = people()
    town.load([("1", *IVA, "1961-04-02", "Ostermühl", "Turnverein Nord"), ("2", *IVA, "1983-11-20", "Kleinwied", "Turnverein Süd"),
               ("3", "Jörn", "Mattwitz", "1970-01-01", "Ostermühl", "Turnverein Süd")])  # fmt: skip
    town.build()
    one, two, joern = _ids(town)
    graph = town.graph()
    made = graph.judge(one, two, same=True).judgements[0]
    graph.close()
    town.build()
    assert len(set(_ids(town))) == 2
    graph = town.graph()
    assert graph.path([joern], [one]).paths
    graph.undo_identity(made)
    assert [[each.other.name for each in graph.show(iva).links] for iva in (one, two)] == [["Turnverein Nord"], ["Turnverein Süd"]]
    assert graph.path([joern], [two]).paths
    assert not graph.path([joern], [one]).paths
    assert not [each for each in graph.show(one).question.notes if each.code == "waits_for_build"]
    graph.close()
    assert _ids(town) == [one, two, joern]
    town.build()
    assert _ids(town) == [one, two, joern]


BOOK = """
[source]
name = "book"
publisher = "address books"
licence = "none"
key = ["nr"]

[person]
given_name = "given"
family_name = "family"

[organisation]
name = "body"

[mandate]
role = { constant = "employee" }

[contact]
owner = "owner"
kind = { constant = "address_book" }
visibility = { constant = "team" }
"""


def test_whom_a_contact_meets_waits_for_the_build(people: Callable[..., People]) -> None:
    """Two officers of one name in one firm, at two places: an acquaintance there may be either, and is neither.

    When they are judged to be one he has one candidate, whom the next build finds; until then answers about them say so. Taken back,
    that he is one with the one may be wrong again, and is said until a build has looked.
    """
    town = people()
    town.load([("1", "Odo", "Vorwald", "", "Ostermühl", "Kleewitz Mühlenbau"),
               ("2", "Odo", "Vorwald", "", "Kleinwied", "Kleewitz Mühlenbau"),
               ("3", "Jörn", "Mattwitz", "1970-01-01", "Ostermühl", "Turnverein Süd")])  # fmt: skip
    book, mapping = town.folder / "book.csv", town.folder / "book.toml"
    mapping.write_text(BOOK, encoding="utf-8")
    book.write_text("nr,given,family,body,owner\n9,Odo,Vorwald,Kleewitz Mühlenbau,Mara\n", encoding="utf-8")
    load_files(Workspace(town.folder / "workspace"), source("table"), [book], mapping=mapping)
    town.build()
    one, two, _ = _ids(town)
    contact = record_id("book", "person", ["9"])

    def told() -> tuple[str, bool]:
        graph = town.graph()
        notes = graph.show(one).question.notes
        assert not graph.show("Jörn Mattwitz").question.notes
        entity = graph.context.entities_of([contact])[contact]
        graph.close()
        return entity, "waits_for_build" in {each.code for each in notes}

    alone, waits = told()
    assert alone not in (one, two)
    assert not waits
    graph = town.graph()
    made = graph.judge(one, two, same=True).judgements[0]
    graph.close()
    assert told() == (alone, True)
    town.build()
    together, waits = told()
    assert together == _ids(town)[0] == _ids(town)[1]
    assert not waits
    graph = town.graph()
    graph.undo_identity(made)
    graph.close()
    assert told()[1]
    town.build()
    apart, waits = told()
    assert apart not in _ids(town)
    assert not waits
