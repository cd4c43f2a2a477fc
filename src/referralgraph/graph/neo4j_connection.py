"""A connection to a Neo4j: credentials from the environment, read and write transactions, one clear message for each bad day."""

from __future__ import annotations

import logging
import os
import random
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import neo4j
from neo4j import exceptions as trouble

from referralgraph.errors import DeadlineExceeded, QueryInvalid, ReferralGraphError, StoreError, StoreUnavailable, UsageError
from referralgraph.graph.query import query

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction, Session

Row = dict[str, Any]
T = TypeVar("T")
OLDEST = (5, 26)  # the long-term release; nothing older is tested
LONGEST_READ = 120.0  # seconds; no question of ours may keep a server busy for longer
LONGEST_WRITE = 600.0  # seconds for one batch, on a slow disk
logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what it retries is no message for our user
_PATIENCE = 10.0  # seconds of retrying a transient error, a change of leader for one
_SCHEMA_PATIENCE = 60.0  # seconds; making a constraint on a busy server takes its time
_MADE_BY_ANOTHER = ("EquivalentSchemaRuleAlreadyExists", "ConstraintAlreadyExists", "IndexAlreadyExists")


class Connection:
    """A driver and how we use it: sessions that read what was written before, each query with a timeout.

    :param uri: ``neo4j://``, ``bolt://``, with ``+s`` for TLS; never with a password in it.
    :raises UsageError: if the address holds credentials or can't be read.
    """

    dialect = "neo4j"

    def __init__(self, uri: str) -> None:
        try:
            address = urlsplit(uri)
            with_credentials = bool(address.username or address.password)
        except ValueError:
            raise UsageError("the store's address can't be read; write it as neo4j://HOST:7687") from None
        if with_credentials:
            raise UsageError("the store's address holds a user name or a password, which logs would keep: set NEO4J_USERNAME "
                             "and NEO4J_PASSWORD instead")
        self.uri = uri
        self.database = os.environ.get("NEO4J_DATABASE") or None
        self._driver: Driver | None = None
        self._opening = threading.Lock()
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()

    def read(self, work: Callable[[ManagedTransaction], T], *, timeout: float | None = None) -> T:
        """Do reading work in one transaction, on a replica where there is one; transient errors are tried again.

        :param work: may run more than once.
        :param timeout: seconds for the transaction on the server.
        """
        with self._translated(timeout), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(neo4j.unit_of_work(timeout=timeout or LONGEST_READ)(work))

    def write(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Do writing work in one transaction; transient errors are tried again."""
        with self._translated(LONGEST_WRITE), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(neo4j.unit_of_work(timeout=LONGEST_WRITE)(work))

    def write_one(self, name: str, **parameters: Any) -> Row:
        """Run one writing query of the library and return its only row, empty if it returns nothing."""
        return self.write(lambda transaction: first(run(transaction, name, parameters)))

    def change_schema(self, name: str, **parameters: Any) -> None:
        """Run one query of the library that changes the schema or waits for it.

        Several may do the same at once, on a server that was empty a moment ago: they lock each other out, or find that
        another was first, and both is no trouble.
        """
        asked = neo4j.Query(query(name, self.dialect).text, timeout=LONGEST_WRITE)
        deadline = time.monotonic() + _SCHEMA_PATIENCE
        with self._translated(LONGEST_WRITE), self._session(neo4j.WRITE_ACCESS) as session:
            while True:
                try:
                    session.run(asked, parameters).consume()
                except trouble.Neo4jError as error:
                    kind = (error.code or "").rpartition(".")[2]
                    if kind in _MADE_BY_ANOTHER:
                        return
                    if not (error.is_retryable() or kind == "ConstraintCreationFailed") or time.monotonic() > deadline:
                        raise
                    time.sleep(random.uniform(0.05, 0.5))  # noqa: S311 - so that those who locked each other out don't meet again
                else:
                    return

    def close(self) -> None:
        """Close the driver."""
        if self._driver is not None:
            self._driver.close()
            self._driver = None

    def _session(self, access: str) -> Session:
        with self._opening:
            if self._driver is None:
                self._driver = self._open()
            driver = self._driver
        return driver.session(database=self.database, default_access_mode=access, bookmark_manager=self._bookmarks,
                              fetch_size=10_000)

    def _open(self) -> Driver:
        driver = neo4j.GraphDatabase.driver(
            self.uri, auth=_credentials(), user_agent="referralgraph", max_transaction_retry_time=_PATIENCE,
            connection_timeout=10.0, connection_acquisition_timeout=30.0, notifications_min_severity="OFF")
        try:
            agent = str(driver.get_server_info().agent)
            found = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
            if found is None or (int(found[1]), int(found[2])) < OLDEST:
                raise StoreUnavailable(f"{self.uri} is {agent}; ReferralGraph needs Neo4j {OLDEST[0]}.{OLDEST[1]} or newer")
        except BaseException:
            driver.close()
            raise
        return driver

    @contextmanager
    def _translated(self, timeout: float | None) -> Iterator[None]:
        """Turn the driver's exceptions into ours; none of the messages holds credentials."""
        try:
            yield
        except ReferralGraphError:
            raise
        except trouble.ConfigurationError as error:
            raise UsageError(f"{self.uri} is no address of a Neo4j: {error}") from error
        except trouble.Neo4jError as error:
            raise self._of_server(error, timeout) from error
        except trouble.DriverError as error:
            raise StoreUnavailable(f"{self.uri} doesn't answer ({_plain(error)}): is the server running, and are scheme, host and "
                                   "port right?") from error
        except (OSError, ValueError) as error:
            raise StoreUnavailable(f"{self.uri} can't be reached: {_plain(error)}") from error

    def _of_server(self, error: trouble.Neo4jError, timeout: float | None) -> ReferralGraphError:
        code = error.code or ""
        if code.startswith("Neo.ClientError.Security"):
            return StoreUnavailable(f"{self.uri} refuses the user name or the password ({code.rpartition('.')[2]}): set "
                                    "NEO4J_USERNAME and NEO4J_PASSWORD")
        if code.endswith(("DatabaseNotFound", "DatabaseUnavailable")):
            name = self.database or "the home database"
            return StoreUnavailable(f"{self.uri} has no database {name!r} that answers: set NEO4J_DATABASE")
        if "TransactionTimedOut" in code or code.endswith(("TransactionTerminated", "LockClientStopped")):
            return DeadlineExceeded(f"the graph didn't answer within {timeout or LONGEST_READ:g} s; ask for less or allow more "
                                    "with --timeout")
        if code.startswith("Neo.ClientError.Statement") or code.startswith("Neo.ClientError.Schema"):
            return QueryInvalid(f"{self.uri} refuses a query of ours: {_plain(error)}")
        if error.is_retryable() or code.startswith("Neo.DatabaseError"):
            return StoreUnavailable(f"{self.uri} can't do this now ({code}: {_plain(error)}); the revision that was current stays "
                                    "current. Look at the server's log and its free disk space, then try again")
        return StoreError(f"{self.uri}: {_plain(error)}")


def run(transaction: ManagedTransaction, name: str, parameters: Mapping[str, Any], *, many: bool = False) -> list[Row]:
    """Run a query of the library in a transaction and return its rows.

    :param many: its form for a list of ids.
    :raises QueryInvalid: if the server refuses the query itself.
    """
    found = query(name, Connection.dialect)
    try:
        return transaction.run(found.many if many else found.text, dict(parameters)).data()
    except trouble.CypherSyntaxError as error:
        raise QueryInvalid(f"{name}: {_plain(error)}") from error


def first(rows: Sequence[Row]) -> Row:
    """Return the first row, an empty one if there is none."""
    return rows[0] if rows else {}


def _credentials() -> neo4j.Auth | None:
    """Return what NEO4J_USERNAME and NEO4J_PASSWORD say; without a password the server is asked without authentication."""
    if not os.environ.get("NEO4J_PASSWORD"):
        return None
    return neo4j.basic_auth(os.environ.get("NEO4J_USERNAME") or "neo4j", os.environ["NEO4J_PASSWORD"])


def _plain(error: Exception) -> str:
    text = getattr(error, "message", None) or str(error) or type(error).__name__
    return " ".join(str(text).split()).partition(" Please ensure ")[0][:300].rstrip(".")  # our own advice follows
