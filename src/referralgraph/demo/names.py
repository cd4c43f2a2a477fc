"""The names of invented people: German mostly, Indonesian and English minorities, frequencies as in a real register."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from referralgraph.demo import words
from referralgraph.demo.dice import Dice, Floats, cumulative, zipf

Texts: TypeAlias = npt.NDArray[np.object_]

FEMALE = 0.24
SECOND_NAME = 0.105
HYPHENATED_GIVEN = 0.035
HYPHENATED_FAMILY = 0.02
DOCTOR = 0.036
MARRIED = 0.24
ORIGINS = cumulative((0.93, 0.035, 0.035))  # German, Indonesian, English


@dataclass(frozen=True)
class People:
    """Invented people as columns: one row an id, in the order of the ids.

    `second` and `birth` are empty where somebody has no second given name or kept the name of birth.
    """

    given: Texts
    second: Texts
    family: Texts
    birth: Texts
    doctor: npt.NDArray[np.bool_]
    female: npt.NDArray[np.bool_]


def _texts(values: tuple[str, ...] | list[str]) -> Texts:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


@cache
def german_families() -> tuple[Texts, Floats]:
    """Return all German family names, commonest first, with their cumulative shares.

    A hundred common names, then some 72,000 made of syllables: a country of a million people runs as little out of
    family names as a real one, and the commonest still is every 120th person.
    """
    tail = [
        start + middle + end
        for middle in words.FAMILY_MIDDLES
        for end in words.FAMILY_ENDS
        for start in words.FAMILY_STARTS
    ]
    # Neighbours in the list would otherwise share their ending, and so their frequency.
    order = np.argsort(Dice(0).uniform("family.order", np.arange(len(tail))), kind="stable")
    shuffled = _texts(tail)[order]
    names = np.concatenate([_texts(words.GERMAN_FAMILIES), shuffled])
    return names, zipf(len(names), shift=11.0)


@cache
def _given() -> dict[tuple[int, bool], tuple[Texts, Floats]]:
    lists = {
        (0, False): words.GERMAN_MEN,
        (0, True): words.GERMAN_WOMEN,
        (1, False): words.INDONESIAN_MEN,
        (1, True): words.INDONESIAN_WOMEN,
        (2, False): words.ENGLISH_MEN,
        (2, True): words.ENGLISH_WOMEN,
    }
    return {key: (_texts(names), zipf(len(names), shift=26.0)) for key, names in lists.items()}


def people(dice: Dice, ids: npt.NDArray[np.uint64]) -> People:
    """Return the people with these ids; the same id is always the same person, in whatever order one asks."""
    size = len(ids)
    origin = dice.pick("person.origin", ids, ORIGINS)
    female = dice.uniform("person.sex", ids) < FEMALE
    given, second, family, birth = (np.full(size, "", dtype=object) for _ in range(4))
    two = dice.uniform("person.second", ids) < SECOND_NAME
    hyphen = (dice.uniform("person.hyphen", ids) < HYPHENATED_GIVEN) & (origin == 0)
    for (where, woman), (names, shares) in _given().items():
        chosen = np.flatnonzero((origin == where) & (female == woman))
        given[chosen] = names[dice.pick("person.given", ids[chosen], shares)]
        more = chosen[(two | hyphen)[chosen]]
        other = names[dice.pick("person.given2", ids[more], shares)]
        second[more] = np.where(given[more] == other, "", other)
    joined = np.flatnonzero(hyphen & (second != ""))
    given[joined] = given[joined] + "-" + second[joined]
    second[joined] = ""

    names, shares = german_families()
    german = np.flatnonzero(origin == 0)
    family[german] = names[dice.pick("person.family", ids[german], shares)]
    for where, foreign in ((1, words.INDONESIAN_FAMILIES), (2, words.ENGLISH_FAMILIES)):
        chosen = np.flatnonzero(origin == where)
        family[chosen] = _texts(foreign)[dice.pick("person.family", ids[chosen], zipf(len(foreign), shift=5.0))]
    changed = np.flatnonzero(female & (origin == 0) & (dice.uniform("person.married", ids) < MARRIED))
    birth[changed] = names[dice.pick("person.birth", ids[changed], shares)]
    double = np.flatnonzero((origin == 0) & (dice.uniform("person.double", ids) < HYPHENATED_FAMILY))
    family[double] = family[double] + "-" + names[dice.pick("person.family2", ids[double], shares)]
    return People(given, second, family, birth, dice.uniform("person.doctor", ids) < DOCTOR, female)


def ascii_german(text: str) -> str:
    """Write a name as people type it without German letters: "ue" for "ü", "ss" for "ß"."""
    return text.translate(_SPELLED_OUT)


_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
