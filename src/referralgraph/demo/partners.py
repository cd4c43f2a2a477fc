"""Companies as officers: name, place, court and number hidden in one text, as registers write them."""

from __future__ import annotations

import numpy as np

from referralgraph.demo import words
from referralgraph.demo.boards import Boards, Seats
from referralgraph.demo.firms import firms
from referralgraph.demo.landscape import company_number, court_named, register_number
from referralgraph.demo.places import towns

POWERS = (
    "mit der Befugnis im Namen der Gesellschaft mit sich im eigenen Namen oder als Vertreter eines Dritten "
    "Rechtsgeschäfte abzuschließen"
)
_TAILS = (
    (0.53, "."),
    (0.68, f", {POWERS.replace('Befugnis im', 'Befugnis, im')}."),
    (
        0.84,
        ", mit der Befugnis - auch für die jeweiligen Geschäftsführer -, im Namen der Gesellschaft mit sich im eigenen "
        "Namen oder als Vertreter eines Dritten Rechtsgeschäfte abzuschließen.",
    ),
    (0.90, ", von der Vertretung ausgeschlossen."),
    (0.95, ", einzelvertretungsberechtigt."),
    (1.0, ""),
)


def partners_of(boards: Boards, seats: Seats) -> dict[int, tuple[str, str]]:
    """Write the companies that sit as officers.

    :param boards: the boards the seats come from.
    :param seats: the seats.
    :returns: by position in `seats`: name, place, court and number in one text, and the publisher's number.
    """
    at = np.flatnonzero(seats.firm >= 0)
    chosen = boards.land.select(seats.firm[at])
    named = firms(boards.land, chosen)
    drawn = boards.land.dice.uniform("partner.tail", seats.seat[at]).tolist()
    form = boards.land.dice.uniform("partner.form", seats.seat[at]).tolist()
    written = {}
    for row, position in enumerate(at.tolist()):
        court = court_named(int(chosen.court[row]))
        number = register_number(court, int(chosen.kind[row]), int(chosen.number[row]))
        name = named[row].name
        shape = form[row]
        if shape < 0.05:
            section, digits = number.split(" ", 1)
            number = f"{section} {digits.zfill(6)}"
        elif shape < 0.055:
            number = number.removeprefix("HRB ")
        elif shape < 0.06 and len(number) > 8:
            number = f"{number[:6]} {number[6:]}"
        elif shape > 0.97 and named[row].former:
            name = named[row].former[0]
        comma = "," if 0.06 <= shape < 0.12 or court.suffix else ""
        tail = next(text for limit, text in _TAILS if drawn[row] < limit)
        town = towns()[int(chosen.town[row])]
        key = company_number(court, int(chosen.kind[row]), int(chosen.number[row]))
        written[position] = (f"{name}, {town} (Amtsgericht {court.name}{comma} {number}){tail}", key)
    return written


def foreign_firm(written: float, place: float) -> tuple[str, str, str]:
    """Write a foreign firm that the publisher took for a person: first name, last name and city.

    :param written: a draw in [0, 1).
    :param place: another one.
    """
    number = f"0{int(written * 8_999_999) + 1_000_000}"
    coined = words.COINED_STARTS[int(place * 25)] + words.COINED_MIDDLES[int(written * 20)]
    seat = ("London/Großbritannien", "Birmingham (Großbritannien)", "Port Ellery/ Großbritannien")[int(written * 3)]
    if place < 0.6:
        return f"{seat} (Companies House Cardiff Nr. {number})", f"{coined} Limited", ""
    return f"{seat} (Companies House", f"{coined.upper()} LIMITED", f"Cardiff Nr. {number})"


def unknown_partner(written: float, place: float) -> str:
    """Write a partner that is no company of this country.

    :param written: a draw in [0, 1).
    :param place: another one.
    """
    if written < 0.035:
        # The publisher's parser has cut the row at the wrong place.
        return "im eigenen Namen oder als Vertreter eines Dritten Rechtsgeschäfte abzuschließen."
    coined = (
        words.COINED_STARTS[int(place * 25)]
        + words.COINED_MIDDLES[int(written * 20)]
        + words.COINED_ENDS[int(place * 437) % 20]
    )
    town = towns()[int(written * 7919) % len(towns())]
    number = 900_000 + int(written * 9999)
    return f"{coined} Beteiligungs GmbH, {town} (Amtsgericht {court_named(int(place * 64)).name} HRB {number})."
