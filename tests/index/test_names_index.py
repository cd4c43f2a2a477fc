"""Finding entities by what people type, on a dozen names whose every way to be found is worked out by hand."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referralgraph.index.names import NameIndex
from referralgraph.index.text import TextColumn, save_text
from referralgraph.index.write_names import write_names

PEOPLE = [
    ("p1", "Jürgen Müller", ["Jürgen Schmitt"], "Köln", 5, []),
    ("p2", "Jürgen Müller", [], "Ulm", 9, []),
    ("p3", "Hans-Peter Größ", [], None, 1, []),
    ("p4", "Petra Privat", [], "Ulm", 0, ["You", "She"]),
]
ORGANISATIONS = [
    ("o1", "Wössner Beteiligungen GmbH & Co. KG", ["Alte Mühle AG"], "Köln", 3, "K1_HRA77", None, "Köln", "HRA 77"),
    ("o2", "Wössner GmbH", [], "Ulm", 7, "U1_HRB77", "529900T8BM49AURSDO55", "Ulm", "HRB 77"),
    ("o3", "Mühle Fördertechnik AG", [], "Ulm", 2, "U1_HRB8", None, "Ulm", "HRB 8"),
    ("o4", "Jürgen Müller", [], "Bonn", 4, None, None, None, None),
]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> NameIndex:
    """The names above, written as a build writes them."""
    folder = tmp_path_factory.mktemp("names")
    texts = pa.list_(pa.string())
    pq.write_table(
        pa.table(
            {
                "id": [row[0] for row in PEOPLE],
                "name": [row[1] for row in PEOPLE],
                "other_names": pa.array([row[2] for row in PEOPLE], texts),
                "city": [row[3] for row in PEOPLE],
                "connections": [row[4] for row in PEOPLE],
                "only_for": pa.array([row[5] for row in PEOPLE], texts),
            }
        ),
        folder / "Person.parquet",
    )
    columns = (
        "id",
        "name",
        "previous_names",
        "city",
        "connections",
        "identifier",
        "lei",
        "register_court",
        "register_number",
    )
    pq.write_table(
        pa.table(
            {
                **{name: [row[place] for row in ORGANISATIONS] for place, name in enumerate(columns) if name != "previous_names"},
                "previous_names": pa.array([row[2] for row in ORGANISATIONS], texts),
                "kind": ["company"] * len(ORGANISATIONS),
            }
        ),
        folder / "Organisation.parquet",
    )
    write_names(folder, folder / "names")
    return NameIndex(folder / "names")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jürgen müller", [("p2", "exact"), ("p1", "exact"), ("o4", "exact")]),
        ("Juergen Mueller", [("p2", "exact"), ("p1", "exact"), ("o4", "exact")]),
        ("Jurgen Muller", [("p2", "spelling"), ("p1", "spelling"), ("o4", "spelling")]),
        ("JÜRGEN  MÜLLER, Köln", [("p1", "exact")]),
        ("Jürgen Müller, koeln", [("p1", "exact")]),
        ("Jürgen Müller, Kiel", []),
        ("Jürgen Schmitt", [("p1", "former name")]),
        ("Hanspeter Groess", [("p3", "spelling")]),
        ("Wössner Beteiligungen", [("o1", "spelling")]),
        ("Woessner", [("o2", "spelling"), ("o1", "beginning")]),
        ("Alte Mühle", [("o1", "former name")]),
        ("Müh", [("o3", "beginning"), ("o1", "words")]),
        ("fördertechnik mühle", [("o3", "words")]),
        ("technik", [("o3", "words")]),
        ("HRB 77", [("o2", "number")]),
        ("Köln HRA 77", [("o1", "number")]),
        ("u1_hrb8", [("o3", "number")]),
        ("529900t8bm49aursdo55", [("o2", "number")]),
        ("nobody at all", []),
        ("", []),
        (",", []),
        ("\x00", []),
        ("' OR 1=1", []),
        ("x" * 10_000, []),
    ],
)
def test_every_way_to_be_found(names: NameIndex, text: str, expected: list[tuple[str, str]]) -> None:
    """Exact before another spelling before a former name before a beginning before words; better connected first."""
    found, more = names.find(text)
    assert [(each.id, each.match) for each in found] == expected
    assert not more


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jürgen Müller", ["p2", "p1", "o4"]),
        ("Jürgen Schmitt", ["p1"]),
        ("Alte Mühle AG", ["o1"]),
        ("Müller", []),
        ("HRB 8", ["o3"]),
        ("Jürgen Müller, Ulm", ["p2"]),
    ],
)
def test_exactly_leaves_out_what_is_only_near(names: NameIndex, text: str, expected: list[str]) -> None:
    """A part of a name isn't the name; a former name is, if nobody bears it now."""
    assert [each.id for each in names.exactly(text)] == expected


def test_limit_kinds_and_more(names: NameIndex) -> None:
    """The best connected of the best tier; kinds filter before the limit."""
    found, more = names.find("Jürgen Müller", limit=1)
    assert ([each.id for each in found], more) == (["p2"], True)
    found, more = names.find("Jürgen Müller", limit=3, kinds=("company",))
    assert ([each.id for each in found], more) == (["o4"], False)


@pytest.mark.parametrize(("viewer", "seen"), [("You", True), ("She", True), ("He", False), (None, False), ("Y", False)])
def test_who_is_private_is_found_by_his_owners_alone(names: NameIndex, viewer: str | None, seen: bool) -> None:
    """By name, by beginning and by words."""
    for text in ("Petra Privat", "Petra", "privat"):
        assert [each.id for each in names.find(text, viewer=viewer)[0]] == (["p4"] if seen else [])
    assert bool(names.exactly("Petra Privat", viewer=viewer)) is seen


@settings(max_examples=200, deadline=None, derandomize=True)
@given(texts=st.lists(st.text("abü ", max_size=6), max_size=30), wanted=st.text("abü ", min_size=1, max_size=3))
def test_a_column_finds_what_a_scan_finds(tmp_path_factory: pytest.TempPathFactory, texts: list[str], wanted: str) -> None:
    """Rows that contain a text, each once and in order, and rows that begin with it, against plain Python."""
    folder = tmp_path_factory.mktemp("column")
    ordered = sorted(texts, key=str.encode)
    column = pa.array(ordered, pa.large_string())
    lengths = [len(each.encode()) for each in ordered]
    save_text(folder, "c", np.cumsum([0, *lengths]).astype(np.int64), np.frombuffer("".join(ordered).encode(), np.uint8))
    read = TextColumn(folder, "c")
    assert [read[row] for row in range(len(read))] == column.to_pylist()
    assert list(read.containing(wanted)) == [row for row, text in enumerate(ordered) if wanted in text]
    assert list(range(*read.beginning(wanted))) == [row for row, text in enumerate(ordered) if text.startswith(wanted)]
