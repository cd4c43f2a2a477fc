"""The index in a Neo4j: files as compressed chunks in nodes, fetched once a revision into the user's cache."""

from __future__ import annotations

import hashlib
import json
import shutil
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from referralgraph.errors import StoreUnavailable
from referralgraph.graph.neo4j_connection import Connection, first, run
from referralgraph.records.workspace import Workspace

_CHUNK = 1 << 20  # bytes before compression: a message that any server's memory can hold
_AT_ONCE = 8  # chunks in one transaction
_KEPT = 3  # revisions in the cache


def describe_index(folder: Path) -> str:
    """Return the files of an index as JSON: name, size and SHA-256 of each."""
    files = []
    for name, file in _files(folder):
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        files.append({"name": name, "size": file.stat().st_size, "sha256": digest})
    return json.dumps(files)


def index_chunks(folder: Path) -> Iterator[list[list[Any]]]:
    """Yield the chunks of an index as rows of id and bytes, as many at once as fit one transaction."""
    rows: list[list[Any]] = []
    for name, file in _files(folder):
        with file.open("rb") as stream:
            number = 0
            while chunk := stream.read(_CHUNK):
                rows.append([f"{name}/{number}", zlib.compress(chunk, 1)])
                number += 1
                if len(rows) == _AT_ONCE:
                    yield rows
                    rows = []
    if rows:
        yield rows


def fetch_index(connection: Connection, revision: str, cache: Path,
                fetched: Callable[[str, int], None] = lambda file, size: None) -> Path:
    """Return the local folder with the index of a revision, fetched if it isn't there yet.

    :param connection: to the store.
    :param revision: id of the revision.
    :param cache: folder that only this user reads; indexes of old revisions in it are swept.
    :param fetched: told each file and its size in bytes.
    :raises StoreUnavailable: if the index is incomplete, because its revision has just been replaced.
    """
    final = cache / revision
    if final.exists():
        return final
    told = first(connection.read(lambda transaction: run(transaction, "read/index_files", {"revision": revision})))
    if not told:
        raise StoreUnavailable("the revision was replaced while it was being read: ask again")
    cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    with Workspace(cache).new_folder(final) as folder:
        for file in json.loads(told["files"]):
            _fetch(connection, revision, file, folder)
            fetched(file["name"], file["size"])
    _sweep(cache, final)
    return final


def _fetch(connection: Connection, revision: str, file: dict[str, Any], folder: Path) -> None:
    digest = hashlib.sha256()
    chunks = -(-file["size"] // _CHUNK)
    path = folder / file["name"]
    if not path.resolve().is_relative_to(folder.resolve()):
        raise StoreUnavailable(f"the store names an index file outside the index: {file['name']!r}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        for begin in range(0, chunks, _AT_ONCE):
            ids = [f"{file['name']}/{number}" for number in range(begin, min(chunks, begin + _AT_ONCE))]
            found = connection.read(lambda transaction, ids=ids: [  # type: ignore[misc]
                row["bytes"] for each in ids
                for row in run(transaction, "read/index_chunk", {"revision": revision, "id": each})])
            for compressed in found:
                data = zlib.decompress(compressed)
                digest.update(data)
                stream.write(data)
    if digest.hexdigest() != file["sha256"]:
        raise StoreUnavailable(f"the index file {file['name']} is incomplete in the store: its revision was replaced just now, ask "
                               "again; if this stays, run `referralgraph build`")


def _files(folder: Path) -> list[tuple[str, Path]]:
    return sorted((file.relative_to(folder).as_posix(), file) for file in folder.rglob("*") if file.is_file())


def _sweep(cache: Path, current: Path) -> None:
    others = sorted((each for each in cache.iterdir() if each != current and not each.name.startswith(".")),
                    key=lambda each: each.stat().st_mtime)
    for old in others[: max(0, len(others) - (_KEPT - 1))]:
        shutil.rmtree(old, ignore_errors=True)
