"""Whatever stands in a name stays a name: in tables, CSV and JSON, and in messages."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path

import pytest

from referralgraph.cli.__main__ import run as run_command

BODIES = {
    "quotes": """Verein "Zum ''Anker''" `e.V.`""",
    "cypher": "x'}) DETACH DELETE n //",
    "sql": "Robert'); DROP TABLE person;--",
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)> & Söhne",
    "formula": '=HYPERLINK("http://evil.example","Klick")',
    "formula at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula plus": "+49 Club",
    "formula minus": "-2+3 Club",
    "arabic": "شركة النقل والخدمات",
    "hebrew": "אגודת הסוחרים",
    "emoji": "Klub 👩‍👩‍👧 🚀 e.V.",
    "braces": "{name} {0} {{}} %s %(x)d \\1 \\n $name $$",
    "markup": "[bold red]Chef[/] [link=http://evil.example]x[/link] :smile:",
    "long": "Donaudampfschifffahrt " * 455 + "Ende",
    "path": "../../etc/passwd",
}
STEERING = {
    "ansi": "Verein \x1b[31mrot\x1b[0m \x1b]0;Titel\x07 e.V.",
    "backwards": "Verein \u202egnp.exe\u2066 e.V.",
    "carriage return": "Verein eins\rVerein zwei",
}
MAPPING = """
[source]
name = "hostile"
[organisation]
name = "Body"
kind = { constant = "club" }
[person]
name = "Name"
city = "City"
[mandate]
role = { constant = "member" }
"""
ANCHOR = "Nova Ankerfrau"


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with one member in every body, and one woman who is in all of them."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "bodies.toml").write_text(MAPPING, encoding="utf-8")
    with (folder / "bodies.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["Name", "City", "Body"])
        for number, body in enumerate([*BODIES.values(), *STEERING.values()]):
            writer.writerow([f"Person{chr(97 + number)} Mitglied", "Ankerstadt", body])
            writer.writerow([ANCHOR, "Ankerstadt", body])
    workspace = ["--workspace", str(folder / "workspace")]
    assert (
        run_command([*workspace, "load", "table", str(folder / "bodies.csv"), "--mapping", str(folder / "bodies.toml")])
        == 0
    )
    assert run_command([*workspace, "build"]) == 0
    return folder / "workspace"


@pytest.mark.parametrize("kind", BODIES)
def test_a_name_can_be_asked_for_and_comes_back_letter_by_letter(run, hostile, kind):
    name = " ".join(BODIES[kind].split())
    told = run("--workspace", hostile, "find", "--format", "json", "--limit", "50", "--", name)
    assert told.code == 0, told.err[:500]
    found = {each["name"] for each in json.loads(told.out)["candidates"]}
    assert name in found
    told = run("--workspace", hostile, "show", "--format", "json", "--", name)
    assert told.code == 0, told.err[:500]
    assert json.loads(told.out)["name"] == name


@pytest.mark.parametrize("kind", BODIES)
def test_a_spreadsheet_takes_a_name_as_text(run, hostile, kind):
    name = " ".join(BODIES[kind].split())
    told = run("--workspace", hostile, "find", "--format", "csv", "--limit", "50", "--", name)
    assert told.code == 0
    rows = list(csv.DictReader(io.StringIO(told.out)))
    found = [row["name"] for row in rows]
    assert (f"'{name}" if name[0] in "=+-@" else name) in found
    for row in rows:
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


@pytest.mark.parametrize("command", ["find", "show", "network"])
@pytest.mark.parametrize("columns", [40, 80, 200])
def test_no_name_steers_the_terminal(run, hostile, command, columns):
    told = run("--workspace", hostile, command, "Verein" if command == "find" else ANCHOR, columns=columns)
    assert told.code == 0
    assert len(told.out.splitlines()) > 3
    steering = {sign for sign in told.out if unicodedata.category(sign) in {"Cc", "Zl", "Zp"}} - {"\n"}
    assert steering == set()
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(told.out)


@pytest.mark.parametrize("columns", [40, 80])
def test_markup_and_braces_are_shown_as_they_are(run, hostile, columns):
    told = run("--workspace", hostile, "show", ANCHOR, columns=columns)
    flat = "".join(told.out.split())
    for kind in ("markup", "braces", "html", "cypher", "formula", "emoji"):
        assert "".join(BODIES[kind].split()) in flat, kind


def test_a_name_of_ten_thousand_letters_is_cut_in_a_table_and_whole_in_json(run, hostile):
    name = BODIES["long"]
    assert len(name) > 10_000
    table = run("--workspace", hostile, "find", "Donaudampfschifffahrt", columns=200).out
    assert len(table) < 2_000
    assert f"({len(name)} characters)" in " ".join(table.split())
    answer = json.loads(run("--workspace", hostile, "find", "Donaudampfschifffahrt", "--format", "json").out)
    assert [each["name"] for each in answer["candidates"]] == [name]


def test_an_introduction_by_way_of_hostile_bodies(run, hostile):
    """Persona and Personb know each other through the woman who is in both of their bodies."""
    told = run("--workspace", hostile, "path", "Persona Mitglied", "--to", "Personb Mitglied", "--format", "json")
    assert told.code == 0
    (path,) = [each for each in json.loads(told.out)["paths"] if len(each["people"]) == 3][:1]
    assert [person["name"] for person in path["people"]] == ["Persona Mitglied", ANCHOR, "Personb Mitglied"]
    assert [tie["reasons"][0]["organisation"]["name"] for tie in path["ties"]] == [BODIES["quotes"], BODIES["cypher"]]
    told = run("--workspace", hostile, "path", "Persona Mitglied", "--to", "Personb Mitglied")
    assert "".join(BODIES["cypher"].split()) in "".join(told.out.split())


def test_a_message_about_a_hostile_name_steers_nothing(run, hostile):
    told = run("--workspace", hostile, "show", "\x1b[31mNobody\u202e")
    assert told.code == 3
    assert "\x1b" not in told.err
    assert "\u202e" not in told.err


def test_who_asks_must_be_said_where_there_is_no_team(run, hostile):
    told = run("--workspace", hostile, "path", "--to", ANCHOR)
    assert told.code == 2
    assert "who asks?" in told.err
    assert "--owner" in told.err
