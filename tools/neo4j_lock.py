"""Pin what a release of Neo4j consists of: every file that jgo resolves, with its SHA-256.

Usage: python tools/neo4j_lock.py VERSION; writes src/referralgraph/server/neo4j-VERSION.lock.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
from pathlib import Path

import jgo
from jgo.config import GlobalSettings
from jgo.maven import MavenContext

PARTS = ("org.neo4j:neo4j", "org.neo4j.app:neo4j-server", "org.neo4j:neo4j-import-tool")
FOLDER = Path(__file__).parents[1] / "src" / "referralgraph" / "server"


def lines(version: str) -> list[str]:
    """Return one line a file: group, artefact, version, classifier, SHA-256, size."""
    environment = jgo.build("+".join(f"{part}:{version}" for part in PARTS))
    context = MavenContext(repo_cache=GlobalSettings.load().repo_cache)
    found = []
    for each in tomllib.loads(environment.lock_path.read_text(encoding="utf-8"))["dependencies"]:
        classifier = each.get("classifier", "")
        file = Path(context.project(each["groupId"], each["artifactId"]).at_version(each["version"]).artifact(classifier).resolve())
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        found.append(f"{each['groupId']} {each['artifactId']} {each['version']} {classifier or '-'} {digest} {file.stat().st_size}")
    return sorted(found)


def main() -> None:
    """Write the file."""
    version = sys.argv[1]
    head = "# group artefact version classifier sha256 size: what `referralgraph server` runs; made by tools/neo4j_lock.py"
    (FOLDER / f"neo4j-{version}.lock").write_text("\n".join([head, *lines(version)]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
