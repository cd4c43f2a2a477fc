"""A load that comes later: only pairs with a new record are compared, and everything comes out as if all had come at once.

The model is learned once from all records and stays; what was compared before is kept beside it.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
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
_PEOPLE = 700


def _people(seed: int) -> list[dict[str, str | None]]:
    """Rows of people of whom a third stand there again, with slips, elsewhere or without a date; given names and towns recur."""
    dice = random.Random(seed)
    rows = []
    for _ in range(_PEOPLE):
        given, family = f"Vor{dice.randrange(12)}", f"Nach{dice.randrange(400)}{dice.choice(('berg', 'tal', 'holz'))}"
        born, city = f"19{dice.randrange(40, 99)}-0{dice.randrange(1, 9)}-1{dice.randrange(9)}", f"Ort{dice.randrange(12)}"
        for _ in range(dice.choice((1, 1, 2, 3))):
            rows.append(
                {
                    "name": f"{given} {family[:-1] if dice.random() < 0.1 else family}",
                    "city": f"Ort{dice.randrange(12)}" if dice.random() < 0.1 else city,
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
        if number % 2 == 0:
            case.company(f"{number:05}o", f"Firma {number % 200} {'GmbH' if number % 4 else 'AG'}", city=row["city"])
            case.seat(f"{number:05}", f"{number:05}o")
    return case.write()


def _told(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    return {name: duckdb.sql(f"SELECT * FROM '{folder / name}.parquet' ORDER BY ALL").fetchall() for name in _TABLES}


def _kept_pairs(folder: Path) -> set[tuple[str, str, float]]:
    """The pairs of people that are kept, part by part as they were written: what is gone or dropped leaves, what is new joins."""
    (kept,) = folder.glob("person-*")
    records: dict[int, str] = {}
    pairs: dict[tuple[int, int], float] = {}
    for part in sorted(kept.glob("[0-9]*")):
        told = {each.stem: duckdb.sql(f"FROM '{each}'") for each in part.glob("*.parquet")}
        for (number,) in told["gone"].fetchall():
            del records[number]
        records |= {number: name for number, name, _ in told["record"].fetchall()}
        for one, other, _ in told["dropped"].fetchall():
            del pairs[one, other]
        pairs |= {(one, other): chance for one, other, chance in told["pair"].project("record_id, other, probability").fetchall()}
    return {(records[one], records[other], chance) for (one, other), chance in pairs.items() if {one, other} <= records.keys()}


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


@dataclass
class TwoLoads:
    """A first load and one of a twentieth of the records after it, and everything compared at once.

    :param records: all records.
    :param kept: what is kept after both loads; copied for each test.
    :param anew: how many pairs the second load compared.
    :param full: how many a run over everything compares.
    """

    records: Path
    kept: Path
    anew: int
    full: int
    told: dict[str, list[tuple[object, ...]]]
    told_at_once: dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def made_once(learned, tmp_path_factory):
    folder = tmp_path_factory.mktemp("loads")
    rows = dict(enumerate(_people(1)))
    first = {number: row for number, row in rows.items() if number % 20}
    _resolve(_write(folder / "first", first), folder / "out1", learned, folder / "kept")
    records = _write(folder / "later", rows)
    anew = _resolve(records, folder / "out2", learned, folder / "kept")["person"]
    full = _resolve(records, folder / "out3", learned, None)["person"]
    return TwoLoads(records, folder / "kept", anew, full, _told(folder / "out2"), _told(folder / "out3"))


@pytest.fixture
def two_loads(made_once, tmp_path):
    return replace(made_once, kept=shutil.copytree(made_once.kept, tmp_path / "kept"))


def test_increments_equal_full_runs(learned, tmp_path):
    """Three loads, of which each has other records and some changed ones; given names and towns cross the limit of 100 both ways."""
    assert_increments_equal_full_runs(learned, tmp_path, seed=7, share=0.8)


@pytest.mark.soak
@given(st.integers(0, 10_000), st.floats(0.5, 0.98))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_many_increments_equal_full_runs(learned, tmp_path_factory, seed, share):
    assert_increments_equal_full_runs(learned, tmp_path_factory.mktemp("split"), seed, share)


def assert_increments_equal_full_runs(learned, folder, seed, share):
    dice = random.Random(seed)
    rows, crossed = dict(enumerate(_people(1))), set()
    for step, part in enumerate((share, 1.0, share)):
        now = {number: row for number, row in rows.items() if dice.random() < part}
        changed = [number for number in now if dice.random() < 0.02]
        records = _write(folder / f"in{step}", now, changed)
        _resolve(records, folder / f"out{step}", learned, folder / "kept")
        _resolve(records, folder / f"full{step}", learned, folder / f"anew{step}")
        assert _told(folder / f"out{step}") == _told(folder / f"full{step}")
        assert _kept_pairs(folder / "kept") == _kept_pairs(folder / f"anew{step}")
        counts = Counter(str(row["name"]).split()[0] for row in now.values())
        crossed.add(frozenset(name for name, count in counts.items() if count > 100))
    assert len(crossed) > 1


def test_a_small_load_compares_little_and_is_kept_as_a_part(two_loads):
    """Of pairs that have a record of the last twentieth there are at most a fifth; without any new record there is none."""
    assert 0 < two_loads.anew < two_loads.full / 5
    assert two_loads.told == two_loads.told_at_once
    assert len(list(two_loads.kept.glob("person-*/[0-9]*"))) == 2


def _cut(part: Path) -> None:
    file = part / "pair.parquet"
    file.write_bytes(file.read_bytes()[:-100])


def _flipped(part: Path) -> None:
    content = bytearray((part / "key.parquet").read_bytes())
    content[len(content) // 2] ^= 1
    (part / "key.parquet").write_bytes(content)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(_cut, marks=pytest.mark.soak),
        _flipped,
        pytest.param(lambda part: (part / "part.json").write_text('{"base": true}'), marks=pytest.mark.soak),
        lambda part: (part / "part.json").unlink(),
        pytest.param(lambda part: (part / "dropped.parquet").unlink(), marks=pytest.mark.soak),
        shutil.rmtree,  # the first part is gone, the second isn't
    ],
)
def test_what_is_damaged_counts_no_more(two_loads, learned, tmp_path, damage):
    """Everything is compared again, as if nothing had been kept, and what is kept then is whole."""
    damage(min(two_loads.kept.glob("person-*/[0-9]*")))
    assert _resolve(two_loads.records, tmp_path / "out1", learned, two_loads.kept)["person"] == two_loads.full
    assert _told(tmp_path / "out1") == two_loads.told
    assert _resolve(two_loads.records, tmp_path / "out2", learned, two_loads.kept)["person"] == 0


def test_a_part_that_was_being_written_when_the_build_was_killed_is_nothing(two_loads, learned, tmp_path):
    part = min(two_loads.kept.glob("person-*/[0-9]*"))
    half = part.with_name(".00000003")
    half.mkdir()
    (half / "key.parquet").write_bytes((part / "key.parquet").read_bytes()[:1000])
    assert _resolve(two_loads.records, tmp_path / "out", learned, two_loads.kept) == {"organisation": 0, "person": 0}
    assert _told(tmp_path / "out") == two_loads.told
    assert not half.exists()


def test_many_small_loads_are_written_as_one_now_and_then(learned, tmp_path, monkeypatch):
    """With two parts at most the third load writes everything anew, and it equals a full run."""
    monkeypatch.setattr("referralgraph.resolve.compared._MOST_PARTS", 2)
    rows = dict(enumerate(_people(1)))
    for step in range(3):
        now = {number: row for number, row in rows.items() if number % 50 <= 46 + step}
        records = _write(tmp_path / f"in{step}", now)
        _resolve(records, tmp_path / f"out{step}", learned, tmp_path / "kept")
    assert len(list((tmp_path / "kept").glob("person-*/[0-9]*"))) == 1
    _resolve(records, tmp_path / "full", learned, tmp_path / "anew")
    assert _told(tmp_path / "out2") == _told(tmp_path / "full")
    assert _kept_pairs(tmp_path / "kept") == _kept_pairs(tmp_path / "anew")
    assert _resolve(records, tmp_path / "again", learned, tmp_path / "kept")["person"] == 0


def test_what_was_compared_under_another_model_doesnt_count(learned, tmp_path):
    records = _write(tmp_path / "all", dict(enumerate(_people(1))))
    first = _resolve(records, tmp_path / "out1", learned, tmp_path / "kept")
    (tmp_path / "out2").mkdir()
    again = resolve(records, tmp_path / "out2", _SETTINGS, learned=learned, compared=Compared(tmp_path / "kept", "another"))
    assert again == first


def test_what_is_kept_holds_no_names(learned, tmp_path):
    _resolve(_write(tmp_path / "all", dict(enumerate(_people(1)))), tmp_path / "out", learned, tmp_path / "kept")
    for file in (tmp_path / "kept").glob("*/*/*.parquet"):
        told = duckdb.sql(f"SELECT * FROM '{file}' LIMIT 50").fetchall()
        assert not any("nach" in str(value).lower() for row in told for value in row)
