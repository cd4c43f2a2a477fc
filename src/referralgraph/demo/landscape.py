"""The companies of the fictional country: every attribute of company i computed from i, none of them stored."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from referralgraph.demo.dice import Dice, Ints, cumulative, zipf
from referralgraph.demo.places import COURTS, TOWN_SHARES, TOWNS_A_COURT, Court, courts

# Kinds of company: what decides its register, its legal form and who sits in it.
COKG, SOLE, OLD, PARTNERS, GMBH, UG, AG, CLUB, COOPERATIVE, PRACTICE = range(10)
REGISTERS = ("HRA", "HRA", "HRA", "HRA", "HRB", "HRB", "HRB", "VR", "GnR", "PR")
SECTIONS = ("HRA", "HRB", "VR", "GnR", "PR")
_SECTION_OF = np.array([SECTIONS.index(register) for register in REGISTERS])
# Numbers of one section start elsewhere than those of the next, so that a number alone names up to five companies.
_FIRST_NUMBER = np.array([100, 1000, 300, 1, 1])

_HRA, _HRB = 0.58, 0.12
KIND_SHARES = cumulative(
    (_HRA * 0.38, _HRA * 0.18, _HRA * 0.28, _HRA * 0.16, _HRB * 0.88, _HRB * 0.06, _HRB * 0.06, 0.27, 0.023, 0.007)
)
REMOVED = np.array((0.55, 0.50, 0.93, 0.60, 0.62, 0.45, 0.62, 0.23, 0.85, 0.28))
# Chance that the dump names any officer, for companies still registered and for removed ones.
OFFICERS = np.array(
    (
        (0.70, 0.68, 0.15, 0.40, 0.72, 0.72, 0.60, 0.0, 0.33, 0.03),
        (0.17, 0.17, 0.02, 0.08, 0.16, 0.16, 0.10, 0.0, 0.02, 0.07),
    )
)
ADDRESS_WITH_OFFICERS = np.array((0.82, 0.64))
ADDRESS_WITHOUT = np.array((0.11, 0.012))
RENAMED = np.array((0.30, 0.28, 0.22, 0.26, 0.30, 0.15, 0.32, 0.20, 0.52, 0.28))
FORMER_NAMES = cumulative((0.70, 0.21, 0.06, 0.02, 0.01))

CLUSTER = 1000
COMPANIES_A_COURT = 400


@dataclass(frozen=True)
class Companies:
    """Companies as columns, one row an index; texts are made later, for those rows that need them."""

    index: Ints
    court: Ints
    town: Ints
    kind: Ints
    number: Ints
    removed: npt.NDArray[np.bool_]
    officers: npt.NDArray[np.bool_]
    address: npt.NDArray[np.bool_]
    former_names: Ints


class Landscape:
    """The lie of the land: which court, town, kind and number company `i` of `companies` has.

    :param companies: number of companies, 1 to 5,000,000.
    :param seed: the country's seed; another seed, another country.
    """

    def __init__(self, companies: int, seed: int) -> None:
        self.companies = companies
        self.dice = Dice(seed)

    @cached_property
    def court_bounds(self) -> Ints:
        """First company of each court, at last the number of companies: as in the dump, a court's stand together."""
        active = min(max(self.companies // COMPANIES_A_COURT, 1), COURTS)
        ends = np.floor(zipf(active, shift=5.0, exponent=0.8) * self.companies).astype(np.int64)
        return np.concatenate([np.zeros(1, dtype=np.int64), ends])

    def court_of(self, index: Ints) -> Ints:
        """Return the court of each company."""
        return np.searchsorted(self.court_bounds, index, side="right") - 1

    def town_near(self, label: str, ids: npt.NDArray[np.integer], court: Ints) -> Ints:
        """Draw a town in the area of each court, the court's own the likeliest."""
        return court * TOWNS_A_COURT + self.dice.pick(label, ids, TOWN_SHARES)

    def kind_of(self, index: Ints) -> Ints:
        """Return the kind of each company."""
        return self.dice.pick("company.kind", index, KIND_SHARES)

    def select(self, index: Ints) -> Companies:
        """Return the companies with these indices (0 to companies - 1), in the order given."""
        dice = self.dice
        court = self.court_of(index)
        kind = self.kind_of(index)
        removed = dice.uniform("company.removed", index) < REMOVED[kind]
        gone = removed.astype(np.int64)
        officers = dice.uniform("company.officers", index) < OFFICERS[gone, kind]
        address_chance = np.where(officers, ADDRESS_WITH_OFFICERS[gone], ADDRESS_WITHOUT[gone])
        # Gaps in the numbers: two of three were never given or lie in another part of the register.
        number = 3 * (index - self.court_bounds[court]) + dice.below("company.number", index, 3)
        renamed = dice.uniform("company.renamed", index) < RENAMED[kind]
        return Companies(
            index=index,
            court=court,
            town=self.town_near("company.town", index, court),
            kind=kind,
            number=number + _FIRST_NUMBER[_SECTION_OF[kind]],
            removed=removed,
            officers=officers,
            address=(kind != CLUB) & (kind != PRACTICE) & (dice.uniform("company.address", index) < address_chance),
            former_names=np.where(renamed, 1 + dice.pick("company.renames", index, FORMER_NAMES), 0),
        )

    def limited_company_from(self, start: Ints) -> Ints:
        """Return for each index the next GmbH, AG or UG of its court, or -1 if there is none nearby."""
        court = self.court_of(start)
        first, size = self.court_bounds[court], np.diff(self.court_bounds)[court]
        found = np.full(len(start), -1, dtype=np.int64)
        open_rows = np.arange(len(start))
        for step in range(64):
            place = first[open_rows] + (start[open_rows] - first[open_rows] + step) % size[open_rows]
            hit = np.isin(self.kind_of(place), (GMBH, UG, AG))
            found[open_rows[hit]] = place[hit]
            open_rows = open_rows[~hit]
            if not len(open_rows):
                break
        return found


def register_number(court: Court, kind: int, number: int) -> str:
    """Write section and number as the court does: HRB 8956, or HRA 9693 FL where the court adds letters."""
    return f"{REGISTERS[kind]} {number}{' ' + court.suffix if court.suffix else ''}"


def company_number(court: Court, kind: int, number: int) -> str:
    """Return the publisher's key of a company: M1405_HRB8956."""
    return f"{court.code}_{REGISTERS[kind]}{number}{court.suffix}"


def court_named(number: int) -> Court:
    """Return the court with this number."""
    return courts()[number]
