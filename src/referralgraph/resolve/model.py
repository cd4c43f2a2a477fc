"""The model of identity: what records are compared by, how much each outcome weighs, and how rare each value is."""

from __future__ import annotations

import hashlib
import json
import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Any

from referralgraph.errors import ResolutionError
from referralgraph.resolve.limit import SPENT, Limits, merge_from
from referralgraph.resolve.namesakes import Namesakes

FORMAT = 6
ELSE = "ELSE"
LEAST_RECORDS = 50_000  # a guess
_LEFT_OVER = 0.02  # of a source's records are taken to have no partner in the other, at least


@dataclass(frozen=True)
class Level:
    """One outcome of a comparison.

    :param code: name of the outcome, for programs.
    :param words: the outcome in words.
    :param condition: SQL over the columns of two records, ``_l`` and ``_r``; ``ELSE`` for the last.
    :param m: how often two records of one person come out so, (0, 1).
    :param u: how often those of two strangers do, (0, 1).
    :param relative: how often those of two relatives do, (0, 1).
    :param share: column whose share takes the place of `u`: a rare name says more.
    """

    code: str
    words: str
    condition: str
    m: float
    u: float
    relative: float
    share: str | None = None

    @property
    def weight(self) -> float:
        """Bits for one person against two strangers, log2(m / u)."""
        return math.log2(self.m / self.u)

    def learned(self, chances: Mapping[str, float]) -> Level:
        """Return the outcome with other chances (``m``, ``u``)."""
        return replace(self, m=chances.get("m", self.m), u=chances.get("u", self.u))


@dataclass(frozen=True)
class Comparison:
    """What is compared, and its outcomes from the best to the worst.

    :param missing: SQL that is true where a record has nothing to compare; that says nothing.
    :param evidence: whether it tells more than the name does; a name alone is never enough.
    """

    name: str
    words: str
    missing: str
    levels: tuple[Level, ...]
    evidence: bool = False

    def gamma(self, level: int) -> int:
        """Return Splink's number of an outcome: 0 for the worst, -1 is for missing."""
        return len(self.levels) - 1 - level


@dataclass(frozen=True)
class Linked:
    """Two sources that hold each person once.

    :param records: records of the one source, ``others`` of the other.
    :param partners: records of the one that have a partner in the other.
    """

    one: str
    other: str
    records: int
    others: int
    partners: float

    @property
    def prior(self) -> float:
        """Bits for two random records across being one person."""
        return math.log2(self.partners / (self.records * self.others))

    @property
    def left_over(self) -> float:
        """Further bits if everybody else's partner were known: that two are left without one says something, too."""
        return -sum(math.log2(max(_LEFT_OVER, 1.0 - self.partners / each)) for each in (self.records, self.others))


@dataclass(frozen=True)
class Model:
    """A model, shipped or learned; equal models score equal records equally.

    :param table: ``person`` or ``organisation``.
    :param records: records that it was learned from, 0 for the shipped one.
    :param matches_a_record: other records of the same entity to be expected for each record.
    :param relatives_a_record: records of relatives to be expected for each record.
    :param doubtful_dates: sources whose birth dates are often mistyped, so that two of them are no contradiction.
    :param known_sources: sources that showed in surely equal records how their duplicates look.
    :param by_names: whether that is lists of names and places alone, so that it tells nothing of who is called the same in one place.
    :param linked_sources: pairs of sources that hold each person once, so that a record has one partner in the other at most.
    :param namesakes: what is known of people of one name in one place.
    :param limits: from which chances on how many false merges in 1,000 people are to be expected (:func:`learned_limits`).
    """

    table: str
    comparisons: tuple[Comparison, ...]
    matches_a_record: float
    relatives_a_record: float
    records: int = 0
    version: int = 1
    seed: int = 0
    learned_with: str = "shipped"
    doubtful_dates: tuple[str, ...] = ()
    known_sources: tuple[str, ...] = ()
    by_names: bool = False
    linked_sources: tuple[Linked, ...] = ()
    namesakes: Namesakes = field(default_factory=Namesakes)
    limits: Limits = ()
    notes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Hash of everything that the model says."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:12]

    def expecting(self, records: int) -> Model:
        """Return the model for data of so many records; a learned one keeps the number that it was learned from.

        A handful of records doesn't show how many people they could have been taken from: the shipped model supposes at least
        ``LEAST_RECORDS``.
        """
        return self if self.records else replace(self, records=max(LEAST_RECORDS, records))

    def merge_from(self, allowed: float) -> tuple[float, float]:
        """Return the chances from which on name and place, and other evidence, keep to so many false merges in 1,000 people."""
        return merge_from(self.limits, SPENT * allowed)

    @property
    def prior(self) -> float:
        """Bits for two random records being one entity, against strangers."""
        chance = min(0.5, self.matches_a_record / max(1, self.records - 1))
        return math.log2(chance / (1 - chance))

    @property
    def relative_prior(self) -> float:
        """Bits for two random records being one person, against two relatives."""
        return math.log2(self.matches_a_record / self.relatives_a_record)

    def with_levels(self, learned: Mapping[str, Sequence[Mapping[str, float]]]) -> Model:
        """Return the model with other probabilities, for each comparison one mapping a level (``m``, ``u``)."""
        return replace(
            self,
            comparisons=tuple(
                replace(each, levels=tuple(level.learned(new) for level, new in zip(each.levels, learned[each.name], strict=True)))
                if each.name in learned
                else each
                for each in self.comparisons
            ),
        )

    def as_text(self) -> str:
        """Return the model as its file holds it."""
        return json.dumps({"format": FORMAT, "id": self.id, **asdict(self)}, indent=1, ensure_ascii=False)


def shipped_model(table: str) -> Model:
    """Return the model that ships: what is known before any data was seen."""
    text = resources.files("referralgraph.resolve").joinpath(f"model_{table}.toml").read_text(encoding="utf-8")
    return _model(tomllib.loads(text) | {"table": table})


def read_model(file: Path) -> Model:
    """Read a model file.

    :raises ResolutionError: if it isn't one, was changed by hand, or belongs to another version of the program.
    """
    mend = f"take it away and run `referralgraph build --retrain`, or bring back the file that `{file.name}` was"
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        found = told.get("format") if isinstance(told, dict) else None
        if found != FORMAT:
            raise ResolutionError(f"{file}: a model of format {found}, and this version reads format {FORMAT}: {mend}")
        model = _model({key: value for key, value in told.items() if key not in {"format", "id"}})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ResolutionError(f"{file}: no identity model ({error}): {mend}") from error
    shipped = shipped_model(model.table)
    if [each.name for each in model.comparisons] != [each.name for each in shipped.comparisons] or any(
        [(level.code, level.condition) for level in one.levels] != [(level.code, level.condition) for level in other.levels]
        for one, other in zip(model.comparisons, shipped.comparisons, strict=True)
    ):
        raise ResolutionError(f"{file}: its comparisons are those of another version of referralgraph: {mend}")
    if told.get("id") != model.id:
        raise ResolutionError(f"{file}: its numbers don't belong to its id; it was changed or is damaged: {mend}")
    return model


def _model(told: Mapping[str, Any]) -> Model:
    values = dict(told)
    values.pop("comparison", None)
    comparisons = told.get("comparison") or told["comparisons"]
    values["comparisons"] = tuple(
        Comparison(**{**each, "levels": tuple(Level(**level) for level in each["levels"])}) for each in comparisons
    )
    for name in ("doubtful_dates", "known_sources"):
        values[name] = tuple(values.get(name, ()))
    values["linked_sources"] = tuple(Linked(**each) for each in values.get("linked_sources", ()))
    about = told.get("namesakes", {})
    values["namesakes"] = Namesakes(**{name: _tuples(value) for name, value in about.items()})
    values["limits"] = _tuples(told.get("limits", []))
    return Model(**values)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in value) if isinstance(value, list) else value
