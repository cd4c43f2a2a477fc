"""Loading: raw files of one source become record tables of the workspace, all of a file or nothing of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from referralgraph.errors import SourceError, UsageError
from referralgraph.records.sink import RecordSink
from referralgraph.records.source import RawFile, Source, modified_at
from referralgraph.records.workspace import Load, Workspace, read_load, sha256_of

Progress = Callable[[str, int], None]


def load_files(
    workspace: Workspace,
    source: Source,
    files: Sequence[Path],
    *,
    owner: str | None = None,
    visibility: str = "team",
    mapping: Path | None = None,
    retrieved_at: datetime | None = None,
    complete: bool = False,
    progress: Progress = lambda file, rows: None,
) -> list[Load]:
    """Load raw files into the workspace; a file that is there already changes nothing.

    :param workspace: where to.
    :param source: whose format the files have.
    :param files: the files; together they are one statement of the source.
    :param owner: whose contacts they are; needed for personal sources.
    :param visibility: who may see these contacts: ``private`` or ``team``.
    :param mapping: mapping of the ``table`` loader.
    :param retrieved_at: when the source stated this; by default what the file says, else its time of change.
    :param complete: what these files don't mention is gone.
    :param progress: called with the file's name and the rows read so far.
    :returns: one entry a file, in the order given, also for files that were there already.
    :raises SourceError: at the first file that can't be read at all; files before it are loaded.
    :raises UsageError: if a personal source has no owner.
    """
    if source.personal and not owner:
        raise UsageError(f"{source.name} holds somebody's contacts: say whose with --owner NAME")
    for file in files:
        if file.is_dir():
            raise SourceError("this is a folder", file=file, mend="Name the files in it")
        if not file.is_file():
            raise SourceError("no such file", file=file, mend="Check the path")
    hashes = [sha256_of(file) for file in files]
    batch = _digest(sorted(set(hashes)))
    try:
        return [
            _load_file(workspace, source, file, digest, batch, owner, visibility, mapping, retrieved_at, complete,
                       progress)
            for file, digest in zip(files, hashes, strict=True)
        ]
    finally:
        workspace.settle_quarantine()


def _load_file(
    workspace: Workspace, source: Source, file: Path, digest: str, batch: str, owner: str | None, visibility: str,
    mapping: Path | None, retrieved_at: datetime | None, complete: bool, progress: Progress,
) -> Load:
    mapping_text = mapping.read_text(encoding="utf-8") if mapping and mapping.is_file() else str(mapping or "")
    identity = _digest([source.name, source.version, digest, owner, visibility, mapping_text, complete,
                        retrieved_at.isoformat() if retrieved_at else None,
                        batch if complete or source.complete_for != "none" else None])
    final = workspace.records / identity
    if (final / "load.json").exists():
        return read_load(final / "load.json")
    raw = RawFile(file, retrieved_at or modified_at(file), owner, visibility, mapping,
                  lambda rows: progress(file.name, rows))
    with workspace.new_folder(final) as folder:
        sink = RecordSink(folder, source=source.name, file=file.name, retrieved_at=raw.retrieved_at,
                          licence=source.licence)
        source.read(raw, sink)
        sink.close(folder / "quarantine.parquet")
        load = Load(
            load=identity, loader=source.name, source=sink.source, file=file.name, sha256=digest, owner=owner,
            visibility=visibility, retrieved_at=_newest(folder, sink).isoformat(),
            complete=complete or sink.complete or source.complete_for != "none",
            scope=_scope(source, sink.source, owner, file), batch=batch,
            loaded_at=datetime.now(UTC).replace(microsecond=0, tzinfo=None).isoformat(), records=dict(sink.counts),
            quarantined=sink.quarantined, reasons=dict(sink.reasons.most_common(20)),
            unknown_words=dict(sink.unknown_words.most_common(50)),
        )
        workspace.write_load(folder, load)
    return read_load(final / "load.json")


def _scope(source: Source, name: str, owner: str | None, file: Path) -> str:
    """Name what a complete statement of this source replaces."""
    parts = [source.name, name, owner or ""]
    if source.complete_for == "owner_and_file":
        # browsers save "contacts (1).vcf" beside the old one
        parts.append(re.sub(r" ?\(\d+\)$", "", file.name.split(".")[0]))
    return "|".join(parts)


def _newest(folder: Path, sink: RecordSink) -> datetime:
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    moments = [
        pc.max(pq.read_table(file, columns=["retrieved_at"]).column(0)).as_py()
        for file in sorted(folder.glob("*.parquet")) if file.stem in sink.counts
    ]
    return max((moment for moment in moments if moment), default=sink.retrieved_at)


def _digest(parts: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
