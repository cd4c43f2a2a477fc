"""The workspace: one folder with raw records, quarantine, derived stages, judgements and revisions."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from referralgraph.errors import NotFound, StoreBusy

DEFAULT_FOLDER = ".referralgraph"


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
        self.revisions = self.folder / "revisions"
        self.current = self.folder / "current"
        self.settings_file = self.folder / "settings.toml"

    def loads(self) -> list[Load]:
        """Return all complete loads, ordered by their id."""
        found = []
        for manifest in sorted(self.records.glob("*/load.json")):
            if not manifest.parent.name.startswith("."):
                found.append(Load(**json.loads(manifest.read_text(encoding="utf-8"))))
        return found

    def effective_loads(self) -> list[Load]:
        """Return the loads that count: without those that a newer complete export of the same scope has replaced."""
        loads = self.loads()
        newest: dict[str, dict[str, str]] = {}
        for load in loads:
            batches = newest.setdefault(load.scope, {})
            if load.complete:
                batches[load.batch] = max(load.retrieved_at, batches.get(load.batch, ""))
        return [
            load
            for load in loads
            if not any(batch != load.batch and moment > load.retrieved_at for batch, moment in newest[load.scope].items())
        ]

    @contextmanager
    def new_folder(self, final: Path) -> Iterator[Path]:
        """Give a folder to fill; it takes its final name only when everything in it is complete.

        Leftovers of interrupted writers are swept first. If the final folder exists already, the new one is dropped.

        :param final: where the folder belongs.
        """
        final.parent.mkdir(parents=True, exist_ok=True)
        for old in final.parent.glob(".unfinished-*"):
            if not _is_running(int(old.name.split("-")[1])):
                shutil.rmtree(old, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=f".unfinished-{os.getpid()}-", dir=final.parent))
        try:
            yield folder
            for file in folder.rglob("*"):
                if file.is_file():
                    _flush(file)
            if final.exists():
                shutil.rmtree(folder)
            else:
                folder.rename(final)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep a second build out of this workspace; the lock of a process that died is taken over.

        :raises StoreBusy: if another process builds; the message names it.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / "build.lock"
        while True:
            try:
                handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            except FileExistsError:
                holder = file.read_text(encoding="utf-8").strip()
                if holder.isdigit() and _is_running(int(holder)):
                    raise StoreBusy(f"process {holder} is building in {self.folder}; wait for it, or stop it") from None
                file.unlink(missing_ok=True)
                continue
            os.write(handle, str(os.getpid()).encode())
            os.close(handle)
            break
        try:
            yield
        finally:
            file.unlink(missing_ok=True)

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


def write_text_atomically(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old text or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    Path(name).replace(path)


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
