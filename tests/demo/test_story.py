"""The planted story: an oracle of its own reads the raw files and finds the answers that were worked out by hand.

The oracle knows who is who from the truth files, takes its ties from the formula and searches by brute force. Bodies
whose size the story doesn't fix are given the strongest tie a body can give (two people, 0.9), so that the story's
answer is the best whatever number of people is counted for them.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import math
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from referralgraph.demo import Country, Question, generate
from referralgraph.demo.names import german_families
from referralgraph.demo.places import towns
from referralgraph.demo.words import ENGLISH_FAMILIES, INDONESIAN_FAMILIES

AS_OF = date(2026, 9, 30)
FLOOR, MOST_TIES, MOST_BODIES, MOST_MEMBERS = 0.01, 4, 20, 30
TEAM = ("Mara Wiesentau", "Jonas Halvering", "Sri Wahyuningsih")
# "Leonhard Vrederkamp" is two people; the target is the one of Ostermühl.
TARGET, NAMESAKE = "s-leonhard-vrederkamp-ostermühl", "s-leonhard-vrederkamp-süderlohe"

Member = tuple[str, date | None]


def rows(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


class Oracle:
    """Ties of a country by the formula, and a search that tries every path."""

    def __init__(self, country: Country) -> None:
        self.country = country
        with bz2.open(country.register, "rt", encoding="utf-8") as lines:
            self.companies: list[dict[str, Any]] = [json.loads(text) for text in lines]
        self.bodies: dict[str, dict[str, date | None]] = defaultdict(dict)
        self.names: dict[str, str] = {}
        self._register()
        self._lists()
        self.ties: dict[str, dict[str, float]] = defaultdict(dict)
        for body, members in self.bodies.items():
            self._body_ties(body, members)
        self._team_ties()
        self.held = defaultdict[str, int](int)
        for members in self.bodies.values():
            for person in members:
                self.held[person] += 1

    def _register(self) -> None:
        who = {
            (row["company_number"], row["position"], row["name"], row["city"]): row["person"]
            for row in rows(self.country.truth.officers)
        }
        for company in self.companies:
            for officer in company.get("officers", []):
                city = officer.get("other_attributes", {}).get("city", "")
                person = who[company["company_number"], officer["position"], officer["name"], city]
                if not person:
                    continue
                self.names[person] = officer["name"].replace("Doctor ", "")
                until = date.fromisoformat(officer["end_date"]) if "end_date" in officer else None
                members = self.bodies[company["name"] + company["company_number"]]
                members[person] = until or members.get(person)

    def _lists(self) -> None:
        members, presidium, *_ = self.country.listings
        sheet = openpyxl.load_workbook(presidium.path)["Presidium"]
        table = list(csv.reader(members.path.read_text(encoding="cp1252").splitlines(), delimiter=";"))
        for row in rows(self.country.truth.members):
            line = int(row["line"])
            if row["file"].endswith(".xlsx"):
                name = f"{sheet.cell(line, 2).value} {sheet.cell(line, 3).value}"
                ended = sheet.cell(line, 8).value
            else:
                name = f"{table[line - 1][2]} {table[line - 1][3]}"
                ended = table[line - 1][11]
            assert name == row["name"]
            self.names.setdefault(row["person"], name)
            self.bodies[row["body"]][row["person"]] = date(int(ended[-4:]), 12, 31) if ended else None

    def _body_ties(self, body: str, members: dict[str, date | None]) -> None:
        if len(members) > MOST_MEMBERS:
            return
        fixed = all(person.startswith("s-") for person in members)
        size = len(members) if fixed else 2
        for left, left_until in members.items():
            for right, right_until in members.items():
                if left < right:
                    ended = [until for until in (left_until, right_until) if until]
                    years = (AS_OF - min(ended)).days / 365.25 if ended else 0.0
                    self._tie(left, right, 0.9 / math.sqrt(size - 1) * 2 ** (-years / 4))

    def _team_ties(self) -> None:
        for left in TEAM:
            self.names[left] = left
            for right in TEAM:
                if left < right:
                    self._tie(left, right, 0.9)
        for row in rows(self.country.truth.contacts):
            self.names.setdefault(row["person"], row["name"])
            self._tie(row["owner"], row["person"], 0.5 if row["source"] == "vcard" else 0.3)

    def _tie(self, left: str, right: str, strength: float) -> None:
        both = 1 - (1 - self.ties[left].get(right, 0.0)) * (1 - strength)
        self.ties[left][right] = self.ties[right][left] = both

    def paths(
        self, sources: tuple[str, ...], target: str, *, nominees: bool = False
    ) -> list[tuple[float, tuple[str, ...]]]:
        """All simple paths that start at a source and pass no other, strongest first."""
        found: list[tuple[float, tuple[str, ...]]] = []

        def extend(path: tuple[str, ...], strength: float) -> None:
            for person, tie in self.ties[path[0]].items():
                if person in path or strength * tie < FLOOR:
                    continue
                if person in sources:
                    found.append((strength * tie, (person, *path)))
                elif len(path) < MOST_TIES and (nominees or self.held[person] <= MOST_BODIES):
                    extend((person, *path), strength * tie)

        extend((target,), 1.0)
        return sorted(found, key=lambda each: (-each[0], each[1]))

    def named(self, people: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.names[person] for person in people)


@pytest.fixture(scope="module", params=[(1, 1), (400, 8), (2000, 1), (2500, 77)], ids=str)
def oracle(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Oracle:
    companies, seed = request.param
    return Oracle(generate(tmp_path_factory.mktemp("story"), companies=companies, seed=seed))


def question(oracle: Oracle, name: str) -> Question:
    return next(each for each in oracle.country.questions if each.name == name)


def test_the_bridge_is_the_best_introduction(oracle: Oracle) -> None:
    """0.5 x 0.45 x 0.9 x 0.45 = 0.091125.

    0.5 for the address book, 0.9/sqrt(5-1) for the working group, 0.9/sqrt(2-1) for the company, 0.9/sqrt(5-1) for the
    presidium.
    """
    best, second = oracle.paths(TEAM, TARGET)[:2]
    expected = question(oracle, "bridge")
    assert oracle.named(best[1]) == expected.people
    assert best[0] == pytest.approx(0.091125) == pytest.approx(expected.strength)
    assert math.prod(expected.ties) == pytest.approx(0.091125)
    assert len(best[1]) - 2 == 3
    # Sri's LinkedIn 0.3, a company of two that one left 8.0 years ago 0.9 x 2^-2 = 0.225, the presidium 0.45.
    way = question(oracle, "second way")
    assert oracle.named(second[1]) == way.people
    assert second[0] == pytest.approx(0.030375) == pytest.approx(way.strength)


def test_the_company_means_its_managing_director(oracle: Oracle) -> None:
    company = next(each for each in oracle.companies if each["name"] == question(oracle, "bridge to a company").to)
    managers = [each["name"] for each in company["officers"] if each["position"] == "Geschäftsführer"]
    assert managers == ["Leonhard Vrederkamp"]


def test_the_shorter_and_stronger_path_leads_over_a_nominee(oracle: Oracle) -> None:
    expected = question(oracle, "bridge")
    shortest = min(oracle.paths(TEAM, TARGET, nominees=True), key=lambda each: len(each[1]))
    assert oracle.named(shortest[1]) == expected.refused
    assert shortest[0] == pytest.approx(0.5 * 0.9)
    assert expected.code == "hub"
    assert oracle.held[shortest[1][1]] == 35


def test_the_namesake_is_a_contact_and_someone_else(oracle: Oracle) -> None:
    assert oracle.names[TARGET] == oracle.names[NAMESAKE]
    assert oracle.ties["Sri Wahyuningsih"][NAMESAKE] == pytest.approx(0.3)
    places = {
        (each["registered_office"], officer["other_attributes"]["city"], company["name"])
        for company in oracle.companies
        for officer in company.get("officers", [])
        for each in [company["all_attributes"]]
        if officer["name"] == oracle.names[TARGET]
    }
    assert {city for _, city, _ in places} == {"Ostermühl", "Süderlohe"}
    assert not set(oracle.ties[NAMESAKE]) - {"Sri Wahyuningsih"}


def test_the_boards_meet_in_a_working_group(oracle: Oracle) -> None:
    expected = question(oracle, "boards")
    boards = {
        name: {
            officer["name"]
            for company in oracle.companies
            if company["name"] == name
            for officer in company["officers"]
        }
        for name in (*expected.start, expected.to)
    }
    group = {oracle.names[person] for person in oracle.bodies[expected.via[0]]}
    ours, theirs = expected.people
    assert boards[expected.start[0]] & group == {ours}
    assert boards[expected.to] & group == {theirs}
    assert expected.strength == pytest.approx(0.9 / math.sqrt(len(group) - 1)) == pytest.approx(0.45)


def test_a_married_name_is_one_woman_written_twice(oracle: Oracle) -> None:
    expected = question(oracle, "married name")
    found = [row for row in rows(oracle.country.truth.officers) if row["name"].startswith("Annegret ")]
    story = [row for row in found if f"{row['name']}, {row['city']}" in (*expected.start, expected.to)]
    assert len({row["person"] for row in story}) == 1
    assert len({row["company_number"] for row in story}) == len({row["name"] for row in story}) == 2


def test_the_bad_neighbourhood(oracle: Oracle) -> None:
    """Three firms wound up in 2023 and 2024, a liquidator with fifty, and a group of seven that went on one day."""
    held: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
    for company in oracle.companies:
        for officer in company.get("officers", []):
            held[officer["name"]].append((company, officer))
    expected = question(oracle, "insolvent neighbourhood")
    now = {company["name"] for company, _ in held["Gunther Falkenstieg"]}
    assert now == {expected.to, *expected.evidence}
    assert len(expected.evidence) == 3
    assert all(name.endswith("i.L.") for name in expected.evidence)
    liquidated = [
        company["name"] for company, officer in held["Edeltraud Kehrwieder"] if officer["position"] == "Liquidator"
    ]
    assert len(liquidated) == len(set(liquidated)) == 50
    assert len(set(liquidated) & set(expected.evidence)) == 2
    group = question(oracle, "wound up in one day").evidence
    days = {
        officer["start_date"]
        for company, officer in held["Ottokar Brückenhain"]
        if company["name"] in group and officer["position"] == "Liquidator"
    }
    assert len(group) == 7
    assert days == {"2024-03-15"}


def test_nobody_else_is_called_like_the_people_of_the_story(oracle: Oracle) -> None:
    """Fifteen families in the register, eight more in the bodies, one by marriage, three in the team."""
    story = {person.split("-")[-2] for person in oracle.names if person.startswith("s-")}
    story |= {"vossmerg", "wiesentau", "halvering", "wahyuningsih"}
    families = {name.lower() for name in (*german_families()[0], *ENGLISH_FAMILIES, *INDONESIAN_FAMILIES)}
    assert len(story) == 17 + 8 + 1 + 3
    assert not story & families
    assert not {"Tannwerder", "Ostermühl", "Lindhaven", "Süderlohe"} & set(towns())


def test_the_answers_lie_beside_the_country_as_json(oracle: Oracle) -> None:
    told = json.loads(oracle.country.truth.story.read_text(encoding="utf-8"))
    assert told["team"]["me"] == "Mara Wiesentau"
    assert [each["name"] for each in told["questions"]] == [each.name for each in oracle.country.questions]
    assert told["questions"][0]["people"] == list(oracle.country.questions[0].people)
