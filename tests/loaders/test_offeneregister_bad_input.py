"""The German register dump compressed, cut off, broken, and as a later publisher may write it."""

from __future__ import annotations

import bz2
import gzip
import json
from datetime import datetime

import pytest
from tests.loaders.register_dump import company, firm, in_order, person

from referralgraph.errors import SourceError

# --- compression and blocks ------------------------------------------------------------------------------------------

MANY = "".join(company(str(at), officers=[person("Hanna", "Vogt", "2010-05-01"), firm(f"Roth {at} GmbH, Ulm.")]) + "\n"
               for at in range(1, 400)).encode()


@pytest.mark.parametrize(("name", "data"), [
    ("dump.jsonl.gz", gzip.compress(MANY, mtime=0)), ("dump.jsonl.bz2", bz2.compress(MANY)),
    ("dump.jsonl.bz2", bz2.compress(MANY[:100_000]) + bz2.compress(MANY[100_000:])),
], ids=["gz", "bz2", "bz2 of two streams"])
def test_a_compressed_dump_gives_the_records_of_the_plain_one(load, name, data):
    plain, packed = load("offeneregister", "dump.jsonl", MANY), load("offeneregister", name, data)
    for table in ("organisation", "person", "mandate"):
        rows = [{**row, "file": ""} for row in plain[table]]
        assert sorted(map(str, rows)) == sorted(str({**row, "file": ""}) for row in packed[table])
    assert len(plain["mandate"]) == 798


def test_records_do_not_depend_on_the_size_of_a_block(load, monkeypatch):
    import referralgraph.loaders.offeneregister as loader
    from referralgraph.records.lines import line_blocks

    doubled = MANY + MANY[:60_000].rpartition(b"\n")[0] + b"\n"  # the first companies once more at the end
    whole = load("offeneregister", "dump.jsonl", doubled)
    monkeypatch.setattr(loader, "line_blocks", lambda path: line_blocks(path, 40_000))
    blocks = load("offeneregister", "dump.jsonl", doubled)
    for table in ("organisation", "person", "mandate"):
        assert sorted(map(str, whole[table])) == sorted(map(str, blocks[table]))


# --- bad input -------------------------------------------------------------------------------------------------------


def test_a_broken_line_goes_to_quarantine_with_line_and_text_and_the_others_arrive(register):
    found = register(company("1"), '{"company_number": "M1405_HRB2", "name": "Birk', company("3"), "", "[1, 2]", "null")
    assert sorted(str(row["identifier"]) for row in found["organisation"]) == ["M1405_HRB1", "M1405_HRB3"]
    assert [(row["line"], row["reason"], row["text"]) for row in found.quarantine] == [
        (2, "broken JSON line", '{"company_number": "M1405_HRB2", "name": "Birk'),
        (5, "company without company_number", "[1, 2]"), (6, "broken JSON line", "null")]


def test_a_company_without_number_or_name_goes_to_quarantine_with_its_line(register):
    nameless = company("2").replace('"Birkner Mühlenbau GmbH"', '" "')
    numberless = company("3").replace('"company_number": "M1405_HRB3"', '"company_number": null')
    found = register(company("1"), nameless, numberless)
    assert found.one("organisation")["identifier"] == "M1405_HRB1"
    assert [(row["line"], row["reason"]) for row in found.quarantine] == [
        (2, "company without name"), (3, "company without company_number")]
    assert found.quarantine[0]["text"] == nameless


@pytest.mark.parametrize(("start", "end", "said"), [
    ("2010-02-30", None, "start_date that is no date: 2010-02-30"), ("01.05.2010", None, "no date: 01.05.2010"),
    (None, "2010-13-01", "end_date that is no date: 2010-13-01"), ("epoch", None, "no date: epoch"),
    ("2015-01-01", "2010-01-01", "end_date is before his start_date"),
])
def test_an_officer_with_impossible_dates_goes_to_quarantine_and_the_company_stays(register, start, end, said):
    found = register(company("1"), company("2", officers=[person("Hanna", "Vogt", start, end),
                                                          person("Jan", "Ilg", "2010-05-01")]))
    assert len(found["organisation"]) == 2
    assert found.names("person") == ["Jan Ilg"]
    (row,) = found.quarantine
    assert row["line"] == 2
    assert said in str(row["reason"])
    assert "M1405_HRB2 | Geschäftsführer | Hanna Vogt" in str(row["text"])


def test_an_officer_without_a_name_and_half_a_sentence_as_officer_go_to_quarantine(people):
    found = people({"position": "Geschäftsführer", "type": "person"},
                   firm("im eigenen Namen oder als Vertreter eines Dritten Rechtsgeschäfte abzuschließen."))
    assert found["mandate"] == []
    assert [row["reason"] for row in found.quarantine] == [
        "officer without name", "officer without name: the row starts inside a sentence"]


def test_a_cut_off_bzip2_gives_the_good_rows_and_quarantines_the_break_with_its_line(load):
    packed = b"".join(bz2.compress(MANY[at:at + 50_000]) for at in range(0, len(MANY), 50_000))
    found = load("offeneregister", "dump.jsonl.bz2", packed[: len(packed) // 2])
    arrived = len([row for row in found["organisation"] if row["identifier"]])
    assert 100 < arrived < 399
    (row,) = found.quarantine
    assert row["line"] == arrived + 1
    assert "cut off here; fetch it again" in str(row["reason"])
    assert MANY.decode().splitlines()[arrived].startswith(str(row["text"]))


def test_a_cut_off_gzip_gives_the_good_rows_and_quarantines_the_break_with_its_line(load):
    packed = gzip.compress(MANY, mtime=0)
    found = load("offeneregister", "dump.jsonl.gz", packed[: len(packed) // 2])
    arrived = len([row for row in found["organisation"] if row["identifier"]])
    assert 100 < arrived < 399
    (row,) = found.quarantine
    assert row["line"] == arrived + 1
    assert "cut off here; fetch it again" in str(row["reason"])


def test_cp1252_bytes_are_read_line_by_line(load):
    data = company("1", name="Jäger GmbH").encode("cp1252") + b"\n" + company("2", name="Łoś GmbH").encode() + b"\n"
    found = load("offeneregister", "dump.jsonl", data)
    assert [row["name"] for row in in_order(found["organisation"])] == ["Jäger GmbH", "Łoś GmbH"]


@pytest.mark.parametrize(("name", "content", "said"), [
    ("dump.jsonl", "company_number,name\nM1405_HRB1,Birkner GmbH\n", "it begins with 'company_number,name'"),
    ("dump.jsonl", '{"statementID": "x", "statementType": "ownership"}\n', "hold statementID, statementType"),
    ("dump.jsonl", "[" + company("1") + "," + company("2") + "]\n", "a JSON array. Make one line of each company: jq"),
    ("dump.jsonl", json.dumps([json.loads(company("1"))], indent=1), "Make one line of each company: jq"),
    ("dump.jsonl", company("1").replace("all_attributes", "attributes"), "hold attributes, company_number"),
    ("dump.jsonl", "", "the file is empty"),
    ("dump.jsonl.bz2", bz2.compress(b""), "the file is empty"),
    ("dump.jsonl.gz", gzip.compress(MANY, mtime=0)[:20], "cut off here"),
    ("dump.jsonl", '{"company_number": "x", "name": "", "all_attributes": {}}\n', "not one company can be read"),
])
def test_a_file_that_is_no_register_dump_is_refused_with_file_reason_and_mend(load, name, content, said):
    with pytest.raises(SourceError) as refused:
        load("offeneregister", name, content)
    message = str(refused.value)
    assert f"{name}" in message
    assert said in message
    assert refused.value.mend
    assert refused.value.exit_code == 4


def test_a_later_format_with_more_keys_and_other_officers_still_gives_its_companies(register):
    richer = json.loads(company("1", officers=[person("Hanna", "Vogt", "2010-05-01", gender="f")], lei="X", version=3))
    richer["all_attributes"]["euid"] = "DEM1405.HRB1"
    found = register(json.dumps(richer), company("2", officers={"chair": {"name": "Jan Ilg"}}),
                     company("3", officers="-"))
    assert len(found["organisation"]) == 3
    assert found.names("person") == ["Hanna Vogt"]
    assert [(row["line"], row["reason"]) for row in found.quarantine] == [
        (line, "officers are no list of objects (a later format?); the company itself is taken") for line in (2, 3)]


def test_missing_keys_leave_their_fields_unknown(register):
    row = register('{"all_attributes": {}, "company_number": "M1405_HRB1", "name": "Birkner GmbH"}').one("organisation")
    assert (row["city"], row["register_court"], row["status"], row["previous_names"]) == (None, None, None, [])
    assert row["retrieved_at"] == datetime(2025, 6, 30)


def test_names_that_are_code_or_very_long_stay_names(register):
    names = ["=HYPERLINK(\"http://x\") GmbH", "'); MATCH (n) DETACH DELETE n; // KG", "<script>alert(1)</script> AG",
             "شركة النور GmbH", "🚀 Raketen UG", "X" * 10_000]
    found = register(*(company(str(at), name=name) for at, name in enumerate(names)))
    assert sorted(map(str, found.names("organisation"))) == sorted(names)
