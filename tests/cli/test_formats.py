"""Answers in three forms: JSON by its schema, CSV for programs, tables that fit."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata

import pytest
from jsonschema import Draft202012Validator

from referralgraph.demo import story

LEONHARD, KALTENMOOR = story.LEONHARD.entity, story.KALTENMOOR.name
QUESTIONS = {
    "find": ["find", "Vrederkamp"],
    "show": ["show", LEONHARD, "--identity"],
    "path": ["path", "--to", LEONHARD],
    "network": ["network", KALTENMOOR],
    "status": ["status"],
}


def width(line: str) -> int:
    """Return the columns a line takes: two for a wide sign, none for one that stands on the one before."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in line)
    return len(line) + wide - sum(unicodedata.combining(sign) > 0 for sign in line)


@pytest.mark.parametrize("name", QUESTIONS)
def test_json_is_the_answer_by_its_own_schema(ask, run, name):
    schema = json.loads(run("schema", name).out)
    Draft202012Validator.check_schema(schema)
    answer = json.loads(ask(*QUESTIONS[name], "--format", "json").out)
    Draft202012Validator(schema).validate(answer)
    assert schema["additionalProperties"] is False, "an unknown field would pass"
    broken = {key: value for key, value in answer.items() if key != schema["required"][0]}
    assert list(Draft202012Validator(schema).iter_errors(broken)), "the schema refuses nothing"


def test_json_of_a_path_has_the_shape_of_the_contract(ask):
    answer = json.loads(ask("path", "--to", LEONHARD, "--format", "json").out)
    assert {"question", "revision", "coverage", "paths", "refused"} <= answer.keys()
    best = answer["paths"][0]
    assert {"strength", "words", "identity", "people", "ties"} <= best.keys()
    assert [each["name"] for each in best["people"]] == [
        figure.name for figure in (story.MARA, story.TORSTEN, story.FRIEDERIKE, story.ALBRECHT, story.LEONHARD)
    ]
    tie = best["ties"][1]
    assert (tie["from"], tie["to"]) == (best["people"][1]["id"], best["people"][2]["id"])
    reason = tie["reasons"][0]
    assert reason["kind"] == "shared_mandate"
    assert reason["organisation"]["name"] == story.INTRALOGISTICS
    assert reason["roles"] == ["member", "chair"]
    assert reason["since"] == "2019-03-01"
    assert reason["until"] is None
    assert {source["file"] for source in reason["sources"]} == {"verband-foerdertechnik.csv"}
    assert {"people", "because"} <= answer["refused"][0].keys()
    assert answer["refused"][0]["because"]["code"] == "hub"


@pytest.mark.parametrize("name", QUESTIONS)
def test_csv_is_a_table_with_one_heading(ask, name):
    told = ask(*QUESTIONS[name], "--format", "csv")
    assert told.code == 0
    rows = list(csv.reader(io.StringIO(told.out)))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert all(heading and heading == heading.strip() for heading in rows[0])


def test_csv_of_paths_agrees_with_json(ask):
    rows = list(csv.DictReader(io.StringIO(ask(*QUESTIONS["path"], "--format", "csv").out)))
    answer = json.loads(ask(*QUESTIONS["path"], "--format", "json").out)
    wanted = [
        (str(number), tie["from"], tie["to"], reason["strength"])
        for number, path in enumerate(answer["paths"], start=1)
        for tie in path["ties"]
        for reason in tie["reasons"]
    ]
    assert [(row["path"], row["from_id"], row["to_id"], float(row["reason_strength"])) for row in rows] == wanted


def test_a_stream_of_answers_has_nothing_else_on_it(ask):
    told = ask(*QUESTIONS["path"], "--format", "json")
    assert told.out.startswith("{")
    assert told.out.endswith("}\n")
    assert told.err == ""


@pytest.mark.parametrize("columns", [40, 80, 132, 250])
@pytest.mark.parametrize("name", [*QUESTIONS, "sources"])
def test_tables_fit_the_terminal(ask, name, columns):
    told = ask(*QUESTIONS.get(name, [name]), columns=columns)
    assert told.code == 0
    too_wide = [line for line in told.out.splitlines() if width(line) > columns]
    assert too_wide == []


@pytest.mark.parametrize("columns", [40, 80, 132, 250])
@pytest.mark.parametrize("name", ["find", "show"])
def test_an_id_in_a_table_is_never_broken(ask, name, columns):
    whole = set(re.findall(r"\b[po]-[0-9a-f]{20}\b", ask(*QUESTIONS[name], "--format", "json").out))
    shown = ask(*QUESTIONS[name], columns=columns).out
    ids = set(re.findall(r"(?<![\w-])[po]-[0-9a-f]+\b", shown))
    assert ids
    assert ids <= whole


def test_status_is_one_line_a_load_where_there_is_room(ask, demo_workspace):
    told = ask("status", columns=200)
    (heading,) = [line for line in told.out.splitlines() if line.startswith("source ")]
    assert heading.split() == [
        "source", "file", "owner", "retrieved", "people", "organisations", "mandates", "contacts", "other",
        "quarantined", "built",
    ]  # fmt: skip
    loads = json.loads(ask("status", "--format", "json").out)["loads"]
    lines = [line for line in told.out.splitlines() if line.endswith("  yes")]
    assert len(lines) == len(loads) == len(list((demo_workspace / "records").glob("*/load.json")))
    register = next(line for line in lines if line.startswith("offeneregister"))
    records = next(load for load in loads if load["source"] == "offeneregister")["records"]
    assert f" {records['person']} " in register
    assert f" {records['event']} " in register


def test_status_in_a_narrow_terminal_takes_a_few_lines_a_load(ask):
    told = ask("status", columns=80)
    loads = json.loads(ask("status", "--format", "json").out)["loads"]
    assert len(told.out.splitlines()) < 5 * len(loads)
    assert "quarantined: 1" in told.out


def test_a_path_shows_the_chain_first_and_then_the_steps(ask):
    lines = ask("path", "--to", LEONHARD, "-k", "1", columns=200).out.splitlines()
    assert (
        lines[0]
        == "1. Mara Wiesentau → Torsten Quellbrink → Friederike Moosgrund → Albrecht Sonnwart → Leonhard Vrederkamp"
    )
    assert lines[1] == "   fair (0.091)"
    assert lines[2] == "     Mara Wiesentau – Torsten Quellbrink (0.50)"
    assert lines[3].startswith("       contact of Mara Wiesentau (address book)  [contacts.vcf:")
    assert any(
        line.startswith("Refused: Jonas Halvering → Ruprecht Zollikamm → Leonhard Vrederkamp (0.450)") for line in lines
    )


def test_the_page_is_written_beside_the_answer(ask, tmp_path):
    told = ask("path", "--to", LEONHARD, "--html", tmp_path / "page.html", "--format", "json")
    assert told.code == 0
    json.loads(told.out)
    assert "page.html" in told.err
    assert (tmp_path / "page.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_export_writes_what_it_says(ask, tmp_path):
    for what, files in (("ties", {"tie.csv"}), ("entities", {"person.csv", "organisation.csv"})):
        told = ask("export", what, "--to", tmp_path / what)
        assert told.code == 0
        assert {file.name for file in (tmp_path / what).iterdir()} == files
        for file in (tmp_path / what).iterdir():
            with file.open(encoding="utf-8", newline="") as stream:
                rows = list(csv.reader(stream))
            assert f"{file}: {len(rows) - 1:,} rows" in told.out
    with (tmp_path / "ties" / "tie.csv").open(encoding="utf-8", newline="") as stream:
        assert next(csv.reader(stream))[:3] == ["from", "to", "strength"]


@pytest.mark.parametrize("columns", [72, 76, 79, 80, 81, 84, 90])
@pytest.mark.parametrize("language", ["en", "de"])
def test_no_heading_is_cut_at_any_width(ask, language, columns):
    """Whichever way the answer is written at this width, its headings are whole words."""
    told = ask("find", "Vrederkamp", "--lang", language, columns=columns).out
    words = {"en": ("name", "kind", "detail", "connections"), "de": ("Name", "Art", "Näheres", "Verbindungen")}[
        language
    ]
    heading = told.splitlines()[0].split()
    assert heading[1:] == list(words) or heading[0].startswith("o-")


CONTACTS = "First Name,Last Name,Organization Name,E-mail 1 - Value\nNova,Ankerfrau,Ankerwerk GmbH,nova@example.com\n"


def test_load_tells_what_arrived_and_what_did_not(run, tmp_path):
    """One contact with her employer: a person, an organisation, a mandate and a contact; twice changes nothing."""
    (tmp_path / "contacts.csv").write_text(CONTACTS, encoding="utf-8")
    asked = ["load", "table", "contacts.csv", "--mapping", "google_contacts", "--owner", "Me", "--format"]
    told = run(*asked, "json")
    (load,) = json.loads(told.out)
    assert load["records"] == {"person": 1, "organisation": 1, "mandate": 1, "contact": 1}
    assert (load["file"], load["owner"], load["quarantined"]) == ("contacts.csv", "Me", 0)
    assert json.loads(run(*asked, "json").out) == [load]
    (row,) = csv.DictReader(io.StringIO(run(*asked, "csv").out))
    assert [row[name] for name in ("people", "organisations", "mandates", "contacts", "other")] == [
        "1",
        "1",
        "1",
        "1",
        "0",
    ]
    shown = run(*asked, "table", columns=80).out
    assert re.search(r"people: 1 · organisations: 1 · mandates: 1\s+(· )?contacts: 1\n", shown)


def test_a_row_in_quarantine_is_told_on_stderr_and_the_others_arrive(run, tmp_path):
    (tmp_path / "contacts.vcf").write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Nova Ankerfrau\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nTEL:1\nEND:VCARD\n",
        encoding="utf-8",
    )
    told = run("load", "vcard", "contacts.vcf", "--owner", "Me", "--format", "json")
    assert told.code == 0
    (load,) = json.loads(told.out)
    assert load["records"]["person"] == 1
    assert load["quarantined"] == 1
    assert "contacts.vcf: 1 in quarantine: " in told.err
