"""Officers as a register writes them: names with what doesn't belong there, events in place of periods."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

import numpy as np

from referralgraph.demo import words
from referralgraph.demo.boards import (
    ADDRESS,
    BOTH,
    BUSY,
    COMPANY,
    DAYS,
    END,
    FIRST_DAY,
    FOREIGN,
    LIQUIDATOR,
    MANAGER,
    NO_CITY,
    NOMINEE,
    OWNER,
    PARTNER,
    POSITIONS,
    TWICE,
    Boards,
    Seats,
)
from referralgraph.demo.landscape import Companies
from referralgraph.demo.names import People, people
from referralgraph.demo.partners import POWERS, foreign_firm, partners_of, unknown_partner
from referralgraph.demo.places import postcode, towns

_ALONE = "einzelvertretungsberechtigt "
FLAGS = (_ALONE + POWERS, POWERS, "sole representation", "von der Vertretung ausgeschlossen")
_TITLES = (
    ("Kaufmann", "Kauffrau"),
    ("Apotheker", "Apothekerin"),
    ("Ingenieur", "Ingenieurin"),
    ("Elektromeister", "Elektromeisterin"),
    ("Steuerberater", "Steuerberaterin"),
    ("Schreinermeister", "Schreinermeisterin"),
    ("mit der Befugnis", "mit der Befugnis"),
)


@dataclass(frozen=True)
class Officer:
    """One seat as written, and who it truly is: `person` of the truth file, or `firm` (its number), or neither."""

    row: int
    type: str
    position: str
    name: str
    first: str
    last: str
    city: str
    flag: str
    title: str
    maiden: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    person: str = ""
    firm: str = ""

    @property
    def sits(self) -> bool:
        """In office as far as the register shows."""
        return not self.ends


@cache
def days() -> tuple[str, ...]:
    """Return ISO dates from FIRST_DAY on."""
    return tuple((FIRST_DAY + np.arange(DAYS)).astype(str).tolist())


def officers(boards: Boards, companies: Companies, seats: Seats) -> list[Officer]:
    """Return the seats as written, in their order.

    :param boards: the boards the seats come from.
    :param companies: the companies the seats were asked for.
    :param seats: the seats.
    """
    dice = boards.land.dice
    who = people(dice, seats.person)
    towns_of = boards.towns_of(seats.person, companies.town[seats.row])
    draws = [
        dice.uniform(label, seats.seat).tolist()
        for label in (
            "written.second",
            "written.city",
            "written.flag",
            "written.title",
            "written.birth",
            "written.firm",
            "written.move",
        )
    ]
    partners = partners_of(boards, seats)
    day = days()
    made = []
    columns = zip(
        seats.row.tolist(),
        seats.position.tolist(),
        seats.type.tolist(),
        seats.wart.tolist(),
        seats.person.tolist(),
        seats.shown.tolist(),
        seats.start.tolist(),
        seats.end.tolist(),
        towns_of.tolist(),
        *draws,
        strict=True,
    )
    for at, (
        row,
        position,
        kind,
        wart,
        person,
        shown,
        start,
        end,
        town,
        second,
        place,
        flag,
        title,
        birth,
        written,
        move,
    ) in enumerate(columns):
        starts = () if shown == END else (day[start], day[(start + 400) % DAYS]) if shown == TWICE else (day[start],)
        ends = (day[end],) if shown in (END, BOTH) else ()
        if kind == COMPANY:
            name, firm = partners.get(at) or (unknown_partner(written, place), "")
            made.append(
                Officer(row, "company", POSITIONS[position], name, "", "", "", "", "", "", starts, ends, firm=firm)
            )
            continue
        # Somebody has moved, and this row still shows the other town.
        moves = 0.0 if person >= NOMINEE else 0.07 if person >= BUSY else 0.004
        city = _city(int(move / moves * len(towns())) if move < moves else town, place)
        first, last, maiden, spoken = _name(who, at, second, birth, known=person >= NOMINEE)
        trade = ""
        if wart == FOREIGN:
            first, last, city = foreign_firm(written, place)
            maiden = ""
        elif wart == ADDRESS:
            street = f"{_street(place)} {1 + int(title * 90)}"
            first, last, city, trade = (
                towns()[max(town, 0)],
                f"{first} {last}",
                f"{postcode(max(town, 0))} {city}",
                street,
            )
            maiden = ""
        elif wart == NO_CITY:
            city = ""
        if not trade and title < _TITLED[position] and wart != FOREIGN:
            trade = _TITLES[int((title / _TITLED[position]) ** 2 * len(_TITLES))][spoken]
        flagged = _FLAGGED[position]
        power = FLAGS[int((flag / flagged) ** 1.7 * len(FLAGS))] if flag < flagged else ""
        made.append(
            Officer(
                row,
                "person",
                POSITIONS[position],
                f"{first} {last}",
                first,
                last,
                city,
                power,
                trade,
                maiden,
                starts,
                ends,
                person_key(person),
            )
        )
    return made


_FLAGGED = {MANAGER: 0.36, LIQUIDATOR: 0.50, PARTNER: 0.18}
_FLAGGED = {position: _FLAGGED.get(position, 0.001) for position in range(len(POSITIONS))}
_TITLED = {position: {OWNER: 0.18, PARTNER: 0.09}.get(position, 0.008) for position in range(len(POSITIONS))}


def _name(who: People, at: int, second: float, birth: float, *, known: bool) -> tuple[str, str, str, int]:
    first, last, maiden = who.given[at], who.family[at], ""
    # Now and then the second given name is left out, and the same person looks like two; a nominee's never is.
    if who.second[at] and (known or second > 0.1):
        first = f"{first} {who.second[at]}"
    if who.birth[at]:
        if birth < 0.95:
            first = f"{first} geborene {who.birth[at]}"
        elif birth < 0.975:
            maiden = who.birth[at]
    if who.doctor[at] and not known:
        if birth > 0.1:
            last = f"Doctor {last}"
        else:
            first = f"Doctor {first}"
    return first, last, maiden, int(who.female[at])


def _city(town: int, place: float) -> str:
    return towns()[town] if town >= 0 else words.ABROAD[int(place * len(words.ABROAD))]


def _street(drawn: float) -> str:
    return words.STREETS[int(drawn * len(words.STREETS))].replace("+", " ")


def events(officer: Officer) -> list[tuple[str, str]]:
    """Return the rows of one seat as (sort key, JSON): dismissals first and by date, then appointments by name."""
    made = []
    other = {
        "city": officer.city,
        "firstname": officer.first,
        "flag": officer.flag,
        "lastname": officer.last,
        "maidenname": officer.maiden,
        "title": officer.title,
    }
    # The publisher writes keys in alphabetical order and leaves empty ones out.
    for end in officer.ends:
        about = _pairs({**other, "flag": ""}, dismissed=True)
        made.append(
            (
                f"0{end}",
                f'{{"end_date": "{end}", "name": {quoted(officer.name)}, "other_attributes": {{{about}}}, '
                f'"position": "{officer.position}", "type": "{officer.type}"}}',
            )
        )
    for start in officer.starts:
        about = _pairs(other, dismissed=False)
        extra = f'"other_attributes": {{{about}}}, ' if about else ""
        made.append(
            (
                f"1{officer.name}{start}",
                f'{{"name": {quoted(officer.name)}, {extra}"position": "{officer.position}", "start_date": "{start}", '
                f'"type": "{officer.type}"}}',
            )
        )
    return made


def _pairs(other: dict[str, str], *, dismissed: bool) -> str:
    parts = []
    for key, value in other.items():
        if value:
            parts.append(f'"{key}": {quoted(value)}')
        if key == "city" and dismissed:
            parts.append('"dismissed": true')
    return ", ".join(parts)


def quoted(text: str) -> str:
    """Write a text as JSON, letters beyond ASCII as they are."""
    return json.dumps(text, ensure_ascii=False) if '"' in text or "\\" in text else f'"{text}"'


def person_key(person: int) -> str:
    """Return the id of an invented person in the truth file; empty for nobody."""
    return f"p{person:x}" if person else ""
