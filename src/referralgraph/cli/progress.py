"""Progress on stderr: the stage and a rate for everything that takes over two seconds."""

from __future__ import annotations

import sys
import time
from types import TracebackType

_QUIET = 2.0  # seconds without a word: what is over by then needs none
_PAUSE = 1.0  # seconds between two lines where the terminal can't rewrite one


class Progress:
    """Says on stderr what is going on.

    :param doing: the work in one word.
    """

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._began = self._said = time.monotonic()
        self._stage = ""
        self._stage_began = self._began
        self._live = sys.stderr.isatty()
        self._open_line = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._end_stage()

    def rows(self, file: str, count: int) -> None:
        """Say how many rows of a file were read, and how fast."""
        if file != self._stage:
            self._end_stage()
            self._stage, self._stage_began = file, time.monotonic()
        seconds = max(time.monotonic() - self._stage_began, 1e-9)
        self._say(f"{self._doing} {file}: {count:,} rows, {count / seconds:,.0f} a second")

    def step(self, name: str) -> None:
        """Say that a stage begins."""
        self._end_stage()
        self._stage, self._stage_began = name, time.monotonic()
        self._say(f"{self._doing}: {name}")

    def _say(self, text: str) -> None:
        now = time.monotonic()
        if now - self._began < _QUIET or now - self._said < (0.1 if self._live else _PAUSE):
            return
        self._said = now
        sys.stderr.write(f"\r\x1b[K{text}" if self._live else f"{text}\n")
        sys.stderr.flush()
        self._open_line = self._live

    def _end_stage(self) -> None:
        if self._open_line:
            sys.stderr.write("\r\x1b[K")
            self._open_line = False
        seconds = time.monotonic() - self._stage_began
        if self._stage and seconds > _QUIET:
            sys.stderr.write(f"{self._doing} {self._stage}: {seconds:.1f} s\n")
            sys.stderr.flush()
