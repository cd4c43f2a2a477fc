"""Does the benchmark find what is there? A register in which failures travel by a planted factor, and one in which they don't.

    python benchmarks/risk_planted.py [--companies 1000000] [--factor 2.1] [--seed 1] [--draws 200] [--work DIR]

Companies are founded from 2005 on and fail by a monthly hazard that hangs on age, legal form and state, and is `factor` times as high
for six years after another company of one of its people (2 to 20 companies, still there) has failed: a recent failure so weighs
through the whole of the three years ahead. One in five names its officers, as in a real register. Put in to mislead: groups of one
owner wound up in one month (nobody can be warned of those, but the naive contrast is full of them), liquidators with dozens of firms,
directors who liquidate their own firm, people with 21 to 60 companies, fathers and sons of one name in one town, entries fetched
up to 19 months before the others.

The truth is counted on the simulated people and days themselves, by other code than the product's. `--factor 1` plants nothing: then
factor and gain must be told as none. A run of a million companies takes three to five minutes and 4 GB.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from risk import run

from referralgraph.demo.dice import Dice
from referralgraph.demo.names import people
from referralgraph.demo.places import Court, courts, towns
from referralgraph.score.measures import Interval, Ranking

_BEGIN, _END = date(2005, 1, 1), date(2019, 1, 31)
_MONTHS = (_END.year - _BEGIN.year) * 12 + 1
_BASE = 0.00085  # a month
_HEAT, _WINDOW, _HORIZON = 72, 36, 36  # months
_NEVER = 10_000
_FORMS = ("GmbH", "UG (haftungsbeschränkt)", "GmbH & Co. KG", "AG", "e.K.")
_FORM_SHARE, _FORM_HAZARD = (0.52, 0.16, 0.12, 0.03, 0.17), (1.0, 1.9, 0.6, 0.8, 0.45)
_AGE_ENDS, _AGE_HAZARD = (12, 24, 36, 60, 84, 120), (0.35, 0.9, 1.35, 1.25, 1.0, 0.8, 0.6)


@dataclass(frozen=True)
class Country:
    """What is true of it. Companies and people are numbers, times are months since the beginning.

    :ivar own: monthly hazard by form and state; age comes on top.
    :ivar company: company of each seat, and ``person``; every director stays until his company fails.
    :ivar group: owner of the group with which a company was wound up, -1 for none.
    :ivar failed: month of each company's failure.
    :ivar fetched: month in which its entry was fetched; later failures aren't in it.
    """

    founded: NDArray[np.int64]
    form: NDArray[np.int64]
    court: NDArray[np.int64]
    own: NDArray[np.float64]
    company: NDArray[np.int64]
    person: NDArray[np.int64]
    group: NDArray[np.int64]
    failed: NDArray[np.int64]
    fetched: NDArray[np.int64]


def main() -> None:
    """Make the register, measure it as a real one is, and tell what was planted beside what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--companies", type=int, default=1_000_000)
    parser.add_argument("--factor", type=float, default=2.1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--work", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.work or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        country = simulate(asked.companies // 5, asked.factor, asked.seed)
        write_register(country, asked.companies, asked.seed, folder / "register.jsonl.gz")
        trial = run([folder / "register.jsonl.gz"], folder, asked.draws)
    if trial is None:
        return
    truth = count(country, asked.factor)
    print(f"\n{f'planted hazard {asked.factor:g}':<40}{'true':>10}  found")
    for name, true, found in (
        ("recent links: rate over all others", truth.factor, trial.factor),
        ("  adjusted for own attributes", truth.adjusted, trial.adjusted),
        ("gain in AUC over own attributes", truth.gain, trial.gain),
        ("AUC of own attributes", truth.own, trial.own),
        ("AUC of recent failures, linked", truth.vote_linked, trial.vote_linked),
    ):
        print(f"{name:<40}{true:>10.4f}  {found.text(4)}  {_judged(true, found)}")


def _judged(true: float, found: Interval) -> str:
    return "within" if found.low <= true <= found.high else "OUTSIDE"


def simulate(size: int, factor: float, seed: int) -> Country:
    """Found companies, give them people, and let months go by.

    :param size: companies that name their officers.
    :param factor: by which a failure multiplies the hazard of the other companies of its people.
    """
    random = np.random.default_rng(seed)
    founded = random.integers(0, _MONTHS - 1, size)
    founded[random.random(size) < 0.25] = 0  # older ones, first seen when the register begins
    form = random.choice(len(_FORMS), size, p=_FORM_SHARE)
    court = np.minimum(random.exponential(12, size).astype(np.int64), len(courts()) - 1)
    own = _BASE * np.array(_FORM_HAZARD)[form] * np.exp(random.normal(0, 0.35, 8))[court % 8]
    company, person = _seats(random, court)
    companies_of = np.bincount(person)
    links = ((companies_of >= 2) & (companies_of <= 20))[person]
    group, ends = _groups(random, company, person, companies_of, size)
    failed = np.full(size, _NEVER)
    last_failure = np.full(len(companies_of), -_NEVER)
    for month in range(_MONTHS):
        alive = (founded < month) & (failed > month)
        warm = np.zeros(size, np.bool_)
        warm[company[links & (last_failure[person] >= month - _HEAT)]] = True
        hazard = own * _age_hazard(month - founded) * np.where(warm, factor, 1.0)
        now = alive & ((random.random(size) < hazard) | (ends == month))
        failed[now] = month
        last_failure[person[now[company]]] = month
    fetched = random.choice([_MONTHS - 19, _MONTHS - 7, _MONTHS], size, p=(0.26, 0.5, 0.24))
    return Country(founded, form, court, own, company, person, group, failed, fetched)


def _seats(random: np.random.Generator, court: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return company and person of each seat; a person's companies are of one court."""
    seats = np.repeat(np.arange(len(court)), 1 + (random.random(len(court)) < 0.35) + (random.random(len(court)) < 0.1))
    seats = seats[np.lexsort((random.random(len(seats)), court[seats]))]
    size, kind = np.ones(len(seats), np.int64), random.random(len(seats))
    several, hub = kind < 0.16, kind > 0.9997
    size[several] = np.minimum(1 + random.geometric(0.45, int(several.sum())), 20)
    size[hub] = random.integers(21, 61, int(hub.sum()))
    pairs = np.unique(np.column_stack([seats, np.repeat(np.arange(len(size)), size)[: len(seats)]]), axis=0)
    return pairs[:, 0], pairs[:, 1]


def _groups(
    random: np.random.Generator, company: NDArray[np.int64], person: NDArray[np.int64], companies_of: NDArray[np.int64], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the group of each company, and the month in which it is wound up: all companies of one owner in forty.

    Owners of one company too: else whoever has several would fail more often, and a planted nothing would be something.
    """
    group, ends = np.full(size, -1), np.full(size, _NEVER)
    of = np.argsort(person, kind="stable")
    start = np.searchsorted(person[of], np.arange(len(companies_of) + 1))
    owners = np.flatnonzero(companies_of <= 20)
    for owner in owners[random.random(len(owners)) < 0.025].tolist():
        mine = company[of[start[owner] : start[owner + 1]]]
        group[mine], ends[mine] = owner, random.integers(24, _MONTHS)
    return group, ends


def _age_hazard(months: NDArray[np.int64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.array(_AGE_HAZARD)[np.searchsorted(_AGE_ENDS, months, side="right")]
    return found


@dataclass(frozen=True)
class Truth:
    """What is true of the simulated people and days."""

    factor: float
    adjusted: float
    gain: float
    own: float
    vote_linked: float


def count(country: Country, planted: float) -> Truth:
    """Count on the true people: nothing of the product's loading, identity, links or fits plays a part.

    Adjusted are the odds beside a recent failure over those that own attributes alone would give, against the same of companies
    without linked ones. The gain is that of the true hazards: a planted failure weighs for six years.
    """
    company, person = country.company, country.person
    size = len(country.founded)
    parts = []
    for month in range(_MONTHS - 1 - _HORIZON, 41, -6):
        risk = (country.founded < month) & (country.failed > month) & (country.fetched >= month + _HORIZON // 2)
        known = country.founded[company] < month
        bodies = np.bincount(person[known], minlength=int(person.max()) + 1)
        links = known & (bodies[person] >= 2) & (bodies[person] <= 20)
        lost = country.failed[company]
        beside, warm, linked = (np.zeros(size, np.bool_) for _ in range(3))
        for flags, months in ((beside, _WINDOW), (warm, _HEAT)):  # none of those at risk is itself among the failed
            failures = np.bincount(person[known], ((lost > month - months) & (lost <= month))[known], minlength=len(bodies))
            flags[company[links & (failures[person] > 0)]] = True
        linked[company[links]] = True
        expected = sum(country.own * _age_hazard(month + ahead - country.founded) for ahead in range(1, _HORIZON + 1))
        happened = country.failed <= np.minimum(month + _HORIZON, country.fetched)
        parts.append(np.column_stack([happened, beside, warm, linked, np.log(expected)])[risk])
    rows = np.concatenate(parts)
    happened, beside, warm, linked = (rows[:, at].astype(np.bool_) for at in range(4))
    own = rows[:, 4]
    odds = [happened[each].mean() / (1 - happened[each].mean()) for each in (beside, ~linked)]
    by_own_odds = [(rate := float(-np.expm1(-np.exp(own[each])).mean())) / (1 - rate) for each in (beside, ~linked)]
    by_own = Ranking(own, happened).auc()
    return Truth(
        factor=float(happened[beside].mean() / happened[~beside].mean()),
        adjusted=float(odds[0] / by_own_odds[0] / (odds[1] / by_own_odds[1])),
        gain=Ranking(own + np.log(planted) * warm, happened).auc() - by_own,
        own=by_own,
        vote_linked=Ranking(beside[linked].astype(np.float64), happened[linked]).auc(),
    )


def write_register(country: Country, companies: int, seed: int, file: Path) -> None:
    """Write the register as its publisher does, one company a line; those beyond the simulated ones name nobody."""
    random = np.random.default_rng(seed + 1)
    who = _People(country, seed)
    of = np.argsort(country.company, kind="stable")
    start = np.searchsorted(country.company[of], np.arange(len(country.founded) + 1))
    days = random.integers(0, 28, (companies, 2))
    own_liquidator = random.random(companies) < 0.5
    fetched_on = {month: _day(month, 0).isoformat() for month in np.unique(country.fetched).tolist()}
    with gzip.open(file, "wt", encoding="utf-8", compresslevel=1) as stream:
        for number in range(companies):
            named = number < len(country.founded)
            fetched = int(country.fetched[number]) if named else _MONTHS
            if named and country.founded[number] >= fetched:
                continue
            officers = []
            if named:
                begun = _day(int(country.founded[number]), int(days[number, 0]))
                lost = int(country.failed[number])
                end = _day(lost, int(days[number, 1])) if lost < fetched else None
                seated = country.person[of[start[number] : start[number + 1]]].tolist()
                officers = [who.officer(each, "Geschäftsführer", begun, end) for each in seated]
                if end:
                    officers.append(who.officer(seated[0] if own_liquidator[number] else who.liquidator(number), "Liquidator", end))
            form = _FORMS[country.form[number]] if named else "GmbH"
            court = courts()[country.court[number]] if named else courts()[number % len(courts())]
            group = int(country.group[number]) if named else -1
            name = f"{_word(number)} Handel {form}" if group < 0 else f"{_word(companies + group)} {_word(number)} {form}"
            section = "HRA" if form in {"GmbH & Co. KG", "e.K."} else "HRB"
            stream.write(_line(court, section, number + 1, name, officers, fetched_on[fetched]) + "\n")


class _People:
    """Names and places of everybody, directors first, then liquidators by profession."""

    def __init__(self, country: Country, seed: int) -> None:
        directors = int(country.person.max()) + 1
        self._first = directors
        self._liquidators = max(1, len(country.founded) // 400)
        size = directors + self._liquidators
        court = np.arange(size) % len(courts())
        court[country.person] = country.court[country.company]
        dice = Dice(seed)
        names = people(dice, np.arange(size, dtype=np.uint64))
        town = court * 30 + dice.below("planted.town", np.arange(size), 30)
        # one in two hundred is the son of somebody of his name, in his town
        sons = 1 + np.flatnonzero(dice.uniform("planted.son", np.arange(1, size)) < 0.005)
        self._given, self._family, self._town = names.given.copy(), names.family.copy(), town
        for each in (self._given, self._family, self._town):
            each[sons] = each[sons - 1]

    def liquidator(self, company: int) -> int:
        return self._first + company * 7919 % self._liquidators

    def officer(self, person: int, position: str, begun: date, end: date | None = None) -> dict[str, object]:
        given, family, town = self._given[person], self._family[person], towns()[int(self._town[person])]
        dates = {"start_date": begun.isoformat()} | ({"end_date": end.isoformat()} if end else {})
        more = {"city": town, "firstname": given, "lastname": family} | ({"dismissed": True} if end else {})
        return {"name": f"{given} {family}", "other_attributes": more, "position": position, "type": "person", **dates}


def _line(court: Court, section: str, number: int, name: str, officers: list[dict[str, object]], fetched: str) -> str:
    values: dict[str, object] = {
        "all_attributes": {
            "_registerArt": section,
            "_registerNummer": str(number),
            "federal_state": court.state,
            "native_company_number": f"{court.name} {section} {number}",
            "registered_office": court.name,
            "registrar": court.name,
        },
        "company_number": f"{court.code}_{section}{number}",
        "current_status": "currently registered",
        "jurisdiction_code": "de",
        "name": name,
    }
    if officers:
        values["officers"] = officers
    return json.dumps({**values, "retrieved_at": f"{fetched}T12:00:00Z"}, ensure_ascii=False)


_SYLLABLES = [start + end for start in "bdfgklmnprstvwz" for end in ("a", "e", "i", "o", "u", "au", "or", "el")]


def _word(number: int) -> str:
    """Return a word of its own for each number."""
    parts = []
    for _ in range(4):
        number, rest = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[rest])
    return "".join(parts).capitalize()


def _day(month: int, day: int) -> date:
    return date(_BEGIN.year + month // 12, 1 + month % 12, 1) + timedelta(days=day)


if __name__ == "__main__":
    main()
