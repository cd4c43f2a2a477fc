"""The workspace: one folder with raw records, quarantine, derived stages, judgements and revisions."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from referralgraph.errors import NotFound, StoreBusy

DEFAULT_FOLDER = ".referralgraph"
_QUARANTINE = "quarantine.parquet"
_THIS_RUN = secrets.token_hex(4)  # tells this process from an earlier one of the same number, as containers have them


@dataclass(frozen=True)
class Load:
    """What is known of one loaded file; its record tables lie in the folder of the same name."""

    load: str
    loader: str
    source: str
    file: str
    sha256: str
    owner: str | None
    visibility: str
    retrieved_at: str
    complete: bool
    scope: str
    batch: str
    loaded_at: str
    records: dict[str, int]
    quarantined: int
    reasons: dict[str, int] = field(default_factory=dict)
    unknown_words: dict[str, int] = field(default_factory=dict)


class Workspace:
    """Paths of one workspace, and the few rules about who may write where.

    :param folder: the workspace; made when something is first written.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self.records = self.folder / "records"
        self.quarantine = self.folder / "quarantine"
        self.stages = self.folder / "stages"
        self.judgements = self.folder / "judgements"
        self.identity = self.folder / "identity"  # learned models, and the ids that were published
        self.revisions = self.folder / "revisions"
        self.current = self.folder / "current"
        self.settings_file = self.folder / "settings.toml"

    def loads(self) -> list[Load]:
        """Return all complete loads, ordered by their id."""
        found = []
        for manifest in sorted(self.records.glob("*/load.json")):
            if not manifest.parent.name.startswith("."):
                found.append(read_load(manifest))
        return found

    def effective_loads(self) -> list[Load]:
        """Return the loads that count: without those that a newer complete export of the same scope has replaced."""
        loads = self.loads()
        # By scope: files loaded together are one statement, as new as its newest file.
        complete: dict[str, dict[str, str]] = {}
        for load in loads:
            if load.complete:
                batches = complete.setdefault(load.scope, {})
                batches[load.batch] = max(load.retrieved_at, batches.get(load.batch, ""))

        def stated(load: Load) -> str:
            return complete[load.scope][load.batch] if load.complete else load.retrieved_at

        return [load for load in loads if stated(load) >= max(complete.get(load.scope, {}).values(), default="")]

    @contextmanager
    def new_folder(self, final: Path) -> Iterator[Path]:
        """Give a folder to fill; it takes its final name only when everything in it is complete.

        Leftovers of interrupted writers are swept first. If the final folder exists already, the new one is dropped.

        :param final: where the folder belongs.
        """
        final.parent.mkdir(parents=True, exist_ok=True)
        _sweep(final.parent)
        folder = final.parent / f".unfinished-{os.getpid()}-{_THIS_RUN}-{secrets.token_hex(4)}"
        folder.mkdir()
        try:
            yield folder
            for file in folder.rglob("*"):
                if file.is_file():
                    _flush(file)
            try:
                folder.rename(final)
            except OSError:
                if not final.exists():
                    raise
                shutil.rmtree(folder)  # another process was first, with the same
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def settle_quarantine(self) -> None:
        """Move the quarantined rows of complete loads to where people look for them.

        They are published with their load, in one step, and moved afterwards: a kill between the two loses nothing.
        """
        for file in sorted(self.records.glob(f"[!.]*/{_QUARANTINE}")):
            self.quarantine.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):  # another process has moved it
                file.replace(self.quarantine / f"{file.parent.name}.parquet")

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep a second build out of this workspace; the lock of a process that died counts for nothing.

        :raises StoreBusy: if another process builds; the message names it.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "build.lock").open("a+", encoding="utf-8") as file:
            if not _try_lock(file.fileno()):
                file.seek(0)
                holder = file.read().strip() or "another process"
                raise StoreBusy(f"{holder} is building in {self.folder}; wait for it, or stop it")
            file.truncate(0)
            file.write(f"process {os.getpid()}")
            file.flush()
            try:
                yield
            finally:
                file.truncate(0)

    def current_revision(self) -> Path:
        """Return the folder of the current revision.

        :raises NotFound: if nothing was built yet; the message says what to do.
        """
        if not self.current.exists():
            if not self.folder.exists():
                raise NotFound(f"there is no workspace {self.folder}; `referralgraph load` makes one, "
                               "or name another with --workspace")
            raise NotFound("nothing is built yet: run `referralgraph build`" if self.loads() else
                           "nothing is loaded yet: run `referralgraph load SOURCE FILE`, then `referralgraph build`")
        return self.revisions / self.current.read_text(encoding="utf-8").strip()

    def write_load(self, folder: Path, load: Load) -> None:
        """Write the manifest of a load into its folder."""
        text = json.dumps(asdict(load), indent=1, ensure_ascii=False, sort_keys=True)
        (folder / "load.json").write_text(text, encoding="utf-8")


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_load(manifest: Path) -> Load:
    """Read the manifest of a load; what a later version wrote besides is left aside."""
    told = json.loads(manifest.read_text(encoding="utf-8"))
    return Load(**{each.name: told[each.name] for each in fields(Load) if each.name in told})


def write_text_atomically(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old text or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        with beside.open("x", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _sweep(folder: Path) -> None:
    for old in folder.glob(".unfinished-*"):
        process, run = (*old.name.split("-"), "", "")[1:3]
        if not process.isdigit() or not _is_running(int(process)) or (int(process) == os.getpid() and run != _THIS_RUN):
            shutil.rmtree(old, ignore_errors=True)


def _try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, 1 << 20, os.SEEK_SET)  # the text before it stays readable
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _flush(file: Path) -> None:
    with file.open("rb") as stream:
        os.fsync(stream.fileno())


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
