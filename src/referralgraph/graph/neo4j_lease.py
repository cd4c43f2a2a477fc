"""The lease for building: one builder at a time, and one who was killed doesn't keep the others out for long."""

from __future__ import annotations

import getpass
import hashlib
import os
import secrets
import socket
import threading
import uuid
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from referralgraph.errors import ReferralGraphError, StoreBusy, StoreUnavailable
from referralgraph.graph.neo4j_connection import Connection

SECONDS = 60.0  # without a sign of life until another may build
_BEATS = 4  # signs of life within that time: a slow network may swallow some


class Lease:
    """Held while building; a thread renews it, and every write checks that it is still ours.

    :param connection: to the store.
    :param workspace: folder whose lock the builder holds: whoever held the lease from there before has ended, and doesn't
        keep the next one out.
    :param seconds: without a sign of life until it expires for everybody else.
    """

    def __init__(self, connection: Connection, workspace: Path, seconds: float = SECONDS) -> None:
        self.token = secrets.token_hex(16)
        self._connection = connection
        self._place = _place(workspace)
        self._milliseconds = int(seconds * 1000)
        self._done = threading.Event()
        self._heart = threading.Thread(target=self._beat, name="referralgraph lease", daemon=True)

    def __enter__(self) -> Lease:
        """Take the lease.

        :raises StoreBusy: if somebody else holds it; the message says who, since when and until when at most.
        """
        told = self._connection.write_one("write/take_lease", token=self.token, place=self._place, owner=_owner(),
                                          milliseconds=self._milliseconds)
        if not told["taken"]:
            left = max(1, round((told["until"] - told["now"]) / 1000))
            raise StoreBusy(f"{told['owner']} has been building since {_moment(told['since'])}; wait for that build, or, if it was "
                            f"killed, {left} s until its lease expires")
        self._heart.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._done.set()
        if isinstance(error, StoreUnavailable):
            return  # the user need not wait once more for a server that is gone
        self._heart.join()
        try:
            self._connection.write_one("write/release_lease", token=self.token)
        except ReferralGraphError:
            if error is None:  # else what went wrong before is what the user must read
                raise

    def _beat(self) -> None:
        while not self._done.wait(self._milliseconds / 1000 / _BEATS):
            try:
                self._connection.write_one("write/renew_lease", token=self.token, milliseconds=self._milliseconds)
            except ReferralGraphError:
                continue  # the next write of the builder itself tells what is wrong


def _place(workspace: Path) -> str:
    """Return a name of a folder on this computer that tells nobody else where that is; a copy elsewhere has another one."""
    told = f"{uuid.getnode()} {socket.gethostname()} {workspace.resolve()}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _owner() -> str:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = "somebody"
    return f"{user} on {socket.gethostname()} (process {os.getpid()})"


def _moment(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
