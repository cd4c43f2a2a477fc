"""What a loader says of its source, and the raw file it is handed."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, cast

from referralgraph.errors import SourceError

if TYPE_CHECKING:
    from referralgraph.records.sink import RecordSink

Scope = Literal["none", "owner", "owner_and_file"]
_OPENERS: dict[str, Callable[[Path], IO[bytes]]] = {
    ".gz": lambda path: cast(IO[bytes], gzip.open(path)),
    ".bz2": lambda path: cast(IO[bytes], bz2.open(path)),
    ".xz": lambda path: cast(IO[bytes], lzma.open(path)),
}


@dataclass(frozen=True)
class Source:
    """A publisher's format that can be loaded.

    :param name: word on the command line and in every record.
    :param publisher: who publishes it.
    :param licence: licence under which it is published.
    :param patterns: file names it is found under, for people.
    :param read: reads one raw file into a sink.
    :param version: raised when the same file would give other records.
    :param complete_for: an export is complete for its owner (or for the owner's file of that name): what a newer
        export doesn't mention is gone. ``none``: what a file doesn't mention stays.
    :param personal: it belongs to one of our people and needs an owner.
    """

    name: str
    publisher: str
    licence: str
    patterns: tuple[str, ...]
    read: Callable[[RawFile, RecordSink], None]
    version: int = 1
    complete_for: Scope = "none"
    personal: bool = False


@dataclass(frozen=True)
class RawFile:
    """One raw file of a publisher, as the user named it, with what the user said about it.

    :param path: where it is.
    :param retrieved_at: when the source stated this, if the file itself doesn't say.
    :param owner: whose contacts these are.
    :param visibility: who may see them: ``private`` or ``team``.
    :param mapping: the mapping file of the ``table`` loader.
    """

    path: Path
    retrieved_at: datetime
    owner: str | None = None
    visibility: str = "team"
    mapping: Path | None = None
    progress: Callable[[int], None] = field(default=lambda rows: None, compare=False)

    @property
    def name(self) -> str:
        """Name of the file without its folder, as records cite it."""
        return self.path.name

    def open_bytes(self) -> IO[bytes]:
        """Open the file, decompressed by its ending (.gz, .bz2, .xz)."""
        opener = _OPENERS.get(self.path.suffix.lower())
        return opener(self.path) if opener else self.path.open("rb")

    def text(self, encoding: str | None = None) -> str:
        """Return the whole text of a small file: UTF-8 with or without a mark, UTF-16 by its mark, else cp1252.

        :param encoding: the encoding, if it is known.
        :raises SourceError: if the file is empty, damaged or not in that encoding.
        """
        try:
            with self.open_bytes() as stream:
                data = stream.read()
        except (EOFError, OSError, lzma.LZMAError) as error:
            raise SourceError(f"the file is damaged or cut off ({error})", file=self.path,
                              mend="Fetch it again from its publisher") from error
        if not data.strip():
            raise SourceError("the file is empty", file=self.path, mend="Export it again")
        return decode(data, encoding, self.path)

    def lines(self, encoding: str | None = None) -> io.StringIO:
        """Return the text as a stream for readers of lines; line ends stay as they are."""
        return io.StringIO(self.text(encoding), newline="")


def decode(data: bytes, encoding: str | None, path: Path) -> str:
    """Decode a publisher's bytes, guessing only where the bytes leave no doubt.

    :param data: the bytes.
    :param encoding: the encoding, if it is known.
    :param path: the file, for the message.
    :raises SourceError: if the bytes aren't in the given encoding.
    """
    if encoding:
        try:
            return data.decode(encoding)
        except LookupError as error:
            raise SourceError(f"no such encoding: {encoding}", file=path, mend="Try utf-8 or cp1252") from error
        except UnicodeDecodeError as error:
            raise SourceError(f"not {encoding}: byte {data[error.start]:#04x}", file=path,
                              line=data.count(b"\n", 0, error.start) + 1,
                              mend="Name the encoding of the file, often cp1252 or utf-8") from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def modified_at(path: Path) -> datetime:
    """Return when a file was last written, UTC to the second: the best guess of when its source stated it."""
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
