"""A store that a question reads until its deadline and not longer."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from referralgraph.errors import DeadlineExceeded
from referralgraph.graph.store import Row, Store


class TimedStore:
    """Reads from another store as long as there is time; everything else is that store's.

    :param store: the store.
    :param seconds: how long.
    """

    def __init__(self, store: Store, seconds: float) -> None:
        self._store = store
        self._seconds = seconds
        self._ends = time.monotonic() + seconds

    def __getattr__(self, name: str) -> Any:
        """Return what the store itself has."""
        return getattr(self._store, name)

    def left(self) -> float:
        """Return the seconds that are left.

        :raises DeadlineExceeded: if there are none.
        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise DeadlineExceeded(
                f"not answered within {self._seconds:g} s; ask for less or allow more with --timeout")
        return left

    def read(self, name: str, rows: Sequence[Mapping[str, Any]], *, timeout: float | None = None) -> list[Row]:
        """Run a reading query for each row of parameters; see :meth:`Store.read`.

        :raises DeadlineExceeded: if the time of the question is over.
        """
        left = self.left()
        return self._store.read(name, rows, timeout=left if timeout is None else min(left, timeout))
