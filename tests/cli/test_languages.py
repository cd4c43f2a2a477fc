"""Answers in German and Indonesian: complete catalogues, and the language that was asked for."""

from __future__ import annotations

import io
import json
import re
import shutil
import string
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from referralgraph.demo import story
from referralgraph.language import language_in_use, number_text

ROOT = Path(__file__).resolve().parents[2]
LEONHARD = story.LEONHARD.entity
EXTRACT = """
import json, sys
from tools import catalogues
json.dump({"texts": sorted(catalogues.texts()), "files": {each: catalogues.updated(each)[0] for each in ("de", "id")}},
          sys.stdout)
"""


@pytest.fixture(scope="module")
def extracted() -> dict[str, object]:
    """Return every text of the programs, and the catalogues as they should be written."""
    told = subprocess.run(
        [sys.executable, "-c", EXTRACT], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return json.loads(told.stdout)


def catalogue(language):
    with (ROOT / "src" / "referralgraph" / "locale" / f"{language}.po").open("rb") as stream:
        return {str(entry.id): entry for entry in read_po(stream) if entry.id}


def fields(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("language", ["de", "id"])
def test_no_text_is_forgotten(extracted, language):
    entries = catalogue(language)
    untranslated = [text for text in extracted["texts"] if text not in entries or not entries[text].string]
    assert untranslated == [], "run `python -m tools.catalogues` and translate what it lists"
    assert not any(entry.fuzzy for entry in entries.values())


@pytest.mark.parametrize("language", ["de", "id"])
def test_no_text_is_left_over(extracted, language):
    assert sorted(catalogue(language)) == extracted["texts"], "run `python -m tools.catalogues`"


def test_the_tool_keeps_what_translators_wrote(extracted):
    for language, written in extracted["files"].items():
        kept = {str(entry.id): entry.string for entry in read_po(io.BytesIO(written.encode())) if entry.id}
        assert kept == {text: entry.string for text, entry in catalogue(language).items()}


@pytest.mark.parametrize("language", ["de", "id"])
def test_a_translation_puts_in_what_the_text_puts_in(language):
    for text, entry in catalogue(language).items():
        assert fields(entry.string) == fields(text), text
        assert text.endswith((".", ":")) == entry.string.endswith((".", ":")) or text.endswith(", run"), text


def test_the_extractor_sees_what_people_see(extracted):
    """Texts in f-strings, vocabularies and headings are found, not only those in plain calls."""
    assert {"undecided", "managing director", "quarantined", "same name and place", "strong", "legal form"} <= set(
        extracted["texts"]
    )
    assert len(extracted["texts"]) > 200


def test_a_path_in_german(ask):
    told = ask("path", "--to", LEONHARD, "-k", "1", "--lang", "de", columns=250)
    assert told.code == 0
    lines = told.out.splitlines()
    assert lines[0].startswith("1. Mara Wiesentau → Torsten Quellbrink")
    assert lines[1] == "   mäßig (0,091)"
    assert lines[3].startswith("       Kontakt von Mara Wiesentau (Adressbuch)  [contacts.vcf:")
    assert "beide bei Arbeitskreis Intralogistik (Mitglied, Vorsitz) seit 2019-03-01" in told.out
    assert "Abgelehnt: Jonas Halvering" in told.out
    assert re.search(r"Daten bis 2026-09-30 .* nennen mindestens eine Person", " ".join(told.out.split()))
    for english in ("contact of", "both in", "Refused", "since", "organisations"):
        assert english not in told.out


def test_a_person_in_indonesian(ask):
    told = ask("show", LEONHARD, "--lang", "id", "--identity", columns=250)
    assert told.code == 0
    assert "(orang, p-" in told.out
    assert "direktur" in told.out
    assert "terakhir terlihat 2026-09-30" in told.out
    assert re.search(r"nama dan tempat sama, \d+,\d %", told.out)
    for english in ("managing director", "last seen", "same name", "record", "city"):
        assert english not in told.out


@pytest.mark.parametrize(
    ("language", "words"), [("de", ["wessen", "Mandate", "ja"]), ("id", ["pemilik", "jabatan", "ya"])]
)
def test_status_speaks_too(ask, language, words):
    told = ask("status", "--lang", language, columns=250)
    assert told.code == 0
    for word in words:
        assert re.search(rf"\b{word}\b", told.out), word


def test_codes_in_json_and_headings_in_csv_are_the_same_in_every_language(ask):
    english = json.loads(ask("path", "--to", LEONHARD, "--format", "json").out)
    german = json.loads(ask("path", "--to", LEONHARD, "--format", "json", "--lang", "de").out)
    assert german["paths"][0]["words"] != english["paths"][0]["words"]
    for one, other in zip(german["paths"], english["paths"], strict=True):
        for left, right in zip(one["ties"], other["ties"], strict=True):
            assert [reason["roles"] for reason in left["reasons"]] == [reason["roles"] for reason in right["reasons"]]
    for command in (["find", "Vrederkamp"], ["show", LEONHARD], ["status"]):
        assert ask(*command, "--format", "csv", "--lang", "de").out == ask(*command, "--format", "csv").out


def test_the_page_speaks_the_language_asked_for(ask, tmp_path):
    assert ask("path", "--to", LEONHARD, "--lang", "de", "--html", tmp_path / "seite.html").code == 0
    page = (tmp_path / "seite.html").read_text(encoding="utf-8")
    assert '<html lang="de"' in page
    assert "Wer kann uns mit Leonhard Vrederkamp bekannt machen?" in page
    assert "Worauf diese Seite beruht" in page


def test_the_settings_say_the_language_and_the_option_wins(run, demo_workspace, tmp_path):
    shutil.copytree(demo_workspace, tmp_path / "deutsch", ignore=shutil.ignore_patterns("stages"))
    settings = tmp_path / "deutsch" / "settings.toml"
    settings.write_text('language = "de"\n' + settings.read_text(encoding="utf-8"), encoding="utf-8")
    asked = ["--workspace", "deutsch", "show", LEONHARD]
    assert "Geschäftsführung" in run(*asked).out
    assert "managing director" in run(*asked, "--lang", "en").out
    assert "direktur" in run(*asked, "--lang", "id").out
    assert "newer" not in run(*asked).err, "another language needs no build"


def test_numbers_in_each_language():
    with language_in_use("en"):
        assert number_text(1234567) == "1,234,567"
        assert number_text(0.0911, 3) == "0.091"
    for language in ("de", "id"):
        with language_in_use(language):
            assert number_text(1234567) == "1.234.567"
            assert number_text(0.0911, 3) == "0,091"
            assert number_text(100.0, 1) == "100,0"
