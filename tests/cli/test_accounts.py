"""`account`, `assess` and `veto` as they are typed."""

from __future__ import annotations

import json

import jsonschema
import pytest
from tests.accounts.conftest import copy_workspace


@pytest.fixture
def enter(run, demo_workspace, tmp_path):
    """Return a function that runs a command on a copy of the built country."""
    folder = copy_workspace(demo_workspace, tmp_path / "desk")

    def ask(*arguments, columns=100):
        return run("--workspace", folder, *arguments, columns=columns)

    return ask


@pytest.fixture
def opened(enter):
    """The same with an account."""
    assert enter("account", "create", "Cold store", "--organisation", "Kaltenmoor Frischelogistik GmbH", "--topic", "racks").code == 0
    return enter


def test_the_first_words_of_a_new_team(opened):
    assert "Cold store" in opened("account").out
    told = opened("account", "Cold store")
    assert told.code == 0
    assert "nobody belongs to the account Cold store yet" in told.out
    assert "Roswitha Innerwiek" in told.out  # who is missing
    assert opened("assess", "Leonhard Vrederkamp, Ostermühl", "--account", "cold STORE", "--role", "decision-maker", "--type", "D",
                  "--relationship", "-1", "--influence", "hoch", "--position", "CEO", "--at", "2026-09-01", "--by", "jonas").code == 0
    assert opened("assess", "CEO", "--account", "Cold store", "--relationship", "1", "--reason", "a good talk").code == 0
    told = opened("account", "Kaltenmoor Frischelogistik GmbH", columns=140)  # by the name of its organisation
    assert "decision maker (3)" in told.out
    assert "Where we disagree" in told.out
    assert "Mara Wiesentau" in told.out
    assert "a good talk" in told.out


def test_what_is_not_on_the_scale_is_a_usage_error(opened):
    told = opened("assess", "Roswitha Innerwiek", "--account", "Cold store", "--relationship", "5")
    assert (told.code, told.out) == (2, "")
    assert "allowed are: 2 supporter, 1 good, 0 neutral, -1 bad, -2 enemy" in told.err


def test_who_is_unknown_is_asked_for_and_nobody_guessed(opened):
    told = opened("assess", "Leonhard Wrederkamp", "--account", "Cold store", "--role", "user")
    assert told.code == 3
    assert "Leonhard Vrederkamp, Ostermühl" in told.err
    assert "--new" in told.err
    assert opened("assess", "Leonhard Vrederkamp", "--account", "Cold store", "--role", "user").code == 3  # two men of that name
    assert opened("account", "Hot store").code == 3


def test_an_entry_is_taken_back_by_its_id(opened):
    entered = json.loads(opened("assess", "Roswitha Innerwiek", "--account", "Cold store", "--role", "user", "--format", "json").out)
    before = opened("account", "Cold store", "--format", "json").out
    later = json.loads(opened("assess", "Roswitha Innerwiek", "--account", "Cold store", "--role", "sponsor", "--format", "json").out)
    assert opened("account", "Cold store", "--format", "json").out != before
    assert opened("assess", "--undo", later["judgements"][0]).code == 0
    assert opened("account", "Cold store", "--format", "json").out == before
    assert opened("account", "undo", entered["judgements"][0]).code == 0
    assert "nobody belongs" in opened("account", "Cold store").out
    history = json.loads(opened("account", "history", "Cold store", "--format", "json").out)
    assert [(line["kind"], line["stands"]) for line in history["lines"]] == [
        ("account", True), ("assessment", False), ("assessment", False), ("undo", True), ("undo", True)]
    assert opened("account", "undo", "j-0").code == 3


def test_a_matrix_is_entered_checked_and_proposed(opened):
    for colleague, rank in (("Mara Wiesentau", "5"), ("Jonas Halvering", "1")):
        assert opened("account", "team", "Cold store", colleague, "--rank", rank).code == 0
    opened("assess", "Leonhard Vrederkamp, Ostermühl", "--account", "Cold store", "--role", "3", "--position", "CEO")
    told = opened("account", "matrix", "Cold store", "--lead", "CEO=Jonas", "--may", "CEO=Mara")
    assert told.code == 0
    assert "the most junior of us" in told.out
    answer = json.loads(opened("account", "matrix", "Cold store", "--accept", "--format", "json").out)
    assert answer["entered"][0]["cells"][0]["sign"] == "***"  # Mara, of rank 5
    assert answer["problems"] == []
    assert opened("account", "matrix", "Cold store", "--lead", "CEO").code == 2


@pytest.mark.parametrize("form", ["json", "csv", "table"])
@pytest.mark.parametrize("question", [
    ("account", "Cold store"), ("account", "list"), ("account", "matrix", "Cold store"), ("account", "plan", "Cold store"),
    ("account", "history", "Cold store"), ("veto",)])
def test_every_form_of_every_answer(opened, question, form):
    opened("assess", "CEO", "--new", "--account", "Cold store", "--role", "3", "--reason", "=1+1")
    opened("account", "plan", "Cold store", "--add", "activity", "--topic", "=call", "--date", "2026-01-01")
    opened("veto", "Friederike Moosgrund, Tannwerder", "--reason", "=private")
    told = opened(*question, "--format", form)
    assert told.code == 0
    if form == "json":
        name = {"list": "accounts"}.get(question[1] if len(question) > 1 else "", question[1] if len(question) == 3 else "account")
        if question[0] == "account":
            jsonschema.validate(json.loads(told.out), json.loads(opened("schema", name).out))
    elif form == "csv":
        assert not any(cell.startswith("=") for line in told.out.splitlines() for cell in line.split(","))


@pytest.mark.parametrize(("language", "words"), [("en", "Who is missing"), ("de", "Wer fehlt"), ("id", "Siapa yang belum ada")])
def test_an_account_in_each_language(opened, language, words):
    assert words in opened("account", "Cold store", "--lang", language).out


def test_a_sheet_with_bad_rows_leaves_with_four_and_the_good_rows_are_in(opened, tmp_path):
    file = tmp_path / "sheet.csv"
    file.write_text("name,role\nRoswitha Innerwiek,9\nCEO,3\nAssistant,gatekeeper\n", encoding="utf-8")
    told = opened("account", "import", "Cold store", file, "--new")
    assert told.code == 4
    assert "2 of 3 rows entered" in told.out
    assert "line 2, role" in told.out
    assert "4 sponsor or champion" in told.out
    assert {each["name"] for each in json.loads(opened("account", "Cold store", "--format", "json").out)["stakeholders"]} == {
        "CEO", "Assistant"}


def test_a_veto_is_told_by_path(opened):
    entered = json.loads(opened("veto", "Friederike Moosgrund, Tannwerder", "--reason", "rests", "--format", "json").out)
    told = opened("path", "--to", "Leonhard Vrederkamp, Ostermühl")
    assert "not to be asked for anything" in told.out
    opened("veto", "--undo", entered["judgements"][0])
    assert "nobody is marked" in opened("veto").out
    assert opened("path", "--to", "Leonhard Vrederkamp, Ostermühl", "--account", "Hot store").code == 3
