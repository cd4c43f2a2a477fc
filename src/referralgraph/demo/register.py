"""The register dump of the country, in the form of OffeneRegister: one company a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from referralgraph.demo import words
from referralgraph.demo.boards import Boards
from referralgraph.demo.dice import Ints
from referralgraph.demo.firms import firms
from referralgraph.demo.landscape import REGISTERS, Landscape, company_number
from referralgraph.demo.officers import Officer, events, officers, quoted
from referralgraph.demo.places import Court, courts, postcode, towns

CHUNK = 10_000

# Which kinds of extract the court offers; removed companies mostly have no current one (AD).
_OFFERED = {
    False: ("AD true CD true DK true HD true SI true", "AD true CD true DK true HD false SI true"),
    True: ("AD false CD false DK true HD true SI false", "AD false CD true DK true HD true SI false"),
}


@dataclass(frozen=True)
class Entry:
    """One company with its officers, ready to be written."""

    court: Court
    section: str
    digits: str
    name: str
    town: str
    removed: bool
    officers: tuple[Officer, ...]
    former: tuple[str, ...]
    address: str
    retrieved_at: str
    offered: str
    # What people call it: the name without its legal form, now and before.
    stem: str = ""
    former_stems: tuple[str, ...] = ()
    moved_from: str = ""

    @property
    def number(self) -> str:
        """The publisher's number of the company."""
        return f"{self.court.code}_{self.section}{self.digits}{self.court.suffix}"


def line(entry: Entry) -> str:
    """Write the company as one line of JSON, keys in the publisher's order."""
    court = entry.court
    suffix = f'"_registerNummerSuffix": "{court.suffix}", ' if court.suffix else ""
    native = f"{court.name} {entry.section} {entry.digits}{' ' + court.suffix if court.suffix else ''}"
    parts = [
        f'{{"all_attributes": {{"_registerArt": "{entry.section}", "_registerNummer": "{entry.digits}", {suffix}'
        f'"additional_data": {{{entry.offered}}}, "federal_state": "{court.state}", '
        f'"native_company_number": "{native}", "registered_office": "{entry.town}", "registrar": "{court.name}"}}, '
        f'"company_number": "{entry.number}", '
        f'"current_status": "{"removed" if entry.removed else "currently registered"}", "jurisdiction_code": "de", '
        f'"name": {quoted(entry.name)}'
    ]
    if entry.officers:
        rows = [event for officer in entry.officers for event in events(officer)]
        if len(rows) > 1:
            rows.sort()
        parts.append(f'"officers": [{", ".join(text for _, text in rows)}]')
    if entry.former:
        parts.append(f'"previous_names": [{", ".join(_former(name) for name in entry.former)}]')
    if entry.address:
        parts.append(f'"registered_address": "{entry.address}"')
    parts.append(f'"retrieved_at": "{entry.retrieved_at}"')
    if entry.moved_from:
        parts.append(f'"subsequent_registrations": [{_moved(entry)}]')
    return ", ".join(parts) + "}"


def _former(name: str) -> str:
    return f'{{"company_name": {quoted(name)}}}'


def _moved(entry: Entry) -> str:
    day = entry.retrieved_at[:10]
    return (
        '{"confidence": "MEDIUM", "data_type": "subsequent-registration", "previous_entity": {"entity_properties": '
        f'{{"company_number": "{entry.moved_from}", "jurisdiction_code": "de"}}, "entity_type": "company"}}, '
        f'"previous_registration_end_date": "{day}", "publication_date": "{day}", '
        f'"retrieved_at": "{entry.retrieved_at}", "source_url": "https://register.example/?rb_id={entry.digits}", '
        f'"start_date": "{day}", "start_date_type": "at", "subsequent_entity": {{"entity_properties": '
        f'{{"company_number": "{entry.number}", "jurisdiction_code": "de"}}, "entity_type": "company"}}}}'
    )


def offered(*, removed: bool, drawn: float) -> str:
    """Return the extracts that the court offers, as the inside of a JSON object."""
    words_ = _OFFERED[removed][int(drawn * 2)].split()
    pairs = [f'"{key}": {value}' for key, value in zip(words_[::2], words_[1::2], strict=True)]
    return ", ".join([*pairs, '"UT": true', '"VÖ": true'])


_OFFERS = {(removed, half): offered(removed=removed, drawn=half / 2) for removed in (False, True) for half in (0, 1)}


def entries(land: Landscape, index: Ints) -> list[Entry]:
    """Return the companies with these indices, in the order given."""
    boards = Boards(land)
    chosen = land.select(index)
    named = firms(land, chosen)
    by_row: dict[int, list[Officer]] = {}
    for officer in officers(boards, chosen, boards.seats(chosen)):
        by_row.setdefault(officer.row, []).append(officer)
    dice = land.dice
    street, moved, clock, offer = (
        dice.uniform(label, index).tolist() for label in ("entry.street", "entry.moved", "entry.clock", "entry.offer")
    )
    made = []
    rows = zip(
        chosen.court.tolist(),
        chosen.kind.tolist(),
        chosen.number.tolist(),
        chosen.town.tolist(),
        chosen.removed.tolist(),
        chosen.address.tolist(),
        named,
        strict=True,
    )
    all_courts, all_towns = courts(), towns()
    for row, (court, kind, number, town, removed, address, firm) in enumerate(rows):
        seconds = int(clock[row] * 86_400)
        day, hour = 1 + seconds % 29, f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        made.append(
            Entry(
                court=all_courts[court],
                section=REGISTERS[kind],
                digits=str(number),
                name=firm.name,
                town=all_towns[town],
                removed=removed,
                officers=tuple(by_row.get(row, ())),
                former=firm.former,
                stem=firm.stem,
                former_stems=firm.former_stems,
                address=_address(street[row], town) if address else "",
                retrieved_at=f"2026-09-{day:02d}T{hour}Z",
                offered=_OFFERS[removed, int(offer[row] < 0.4)],
                moved_from=_elsewhere(court, kind, number) if moved[row] < 0.01 and not removed else "",
            )
        )
    return made


def _elsewhere(court: int, kind: int, number: int) -> str:
    return company_number(courts()[(court + 1) % len(courts())], kind, number + 500_000)


def _address(drawn: float, town: int) -> str:
    street = words.STREETS[int(drawn * len(words.STREETS))].replace("+", " ")
    if drawn * 1000 % 1 < 0.12:
        # The publisher's parser has stopped at the abbreviation's full stop.
        return f"{street.replace('straße', 'str.') if 'straße' in street else street + '.'}"
    return f"{street} {1 + int(drawn * 9973) % 160}, {postcode(town)} {towns()[town]}."


def chunks(land: Landscape) -> Iterator[list[Entry]]:
    """Yield all companies of the country, CHUNK by CHUNK, in register order."""
    for first in range(0, land.companies, CHUNK):
        yield entries(land, np.arange(first, min(first + CHUNK, land.companies), dtype=np.int64))
