"""Randomness as a pure function of (seed, label, number), so that nothing has to be remembered or drawn in order."""

from __future__ import annotations

import hashlib
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ids: TypeAlias = npt.NDArray[np.uint64]
Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]


def _mixed(words: Ids) -> Ids:
    words = words + np.uint64(0x9E3779B97F4A7C15)
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))


class Dice:
    """Draws that depend on nothing but the seed, what is drawn (a label) and for whom (a number).

    A counter-based generator (SplitMix64: Steele, Lea and Flood 2014, DOI 10.1145/2660193.2660195) in place of a
    stream: the attributes of company 4,999,999 or of any person are computed when they are needed and never stored, so
    memory does not grow with the country, and neither an order of drawing nor a chunk's size nor another version of
    numpy's distributions changes them.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._keys: dict[str, np.uint64] = {}

    def _key(self, label: str) -> np.uint64:
        if label not in self._keys:
            digest = hashlib.sha256(f"{self._seed}:{label}".encode()).digest()
            self._keys[label] = np.uint64(int.from_bytes(digest[:8], "little"))
        return self._keys[label]

    def uniform(self, label: str, ids: npt.NDArray[np.integer]) -> Floats:
        """Return one number in [0, 1) for each id; labels are independent of each other."""
        words = _mixed(_mixed(ids.astype(np.uint64)) ^ self._key(label))
        return (words >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def below(self, label: str, ids: npt.NDArray[np.integer], bound: int | Ints) -> Ints:
        """Return one whole number in [0, bound) for each id."""
        return (self.uniform(label, ids) * bound).astype(np.int64)

    def pick(self, label: str, ids: npt.NDArray[np.integer], cumulative: Floats) -> Ints:
        """Return one position for each id, by cumulative weights that end at 1."""
        drawn = np.searchsorted(cumulative, self.uniform(label, ids), side="right").astype(np.int64)
        return np.minimum(drawn, len(cumulative) - 1)


def cumulative(weights: npt.ArrayLike) -> Floats:
    """Return cumulative shares of weights, the last exactly 1."""
    sums = np.cumsum(np.asarray(weights, dtype=np.float64))
    shares: Floats = sums / sums[-1]
    return shares


def zipf(size: int, shift: float, exponent: float = 1.0) -> Floats:
    """Return cumulative shares of Zipf-Mandelbrot weights 1 / (rank + shift)^exponent, rank from 1 to `size`."""
    return cumulative(1.0 / (np.arange(1, size + 1) + shift) ** exponent)
