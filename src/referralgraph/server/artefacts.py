"""What the local server runs: Neo4j's own published files, each pinned by its SHA-256, fetched once by jgo in pure Python."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from referralgraph.errors import SourceError, UsageError

if TYPE_CHECKING:
    from jgo.maven import MavenContext

LICENCE = ("Neo4j Community Edition, by Neo4j Sweden AB, under the GNU General Public License version 3 "
           "(https://www.gnu.org/licenses/gpl-3.0), and the libraries it names, each under its own licence")
_AT_ONCE = 8  # downloads in parallel
_TRIES = 3


@dataclass(frozen=True)
class Release:
    """One release of Neo4j that a local server can run; both run on Java 21.

    :param version: as Neo4j numbers it.
    :param main: the class that starts the server.
    """

    version: str
    main: str


LONG_TERM = Release("5.26.28", "org.neo4j.server.CommunityEntryPoint")
NEWEST = Release("2026.07.1", "org.neo4j.server.Neo4jCommunity")


@dataclass(frozen=True)
class Artefact:
    """One file that the server needs."""

    group: str
    name: str
    version: str
    classifier: str
    sha256: str
    size: int


def artefacts(release: Release = LONG_TERM) -> list[Artefact]:
    """Return everything that the server needs, ordered by name."""
    text = resources.files("referralgraph.server").joinpath(f"neo4j-{release.version}.lock").read_text(encoding="utf-8")
    found = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            group, name, version, classifier, sha256, size = line.split()
            found.append(Artefact(group, name, version, "" if classifier == "-" else classifier, sha256, int(size)))
    return found


def fetch_artefacts(progress: Callable[[int, int], None] = lambda done, total: None, release: Release = LONG_TERM) -> list[Path]:
    """Return the files of the server, those that aren't on this computer yet downloaded and verified.

    They lie where every Java tool of this user keeps them: in the local Maven repository.

    :param progress: told how many bytes of how many are here.
    :param release: which server.
    :raises UsageError: if the extra `server` isn't installed.
    :raises SourceError: if a file can't be fetched, or isn't the one that was pinned.
    """
    try:
        from jgo.config import GlobalSettings
        from jgo.maven import MavenContext
    except ImportError as error:
        raise UsageError("a local Neo4j needs the extra `server`: pip install 'referralgraph[server]'") from error
    logging.getLogger("jgo").setLevel(logging.ERROR)  # we tell about progress ourselves
    context = MavenContext(repo_cache=GlobalSettings.load().repo_cache, timeout=60)
    wanted = artefacts(release)
    total = sum(each.size for each in wanted)
    done = 0
    files = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for artefact, file in zip(wanted, pool.map(lambda each: _fetch(context, each), wanted), strict=True):
            files.append(file)
            done += artefact.size
            progress(done, total)
    return files


def missing_bytes() -> int:
    """Return how many bytes would have to be downloaded, all of them if that can't be told."""
    try:
        from jgo.config import GlobalSettings
        from jgo.maven import MavenContext
    except ImportError:
        return sum(each.size for each in artefacts())
    context = MavenContext(repo_cache=GlobalSettings.load().repo_cache)
    return sum(each.size for each in artefacts() if not _is_here(_artifact(context, each).cached_path, each))


def _fetch(context: MavenContext, artefact: Artefact) -> Path:
    artifact = _artifact(context, artefact)
    trouble: Exception | None = None
    for _ in range(_TRIES):
        here: Path = artifact.cached_path
        if _is_here(here, artefact):
            return here
        here.unlink(missing_ok=True)  # cut off by a kill, or not what was pinned
        try:
            file = Path(artifact.resolve())
        except (OSError, RuntimeError, ValueError) as error:
            trouble = error
            continue
        with file.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() == artefact.sha256:
                return file
        file.unlink(missing_ok=True)
    raise SourceError(f"{artefact.name} {artefact.version} can't be fetched" + (f" ({type(trouble).__name__})" if trouble else
                      ": what arrived isn't the pinned file"), mend="Look at the network and its proxy, then try again")


def _artifact(context: MavenContext, artefact: Artefact) -> Any:
    return context.project(artefact.group, artefact.name).at_version(artefact.version).artifact(artefact.classifier)


def _is_here(file: Path | None, artefact: Artefact) -> bool:
    return file is not None and file.exists() and file.stat().st_size == artefact.size
