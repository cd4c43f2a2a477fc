"""The sink: every row that reaches the workspace is whole, has its provenance and counts once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pyarrow.parquet as pq
import pytest

from referralgraph.records import sink as sink_module
from referralgraph.records.identifiers import profile_address
from referralgraph.records.schema import TABLES, table
from referralgraph.records.sink import RecordSink


@pytest.fixture
def sink(tmp_path):
    folder = tmp_path / "records"
    folder.mkdir()
    moment = datetime(2025, 6, 30, 1, 0, tzinfo=timezone(timedelta(hours=2)))
    return RecordSink(folder, source="register", file="dump.csv", retrieved_at=moment, licence="CC BY 4.0")


def rows(sink, name):
    sink.close(sink.folder.parent / "quarantine.parquet")
    return pq.read_table(sink.folder / f"{name}.parquet").to_pylist()


def quarantine(sink):
    path = sink.folder.parent / "quarantine.parquet"
    sink.close(path)
    return pq.read_table(path).to_pylist()


def test_a_row_carries_its_provenance_and_fits_the_declared_table(sink):
    identifier = sink.add("person", ["7"], 12, {
        "name": "Mira Koch", "name_as_written": "Koch, Mira", "emails": ["m@example.com"]})
    (row,) = rows(sink, "person")
    assert list(row) == list(table("person").columns)
    assert (row["record_id"], row["source"], row["source_key"], row["file"], row["line"], row["licence"]) == (
        identifier, "register", "7", "dump.csv", 12, "CC BY 4.0")
    assert row["retrieved_at"] == datetime(2025, 6, 29, 23, 0)
    assert row["emails"] == ["m@example.com"]
    assert row["city"] is None


def test_the_same_key_counts_once_and_another_line_changes_nothing(sink):
    first = sink.add("organisation", ["HRB 1", "Kiel"], 1, {"name": "Koch KG", "kind": "company"})
    again = sink.add("organisation", ["HRB 1", "Kiel"], 9, {"name": "Koch KG", "kind": "company"})
    assert first == again
    assert [row["line"] for row in rows(sink, "organisation")] == [1]
    assert sink.counts["organisation"] == 1


@pytest.mark.parametrize(("values", "said"), [
    ({"name": "", "kind": "company"}, "name is missing"),
    ({"name": "Koch KG", "kind": "firm"}, "kind is 'firm', allowed are company"),
    ({"name": "Koch KG", "kind": "company", "colour": "red"}, "no such field: colour"),
])
def test_a_row_that_does_not_fit_goes_to_quarantine_with_line_and_reason(sink, values, said):
    assert sink.add("organisation", ["1"], 3, values) is None
    (row,) = quarantine(sink)
    assert (row["line"], row["file"], row["source"]) == (3, "dump.csv", "register")
    assert said in row["reason"]


def test_a_date_must_be_a_date(sink):
    assert sink.add("person", ["1"], 1, {"name": "Mira", "name_as_written": "Mira", "birth_date": "2011-02-30"}) is None
    assert "not a date" in quarantine(sink)[0]["reason"]


def test_many_rows_and_many_bad_rows_are_written_in_pieces_and_none_is_lost(sink, monkeypatch):
    monkeypatch.setattr(sink_module, "_BATCH", 10)
    for at in range(37):
        sink.add("person", [str(at)], at + 1, {"name": f"Name {at}", "name_as_written": f"Name {at}"})
        sink.quarantine(at + 1, "no name", "x" * 5_000)
    bad = quarantine(sink)
    assert [row["line"] for row in bad] == list(range(1, 38))
    assert sink.quarantined == sink.reasons["no name"] == 37
    written = pq.read_table(sink.folder / "person.parquet").to_pylist()
    assert [row["source_key"] for row in written] == [str(at) for at in range(37)]
    assert not (sink.folder / "quarantine.parquet").exists()


def test_a_mapping_states_source_licence_and_date(sink):
    sink.restate(source="chamber", licence="members only", retrieved_at=datetime(2024, 1, 2, tzinfo=UTC), complete=True)
    sink.add("person", ["1"], 1, {"name": "Mira", "name_as_written": "Mira"})
    (row,) = rows(sink, "person")
    assert (row["source"], row["licence"]) == ("chamber", "members only")
    assert row["retrieved_at"] == datetime(2024, 1, 2)
    assert sink.complete


def test_no_row_no_file(sink):
    sink.close(sink.folder.parent / "quarantine.parquet")
    assert list(sink.folder.iterdir()) == []
    assert not (sink.folder.parent / "quarantine.parquet").exists()


def test_every_table_takes_a_row_of_required_fields(sink):
    examples = {"partial_date": "2020", "text": "x", "reference": "r1"}
    for declared in TABLES:
        values = {field.name: field.words[0] if field.words else examples[field.type]
                  for field in declared.own_fields if field.required}
        assert sink.add(declared.name, ["1"], 1, values), declared.name


@pytest.mark.parametrize(("url", "found"), [
    ("https://www.linkedin.com/in/mira-koch", "https://www.linkedin.com/in/mira-koch"),
    ("http://de.linkedin.com/in/J%C3%BCrgen-Vogt/?trk=x", "https://www.linkedin.com/in/jürgen-vogt"),
    ("linkedin.com/in/Mira-Koch#about", "https://www.linkedin.com/in/mira-koch"),
    ("https://www.xing.com/profile/Mira_Koch", "https://www.xing.com/profile/mira_koch"),
    ("https://www.linkedin.com/company/koch", None), ("http://www.example.com", None), ("", None),
])
def test_profile_addresses_have_one_spelling(url, found):
    assert profile_address(url) == found
