"""The raw files of the fictional country, read as a stranger would read them."""

from __future__ import annotations

import bz2
import csv
import gzip
import hashlib
import io
import json
import os
import quopri
import re
import subprocess
import sys
import tomllib
import tracemalloc
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from referralgraph.demo import Country, generate, register
from referralgraph.demo.landscape import Landscape
from referralgraph.demo.register import chunks, entries, line

STORY_COMPANIES = 105


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Country:
    return generate(tmp_path_factory.mktemp("country"), companies=3000, seed=4)


@pytest.fixture(scope="module")
def dump(country: Country) -> list[dict[str, Any]]:
    with bz2.open(country.register, "rt", encoding="utf-8") as lines:
        return [json.loads(text) for text in lines]


def content(directory: Path) -> dict[str, str]:
    return {
        path.relative_to(directory).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def spelled_out(text: str) -> str:
    return text.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")


def test_equal_seeds_give_equal_bytes_in_another_process_and_time_zone(tmp_path: Path) -> None:
    generate(tmp_path / "here", companies=700, seed=9)
    script = "import pathlib, sys, referralgraph.demo as d; d.generate(pathlib.Path(sys.argv[1]), 700, 9)"
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "12345",
        "TZ": "Asia/Jakarta",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "there")], check=True, env=environment)
    assert content(tmp_path / "here") == content(tmp_path / "there")


def test_another_seed_is_another_country(tmp_path: Path, country: Country) -> None:
    other = generate(tmp_path, companies=3000, seed=5)
    assert (
        content(other.directory)["register/ocdata.jsonl.bz2"] != content(country.directory)["register/ocdata.jsonl.bz2"]
    )
    assert content(other.directory)["truth/story.json"] == content(country.directory)["truth/story.json"]


def test_files_don_t_depend_on_how_the_country_is_cut_into_chunks() -> None:
    land = Landscape(25_000, 7)
    chosen = np.array([24_999, 0, 9_999, 10_000, 13_777, 10_001])
    whole = {number: line(entry) for number, entry in enumerate(entry for chunk in chunks(land) for entry in chunk)}
    assert [line(entry) for entry in entries(land, chosen)] == [whole[number] for number in chosen.tolist()]


@pytest.mark.parametrize("companies", [1, 2, 41])
def test_a_tiny_country_is_complete(tmp_path: Path, companies: int) -> None:
    made = generate(tmp_path, companies=companies, seed=3)
    with bz2.open(made.register, "rt", encoding="utf-8") as lines:
        assert sum(1 for _ in lines) == companies + STORY_COMPANIES
    assert all(export.path.stat().st_size > 500 for export in made.exports)


@pytest.mark.parametrize("companies", [0, -1, 5_000_001])
def test_a_size_out_of_range_is_refused_before_anything_is_written(tmp_path: Path, companies: int) -> None:
    with pytest.raises(ValueError, match="1 to 5,000,000"):
        generate(tmp_path / "country", companies=companies)
    assert not (tmp_path / "country").exists()


def test_a_larger_country_in_the_same_folder_leaves_one_dump(tmp_path: Path) -> None:
    generate(tmp_path, companies=10)
    seen: list[int] = []
    made = generate(tmp_path, companies=20_001, progress=seen.append)
    assert seen == [10_000, 20_000, 20_001]
    assert [path.name for path in (tmp_path / "register").iterdir()] == ["ocdata.jsonl.gz"]
    with gzip.open(made.register, "rt", encoding="utf-8") as lines:
        assert sum(1 for _ in lines) == 20_001 + STORY_COMPANIES


def test_memory_does_not_grow_with_the_country(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "CHUNK", 1000)

    def peak(companies: int) -> int:
        tracemalloc.reset_peak()
        for _ in chunks(Landscape(companies, 1)):
            pass
        return tracemalloc.get_traced_memory()[1]

    tracemalloc.start()
    try:
        peak(1000)
        small, large = peak(2000), peak(8000)
    finally:
        tracemalloc.stop()
    assert large < 1.15 * small


def test_lines_have_the_publisher_s_keys_in_his_order(dump: list[dict[str, Any]]) -> None:
    required = ["all_attributes", "company_number", "current_status", "jurisdiction_code", "name", "retrieved_at"]
    optional = {"officers", "previous_names", "registered_address", "subsequent_registrations"}
    for company in dump:
        assert list(company) == sorted(company)
        assert [key for key in company if key not in optional] == required
        about = company["all_attributes"]
        number = about["_registerNummer"] + about.get("_registerNummerSuffix", "")
        assert company["company_number"].partition("_")[2] == about["_registerArt"] + number
        assert about["native_company_number"].startswith(f"{about['registrar']} {about['_registerArt']} ")
        for officer in company.get("officers", []):
            assert list(officer) == sorted(officer)
            assert ("start_date" in officer) != ("end_date" in officer)
            other = officer.get("other_attributes", {})
            assert list(other) == sorted(other)
            assert bool(other.get("dismissed")) == ("end_date" in officer)
            if officer["type"] == "person":
                assert officer["name"] == f"{other['firstname']} {other['lastname']}"


def test_numbers_are_unique_at_a_court_only(dump: list[dict[str, Any]]) -> None:
    keys = Counter(company["company_number"] for company in dump)
    assert max(keys.values()) == 1
    courts: defaultdict[str, set[str]] = defaultdict(set)
    for company in dump:
        courts[company["company_number"].partition("_")[2]].add(company["all_attributes"]["registrar"])
    assert sum(len(found) > 1 for found in courts.values()) > 50


def test_the_warts_of_the_original_are_there(tmp_path: Path) -> None:
    made = generate(tmp_path, companies=20_000, seed=2)
    with bz2.open(made.register, "rt", encoding="utf-8") as lines:
        officers = [officer for text in lines for officer in json.loads(text).get("officers", [])]
    people = [officer for officer in officers if officer["type"] == "person"]
    partners = [officer["name"] for officer in officers if officer["type"] == "company"]
    other = [officer["other_attributes"] for officer in people]
    assert any("Doctor" in each["firstname"] for each in other)
    assert any("Doctor" in each["lastname"] for each in other)
    assert any(" geborene " in each["firstname"] for each in other)
    assert any("maidenname" in each for each in other)
    assert any("Companies House" in each["firstname"] for each in other)
    assert any(re.match(r"00\d{3} ", each.get("city", "")) for each in other)
    assert any("city" not in each for each in other)
    assert any(re.search(r"Amtsgericht [^)]* HRB 00\d+\)", name) for name in partners)
    assert any(re.search(r"Amtsgericht [^)]*, HRB \d+", name) for name in partners)
    assert any(name.startswith("im eigenen Namen") for name in partners)
    assert any(re.search(r"HRB \d+ [A-Z]+\)", name) for name in partners)


def test_partner_companies_can_be_found_by_court_and_number(country: Country, dump: list[dict[str, Any]]) -> None:
    by_number = {company["company_number"]: company for company in dump}
    with gzip.open(country.truth.officers, "rt", encoding="utf-8", newline="") as text:
        held = [row for row in csv.DictReader(text) if row["firm"]]
    assert len(held) > 100
    for row in held:
        about = by_number[row["firm"]]["all_attributes"]
        found = re.search(r"\(Amtsgericht (.+?),? (?:HR[AB] )?([\d ]+)(?: [A-Z]+)?\)", row["name"])
        assert found, row["name"]
        assert found[1] == about["registrar"]
        assert int(found[2].replace(" ", "")) == int(about["_registerNummer"])


def test_the_truth_names_everyone_in_the_register(country: Country, dump: list[dict[str, Any]]) -> None:
    with gzip.open(country.truth.officers, "rt", encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    told = {(row["company_number"], row["position"], row["name"], row["city"]) for row in rows}
    written = {
        (
            company["company_number"],
            officer["position"],
            officer["name"],
            officer.get("other_attributes", {}).get("city", ""),
        )
        for company in dump
        for officer in company.get("officers", [])
    }
    assert told == written
    assert all(dump[int(row["line"]) - 1]["company_number"] == row["company_number"] for row in rows)
    spellings: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    namesakes: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        if row["person"]:
            spellings[row["person"]].add((row["name"], row["city"]))
            namesakes[row["name"], ""].add(row["person"])
    assert any(len(found) > 1 for found in spellings.values()), "nobody is written in two ways"
    assert any(len(found) > 1 for found in namesakes.values()), "no two people have one name"


def test_linkedin_exports_come_in_both_forms(country: Country) -> None:
    texts = {each.owner: each.path.read_text(encoding="utf-8") for each in country.exports if each.source == "linkedin"}
    new, old = texts["Mara Wiesentau"].splitlines(), texts["Jonas Halvering"].splitlines()
    assert new[0] == "Notes:"
    assert new[3] == "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    assert old[0] == "First Name,Last Name,Email Address,Company,Position,Connected On"
    assert any(row.startswith(",,,,,,") for row in new)


def test_contacts_are_written_as_people_write_and_the_truth_knows_their_lines(
    country: Country, dump: list[dict[str, Any]]
) -> None:
    with country.truth.contacts.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    names = {company["company_number"]: company for company in dump}
    for row in rows:
        written = (country.directory / row["file"]).read_bytes().splitlines()[int(row["line"]) - 1].decode()
        if row["source"] == "vcard":
            assert written == "BEGIN:VCARD"
        else:
            given, family, *_ = next(csv.reader(io.StringIO(written)))
            assert f"{given} {family}".removeprefix("Dr. ") == row["name"]
    known = [row for row in rows if row["company_number"]]
    assert sum(row["company"] != names[row["company_number"]]["name"] for row in known) > len(known) / 2
    former = [row for row in known if row["kind"] == "former"]
    assert former
    for row in former:
        before = [each["company_name"] for each in names[row["company_number"]]["previous_names"]]
        assert any(spelled_out(name).startswith(spelled_out(row["company"])) for name in before)
    homonyms = [row for row in rows if row["kind"] == "homonym"]
    with gzip.open(country.truth.officers, "rt", encoding="utf-8", newline="") as text:
        officers = {row["person"] for row in csv.DictReader(text)}
    assert len(homonyms) >= 5
    assert not {row["person"] for row in homonyms} & officers


def test_vcards_are_3_0_with_groups_and_2_1_with_quoted_printable(country: Country) -> None:
    cards = {each.owner: each.path.read_bytes() for each in country.exports if each.source == "vcard"}
    iphone, outlook = cards["Mara Wiesentau"], cards["Jonas Halvering"]
    assert iphone.count(b"BEGIN:VCARD\r\nVERSION:3.0\r\n") == iphone.count(b"END:VCARD\r\n") > 15
    assert b"item1.EMAIL;type=INTERNET;type=pref:torsten@quellbrink.example\r\n" in iphone
    assert max(map(len, iphone.split(b"\r\n"))) <= 75
    assert outlook.count(b"BEGIN:VCARD\r\nVERSION:2.1\r\n") == outlook.count(b"END:VCARD\r\n") > 15
    encoded = re.search(
        rb"ORG;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:(Vredersee(?:.|=\r\n)*?)\r\n[A-Z]", outlook
    )
    assert encoded
    assert quopri.decodestring(encoded[1]).decode("cp1252") == "Vredersee Vermögensverwaltung"


def test_every_column_of_a_mapping_is_in_its_table(country: Country) -> None:
    members, presidium, *_ = country.listings
    sheet = openpyxl.load_workbook(presidium.path)["Presidium"]
    heads = {
        members.path: next(csv.reader(members.path.read_text(encoding="cp1252").splitlines(), delimiter=";")),
        presidium.path: [cell.value for cell in sheet[3]],
    }
    for listing in (members, presidium):
        mapping = tomllib.loads(listing.mapping.read_text(encoding="utf-8"))
        columns = [
            field if isinstance(field, str) else field["column"]
            for section in ("person", "organisation", "mandate", "employer")
            for field in mapping[section].values()
            if isinstance(field, str) or "column" in field
        ]
        assert set(columns) <= set(heads[listing.path])
        assert len(columns) >= 8
    rows = list(csv.DictReader(members.path.read_text(encoding="cp1252").splitlines(), delimiter=";"))
    words = tomllib.loads(members.mapping.read_text(encoding="utf-8"))["mandate"]["role"]["words"]
    assert {row["Funktion"] for row in rows} <= set(words)
    assert all(re.fullmatch(r"(\d\d\.)?\d\d\.\d{4}|\d\d/\d{4}|\d{4}", row["Seit"]) for row in rows)
    assert len({row["Gremium"] for row in rows}) >= 5
