"""Progress on stderr: the stage and a rate for everything that takes over two seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType

_QUIET = 2.0  # seconds without a word: what is over by then needs none
_SHORTEST = 0.05  # seconds from which a rate means something
_PAUSE = 1.0  # seconds between two lines where the terminal can't rewrite one


class Progress:
    """Says on stderr what is going on.

    :param doing: the work in one word.
    :param clock: gives the time in seconds.
    """

    def __init__(self, doing: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._doing = doing
        self._began = self._said = self._clock()
        self._stage = ""
        self._stage_began = self._heard = self._began
        self._live = sys.stderr.isatty()
        self._open_line = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end_stage(self._clock())

    def rows(self, file: str, count: int) -> None:
        """Say how many rows of a file were read, and how fast.

        The first word of a file comes when some of its rows are read already, so its time runs from the last word of
        the file before.
        """
        if file != self._stage:
            self._end_stage(self._heard)
            self._stage, self._stage_began = file, self._heard
        self._heard = self._clock()
        seconds = self._heard - self._stage_began
        rate = f", {count / seconds:,.0f} a second" if seconds >= _SHORTEST else ""
        self._say(f"{self._doing} {file}: {count:,} rows{rate}")

    def step(self, name: str) -> None:
        """Say that a stage begins."""
        self._heard = self._clock()
        self._end_stage(self._heard)
        self._stage, self._stage_began = name, self._heard
        self._say(f"{self._doing}: {name}")

    def _say(self, text: str) -> None:
        if self._heard - self._began < _QUIET or self._heard - self._said < (0.1 if self._live else _PAUSE):
            return
        self._said = self._heard
        sys.stderr.write(f"\r\x1b[K{text}" if self._live else f"{text}\n")
        sys.stderr.flush()
        self._open_line = self._live

    def _end_stage(self, now: float) -> None:
        if self._open_line:
            sys.stderr.write("\r\x1b[K")
            self._open_line = False
        seconds = now - self._stage_began
        if self._stage and seconds > _QUIET:
            sys.stderr.write(f"{self._doing} {self._stage}: {seconds:.1f} s\n")
            sys.stderr.flush()
