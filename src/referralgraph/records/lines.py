"""Whole lines of large compressed files, in blocks, with their true line numbers and what breaks them."""

from __future__ import annotations

import lzma
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from referralgraph.errors import SourceError
from referralgraph.records.source import RawFile, modified_at

if TYPE_CHECKING:
    import pyarrow as pa

_BLOCK = 64 << 20  # bytes: large enough for columnar work, small enough for a laptop
_PARALLEL = {".gz", ".bz2"}


@dataclass(frozen=True)
class LineBlock:
    """Consecutive lines of a file.

    :param first_line: 1-based number of the first.
    :param lines: their texts without line ends.
    :param problem: why nothing follows, if the file breaks off here.
    """

    first_line: int
    lines: list[str]
    problem: str = ""

    def table(self) -> pa.Table:
        """Return the lines as an Arrow table of ``line`` and ``text``."""
        import pyarrow as pa

        numbers = pa.array(range(self.first_line, self.first_line + len(self.lines)), pa.int64())
        return pa.table({"line": numbers, "text": pa.array(self.lines, pa.large_string())})

    def text(self, line: int) -> str:
        """Return the text of one line by its number in the file."""
        return self.lines[line - self.first_line]


def line_blocks(path: Path, block_bytes: int = _BLOCK) -> Iterator[LineBlock]:
    """Yield the lines of a file in blocks, decompressed on all cores.

    A damaged or cut-off file yields what could be read; the last block then says what is wrong. Bytes that aren't UTF-8
    are read as cp1252, line by line, as the publishers' mixed files need it.

    :param path: the file; ``.bz2``, ``.gz`` and ``.xz`` are decompressed.
    :param block_bytes: size of a block before it is split into lines.
    :raises SourceError: if the file can't be opened at all.
    """
    number, rest = 1, b""
    with _opened(path) as stream:
        while True:
            problem = ""
            try:
                data = stream.read(block_bytes)
            except (EOFError, OSError, RuntimeError, ValueError, lzma.LZMAError) as error:
                data, problem = b"", f"the file is damaged or cut off here ({error}); fetch it again"
            if not data:
                lines = _decoded(rest.split(b"\n")) if rest else []
                if lines or problem:
                    yield LineBlock(number, lines, problem)
                return
            *whole, rest = (rest + data).split(b"\n")
            if whole:
                yield LineBlock(number, _decoded(whole))
                number += len(whole)


def _decoded(lines: list[bytes]) -> list[str]:
    try:
        return b"\n".join(lines).decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return [_decoded_line(line) for line in lines]


def _decoded_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    if not path.exists():
        raise SourceError("no such file", file=path, mend="Check the path")
    if path.suffix.lower() in _PARALLEL and path.stat().st_size:
        import rapidgzip  # decompresses .gz and .bz2 on all cores; must be closed or the process aborts at its end

        opener = rapidgzip.IndexedBzip2File if path.suffix.lower() == ".bz2" else rapidgzip.RapidgzipFile
        stream = cast(IO[bytes], opener(str(path), parallelization=os.cpu_count() or 1))
    else:
        stream = RawFile(path, modified_at(path)).open_bytes()
    try:
        yield stream
    finally:
        stream.close()
