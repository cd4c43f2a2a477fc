"""Messages name the mend, on stderr, with the exit code of the contract; stdout stays empty."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest

from referralgraph.demo import story

LEONHARD = story.LEONHARD.name
ID = re.compile(r"\bp-[0-9a-f]{20}\b")


def said(told, code, *parts):
    assert told.code == code, told
    assert told.out == ""
    assert "Traceback" not in told.err
    for part in parts:
        assert part in told.err, (part, told.err)


def test_an_unknown_entity_offers_what_is_near(ask):
    said(ask("show", "Leonhard Vrederkam"), 3, "'Leonhard Vrederkam'", LEONHARD, story.LEONHARD.city)


def test_an_entity_that_is_like_nobody_says_how_to_look(ask):
    said(ask("show", "Xqzw Nobody"), 3, "'Xqzw Nobody'", "referralgraph find")


def test_an_ambiguous_name_lists_the_candidates_and_one_of_them_can_be_asked_for(ask):
    told = ask("show", LEONHARD)
    said(told, 3, "NAME, CITY", story.LEONHARD.city, story.OTHER_LEONHARD.city)
    candidates = ID.findall(told.err)
    assert len(candidates) == 2
    for candidate in candidates:
        assert ask("show", candidate).code == 0
    assert ask("show", story.LEONHARD.entity).code == 0


def test_an_unknown_id(ask):
    said(ask("show", "p-" + "0" * 20), 3, "p-" + "0" * 20)


def test_an_empty_name(ask):
    said(ask("show", " "), 2, "empty name")


@pytest.mark.parametrize("command", [["find", "x"], ["show", "x"], ["path", "--to", "x"], ["network", "x"]])
def test_no_workspace(run, command):
    said(run(*command), 3, "no workspace .referralgraph", "referralgraph load", "--workspace")


def test_nothing_built(run, demo_workspace, tmp_path):
    shutil.copytree(demo_workspace / "records", tmp_path / "fresh" / "records")
    said(run("--workspace", "fresh", "find", "x"), 3, "referralgraph build")
    said(run("--workspace", "fresh", "export", "ties", "--to", "out"), 3, "referralgraph build")


def test_build_without_loads(run):
    said(run("build"), 3, "referralgraph load")


def test_a_stale_index_says_so_and_answers(run, demo_workspace, demo_country, tmp_path):
    shutil.copytree(demo_workspace, tmp_path / "stale")
    for number in range(3):
        (tmp_path / f"more{number}.vcf").write_text(
            f"BEGIN:VCARD\nVERSION:3.0\nN:Zuwachs{number};Nova;;;\nFN:Nova Zuwachs{number}\nEND:VCARD\n",
            encoding="utf-8",
        )
        assert run("--workspace", "stale", "load", "vcard", f"more{number}.vcf", "--owner", "Nova Neu").code == 0
    told = run("--workspace", "stale", "find", story.LEONHARD.name)
    assert told.code == 0
    assert "3 loads are newer than the index: run `referralgraph build`" in told.err
    assert story.LEONHARD.city in told.out
    assert "newer" not in told.out
    told = run("--workspace", "stale", "status", columns=300)
    assert "3 loads are newer than the index: run `referralgraph build`" in told.out


def test_an_address_book_loaded_again_is_one_newer_load(run, demo_workspace, tmp_path):
    """The export that it replaces is no second one."""
    shutil.copytree(demo_workspace, tmp_path / "stale")
    for name in ("Nova", "Nora"):
        card = f"BEGIN:VCARD\nVERSION:3.0\nN:Zuwachs;{name};;;\nFN:{name} Zuwachs\nEND:VCARD\n"
        (tmp_path / "contacts.vcf").write_text(card, encoding="utf-8")
        assert run("--workspace", "stale", "load", "vcard", "contacts.vcf", "--owner", "Nova Neu").code == 0
        if name == "Nova":
            assert run("--workspace", "stale", "build").code == 0
    assert "1 load is newer than the index" in run("--workspace", "stale", "find", story.LEONHARD.name).err


@pytest.mark.parametrize("damage", ["gone", "cut off"])
def test_a_damaged_index_says_to_build_and_building_mends_it(run, demo_workspace, tmp_path, damage):
    shutil.copytree(demo_workspace, tmp_path / "damaged")
    path = ("--workspace", "damaged", "path", "--to", f"{LEONHARD}, {story.LEONHARD.city}")
    before = run(*path)
    (strength,) = (tmp_path / "damaged" / "revisions").glob("*/index/strength.npy")
    if damage == "gone":
        strength.unlink()
    else:
        strength.write_bytes(strength.read_bytes()[:-8])
    said(run(*path), 5, "strength.npy", "referralgraph build")
    assert run("--workspace", "damaged", "build").code == 0
    assert run(*path).out == before.out


def test_a_page_is_written_whoever_reads_the_table(demo_workspace, tmp_path):
    """The reader of stdout, `head` for one, has gone before the first line; the page is there all the same."""
    command = [sys.executable, "-m", "referralgraph.cli", "--workspace", str(demo_workspace), "path", "--html", "page.html",
               "--to", f"{LEONHARD}, {story.LEONHARD.city}"]  # fmt: skip
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asked:
        asked.stdout.close()
        assert asked.wait(timeout=120) == 0, asked.stderr.read()
    assert (tmp_path / "page.html").stat().st_size > 10_000


def test_a_missing_file(run):
    said(run("load", "offeneregister", "nowhere.jsonl"), 4, "nowhere.jsonl: no such file")


def test_a_folder_instead_of_a_file(run, tmp_path):
    (tmp_path / "folder").mkdir()
    said(run("load", "offeneregister", "folder"), 4, "folder", "Name ")


def test_an_empty_file(run, tmp_path):
    (tmp_path / "Connections.csv").write_bytes(b"")
    said(run("load", "linkedin", "Connections.csv", "--owner", "Me"), 4, "Connections.csv", "empty")


def test_a_file_that_is_not_what_it_claims_to_be(run, tmp_path):
    (tmp_path / "Connections.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    said(run("load", "linkedin", "Connections.csv", "--owner", "Me"), 4, "Connections.csv")


def test_an_unknown_loader(run):
    said(run("load", "linkedout", "x.csv"), 2, "'linkedout'", "offeneregister", "linkedin", "vcard", "table")


def test_contacts_without_an_owner(run, tmp_path):
    (tmp_path / "Connections.csv").write_text("x", encoding="utf-8")
    said(run("load", "linkedin", "Connections.csv"), 2, "--owner")


def test_a_table_without_a_mapping(run, tmp_path):
    (tmp_path / "members.csv").write_text("Name\nNova\n", encoding="utf-8")
    told = run("load", "table", "members.csv")
    assert told.code in {2, 4}
    assert "--mapping" in told.err


@pytest.mark.parametrize("day", ["2020", "31.12.2020", "2020-02-30", "yesterday"])
def test_a_wrong_day(ask, day):
    said(ask("path", "--to", LEONHARD, "--as-of", day), 2, repr(day), "YYYY-MM-DD")


def test_a_wrong_moment_of_a_load(run, tmp_path):
    (tmp_path / "x.jsonl").write_text("{}", encoding="utf-8")
    said(run("load", "offeneregister", "x.jsonl", "--retrieved-at", "soon"), 2, "'soon'", "YYYY-MM-DD")


def test_a_path_to_nobody(ask):
    said(ask("path"), 2, "--to")


def test_without_settings_the_owners_of_contacts_are_the_team(run, demo_workspace, tmp_path):
    shutil.copytree(demo_workspace, tmp_path / "alone", ignore=shutil.ignore_patterns("stages"))
    (tmp_path / "alone" / "settings.toml").unlink()
    told = run("--workspace", "alone", "path", "--to", story.LEONHARD.entity, "-k", "1", columns=200)
    assert told.code == 0
    assert told.out.startswith("1. Mara Wiesentau → Torsten Quellbrink")


@pytest.mark.parametrize(
    ("option", "value"),
    [("-k", "0"), ("--max-ties", "9"), ("--min-strength", "2"), ("--timeout", "0"), ("--lang", "fr")],
)
def test_values_out_of_range(ask, option, value):
    said(ask("path", "--to", LEONHARD, option, value), 2, option)


def test_an_unknown_command(run):
    said(run("introduce"), 2, "introduce", "--help")


def test_an_unknown_schema(run):
    said(run("schema", "risks"), 2, "'risks'", "path")


def test_a_target_file_without_a_target(ask, tmp_path):
    (tmp_path / "targets.csv").write_text("\n\n", encoding="utf-8")
    said(ask("path", "--to", "targets.csv"), 4, "targets.csv")


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ('langage = "de"', ["langage", "did you mean language?"]),
        ("[ties]\nhalf_live_years = 3", ["ties.half_live_years", "did you mean ties.half_life_years?"]),
        ("[ties]\ncolleague = 7", ["ties.colleague", "less than or equal to 1"]),
        ('language = "fr"', ["language", "'en', 'de' or 'id'"]),
        ("language = ", ["not TOML"]),
        ("[introducer]\nmost_bodies = 'many'", ["introducer.most_bodies", "integer"]),
    ],
)
def test_a_mistake_in_the_settings(run, tmp_path, written, parts):
    (tmp_path / ".referralgraph").mkdir()
    (tmp_path / ".referralgraph" / "settings.toml").write_text(written, encoding="utf-8")
    said(run("status"), 4, "settings.toml", *parts)


def test_a_page_that_can_not_be_written(ask, tmp_path):
    told = ask("network", story.LEONHARD.entity, "--html", tmp_path / "nowhere" / "page.html")
    assert told.code == 4
    assert "page.html" in told.err
    assert "Traceback" not in told.err


def test_no_path_and_no_data_are_answers(ask):
    """A registered company without any officer is missing data; that is told from a path that doesn't exist."""
    told = ask("path", story.OTHER_LEONHARD.entity, "--to", story.LEONHARD.entity, "--max-ties", "1")
    assert told.code == 0
    assert "no chain of at most 1 ties" in told.out.replace("\n", " ")
