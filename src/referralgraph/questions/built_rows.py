"""What the store says of the entities of a revision, read once: for putting some of them together anew."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from referralgraph.graph.store import Store

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]
_MOST = 200_000  # rows that are kept
OF_PERSON = {
    "read/person": "id",
    "read/mandates_of_person": "person",
    "read/shareholdings_of_person": "person",
    "read/contacts_of_person": "person",
    "read/contacts_with_person": "person",
    "read/interactions_of_person": "person",
    "read/interactions_with_person": "person",
}
OF_ORGANISATION = {
    "read/organisation": "id",
    "read/mandates_in_organisation": "organisation",
    "read/shareholders_of_organisation": "organisation",
    "read/organisation_mandates_in_organisation": "organisation",
    "read/organisation_shareholders_of_organisation": "organisation",
    "read/mandates_of_organisation": "holder",
    "read/shareholdings_of_organisation": "holder",
}
KEY = {
    "read/record": "id",
    "read/waiting_of_record": "record",
    "read/events_of_organisation": "organisation",
    "read/seats_in_organisation": "organisation",
    **OF_PERSON,
    **OF_ORGANISATION,
}


class BuiltRows:
    """Rows of a revision by query and id, which never change; safe to share between threads.

    :param store: where the revision is published.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows: dict[tuple[str, str], list[Row]] = {}
        self._lock = threading.RLock()
        self._connection: duckdb.DuckDBPyConnection | None = None

    def of(self, name: str, ids: Iterable[str]) -> list[Row]:
        """Return the rows of a query for some ids, in their order.

        :param name: a query whose rows say in a column to which id they belong.
        """
        wanted = list(dict.fromkeys(ids))
        with self._lock:
            missing = [each for each in wanted if (name, each) not in self._rows]
            if missing:
                if sum(map(len, self._rows.values())) > _MOST:
                    self._rows.clear()
                    missing = wanted
                self._rows |= {(name, each): [] for each in missing}
                for row in self._store.read(name, [{"id": each} for each in missing]):
                    self._rows[name, str(row[KEY[name]])].append(row)
            return [row for each in wanted for row in self._rows[name, each]]

    @contextmanager
    def database(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend the one database in which rows are put together anew, to one thread at a time."""
        from referralgraph.records.database import connect  # a question without judgements never waits for it

        with self._lock:
            if self._connection is None:
                self._connection = connect()
            yield self._connection
