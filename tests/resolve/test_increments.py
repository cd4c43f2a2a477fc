"""A load that comes later: only pairs with a new record are compared, and everything comes out as if all had come at once.

The model is learned once from all records and stays; what was compared before is kept beside it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.resolve.conftest import Case

from referralgraph.resolve import Learned, learn_models, resolve
from referralgraph.resolve.compared import Compared

_TABLES = ("person_link", "organisation_link", "person", "organisation", "waiting")
_SETTINGS = {"merge_threshold": 0.8, "team_organisation": ""}
_PEOPLE = 1500


def _people(seed: int) -> list[dict[str, str | None]]:
    """Rows of people of whom a third stand there again, with slips, elsewhere or without a date; given names and towns recur."""
    dice = random.Random(seed)
    rows = []
    for _ in range(_PEOPLE):
        given, family = f"Vor{dice.randrange(60)}", f"Nach{dice.randrange(400)}{dice.choice(('berg', 'tal', 'holz'))}"
        born, city = f"19{dice.randrange(40, 99)}-0{dice.randrange(1, 9)}-1{dice.randrange(9)}", f"Ort{dice.randrange(40)}"
        for _ in range(dice.choice((1, 1, 2, 3))):
            rows.append(
                {
                    "name": f"{given} {family[:-1] if dice.random() < 0.1 else family}",
                    "city": f"Ort{dice.randrange(40)}" if dice.random() < 0.1 else city,
                    "birth_date": dice.choice((born, born, born[:7], None)),
                }
            )
    return rows


def _write(folder: Path, rows: dict[int, dict[str, str | None]], changed: Iterable[int] = ()) -> Path:
    case = Case(folder)
    folder.mkdir(parents=True)
    for number, row in rows.items():
        told = {**row, "city": "Neuort"} if number in set(changed) else row
        case.person(f"{number:05}", told["name"] or "", told["city"], birth_date=told["birth_date"])
        if number % 3 == 0:
            case.company(f"{number:05}o", f"Firma {number % 200} {'GmbH' if number % 2 else 'AG'}", city=row["city"])
            case.seat(f"{number:05}", f"{number:05}o")
    return case.write()


def _told(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    return {name: duckdb.sql(f"SELECT * FROM '{folder / name}.parquet' ORDER BY ALL").fetchall() for name in _TABLES}


def _kept_pairs(folder: Path) -> set[tuple[str, str]]:
    return set(duckdb.sql(f"SELECT record_id, other FROM '{folder}/person-*/outcome.parquet'").fetchall())


@pytest.fixture(scope="module")
def learned(tmp_path_factory):
    folder = tmp_path_factory.mktemp("learned")
    model = Learned(folder / "identity")
    learn_models(_write(folder / "all", dict(enumerate(_people(1)))), model, folder)
    return Learned(folder / "identity")


def _resolve(records: Path, out: Path, learned: Learned, kept: Path | None):
    out.mkdir()
    compared = Compared(kept, learned.id) if kept else None
    return resolve(records, out, _SETTINGS, learned=learned, compared=compared)


@given(st.integers(0, 10_000), st.floats(0.05, 0.95))
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_increment_equals_a_full_run_and_compares_only_what_is_new(learned, tmp_path_factory, seed, share):
    """Some records come first, some are changed or gone in the second load, the others are new."""
    folder, dice = tmp_path_factory.mktemp("split"), random.Random(seed)
    rows = dict(enumerate(_people(1)))
    first = {number: row for number, row in rows.items() if dice.random() < share}
    changed = {number for number in first if dice.random() < 0.03}
    gone = {number for number in first if dice.random() < 0.03}
    later = {number: row for number, row in rows.items() if number not in gone}
    _resolve(_write(folder / "first", first), folder / "out1", learned, folder / "kept")
    before = _kept_pairs(folder / "kept")
    records = _write(folder / "later", later, changed)
    anew = _resolve(records, folder / "out2", learned, folder / "kept")["person"]
    full = _resolve(records, folder / "out3", learned, None)["person"]
    assert _told(folder / "out2") == _told(folder / "out3")
    after = _kept_pairs(folder / "kept")
    touched = {f"r{number:05}" for number in later if number in changed or number not in first}
    assert full == len(after)
    assert anew == sum(1 for pair in after if touched.intersection(pair) or pair not in before)


def test_the_same_records_again_compare_nothing(learned, tmp_path):
    records = _write(tmp_path / "all", dict(enumerate(_people(1))))
    first = _resolve(records, tmp_path / "out1", learned, tmp_path / "kept")
    again = _resolve(records, tmp_path / "out2", learned, tmp_path / "kept")
    assert first["person"] > 1000
    assert again == {"organisation": 0, "person": 0}
    assert _told(tmp_path / "out1") == _told(tmp_path / "out2")


def test_what_was_compared_under_another_model_doesnt_count(learned, tmp_path):
    records = _write(tmp_path / "all", dict(enumerate(_people(1))))
    first = _resolve(records, tmp_path / "out1", learned, tmp_path / "kept")
    (tmp_path / "out2").mkdir()
    again = resolve(records, tmp_path / "out2", _SETTINGS, learned=learned, compared=Compared(tmp_path / "kept", "another"))
    assert again == first


def test_what_is_kept_holds_no_names(learned, tmp_path):
    _resolve(_write(tmp_path / "all", dict(enumerate(_people(1)))), tmp_path / "out", learned, tmp_path / "kept")
    for file in (tmp_path / "kept").glob("*/*.parquet"):
        told = duckdb.sql(f"SELECT * FROM '{file}' LIMIT 50").fetchall()
        assert not any("nach" in str(value).lower() for row in told for value in row)
