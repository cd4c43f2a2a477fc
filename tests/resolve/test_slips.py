"""Lists with names and places alone: they show how often a row is misspelt, and what a slip looks like, and nothing of namesakes."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import duckdb
import pytest
from tests.resolve.conftest import Case

from referralgraph.records.database import connect, sql_file
from referralgraph.resolve import Learned, learn_models, resolve
from referralgraph.resolve.compared import Compared

_GIVEN = [
    "Andrea", "Andreas",
    *map("".join, itertools.product(("Wend", "Ott", "Irm", "Kuni", "Rosa", "Tass", "Edel", "Ann"),
                                    ("elin", "okar", "traud", "bert", "linde", "ilo"))),
]  # fmt: skip
_TOWN = list(
    map(
        "".join,
        itertools.product(
            ("Ober", "Nieder", "Hohen", "Alten", "Rosen", "Linden", "Eichen", "Birken"),
            ("dorf", "heim", "see", "burg", "feld", "stadt", "hain", "tal"),
        ),
    )
)
_FAMILY = [
    f"{one}{two}{three}"
    for one, two, three in itertools.product(
        ("Vred", "Moos", "Kanal", "Ufer", "Sonn", "Tils", "Gold", "Birk", "Quell", "Halm"),
        ("en", "au", "ig", "or"),
        ("grund", "wiese", "holz"),
    )
]


def _fill(case: Case) -> Case:
    """1,200 people, each with a row, a third with a second one; in three of four of these a letter of name or town has slipped."""
    dice = random.Random(3)
    for number, (given, family) in enumerate(dice.sample(list(itertools.product(_GIVEN, _FAMILY)), 1200)):
        row = [given, family, dice.choice(_TOWN)]
        case.person(f"a{number}", f"{row[0]} {row[1]}", row[2])
        if number % 3 == 0:
            if (at := number // 3 % 4) < 3:
                row[at] = _slipped(dice, row[at])
            case.person(f"b{number}", f"{row[0]} {row[1]}", row[2])
    return case


def _slipped(dice: random.Random, word: str) -> str:
    at = dice.randrange(1, len(word) - 2)
    return word[:at] + dice.choice("bdfgklmpt") + word[at + 1 :]


def _plant(case: Case) -> Case:
    pairs = {
        "slip": (("Wendelin", "Tannhofer", "Kiel"), ("Wendelin", "Tannhover", "Kiel")),
        "given": (("Rosalinde", "Mattwitz", "Kiel"), ("Rosalnide", "Mattwitz", "Kiel")),
        "town": (("Tassilo", "Zollikamm", "Reichenstein"), ("Tassilo", "Zollikamm", "Riechenstein")),
        "turned": (("Kunibert", "Halverskamp", "Kiel"), ("Halverskamp", "Kunibert", "Kiel")),
        "siblings": (("Andrea", "Drosselbeck", "Kiel"), ("Andreas", "Drosselbeck", "Kiel")),
        "families": (("Ottokar", "Uferigholz", "Kiel"), ("Ottokar", "Uferorholz", "Kiel")),
        "common": (("Ottokar", "Schmidt", "Kiel"), ("Ottokar", "Schmitt", "Kiel")),
        "same": (("Irmtraud", "Krahwinkel", "Kiel"), ("Irmtraud", "Krahwinkel", "Kiel")),
        "middle": (("Karl Egon", "Bruchsaler", "Kiel"), ("Karl Otto", "Bruchsaler", "Kiel")),
    }
    for name, rows in pairs.items():
        for side, (given, family, town) in zip("xy", rows, strict=True):
            case.person(f"{name}-{side}", f"{given} {family}", town)
    return case


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("listed")
    case = _plant(_fill(Case(folder)))
    learn_models(case.write(), Learned(folder / "identity"), folder)
    return case, Learned(folder / "identity")


def test_a_list_of_names_and_towns_shows_how_often_a_row_is_misspelt(listed):
    """400 of some 1,600 records are the second row of somebody, 100 of them with a slip in the family name."""
    _, learned = listed
    model = learned.models["person"]
    chances = {each.name: {level.code: level.m for level in each.levels} for each in model.comparisons}
    assert model.by_names
    assert model.known_sources == ("register",)
    assert model.matches_a_record == pytest.approx(2 * 400 / 1618, rel=0.1)
    assert chances["family"]["typing_error"] == pytest.approx(100 / 400, abs=0.05)
    assert chances["place"]["alike"] == pytest.approx(100 / 400, abs=0.05)


@pytest.mark.parametrize(("name", "merged"), [
    ("slip", True),
    ("given", True),
    ("town", True),
    ("turned", True),
    ("same", True),
    ("siblings", False),  # both are names of their own
    ("families", False),
    ("common", False),  # one row each, but two names that are known to be common
    ("middle", False),
])  # fmt: skip
def test_a_slip_is_merged_and_a_name_of_its_own_isnt(resolved, name, merged):
    assert resolved.one(f"{name}-x", f"{name}-y") == merged


def test_what_might_be_a_slip_waits(resolved):
    assert resolved.waits("families-x", "families-y")
    assert resolved.waits("common-x", "common-y")


@pytest.fixture(scope="module")
def resolved(listed):
    case, learned = listed
    return case.resolve(learned=learned)


def test_few_others_are_merged(resolved):
    """Each name is given once, so whoever else is merged is somebody else: of 1,209 people one may be."""
    people: dict[str, set[str]] = {}
    for record, entity in resolved.people.items():
        people.setdefault(entity, set()).add(record[2:] if record[1] in "ab" and record[2:].isdigit() else record.split("-")[0])
    assert sum(len(each) > 1 for each in people.values()) <= 1
    assert sum(resolved.one(f"a{number}", f"b{number}") for number in range(0, 1200, 3)) > 130


def test_registers_of_seats_teach_no_slips(tmp_path):
    """Rows that are nearly alike there are mostly two people's: the model stays as it ships, and the pair waits."""
    case = _plant(_fill(Case(tmp_path)))
    case.company("o", "Vredenau Bau GmbH")
    case.seat("a1", "o")
    learn_models(case.write(), Learned(tmp_path / "identity"), tmp_path)
    learned = Learned(tmp_path / "identity")
    assert not learned.models["person"].by_names
    assert learned.models["person"].learned_with.startswith("shipped")
    assert case.resolve(learned=learned).waits("slip-x", "slip-y")


def test_a_later_load_gives_what_one_load_gives(listed, tmp_path):
    case, learned = listed
    fewer = Case(tmp_path)
    fewer.rows = {**case.rows, "person": [row for row in case.rows["person"] if row["record_id"] not in {"rslip-y", "ra3", "rb6"}]}
    told = {}
    for name, records in (("first", fewer.write()), ("later", case.write()), ("whole", case.write())):
        (tmp_path / name).mkdir()
        compared = None if name == "whole" else Compared(tmp_path / "compared", learned.id)
        resolve(records, tmp_path / name, {"merge_threshold": 0.8, "team_organisation": ""}, learned=learned, compared=compared)
        told[name] = [_rows(tmp_path / name / f"{table}.parquet") for table in ("person_link", "person", "waiting")]
    assert told["later"] == told["whole"] != told["first"]


def _rows(file: Path) -> list[tuple[object, ...]]:
    return duckdb.sql(f"FROM '{file}' ORDER BY ALL").fetchall()


@pytest.mark.parametrize(
    ("ones", "others", "slips"), [(1, 1, True), (1, 900, True), (2, 3, True), (3, 4, False), (18, 900, True), (19, 900, False)]
)
def test_what_is_borne_often_is_no_slip(ones, others, slips):
    connection = connect()
    connection.execute(sql_file("referralgraph.resolve", "words"))
    assert connection.execute("SELECT slips($1, $2), slips($2, $1)", [ones, others]).fetchall() == [(slips, slips)]
