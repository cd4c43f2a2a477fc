"""Finding entities by what people type: names in any spelling, former names, register numbers, ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from referralgraph.records.names import fold, name_key, organisation_key

_TIERS = ("number", "exact", "spelling", "former name", "beginning", "words")


@dataclass(frozen=True)
class Found:
    """An entity that answers to a text, with the way in which it does (one of ``_TIERS``)."""

    id: str
    kind: str
    name: str
    city: str | None
    connections: int
    match: str

    @property
    def order(self) -> tuple[int, int, str]:
        """Best match first, then more connections, then the id."""
        return _TIERS.index(self.match), -self.connections, self.id


class NameIndex:
    """The folded names of a revision, memory-mapped.

    :param folder: the index folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, text: str, *, limit: int = 20, kinds: tuple[str, ...] | None = None) -> tuple[list[Found], bool]:
        """Return the entities that answer to a text, best match first, and whether there are more.

        :param text: a name, ``NAME, CITY``, a former name, the beginning or some words of it, or a register number.
        :param limit: how many at most.
        :param kinds: ``person`` or kinds of organisations; None for all.
        """
        found: dict[str, Found] = {}
        for match, rows in self._tiers(text):
            for row in rows.to_pylist():
                if row["id"] not in found and (kinds is None or row["kind"] in kinds):
                    found[row["id"]] = Found(row["id"], row["kind"], row["name"], row["city"], row["connections"],
                                             "former name" if row["former"] and match in {"exact", "spelling"} else match)
            if len(found) > limit:
                break
        ordered = sorted(found.values(), key=lambda each: each.order)
        return ordered[:limit], len(ordered) > limit

    def exactly(self, text: str) -> list[Found]:
        """Return only those entities that bear the name itself: the best tier up to former names that has any."""
        for match, rows in self._tiers(text, exact_only=True):
            found = {row["id"]: Found(row["id"], row["kind"], row["name"], row["city"], row["connections"],
                                      "former name" if row["former"] else match) for row in reversed(rows.to_pylist())}
            if found:
                current = [each for each in found.values() if each.match != "former name"]
                return sorted(current or found.values(), key=lambda each: each.order)
        return []

    def _tiers(self, text: str, *, exact_only: bool = False) -> Iterator[tuple[str, pa.Table]]:
        yield "number", self._by_number(text)
        asked = [(text, None)]
        if "," in text:
            name, _, city = text.rpartition(",")
            asked.append((name, city))
        for name, city in asked:
            yield "exact", self._in_city(self._span(fold(name), fold(name) + "\x00"), city)
            keys = pa.array([name_key(name), organisation_key(name)])
            yield "spelling", self._in_city(self._names.filter(pc.is_in(self._names.column("key"), keys)), city)
        if exact_only:
            return
        for name, city in asked:
            folded = fold(name)
            if folded:
                yield "beginning", self._in_city(self._span(folded, folded + "\U0010ffff"), city)
        for name, city in asked:
            words = fold(name).split()
            if words:
                mask = pc.match_substring(self._names.column("folded"), words[0])
                for word in words[1:]:
                    mask = pc.and_(mask, pc.match_substring(self._names.column("folded"), word))
                yield "words", self._in_city(self._names.filter(mask), city)

    @cached_property
    def _names(self) -> pa.Table:
        return pa.ipc.open_file(pa.memory_map(str(self._folder / "names.arrow"))).read_all()

    def _by_number(self, text: str) -> pa.Table:
        numbers = pa.ipc.open_file(pa.memory_map(str(self._folder / "numbers.arrow"))).read_all()
        key = name_key(text)
        ids = numbers.filter(pc.equal(numbers.column("key"), key)).column("id") if any(map(str.isdigit, key)) else None
        if ids is None or not len(ids):
            return self._names.slice(0, 0)
        rows = self._names.filter(pc.is_in(self._names.column("id"), ids.combine_chunks()))
        return rows.filter(pc.equal(rows.column("former"), 0))

    def _span(self, low: str, high: str) -> pa.Table:
        """Return the rows whose folded name lies in [low, high): the names are sorted by it."""
        start = self._bisect(low)
        return self._names.slice(start, self._bisect(high) - start)

    def _bisect(self, wanted: str) -> int:
        folded = self._names.column("folded")
        low, high = 0, len(folded)
        key = wanted.encode()
        while low < high:
            middle = (low + high) // 2
            if folded[middle].as_py().encode() < key:
                low = middle + 1
            else:
                high = middle
        return low

    @staticmethod
    def _in_city(rows: pa.Table, city: str | None) -> pa.Table:
        if city is None:
            return rows
        wanted = name_key(city)
        places = [place is not None and name_key(place).startswith(wanted) for place in rows.column("city").to_pylist()]
        return rows.filter(pa.array(places, pa.bool_()))
