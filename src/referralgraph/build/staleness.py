"""What is newer than a revision."""

from __future__ import annotations

from referralgraph.graph.revision import Revision
from referralgraph.records.workspace import Workspace


def stale_loads(workspace: Workspace, revision: Revision) -> list[str]:
    """Return the loads that count but aren't in the revision; if there are none, those in it that count no longer."""
    if not workspace.loads():
        return []
    counting, built = {load.load for load in workspace.effective_loads()}, set(revision.loads)
    return sorted(counting - built) or sorted(built - counting)
