"""Names of companies: a stem and a legal form, kept apart because people leave the form out."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from referralgraph.demo import words
from referralgraph.demo.dice import Dice, Ids, Ints, cumulative
from referralgraph.demo.landscape import (
    AG,
    CLUB,
    COKG,
    COOPERATIVE,
    GMBH,
    OLD,
    PARTNERS,
    PRACTICE,
    SOLE,
    UG,
    Companies,
    Landscape,
)
from referralgraph.demo.names import people
from referralgraph.demo.places import towns

_FORMS: dict[int, tuple[tuple[str, float], ...]] = {
    COKG: (
        (" GmbH & Co. KG", 78),
        (" GmbH & Co KG", 10),
        (" GmbH u. Co. KG", 4),
        (" GmbH und Co. KG.", 3),
        (" UG (haftungsbeschränkt) & Co. KG", 3),
        (" AG & Co. KG", 2),
    ),
    SOLE: ((" e.K.", 70), (" e. K.", 12), (" eK", 8), (" e.Kfr.", 7), (", Inhaber", 3)),
    OLD: (("", 1),),
    PARTNERS: (
        (" KG", 60),
        (" OHG", 28),
        (" oHG", 5),
        (" Kommanditgesellschaft", 4),
        (" offene Handelsgesellschaft", 3),
    ),
    GMBH: ((" GmbH", 82), (" Gesellschaft mit beschränkter Haftung", 9), (" G.m.b.H.", 3), (" mbH", 3), (" gGmbH", 3)),
    UG: ((" UG (haftungsbeschränkt)", 1),),
    AG: ((" AG", 80), (" Aktiengesellschaft", 16), (" SE", 4)),
    CLUB: ((" e.V.", 84), (" e. V.", 8), ("", 8)),
    COOPERATIVE: (
        (" eG", 60),
        (" eingetragene Genossenschaft", 25),
        (" eingetragene Genossenschaft mit beschränkter Haftpflicht", 15),
    ),
    PRACTICE: ((" PartG mbB", 50), (" Partnerschaft", 35), (" Partnerschaft mbB", 15)),
}
_FORM_SHARES = {kind: tuple(cumulative([share for _, share in forms]).tolist()) for kind, forms in _FORMS.items()}
IN_LIQUIDATION = " i.L."
DYING = 0.01


@dataclass(frozen=True)
class Firm:
    """The name of a company now and before: `stem` is what people call it, `name` what the register calls it."""

    stem: str
    form: str
    former_stems: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name as registered."""
        return self.stem + self.form

    @property
    def former(self) -> tuple[str, ...]:
        """The names it was registered under before, the latest first."""
        return tuple(stem + self.form.removesuffix(IN_LIQUIDATION) for stem in self.former_stems)


def firms(land: Landscape, chosen: Companies) -> list[Firm]:
    """Return the names of these companies, in their order; partnerships and sole traders bear their founder's."""
    if not len(chosen.index):
        return []
    dice = land.dice
    persons = people(dice, first_person(first_seat(chosen.index)))
    family = persons.family.tolist()
    given = persons.given.tolist()
    stems = _Stems(dice, chosen.index)
    places = towns()
    in_liquidation = chosen.removed & (dice.uniform("company.liquidation", chosen.index) < DYING)
    named = []
    rows = zip(
        chosen.kind.tolist(), chosen.town.tolist(), chosen.former_names.tolist(), in_liquidation.tolist(), strict=True
    )
    for row, (kind, town, former, dying) in enumerate(rows):
        stem = stems.stem(row, kind, given[row], family[row], places[town])
        form = stems.form(row, kind)
        before = tuple(
            stems.stem_before(row, kind, given[row], family[row], places[town], step) for step in range(former)
        )
        named.append(Firm(stem, form + IN_LIQUIDATION if dying and form else form, before))
    return named


def first_seat(index: Ints) -> Ids:
    """Return the id of the first seat of each company; its other seats follow."""
    return index.astype(np.uint64) << np.uint64(6)


def first_person(seat: Ids) -> Ids:
    """Return who holds a seat and no other: one more than the seat, as 0 stands for nobody."""
    return seat + np.uint64(1)


class _Stems:
    """Stems of company names, from four draws a company."""

    def __init__(self, dice: Dice, index: Ints) -> None:
        def column(label: str) -> Sequence[float]:
            drawn: list[float] = dice.uniform(label, index).tolist()
            return drawn

        self._style, self._trade, self._coin, self._form = map(
            column, ("firm.style", "firm.trade", "firm.coin", "firm.form")
        )

    def form(self, row: int, kind: int) -> str:
        return _FORMS[kind][bisect(_FORM_SHARES[kind], self._form[row], hi=len(_FORMS[kind]) - 1)][0]

    def stem(self, row: int, kind: int, given: str, family: str, town: str) -> str:
        style = self._style[row]
        trade = _one_of(words.TRADES, self._trade[row])
        if kind == CLUB:
            return f"{_one_of(words.CLUBS, self._trade[row]).replace('+', ' ')} {town}" + (
                f" {1848 + int(style * 170)}"
                if style < 0.25
                else f' "{_coined(self._coin[row])}"'
                if style > 0.97
                else ""
            )
        if kind == COOPERATIVE:
            return f"{_one_of(words.COOPERATIVES, self._trade[row]).replace('+', ' ')} {town}"
        if kind == PRACTICE:
            return f"{family} & Partner {_one_of(words.PROFESSIONS, self._trade[row])}"
        if kind == SOLE:
            return f"{trade} {given} {family}" if style < 0.7 else f"{given} {family}"
        if kind == OLD:
            return f"{given} {family}" if style < 0.6 else f"{given} {family}, {trade}"
        if kind == PARTNERS:
            return f"{family} {trade}" if style < 0.7 else f"{family} & Söhne"
        if style < 0.38:
            return f"{family} {trade}"
        if style < 0.52:
            return f"{family} {'Verwaltungs' if kind != COKG else 'Beteiligungs'}"
        if style < 0.62:
            return f"{town}er {trade}"
        if style < 0.66:
            return f"{family}-{trade}"
        return f"{_coined(self._coin[row])} {trade}"

    def stem_before(self, row: int, kind: int, given: str, family: str, town: str, step: int) -> str:
        trade = _one_of(words.TRADES, (self._coin[row] + 0.37 * (step + 1)) % 1.0)
        if kind in (CLUB, COOPERATIVE):
            return f"{self.stem(row, kind, given, family, town)} und Umgebung" + (f" ({step})" if step else "")
        if kind in (SOLE, OLD):
            return f"{trade} {given} {family}"
        return f"{family} {trade}" if step % 2 else f"{_coined((self._trade[row] + 0.61 * (step + 1)) % 1.0)} {trade}"


def _one_of(choices: Sequence[str], drawn: float) -> str:
    return choices[int(drawn * len(choices))]


def _coined(drawn: float) -> str:
    number = int(drawn * len(words.COINED_STARTS) * len(words.COINED_MIDDLES) * len(words.COINED_ENDS))
    number, end = divmod(number, len(words.COINED_ENDS))
    start, middle = divmod(number, len(words.COINED_MIDDLES))
    return words.COINED_STARTS[start] + words.COINED_MIDDLES[middle] + words.COINED_ENDS[end]
