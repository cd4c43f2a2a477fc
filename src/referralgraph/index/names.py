"""Finding entities by what people type: names in any spelling, former names, register numbers, ids."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from referralgraph.index.rows import mapped
from referralgraph.index.text import TextColumn
from referralgraph.records.names import fold, name_key, organisation_key
from referralgraph.records.vocabulary import ORGANISATION_KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]

TIERS = ("number", "exact", "spelling", "former name", "beginning", "words")
ENTITY_KINDS = ("person", *ORGANISATION_KINDS)
_SEPARATOR = "\x1f"
_ID_BYTES = 22
_LOOKED_AT = 20_000  # names that contain the rarest word asked for: what keeps common words below a tenth of a second
_READ = 5_000  # of them, those that contain all words; the best connected are shown


@dataclass(frozen=True)
class Found:
    """An entity that answers to a text, with the way in which it does (one of ``TIERS``), and where that name stands in the index."""

    id: str
    kind: str
    name: str
    city: str | None
    connections: int
    match: str
    row: int = field(default=-1, compare=False)


class NameIndex:
    """The folded names of a revision, memory-mapped; safe to share between threads.

    :param folder: the folder of the names.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(
        self, text: str, *, limit: int = 20, kinds: tuple[str, ...] | None = None, viewer: str | None = None
    ) -> tuple[list[Found], bool]:
        """Return the entities that answer to a text, and whether there are more.

        Better ways to match come first, then entities with more connections, then the alphabet.

        :param text: a name, ``NAME, CITY``, a former name, the beginning or some words of it, or a register number.
        :param limit: how many at most.
        :param kinds: ``person`` or kinds of organisations; None for all.
        :param viewer: on whose behalf; who stands in the private address book of another alone isn't found.
        """
        best: dict[str, tuple[int, int, int]] = {}
        for match, rows in itertools.chain(self._named(text), self._loosely(text, lambda: len(best) > limit)):
            for row in self._best(self._shown(rows, viewer), limit + 1 + len(best), kinds).tolist():
                tier = "former name" if match in {"exact", "spelling"} and self._former[row] else match
                place = (TIERS.index(tier), -int(self._connections[row]), row)
                identifier = self._ids[row]
                best[identifier] = min(best.get(identifier, place), place)
        ordered = sorted(best.values())
        return [self._found(row, TIERS[tier]) for tier, _, row in ordered[:limit]], len(ordered) > limit

    def exactly(self, text: str, *, viewer: str | None = None) -> list[Found]:
        """Return only those entities that bear the name itself: the best tier up to former names that has any."""
        for match, rows in self._named(text):
            found: dict[str, Found] = {}
            for row in sorted(
                self._shown(rows, viewer).tolist(),
                key=lambda each: (bool(self._former[each]), -int(self._connections[each]), each),
            ):
                found.setdefault(self._ids[row], self._found(row, "former name" if self._former[row] else match))
            if found:
                current = [each for each in found.values() if each.match != "former name"]
                return current or list(found.values())
        return []

    def of_ids(self, wanted: Iterable[str], *, viewer: str | None = None) -> dict[str, Found]:
        """Return the entities of many ids, in one reading of the column; ids that nobody bears are left out."""
        asked = np.unique(np.array([each.encode() for each in wanted], f"S{_ID_BYTES}"))
        ids = self._ids.fixed(_ID_BYTES)
        if not len(asked) or not len(ids):
            return {}
        place = np.minimum(np.searchsorted(asked, ids), len(asked) - 1)
        rows = self._shown(np.flatnonzero(asked[place] == ids), viewer)
        found: dict[str, Found] = {}
        for row in rows.tolist():
            if (identifier := self._ids[row]) not in found:
                found[identifier] = self._found(row, "exact")
        return found

    def _named(self, text: str) -> Iterator[tuple[str, Rows]]:
        """Yield the rows that bear a number or a name, each with the way in which they do, the best way first."""
        if any(map(str.isdigit, text)):
            yield "number", self._hashed(self._numbers, [name_key(text)])
        for name, city in _asked(text):
            folded = fold(name).encode()
            yield (
                "exact",
                self._in_city(np.arange(self._folded.bisect(folded), self._folded.bisect(folded + b"\x00")), city),
            )
            yield "spelling", self._in_city(self._spelt(name), city)

    def _loosely(self, text: str, enough: Callable[[], bool]) -> Iterator[tuple[str, Rows]]:
        """Yield the rows whose names begin with a text or contain its words, until there are enough."""
        for name, city in _asked(text):
            if (folded := fold(name)) and not enough():
                yield "beginning", self._in_city(np.arange(*self._folded.beginning(folded)), city)
        for name, city in _asked(text):
            if (words := fold(name).split()) and not enough():
                yield "words", self._in_city(self._with_words(words), city)

    def _spelt(self, name: str) -> Rows:
        keys = {name_key(name), organisation_key(name)} - {""}
        rows = self._hashed(self._keys, sorted(keys))
        # different names of one hash are one in 10^11 lookups, but a wrong person costs more than looking twice
        right = [name_key(self._folded[row]) in keys or organisation_key(self._folded[row]) in keys for row in rows.tolist()]
        return rows[np.array(right, np.bool_)]

    def _with_words(self, words: list[str]) -> Rows:
        """Return names that contain all words, looked for by the rarest of them."""
        rarest = min(words, key=lambda word: (self._folded.sampled(word), -len(word)))
        rest = [word for word in words if word != rarest]
        looked_at = itertools.islice(self._folded.containing(rarest), _LOOKED_AT)
        rows = (row for row in looked_at if all(word in self._folded[row] for word in rest))
        return np.fromiter(itertools.islice(rows, _READ), np.int64)

    def _best(self, rows: Rows, limit: int, kinds: tuple[str, ...] | None) -> Rows:
        """Return enough of the best connected rows for so many entities; among equals the alphabet decides."""
        if kinds is not None:
            rows = rows[np.isin(self._kinds[rows], [ENTITY_KINDS.index(kind) for kind in kinds])]
        wanted = limit * 4
        while wanted < len(rows):
            connections = self._connections[rows]
            least = np.partition(connections, len(rows) - wanted)[len(rows) - wanted]
            equal = np.flatnonzero(connections == least)
            kept = np.r_[np.flatnonzero(connections > least), equal[:wanted]]
            if len({self._ids[row] for row in rows[kept].tolist()}) >= limit:
                return rows[kept]
            wanted *= 4
        return rows

    def _shown(self, rows: Rows, viewer: str | None) -> Rows:
        """Return those of the rows that a viewer may see."""
        if not len(self._private):
            return rows
        place = np.minimum(np.searchsorted(self._private, rows), len(self._private) - 1)
        hidden = self._private[place] == rows
        for each in np.flatnonzero(hidden).tolist():
            hidden[each] = viewer not in self._private_for[int(place[each])].split(_SEPARATOR)
        shown: Rows = rows[~hidden]
        return shown

    def _in_city(self, rows: Rows, city: str | None) -> Rows:
        if city is None:
            return rows
        low, high = self._cities.beginning(name_key(city))
        code = self._city_codes[rows]
        return rows[(code >= low) & (code < high)]

    def _found(self, row: int, match: str) -> Found:
        return Found(
            self._ids[row],
            ENTITY_KINDS[self._kinds[row]],
            self._names[row],
            self._city_names[row] or None,
            int(self._connections[row]),
            match,
            row,
        )

    @staticmethod
    def _hashed(index: tuple[NDArray[np.uint64], NDArray[np.int32]], keys: list[str]) -> Rows:
        hashes, rows = index
        found = [
            rows[np.searchsorted(hashes, wanted, "left") : np.searchsorted(hashes, wanted, "right")]
            for wanted in map(key_hash, keys)
        ]
        return np.unique(np.concatenate([np.zeros(0, np.int64), *found])).astype(np.int64)

    @cached_property
    def _folded(self) -> TextColumn:
        return TextColumn(self._folder, "folded")

    @cached_property
    def _names(self) -> TextColumn:
        return TextColumn(self._folder, "name")

    @cached_property
    def _ids(self) -> TextColumn:
        return TextColumn(self._folder, "id")

    @cached_property
    def _city_names(self) -> TextColumn:
        return TextColumn(self._folder, "city")

    @cached_property
    def _cities(self) -> TextColumn:
        return TextColumn(self._folder, "city_key")

    @cached_property
    def _private(self) -> NDArray[np.int32]:
        return self._map("private")

    @cached_property
    def _private_for(self) -> TextColumn:
        return TextColumn(self._folder, "private_for")

    @cached_property
    def _city_codes(self) -> NDArray[np.int32]:
        return self._map("city_code")

    @cached_property
    def _kinds(self) -> NDArray[np.uint8]:
        return self._map("kind")

    @cached_property
    def _connections(self) -> NDArray[np.int32]:
        return self._map("connections")

    @cached_property
    def _former(self) -> NDArray[np.bool_]:
        return self._map("former")

    @cached_property
    def _keys(self) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
        return self._map("key_hash"), self._map("key_row")

    @cached_property
    def _numbers(self) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
        return self._map("number_hash"), self._map("number_row")

    def _map(self, name: str) -> NDArray[Any]:
        array: NDArray[Any] = mapped(self._folder / f"{name}.npy")
        return array


def _asked(text: str) -> list[tuple[str, str | None]]:
    """Return what a text may mean: a name, and NAME, CITY if there is a comma."""
    name, comma, city = text.rpartition(",")
    return [(text, None), (name, city)] if comma else [(text, None)]


def key_hash(key: str) -> np.uint64:
    """Return the first 64 bits of the MD5 of a key, as the writer of the index makes them in SQL."""
    return np.uint64(int(hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()[:16], 16))
