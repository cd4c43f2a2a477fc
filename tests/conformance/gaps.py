"""What a store doesn't answer, and why: each an expected failure, and a gap that closes fails the run.

The key is the store and a pattern of the query's or the question's name.
"""

from __future__ import annotations

from fnmatch import fnmatch

EMBEDDED = "embedded"
GAPS: dict[tuple[str, str], str] = {
    (EMBEDDED, "people/*"): "for Neo4j Browser; people ask the embedded store by the command line",
    (EMBEDDED, "read/count_*"): "the embedded store is written whole or not at all, so nothing is counted",
    (EMBEDDED, "read/current_revision"): "the current revision of the embedded store is a file",
    (EMBEDDED, "read/index_*"): "the index of the embedded store is a folder",
    (EMBEDDED, "read/judgements"): "the judgements of the embedded store are a file",
    (EMBEDDED, "read/revision_is_whole"): "a revision of the embedded store is a folder, whole as long as it is open",
}


def gap(store: str, name: str) -> str | None:
    """Return why a store doesn't answer something, None if it has to."""
    return next((why for (where, pattern), why in GAPS.items() if where == store and fnmatch(name, pattern)), None)
