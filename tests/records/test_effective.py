"""What counts of many loads: one row a record, the newest, without the suppressed, with the team."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from referralgraph.records.effective import write_effective_records
from referralgraph.records.schema import TABLES, table
from referralgraph.records.workspace import Load, Workspace

Row = dict[str, object]
EARLY, LATE = datetime(2020, 1, 1), datetime(2024, 1, 1)


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "workspace")


def row(record: str, moment: datetime = EARLY, **values: object) -> Row:
    return {"record_id": record, "source": "register", "source_key": record, "file": "dump", "line": 1,
            "retrieved_at": moment, "licence": "CC0", **values}


def write(workspace: Workspace, name: str, **tables: list[Row]) -> Load:
    load = Load(load=name, loader="table", source="register", file="dump", sha256=name, owner=None, visibility="team",
                retrieved_at="2024-01-01", complete=False, scope="register", batch=name,
                loaded_at="2024-01-01T00:00:00", records={}, quarantined=0)
    with workspace.new_folder(workspace.records / name) as folder:
        for each, rows in tables.items():
            pq.write_table(pa.Table.from_pylist(rows, table(each).arrow_schema()), folder / f"{each}.parquet")
        workspace.write_load(folder, load)
    return load


def effective(workspace: Workspace, folder: Path, team: tuple[str, ...] = (), suppressed: tuple[str, ...] = ()):
    out = folder / "out"
    out.mkdir(exist_ok=True)
    write_effective_records(workspace, workspace.loads(), team, suppressed, out)
    return {each.name: sorted(pq.read_table(out / f"{each.name}.parquet").to_pylist(), key=lambda r: r["record_id"])
            for each in TABLES}


def person(record: str, name: str, moment: datetime = EARLY, **values: object) -> Row:
    return row(record, moment, name=name, name_as_written=name, **values)


def test_every_table_is_written_with_its_declared_columns_even_if_nothing_is_loaded(workspace, tmp_path):
    effective(workspace, tmp_path)
    for each in TABLES:
        schema = pq.read_schema(tmp_path / "out" / f"{each.name}.parquet")
        assert tuple(schema.names) == each.columns


def test_of_one_record_the_newest_row_counts_wherever_it_lies(workspace, tmp_path):
    write(workspace, "a", person=[person("r1", "New", LATE), person("r2", "Only")])
    write(workspace, "b", person=[person("r1", "Old"), person("r1", "Old again")])
    assert [each["name"] for each in effective(workspace, tmp_path)["person"]] == ["New", "Only"]


def test_equal_moments_give_one_row_the_same_in_either_load(workspace, tmp_path):
    told = []
    for at, order in enumerate((("Anna", "Berta"), ("Berta", "Anna"))):
        here = Workspace(tmp_path / f"w{at}")
        for load, name in zip("ab", order, strict=True):
            write(here, load, person=[person("r1", name)])
        told.append(effective(here, tmp_path)["person"])
    assert told[0] == told[1]
    assert len(told[0]) == 1


def test_suppressed_people_are_gone_with_all_that_hangs_on_them(workspace, tmp_path):
    mandate = {"organisation": "o1", "role": "chair", "last_seen": "2024"}
    write(workspace, "a", person=[person("r1", "Anna"), person("r2", "Berta")],
          mandate=[row("m1", person="r1", **mandate), row("m2", person="r2", **mandate),
                   row("m3", holder_organisation="o2", **mandate)],
          contact=[row("c1", owner="Me", visibility="team", person="r1", kind="crm")],
          interaction=[row("i1", owner="Me", visibility="team", person="r1", kind="call", date="2024")],
          event=[row("e1", person="r1", kind="insolvency"), row("e2", organisation="o1", kind="insolvency")],
          shareholding=[row("s1", person="r1", organisation="o1", kind="capital", last_seen="2024")])
    found = effective(workspace, tmp_path, suppressed=("r1",))
    assert {name: [each["record_id"] for each in rows] for name, rows in found.items() if rows} == {
        "person": ["r2"], "mandate": ["m2", "m3"], "event": ["e2"]}


def test_a_suppressed_record_does_not_come_back_in_an_older_load(workspace, tmp_path):
    write(workspace, "a", person=[person("r1", "Anna", LATE)])
    write(workspace, "b", person=[person("r1", "Anna old")])
    assert effective(workspace, tmp_path, suppressed=("r1",))["person"] == []


def test_our_own_people_are_records_of_the_source_team(workspace, tmp_path):
    write(workspace, "a", person=[person("r1", "Anna")])
    found = effective(workspace, tmp_path, team=("Me", "Bo", "Me"))["person"]
    team = [each for each in found if each["source"] == "team"]
    assert sorted(str(each["name"]) for each in team) == ["Bo", "Me"]
    assert {(each["file"], tuple(each["emails"])) for each in team} == {("settings.toml", ())}
