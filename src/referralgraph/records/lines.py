"""Whole lines of large compressed files, in blocks, with their true line numbers and what breaks them."""

from __future__ import annotations

import bz2
import lzma
import os
import zlib
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from referralgraph.errors import SourceError

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

_BLOCK = 32 << 20  # bytes: large enough for columnar work, small enough for a laptop
_STEP = 4096  # compressed bytes; what one step holds is lost with it if it is damaged
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_MAGIC = {b"BZh": "bz2", b"\x1f\x8b": "gz", b"\xfd7zXZ\x00": "xz"}
_BROKEN = (EOFError, OSError, RuntimeError, ValueError, zlib.error, lzma.LZMAError)


@dataclass(frozen=True)
class LineBlock:
    """Consecutive lines of a file.

    :param first_line: 1-based number of the first.
    :param data: the lines as UTF-8, each with its line end.
    :param starts: where in ``data`` each line starts, and where the last one ends.
    :param problem: why nothing follows, if the file breaks off here.
    :param torn: what is there of the line at which it breaks off.
    """

    first_line: int
    data: bytes = field(repr=False)
    starts: np.ndarray[tuple[int], np.dtype[np.int64]] = field(repr=False, compare=False)
    problem: str = ""
    torn: str = ""

    @property
    def count(self) -> int:
        """Number of lines."""
        return len(self.starts) - 1

    @property
    def next_line(self) -> int:
        """Number of the line that follows the block."""
        return self.first_line + self.count

    def table(self) -> pa.Table:
        """Return the lines as an Arrow table of ``line`` and ``text``; the texts keep their line ends."""
        import numpy as np
        import pyarrow as pa

        numbers = pa.array(np.arange(self.first_line, self.next_line, dtype=np.int64))
        text = pa.LargeStringArray.from_buffers(self.count, pa.py_buffer(self.starts), pa.py_buffer(self.data))
        return pa.table({"line": numbers, "text": text})

    def text(self, line: int) -> str:
        """Return the text of one line by its number in the file, without line end."""
        at = line - self.first_line
        return self.data[self.starts[at]:self.starts[at + 1]].decode().rstrip("\r\n")


def line_blocks(path: Path, block_bytes: int = _BLOCK) -> Generator[LineBlock, None, None]:
    """Yield the lines of a file in blocks, decompressed beside the work on them, bzip2 on all cores.

    Compression is told by the first bytes, whatever the file is called. A damaged or cut-off file yields every line
    that can be read; the last block then says what is wrong. Bytes that aren't UTF-8 are read as cp1252, line by line,
    as the publishers' mixed files need it.

    :param path: the file, plain or as bzip2 (also of several streams), gzip (also of several members) or xz.
    :param block_bytes: size of a block, in bytes; a longer line makes a longer block.
    :raises SourceError: if the file can't be opened at all.
    """
    number, rest, problem = 1, [_BYTE_ORDER_MARK], ""
    with closing(_pieces(path, block_bytes)) as pieces:
        for piece in pieces:
            if isinstance(piece, str):
                problem = piece
                break
            if rest == [_BYTE_ORDER_MARK]:
                piece, rest = piece.removeprefix(_BYTE_ORDER_MARK), []
            end = piece.rfind(b"\n") + 1
            if end:
                block = _block(number, b"".join((*rest, piece[:end])))
                number, rest = block.next_line, []
                yield block
            if end < len(piece):
                rest.append(piece[end:])
    last = b"" if rest == [_BYTE_ORDER_MARK] else b"".join(rest)
    if problem:
        yield _block(number, b"", problem, _utf8(last).decode())
    elif last:
        yield _block(number, last)


def _block(first_line: int, data: bytes, problem: str = "", torn: str = "") -> LineBlock:
    import numpy as np

    try:
        data.decode()
    except UnicodeDecodeError:
        data = b"\n".join(_utf8(line) for line in data.split(b"\n"))
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n")) + 1
    last = [] if not data or data.endswith(b"\n") else [len(data)]
    return LineBlock(first_line, data, np.concatenate(([0], ends, last)).astype(np.int64), problem, torn)


def _utf8(line: bytes) -> bytes:
    try:
        line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace").encode()
    return line


def _pieces(path: Path, size: int) -> Generator[bytes | str, None, None]:
    """Yield the decompressed bytes; a text at the end says why there are no more."""
    try:
        with path.open("rb") as stream:
            beginning = stream.read(6)
    except OSError as error:
        said = "no such file" if isinstance(error, FileNotFoundError) else f"can't be read ({error.strerror})"
        raise SourceError(said, file=path, mend="Check the path and who may read it") from error
    kind = next((kind for magic, kind in _MAGIC.items() if beginning.startswith(magic)), "plain")
    if kind == "plain":
        with path.open("rb") as stream:
            while data := stream.read(size):
                yield data
        return
    delivered, whole = (yield from _parallel_bzip2(path, size)) if kind == "bz2" else (0, False)
    if not whole:
        yield from _ahead(_sequential(path, kind, delivered, size))


def _parallel_bzip2(path: Path, size: int) -> Generator[bytes, None, tuple[int, bool]]:
    """Yield what the parallel reader gives, then return how many bytes that was and whether it is all."""
    import rapidgzip

    delivered = 0
    with closing(rapidgzip.IndexedBzip2File(str(path), parallelization=os.cpu_count() or 1)) as stream:
        try:  # the reader must be closed in any case: else its threads abort the process at its end
            while data := stream.read(size):
                delivered += len(data)
                yield data
        except _BROKEN:
            return delivered, False
    return delivered, True


def _ahead(pieces: Generator[bytes | str, None, None]) -> Iterator[bytes | str]:
    """Yield the same, the next one being made while this one is worked on.

    One thread unpacks gzip at some 300 MB/s, ten times as fast as its lines become records; the parallel reader took
    longer on two cores, up to 1 GB of memory, and gave a cut-off file for a whole one.
    """
    with closing(pieces), ThreadPoolExecutor(max_workers=1) as thread:
        coming = thread.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = thread.submit(next, pieces, None)
            yield piece


def _sequential(path: Path, kind: str, skip: int, size: int) -> Generator[bytes | str, None, None]:
    """Yield what stands behind the first ``skip`` bytes, to the last byte that can be read, then what is wrong."""
    waiting: list[bytes] = []
    held, decoder, problem = -skip, _decoder(kind), ""
    with path.open("rb") as stream:
        data = stream.read(_STEP)
        while data and not problem:
            try:
                out = decoder.decompress(data)
            except _BROKEN as error:
                out, problem = b"", f"the compressed data is damaged here ({error}); fetch the file again"
            held += len(out)
            if held > 0:
                waiting.append(out[max(0, len(out) - held):])
            data = decoder.unused_data if decoder.eof else b""
            if decoder.eof:  # a further stream follows, or nothing but zeros
                decoder = _decoder(kind)
                data = data.lstrip(b"\0") or stream.read(_STEP).lstrip(b"\0")
                if not data:
                    break
            else:
                data = stream.read(_STEP)
            if held >= size:
                yield b"".join(waiting)
                waiting, held = [], 0
        else:
            problem = problem or "the file is cut off here; fetch it again"
    if held > 0:
        yield b"".join(waiting)
    if problem:
        yield problem


def _decoder(kind: str) -> _Decoder:
    if kind == "gz":
        return zlib.decompressobj(wbits=31)
    return bz2.BZ2Decompressor() if kind == "bz2" else lzma.LZMADecompressor()


class _Decoder(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...
