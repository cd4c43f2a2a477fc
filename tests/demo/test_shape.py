"""The shape of a country of 20,000 companies against a real register dump.

What was measured: OffeneRegister's chunk 3, 100,000 companies of two courts, as published in January 2019 (counts and
shares only).
"""

from __future__ import annotations

import bz2
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from referralgraph.demo import generate

# Name by name what chunk 3 shows; homonyms are its mean over slices of 20,000, as their share grows with the country.
CHUNK_3 = {
    "without officers": 0.8036,
    "removed": 0.5506,
    "removed with officers": 0.0587,
    "with previous names": 0.2623,
    "with several previous names": 0.0783,
    "with address": 0.1794,
    "officers a board": 1.6313,
    "people a board": 1.6709,
    "boards of one": 0.6604,
    "boards of five and more": 0.0294,
    "boards a person": 1.0709,
    "people on several boards": 0.0535,
    "people on five boards and more": 0.0014,
    "boards a partner company": 1.1976,
    "people a company": 0.1868,
    "mandates ended": 0.3048,
    "mandates without start": 0.2372,
    "mandates repeated": 0.0142,
    "company officers": 0.3549,
    "rows: doctor": 0.0359,
    "rows: title": 0.0680,
    "rows: born": 0.0665,
    "rows: flag": 0.1290,
    "rows: digit in city": 0.0063,
    "rows: no city": 0.0121,
    "rows: foreign firm": 0.0123,
    "rows: second given name": 0.0858,
    "rows: same city": 0.4562,
    "section HRA": 0.6190,
    "section HRB": 0.0756,
    "section VR": 0.2736,
    "section GnR": 0.0247,
    "section PR": 0.0071,
    "removed HRA": 0.6629,
    "removed HRB": 0.7113,
    "removed VR": 0.2320,
    "removed GnR": 0.8525,
    "removed PR": 0.2843,
    "position Persönlich haftender Gesellschafter": 0.4728,
    "position Prokurist": 0.1913,
    "position Inhaber": 0.1666,
    "position Geschäftsführer": 0.1235,
    "position Liquidator": 0.0457,
    "form GmbH & Co": 0.2202,
    "form GmbH": 0.0953,
    "form KG": 0.0513,
    "form OHG": 0.0268,
    "form e.K.": 0.0877,
    "form e.V.": 0.2537,
    "form eG": 0.0231,
    "form none": 0.2420,
    "homonyms": 0.0243,
}


@pytest.fixture(scope="module")
def shape(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    made = generate(tmp_path_factory.mktemp("shape"), companies=20_000, seed=1)
    with bz2.open(made.register, "rt", encoding="utf-8") as lines:
        return measure(json.loads(text) for text in lines)


@pytest.mark.parametrize("name", CHUNK_3)
def test_shape_is_that_of_chunk_3_within_a_factor_of_two(shape: dict[str, float], name: str) -> None:
    assert CHUNK_3[name] / 2 <= shape[name] <= CHUNK_3[name] * 2


def test_a_nominee_holds_seats_in_proportion_to_the_country(shape: dict[str, float], tmp_path: Path) -> None:
    assert shape["largest"] > 200
    made = generate(tmp_path, companies=1, seed=1)
    with bz2.open(made.register, "rt", encoding="utf-8") as lines:
        assert measure(json.loads(text) for text in lines)["largest"] > 20


def measure(lines: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """Count what a dump in the form of OffeneRegister has, as shares.

    A seat is one (company, position, name, city); a person one (name, city); a board all who ever sat in one company;
    a homonym is a name that is written with more than one city.

    :param lines: the parsed lines.
    """
    companies = 0
    sections: Counter[str] = Counter()
    removed: Counter[str] = Counter()
    positions: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    flags: Counter[str] = Counter()
    persons: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    partners: defaultdict[str, set[int]] = defaultdict(set)
    boards: list[int] = []
    people_a_board: list[int] = []
    mandates: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    for at, company in enumerate(lines):
        companies += 1
        section = company["all_attributes"]["_registerArt"]
        sections[section] += 1
        removed[section] += company["current_status"] == "removed"
        forms[_form(company["name"])] += 1
        for key in ("officers", "previous_names", "registered_address"):
            flags[key] += key in company
        flags["removed with officers"] += company["current_status"] == "removed" and "officers" in company
        flags["several previous names"] += len(company.get("previous_names", ())) > 1
        seats: defaultdict[tuple[str, str, str, str], Counter[str]] = defaultdict(Counter)
        for officer in company.get("officers", ()):
            other = officer.get("other_attributes", {})
            name, city = officer["name"], other.get("city", "")
            seats[officer["position"], name, city, officer["type"]]["end" if "end_date" in officer else "start"] += 1
            rows["all"] += 1
            rows[officer["type"]] += 1
            positions[officer["position"]] += 1
            if officer["type"] == "company":
                partners[name].add(at)
                continue
            persons[name, city].add(at)
            rows["doctor"] += bool(re.search(r"\bDoctor\b|\bDr\b", name))
            rows["title"] += "title" in other
            rows["born"] += bool(re.search(r"gebor", name))
            rows["flag"] += "flag" in other
            rows["digit in city"] += bool(re.search(r"\d", city))
            rows["no city"] += not city
            rows["foreign firm"] += bool(re.search(r"\b(Limited|LIMITED|Ltd|B\.V|AG|S\.A)\b", name))
            rows["second given name"] += bool(re.match(r"(Doctor )?[^ ]+ (?!Doctor|gebor)[^ ]+$", other["firstname"]))
            rows["same city"] += city == company["all_attributes"]["registered_office"]
        if seats:
            boards.append(len({key[1:] for key in seats}))
            natural = {key[1:] for key in seats if key[3] == "person"}
            if natural:
                people_a_board.append(len(natural))
        for seen in seats.values():
            mandates["all"] += 1
            mandates["ended"] += seen["end"] > 0
            mandates["without start"] += seen["start"] == 0
            mandates["repeated"] += seen["start"] > 1
    cities: defaultdict[str, set[str]] = defaultdict(set)
    for name, city in persons:
        cities[name].add(city)
    held = sorted((len(companies_) for companies_ in persons.values()), reverse=True)
    shape = {
        "without officers": 1 - flags["officers"] / companies,
        "removed": sum(removed.values()) / companies,
        "removed with officers": flags["removed with officers"] / companies,
        "with previous names": flags["previous_names"] / companies,
        "with several previous names": flags["several previous names"] / companies,
        "with address": flags["registered_address"] / companies,
        "officers a board": sum(boards) / len(boards),
        "people a board": sum(people_a_board) / len(people_a_board),
        "boards of one": boards.count(1) / len(boards),
        "boards of five and more": sum(size >= 5 for size in boards) / len(boards),
        "boards a person": sum(held) / len(held),
        "people on several boards": sum(number > 1 for number in held) / len(held),
        "people on five boards and more": sum(number > 4 for number in held) / len(held),
        "boards a partner company": sum(map(len, partners.values())) / len(partners),
        "people a company": len(held) / companies,
        "homonyms": sum(len(found) > 1 for found in cities.values()) / len(cities),
        "mandates ended": mandates["ended"] / mandates["all"],
        "mandates without start": mandates["without start"] / mandates["all"],
        "mandates repeated": mandates["repeated"] / mandates["all"],
        "company officers": rows["company"] / rows["all"],
    }
    shape |= {
        f"rows: {name}": rows[name] / rows["person"]
        for name in (
            "doctor",
            "title",
            "born",
            "flag",
            "digit in city",
            "no city",
            "foreign firm",
            "second given name",
            "same city",
        )
    }
    shape |= {f"section {name}": sections[name] / companies for name in ("HRA", "HRB", "VR", "GnR", "PR")}
    shape |= {f"removed {name}": removed[name] / max(sections[name], 1) for name in ("HRA", "HRB", "VR", "GnR", "PR")}
    shape |= {
        f"position {name}": positions[name] / rows["all"]
        for name in ("Persönlich haftender Gesellschafter", "Prokurist", "Inhaber", "Geschäftsführer", "Liquidator")
    }
    shape |= {
        f"form {name}": forms[name] / companies
        for name in ("GmbH & Co", "GmbH", "KG", "OHG", "e.K.", "e.V.", "eG", "none")
    }
    return shape | {"largest": float(held[0]), "companies": float(companies)}


_FORMS = (
    ("GmbH & Co", r"(GmbH|mbH|haftung|UG|beschränkt\)|AG)\.? (&|u\.|und) Co"),
    ("GmbH", r"G\.?m\.?b\.?H|mbH|beschränkter Haftung|haftungsbeschr"),
    ("KG", r"\bKG\b|Kommanditges"),
    ("OHG", r"\b[oO]HG\b|offene Handels"),
    ("e.K.", r"\be\. ?K|\beK\b"),
    ("e.V.", r"\be\. ?V|[Vv]erein"),
    ("eG", r"\beG\b|[Gg]enossenschaft"),
)


def _form(name: str) -> str:
    return next((form for form, pattern in _FORMS if re.search(pattern, name)), "none")
