"""Two sources that hold each person once: a record has one partner in the other at most, and the candidates compete."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.resolve.conftest import Case

from referralgraph.resolve import Learned, learn_models, resolve
from referralgraph.resolve.compared import Compared
from referralgraph.resolve.linked import matched

_SETTINGS = {"merge_threshold": 0.8, "team_organisation": ""}
_TABLES = ("person_link", "person", "waiting")


def _fill(case: Case, *, again: float = 0.0) -> Case:
    """350 people in each of two lists, nearly all in both, a fifth with a slip or without a date.

    :param again: share of those who stand in the left list twice.
    """
    dice = random.Random(5)
    for at in range(350):
        name = f"Vor{dice.randrange(60)}or Nach{dice.randrange(150)}{dice.choice(('berg', 'tal', 'holz'))}"
        born, city = f"19{dice.randrange(40, 99)}-0{dice.randrange(1, 9)}-1{dice.randrange(9)}", f"Ort{dice.randrange(60)}"
        other = f"{born[:2]}{dice.randrange(40, 99)}-1{born[6:]}"
        case.person(f"l{at:03}", name, city, source="left", birth_date=born)
        case.person(f"r{at:03}", name[:-1] if dice.random() < 0.1 else name, city, source="right",
                    birth_date=dice.choice((born, born, born, born, born, born, other, None)))  # fmt: skip
        if dice.random() < again:
            case.person(f"m{at:03}", name, city, source="left", birth_date=born)
    # two of one name, of whom the other list knows one, without his date
    case.person("la", "Ottokar Vredenau", "Ulm", source="left", birth_date="1950-03-01")
    case.person("lb", "Ottokar Vredenau", "Ulm", source="left", birth_date="1961-07-29")
    case.person("ra", "Ottokar Vredenau", "Ulm", source="right")
    # one whose other date is clearly another one, and no one else
    case.person("lc", "Wendelin Tilsheim", "Bonn", source="left", birth_date="1944-05-06")
    case.person("rc", "Wendelin Tilsheim", "Bonn", source="right", birth_date="1987-11-21")
    # nearly so called and nearly so old, where the right one is there
    case.person("ld", "Irmtraud Goldau", "Kiel", source="left", birth_date="1971-02-14")
    case.person("le", "Irmtraud Goldaus", "Kiel", source="left", birth_date="1971-12-15")
    case.person("rd", "Irmtraud Goldau", "Kiel", source="right", birth_date="1971-02-14")
    return case


@pytest.fixture(scope="module")
def linked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("linked")
    case = _fill(Case(folder))
    records, learned = case.write(), Learned(folder / "identity")
    learn_models(records, learned, folder)
    return case, records, folder / "identity"


def _evidence(folder: Path, record: str) -> dict[str, float]:
    told = duckdb.sql(f"SELECT evidence FROM '{folder}/person_link.parquet' WHERE '{record}' IN (record_id, link_to)").fetchall()
    return {f"{name} {code}": float(bits) for (text,) in told if text for name, code, bits in json.loads(text)["parts"]}


def test_sources_that_hold_each_person_once_are_learned(linked):
    _, _, folder = linked
    (found,) = Learned(folder).models["person"].linked_sources
    assert (found.one, found.other, found.records, found.others) == ("left", "right", 355, 353)
    assert 0.8 * 350 < found.partners <= 353


def test_candidates_compete_and_who_is_alone_is_surer(linked):
    case, _, folder = linked
    found = case.resolve(learned=Learned(folder))
    assert not found.one("la", "ra")
    assert not found.one("lb", "ra")
    assert found.waits("la", "ra") or found.waits("lb", "ra")
    assert found.one("lc", "rc")
    assert found.one("ld", "rd")
    assert not found.one("le", "rd")
    told = _evidence(case.folder / f"out{case.runs}", "rlc")
    assert told["linked only"] > 3
    assert told["birth different"] < 0


def test_a_later_load_gives_what_one_load_gives(linked, tmp_path):
    case, records, folder = linked
    learned = Learned(folder)
    fewer = Case(tmp_path)
    fewer.rows = {**case.rows, "person": [row for row in case.rows["person"] if row["record_id"] not in {"rlb", "rrc", "rl003"}]}
    compared = Compared(tmp_path / "compared", learned.id)
    out = [tmp_path / name for name in ("first", "later", "whole")]
    for each in out:
        each.mkdir()
    resolve(fewer.write(), out[0], _SETTINGS, learned=learned, compared=compared)
    counts = resolve(records, out[1], _SETTINGS, learned=learned, compared=compared)
    whole = resolve(records, out[2], _SETTINGS, learned=learned)
    assert counts["person"] < whole["person"] / 5
    for name in _TABLES:
        later, at_once = (duckdb.sql(f"FROM '{each}/{name}.parquet' ORDER BY ALL").fetchall() for each in out[1:])
        assert later == at_once


@pytest.mark.parametrize("how", ["twice", "seats", "contacts"])
def test_other_sources_stay_as_they_are(tmp_path, how):
    """Who stands in a list twice, a register of seats, an address book: nothing says that one record has one partner."""
    case = _fill(Case(tmp_path), again=0.05 if how == "twice" else 0.0)
    if how == "seats":
        case.company("o", "Vredenau Bau GmbH", source="left")
        case.seat("l001", "o")
    if how == "contacts":
        case.add("contact", "x", "right", {"owner": "Me", "visibility": "team", "person": "rr001", "kind": "address_book"})
    learned = Learned(tmp_path / "identity")
    learn_models(case.write(), learned, tmp_path)
    model = Learned(tmp_path / "identity").models["person"]
    assert model.linked_sources == ()
    # pairs across show how duplicates look between lists of people, and nowhere else
    assert model.known_sources == (("left", "right") if how == "twice" else ())


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.dictionaries(st.tuples(st.integers(0, 2), st.integers(0, 1)), st.floats(0.01, 1e6), min_size=1))
def test_chances_are_those_of_all_matchings(odds):
    """Each matching is as likely as the product of its odds; where candidates run in no circle the chances are exact."""
    pairs = sorted(odds)
    left, right = np.array(pairs).T
    found, _ = matched(left, right, np.array([odds[each] for each in pairs]))
    assert ((found >= 0) & (found <= 1)).all()
    if any({(a, 0), (a, 1), (b, 0), (b, 1)} <= odds.keys() for a, b in itertools.combinations(range(3), 2)):
        return
    weight = {}
    for size in range(3):
        for chosen in itertools.combinations(pairs, size):
            if len({one for one, _ in chosen}) == len({other for _, other in chosen}) == size:
                weight[chosen] = float(np.prod([odds[each] for each in chosen]))
    total = sum(weight.values())
    assert found == pytest.approx([sum(each for chosen, each in weight.items() if pair in chosen) / total for pair in pairs], abs=1e-9)
