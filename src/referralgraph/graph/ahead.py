"""A store that has read ahead: what a question will ask about one by one, it reads as a list first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from referralgraph.graph.store import Row, Store


class ReadAheadStore:
    """Reads from another store, and keeps for one question what was read ahead; everything else is that store's.

    :param store: the store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[str, dict[str, list[Row]]] = {}

    def __getattr__(self, name: str) -> Any:
        """Return what the store itself has."""
        return getattr(self._store, name)

    def fetch(self, name: str, column: str, ids: Iterable[str]) -> None:
        """Read a query about many ids now.

        :param column: of the query's rows, which tells the id that a row is about.
        """
        kept = self._kept.setdefault(name, {})
        wanted = [each for each in dict.fromkeys(ids) if each not in kept]
        kept.update({each: [] for each in wanted})
        for row in self._store.read(name, [{"id": each} for each in wanted]):
            kept[row[column]].append(row)

    def read(self, name: str, rows: Sequence[Mapping[str, Any]], *, timeout: float | None = None) -> list[Row]:
        """Run a reading query for each row of parameters; see :meth:`Store.read`."""
        kept = self._kept.get(name, {})
        if rows and all(row.get("id") in kept for row in rows):
            return [each for row in rows for each in kept[row["id"]]]
        return self._store.read(name, rows, timeout=timeout)
