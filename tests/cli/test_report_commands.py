"""boards, multipliers and path --request as typed: rows, JSON, pages, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import shutil

import pytest

from referralgraph.demo import story

HUBWERK, NORDKAI = story.HUBWERK.name, story.NORDKAI.name


def rows(told):
    assert told.code == 0, told.err
    return list(csv.DictReader(io.StringIO(told.out)))


def test_boards_as_rows_json_page_and_sheet(ask, tmp_path):
    page, sheet = tmp_path / "boards.html", tmp_path / "sheet.html"
    found = rows(ask("boards", HUBWERK, "--to", NORDKAI, "--format", "csv", "--html", page))
    assert [(row["ours"], row["theirs"], row["kind"]) for row in found] == [(story.BERNADETTE.name, story.WENDELIN.name, "direct")]
    assert "<title>Board to board" in page.read_text(encoding="utf-8")
    answer = json.loads(ask("boards", HUBWERK, "--to", NORDKAI, "--format", "json").out)
    assert answer["links"][0]["strength"] == pytest.approx(0.45)
    ask("boards", HUBWERK, "--pair", story.BERNADETTE.entity, story.WENDELIN.entity, "--html", sheet)
    text = sheet.read_text(encoding="utf-8")
    assert "verband-foerdertechnik.csv, line 7" in text
    assert "verband-foerdertechnik.csv, line 8" in text
    table = ask("boards", story.KALTENMOOR.name).out
    assert "Vredersee" in table


def test_the_page_of_many_targets_begins_with_all_of_them(ask, tmp_path):
    """Three targets and one that nobody knows: one picture of all, what is unknown below it, the rest folded."""
    page, targets = tmp_path / "boards.html", tmp_path / "targets.csv"
    targets.write_text(f"{NORDKAI}\n{story.KALTENMOOR.name}\n{story.MOOSGRUND.name}\nNo Such AG\n", encoding="utf-8")
    ask("boards", HUBWERK, "--to", targets, "--html", page)
    text = page.read_text(encoding="utf-8")
    overview, links = text.index("All targets at a glance"), text.index("Whom to ask about whom")
    assert overview < text.index('href="#target-1"') < text.index("No Such AG") < links
    assert 'id="target-1"' in text[links:]
    assert text.count("<details") == text.count("</details>") > 4


def test_multipliers_as_rows_json_page_and_briefings(ask, tmp_path):
    targets = tmp_path / "targets.csv"
    targets.write_text(f"{story.MOOSGRUND.name}\n{story.HAFENTECHNIK.name}\nNo Such GmbH\n", encoding="utf-8")
    page, briefings = tmp_path / "multipliers.html", tmp_path / "briefings"
    found = rows(ask("multipliers", "--targets", targets, "--format", "csv", "--html", page, "--briefings", briefings))
    assert [row["multiplier"] for row in found] == [story.TORSTEN.name, story.KARTIKA.name]
    assert "No Such GmbH" in page.read_text(encoding="utf-8")
    briefing = (briefings / "briefing-1.html").read_text(encoding="utf-8")
    assert story.FRIEDERIKE.name in briefing
    for hidden in ("0.2", "0.45", story.KARTIKA.name, "contacts.vcf", "linkedin", "Jonas"):
        assert hidden not in briefing.partition("<body>")[2]
    assert "Together they reach" in ask("multipliers", "--targets", targets).out


def test_a_request_is_written_in_the_language_asked_for(ask):
    told = ask("path", "--to", story.LEONHARD.entity, "-k", "1", "--request", "--lang", "de")
    assert "Guten Tag Torsten Quellbrink," in told.out
    answer = json.loads(ask("path", "--to", story.LEONHARD.entity, "-k", "1", "--request", "--lang", "id", "--format", "json").out)
    assert answer["requests"][0]["text"].startswith("Yth. Torsten Quellbrink,")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("boards", HUBWERK, "--to", "missing.csv"), 4, "no such file"),
        (("boards", HUBWERK, "--to", NORDKAI, "--pair", "a", "b"), 2, "--pair"),
        (("boards", "Nobody AG"), 3, "Nobody AG"),
        (("multipliers",), 2, "whom to reach"),
        (("multipliers", "--targets", "missing.csv"), 4, "no such file"),
        (("multipliers", "--targets", NORDKAI, "--size", "10..5"), 2, "--size"),
        (("multipliers", "--profile", "missing.toml"), 4, "can't be read"),
        (("path", "--to", NORDKAI, "--each", "--request"), 2, "--each"),
    ],
)
def test_bad_input_says_what_to_mend(ask, arguments, code, told):
    ran = ask(*arguments)
    assert ran.code == code
    assert told in ran.err
    assert ran.out == ""


def test_dependence_as_rows_json_and_page(ask, tmp_path):
    page = tmp_path / "dependence.html"
    found = rows(ask("dependence", "--to", story.LEONHARD.entity, "--format", "csv", "--html", page))
    assert {row["person"] for row in found} >= {"Mara Wiesentau", story.TORSTEN.name}
    assert "Mara Wiesentau" in page.read_text(encoding="utf-8")
    assert json.loads(ask("dependence", "--to", story.LEONHARD.entity, "--format", "json").out)["reached"] == 1
    assert "could take over: Sri Wahyuningsih" in " ".join(ask("dependence", "--to", story.LEONHARD.entity).out.split())


def test_an_outcome_is_entered_listed_and_taken_back(ask, run, demo_workspace, tmp_path):
    shutil.copytree(demo_workspace, tmp_path / "own")
    own = ("--workspace", tmp_path / "own")
    page = tmp_path / "outcomes.html"
    made = run(*own, "outcome", "add", "met", story.TORSTEN.entity, story.FRIEDERIKE.entity, "--at", "2026-09-10")
    assert made.code == 0, made.err
    (row,) = rows(run(*own, "outcome", "list", "--format", "csv", "--html", page))
    assert (row["id"], row["outcome"], row["by"], row["stands"]) == (made.out.strip(), "met", "Mara Wiesentau", "yes")
    assert story.TORSTEN.name in page.read_text(encoding="utf-8")
    assert "met" in run(*own, "path", "--to", story.LEONHARD.entity, "-k", "1").out
    assert run(*own, "outcome", "undo", made.out.strip()).code == 0
    assert rows(run(*own, "outcome", "list", "--format", "csv")) == []
    assert run(*own, "outcome", "add", "happy", story.TORSTEN.entity, story.FRIEDERIKE.entity).code == 2
    assert run(*own, "outcome", "undo", "j-1").code == 3


def test_breadth_as_rows_json_and_page(ask, tmp_path):
    page = tmp_path / "breadth.html"
    (row,) = rows(ask("breadth", story.MOOSGRUND.name, "--format", "csv", "--html", page))
    assert (row["people"], row["tied_people"], row["companies_reached"]) == ("2", "8", "6")
    assert "How broadly connected" in page.read_text(encoding="utf-8")
    assert json.loads(ask("breadth", story.MOOSGRUND.name, "--format", "json").out)["entries"][0]["people"] == 2
    assert "tied to 8 people outside" in ask("breadth", story.MOOSGRUND.name).out
