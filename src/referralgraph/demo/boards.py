"""Who sits where: the seats of a company computed from its index, people and companies as officers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from referralgraph.demo.dice import Ids, Ints, cumulative
from referralgraph.demo.firms import first_person, first_seat
from referralgraph.demo.landscape import (
    CLUSTER,
    COKG,
    COOPERATIVE,
    OLD,
    PARTNERS,
    PRACTICE,
    SOLE,
    Companies,
    Landscape,
)
from referralgraph.demo.places import COURTS, TOWNS_A_COURT

MANAGER, SIGNATORY, OWNER, PARTNER, LIQUIDATOR = range(5)
POSITIONS = ("Geschäftsführer", "Prokurist", "Inhaber", "Persönlich haftender Gesellschafter", "Liquidator")

SEATS = cumulative(
    (
        0.6604,
        0.2146,
        0.0703,
        0.0253,
        0.0113,
        0.0055,
        0.0041,
        0.0018,
        0.0011,
        0.0012,
        0.0009,
        0.0005,
        0.0004,
        0.0004,
        0.0003,
    )
    + (0.0002,) * 10
)
# What a register shows of a mandate: appointed, dismissed, both, or appointed twice (each row is one event).
START, END, BOTH, TWICE = range(4)
SHOWN = np.stack([cumulative((0.76, 0.18, 0.045, 0.015)), cumulative((0.54, 0.34, 0.11, 0.01))])
FIRST_DAY = np.datetime64("2007-01-02")
DAYS = int((np.datetime64("2026-08-31") - FIRST_DAY).astype(np.int64))

# A person is the first and only officer of a firm, one of a cluster's busy people, or a nominee; the id says which.
BUSY, NOMINEE = 1 << 50, 2 << 50
BUSY_SHARE = 0.265
BUSY_A_CLUSTER = 40
NOMINEES = cumulative((1.0, 0.15, 0.08, 0.04, 0.03))
LARGESTNOMINEE = 5000

PERSON, COMPANY = 0, 1
# Ways in which rows go wrong: a foreign firm typed as a person, an address in place of a name, no city at all.
FINE, FOREIGN, ADDRESS, NO_CITY = range(4)


@dataclass(frozen=True)
class Seats:
    """Seats as columns, ordered by company and then by seat; `row` points into the companies they were asked for.

    `person` is the true person (0 for companies); `firm` is the index of a company that sits here, -1 if it is not one
    of this country's; `start` and `end` are days after FIRST_DAY, which of them the register shows is told by `shown`.
    """

    row: Ints
    seat: Ids
    position: Ints
    type: Ints
    wart: Ints
    person: Ids
    firm: Ints
    shown: Ints
    start: Ints
    end: Ints


class Boards:
    """Seats of the companies of a landscape."""

    def __init__(self, land: Landscape) -> None:
        self.land = land

    @cached_property
    def _nominee_scale(self) -> float:
        return min(1.0, LARGESTNOMINEE * 50 / self.land.companies)

    def seats(self, companies: Companies) -> Seats:
        """Return all seats of these companies, those without officers left out."""
        dice = self.land.dice
        owners = np.flatnonzero(companies.officers)
        size = 1 + dice.pick("board.size", companies.index[owners], SEATS)
        kind = companies.kind[owners]
        # Nominees come on top of a partnership's own people: they are why so many small boards look connected.
        extra = (kind == COKG) & (dice.uniform("board.nominee", companies.index[owners]) < 0.10 * self._nominee_scale)
        size = size + extra
        row = np.repeat(owners, size)
        place = np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size)
        seat = first_seat(companies.index[row]) + place.astype(np.uint64)
        kind = companies.kind[row]
        nominee = np.repeat(extra, size) & (place == np.repeat(size, size) - 1) & (place > 0)
        limited = np.isin(kind, (COKG, SOLE, OLD, PARTNERS, COOPERATIVE, PRACTICE), invert=True)
        nominee |= limited & (place == 0) & (dice.uniform("seat.nominee", seat) < 0.33 * self._nominee_scale)
        position = self._positions(companies.removed[row], kind, place, seat, nominee)
        by_company = (kind == COKG) & ~nominee & ((place == 0) | (dice.uniform("seat.partner", seat) < 0.12))
        position[by_company] = PARTNER
        wart = self._warts(kind, place, by_company, seat)
        person, firm = self._holders(companies, row, seat, kind, place, nominee, by_company)
        person[wart == FOREIGN] = 0
        shown, start, end = self._terms(companies.removed[row], row, seat)
        return Seats(
            row=row,
            seat=seat,
            position=position,
            type=np.where(by_company & (wart != FOREIGN), COMPANY, PERSON),
            wart=wart,
            person=person,
            firm=firm,
            shown=shown,
            start=start,
            end=end,
        )

    def _positions(
        self, removed: npt.NDArray[np.bool_], kind: Ints, place: Ints, seat: Ids, nominee: npt.NDArray[np.bool_]
    ) -> Ints:
        drawn = self.land.dice.uniform("seat.position", seat)
        limited = np.where(drawn < 0.66, MANAGER, np.where(drawn < 0.97, SIGNATORY, LIQUIDATOR))
        limited = np.where((place == 0) & (drawn > 0.12), MANAGER, np.where(place == 0, LIQUIDATOR, limited))
        limited = np.where(removed & (place == 0) & (drawn < 0.4), LIQUIDATOR, limited)
        partnership = np.where(drawn < 0.72, SIGNATORY, np.where(drawn < 0.90, PARTNER, LIQUIDATOR))
        sole = np.where((place == 0) | (drawn < 0.5), OWNER, SIGNATORY)
        partners = np.where((place < 2) | (drawn < 0.4), PARTNER, np.where(drawn < 0.92, SIGNATORY, LIQUIDATOR))
        position = np.select(
            [
                kind == COKG,
                (kind == SOLE) | (kind == OLD),
                (kind == PARTNERS) | (kind == PRACTICE),
                kind == COOPERATIVE,
            ],
            [partnership, sole, partners, np.full(len(kind), SIGNATORY)],
            limited,
        )
        return np.where(nominee & (kind == COKG), PARTNER, position)

    def _warts(self, kind: Ints, place: Ints, by_company: npt.NDArray[np.bool_], seat: Ids) -> Ints:
        drawn = self.land.dice.uniform("seat.wart", seat)
        wart = np.where(by_company & (drawn < 0.020), FOREIGN, FINE)
        wart = np.where((kind == SOLE) & (place == 0) & (drawn < 0.010), ADDRESS, wart)
        return np.where(~by_company & (wart == FINE) & (drawn > 0.995), NO_CITY, wart)

    def _holders(
        self,
        companies: Companies,
        row: Ints,
        seat: Ids,
        kind: Ints,
        place: Ints,
        nominee: npt.NDArray[np.bool_],
        by_company: npt.NDArray[np.bool_],
    ) -> tuple[Ids, Ints]:
        dice, land = self.land.dice, self.land
        court = companies.court[row]
        founder = ((kind == SOLE) | (kind == OLD) | (kind == PARTNERS)) & (place == 0)
        busy = ~nominee & ~founder & (dice.uniform("seat.busy", seat) < BUSY_SHARE)
        person = first_person(seat)
        # Busy people sit near each other, so that boards interlock locally; some sit elsewhere and join the places.
        where = dice.uniform("seat.where", seat)
        first, behind = land.court_bounds[court], land.court_bounds[court + 1]
        in_court = first + (dice.uniform("seat.court", seat) * (behind - first)).astype(np.int64)
        anywhere = dice.below("seat.anywhere", seat, land.companies)
        home = np.where(where < 0.75, companies.index[row], np.where(where < 0.95, in_court, anywhere)) // CLUSTER
        rank = (dice.uniform("seat.rank", seat) ** 1.25 * BUSY_A_CLUSTER).astype(np.int64)
        person = np.where(busy, (home * BUSY_A_CLUSTER + rank).astype(np.uint64) + np.uint64(BUSY), person)
        person = np.where(
            nominee, dice.pick("seat.whose", seat, NOMINEES).astype(np.uint64) + np.uint64(NOMINEE), person
        )

        firm = np.full(len(seat), -1, dtype=np.int64)
        chosen = np.flatnonzero(by_company)
        drawn = dice.uniform("seat.firm", seat[chosen])
        start = first[chosen] + (dice.uniform("seat.partner_at", seat[chosen]) * (behind - first)[chosen]).astype(
            np.int64
        )
        # Three houses act as partner for whole families of funds and wind parks.
        for limit, house in ((0.018, 0.31), (0.010, 0.62), (0.004, 0.87)):
            start = np.where(drawn < limit, int(house * land.companies), start)
        found = land.limited_company_from(start)
        firm[chosen] = np.where(drawn < 0.7, found, -1)
        person[chosen] = 0
        return person, firm

    def _terms(self, removed: npt.NDArray[np.bool_], row: Ints, seat: Ids) -> tuple[Ints, Ints, Ints]:
        dice = self.land.dice
        drawn = dice.uniform("seat.shown", seat)
        shown = np.minimum((drawn[:, None] >= SHOWN[removed.astype(np.int64)]).sum(axis=1), TWICE)
        end = dice.below("seat.end", seat, DAYS)
        start = np.where(
            shown == BOTH,
            (dice.uniform("seat.start", seat) * end).astype(np.int64),
            dice.below("seat.start", seat, DAYS),
        )
        # Who follows somebody is appointed on the day on which the other leaves.
        leaves = np.isin(shown, (END, BOTH))
        follows = np.zeros(len(row), dtype=np.bool_)
        follows[1:] = (row[1:] == row[:-1]) & leaves[:-1] & (shown[1:] == START)
        follows &= dice.uniform("seat.follows", seat) < 0.7
        start[1:] = np.where(follows[1:], end[:-1], start[1:])
        return shown, start, end

    def home(self, person: Ids) -> tuple[Ids, Ints]:
        """Return where people live: ids to draw the town from, and the court of each."""
        plain = (person - np.uint64(1)) >> np.uint64(6)
        cluster = (person & np.uint64(0xFFFFFFFFFFFF)) // np.uint64(BUSY_A_CLUSTER) * np.uint64(CLUSTER)
        index = np.where(person >= NOMINEE, person % np.uint64(97), np.where(person >= BUSY, cluster, plain))
        court = self.land.court_of(np.minimum(index.astype(np.int64), self.land.companies - 1))
        return person, np.minimum(court, COURTS - 1)

    def towns_of(self, person: Ids, office: Ints) -> Ints:
        """Return the town of each person: for most the town of the office or one near it; -1 for abroad.

        :param person: true person ids.
        :param office: town of the company in which each of them sits here.
        """
        dice = self.land.dice
        ids, court = self.home(person)
        near = self.land.town_near("person.town", ids, court)
        far = dice.below("person.far", ids, COURTS * TOWNS_A_COURT)
        drawn = dice.uniform("person.place", ids)
        settled = person >= BUSY
        town = np.where(
            ~settled & (drawn < 0.52), office, np.where(drawn < 0.86, near, np.where(drawn < 0.985, far, -1))
        )
        return np.where(settled & (drawn >= 0.985), near, town)
