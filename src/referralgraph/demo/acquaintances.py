"""Whom the team knows: officers of the country written as people write them, homonyms, and people in no register."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from referralgraph.demo import story, words
from referralgraph.demo.landscape import Landscape
from referralgraph.demo.names import ascii_german, people
from referralgraph.demo.officers import Officer, person_key
from referralgraph.demo.register import Entry, entries

_STRANGER = 3 << 50
_BATCH = 2000
_JOBS = (
    "Einkaufsleiter",
    "Leiterin Logistik",
    "Geschäftsführer",
    "Betriebsleiter",
    "Managing Director",
    "Vertrieb",
    "Inhaber",
    "",
)


@dataclass(frozen=True)
class Acquaintance:
    """A person as somebody of our team wrote him down, and who he truly is.

    `kind` says what makes the row hard: `register` an officer at his company, `former` at a former name of it,
    `homonym` a namesake of an officer at another company, `stranger` somebody in no register, `story` a planted one.
    """

    given: str
    family: str
    title: str
    company: str
    job: str
    city: str
    email: str
    person: str
    company_number: str
    kind: str
    day: str = "2021-03-12"


def officer_sample(land: Landscape, label: str, wanted: int) -> list[tuple[Entry, Officer]]:
    """Return some people in office, each of another company; fewer than wanted where the country is too small for them.

    :param label: another label, another sample.
    """
    # One company in ten has somebody in office who is a natural person.
    tries = np.unique(land.dice.below(label, np.arange(25 * wanted), land.companies))
    tries = tries[np.argsort(land.dice.uniform(label + ".order", tries), kind="stable")]
    found: list[tuple[Entry, Officer]] = []
    for first in range(0, len(tries), _BATCH):
        if len(found) >= wanted:
            break
        for entry in entries(land, tries[first : first + _BATCH]):
            # A city with digits stands in rows where the register has mistaken an address for a name.
            sitting = [each for each in entry.officers if each.person and each.sits and each.city.isalpha()]
            if sitting and not entry.removed:
                found.append((entry, sitting[0]))
    return found[:wanted]


def plain_name(officer: Officer) -> tuple[str, str, bool]:
    """Given names, family name and doctor of an officer, without what the register mixes in."""
    given = officer.first.partition(" geborene ")[0]
    doctor = "Doctor " in f"{officer.last} {given}"
    return given.replace("Doctor ", ""), officer.last.replace("Doctor ", ""), doctor


def acquaintances(land: Landscape, owner: str, source: str, size: int) -> list[Acquaintance]:
    """Return the ordinary contacts of one colleague in one source: a third officers, some homonyms, the rest strangers.

    :param owner: the colleague.
    :param source: linkedin or vcard; the same colleague knows others there.
    :param size: number of contacts.
    """
    label = f"contact.{owner}.{source}"
    sampled = officer_sample(land, label, round(size * 0.42))
    homonyms = sampled[: len(sampled) // 8]
    known = sampled[len(homonyms) :]
    made = [_as_written(land, label, number, entry, officer) for number, (entry, officer) in enumerate(known)]
    strangers = _strangers(land, label, size - len(made))
    for number, (_, officer) in enumerate(homonyms):
        given, family, _ = plain_name(officer)
        strangers[number] = replace(strangers[number], given=given, family=family, kind="homonym")
    rows = made + strangers
    order = np.argsort(land.dice.uniform(label + ".shuffle", np.arange(len(rows))), kind="stable")
    days = land.dice.below(label + ".day", np.arange(len(rows)), 3800)
    return [
        replace(rows[position], day=str(np.datetime64("2016-02-01") + np.timedelta64(int(days[position]), "D")))
        for position in order.tolist()
    ]


def _as_written(land: Landscape, label: str, number: int, entry: Entry, officer: Officer) -> Acquaintance:
    ids = np.array([number])
    draw = {
        habit: float(land.dice.uniform(f"{label}.{habit}", ids)[0])
        for habit in ("form", "former", "ascii", "hyphen", "title", "second", "mail")
    }
    given, family, doctor = plain_name(officer)
    if " " in given and draw["second"] < 0.6:
        given = given.split(" ")[0]
    company, kind = (entry.stem if draw["form"] < 0.7 else entry.name), "register"
    if entry.former_stems and draw["former"] < 0.3:
        company, kind = entry.former_stems[0], "former"
    if draw["hyphen"] < 0.4:
        given, family = given.replace("-", " "), family.replace("-", " ")
    if draw["ascii"] < 0.25:
        given, family = ascii_german(given), ascii_german(family)
        company = ascii_german(company) if draw["ascii"] < 0.12 else company
    host = ascii_german(entry.stem).lower().replace(" ", "-").replace("&", "und").replace(",", "").replace('"', "")
    local = f"{given}.{family}".replace(" ", "-")
    address = f"{ascii_german(local).lower()}@{host}.example"
    return Acquaintance(
        given=given,
        family=family,
        title="Dr." if doctor and draw["title"] < 0.6 else "",
        company=company,
        job="Geschäftsführer" if officer.position == "Geschäftsführer" else _JOBS[int(draw["mail"] * len(_JOBS))],
        city=officer.city,
        email=address if draw["mail"] < 0.15 else "",
        person=officer.person,
        company_number=entry.number,
        kind=kind,
    )


def _strangers(land: Landscape, label: str, size: int) -> list[Acquaintance]:
    number = int(land.dice.below(label + ".strangers", np.array([0]), 1 << 30)[0])
    ids = np.arange(size, dtype=np.uint64) + np.uint64(_STRANGER + number * 4096)
    who = people(land.dice, ids)
    drawn = land.dice.uniform("stranger.company", ids).tolist()
    made = []
    for row, share in enumerate(drawn):
        coined = f"{words.COINED_STARTS[int(share * 25)]}{words.COINED_MIDDLES[int(share * 500) % 20]}werk"
        trade = words.TRADES[int(share * 9973) % len(words.TRADES)]
        made.append(
            Acquaintance(
                given=who.given[row],
                family=who.family[row],
                title="",
                company=f"{coined} {trade}" if share < 0.9 else "",
                job=_JOBS[int(share * 997) % len(_JOBS)],
                city="",
                email="",
                person=person_key(int(ids[row])),
                company_number="",
                kind="stranger",
            )
        )
    return made


def _planted(figure: story.Figure, house: story.House, number: str, **more: str) -> Acquaintance:
    return Acquaintance(
        given=figure.given,
        family=figure.family,
        title="",
        company=house.stem,
        job="Geschäftsführer",
        city=figure.city,
        email=more.get("email", ""),
        person=figure.key,
        company_number=number,
        kind="story",
        day=more.get("day", "2019-05-20"),
    )


def planted(owner: str, source: str, numbers: dict[str, str]) -> list[Acquaintance]:
    """Return the story's people in the address books of the team.

    :param numbers: the publisher's number of each of the story's companies, by name.
    """
    rows: dict[tuple[str, str], list[tuple[story.Figure, story.House, dict[str, str]]]] = {
        (story.MARA.name, "vcard"): [(story.TORSTEN, story.QUELLBRINK, {"email": "torsten@quellbrink.example"})],
        (story.JONAS.name, "vcard"): [(story.RUPRECHT, story.VREDERSEE, {})],
        (story.SRI.name, "linkedin"): [
            (story.KARTIKA, story.CONSULTING, {}),
            (story.OTHER_LEONHARD, story.GARTENBAU, {}),
        ],
    }
    return [
        _planted(figure, house, numbers[house.name], **more) for figure, house, more in rows.get((owner, source), [])
    ]
