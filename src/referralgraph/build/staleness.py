"""What is newer than a revision."""

from __future__ import annotations

from referralgraph.graph.revision import Revision
from referralgraph.records.workspace import Workspace


def stale_loads(workspace: Workspace, revision: Revision) -> list[str]:
    """Return the loads that count but aren't in the revision, and those in it that count no longer."""
    return sorted({load.load for load in workspace.effective_loads()} ^ set(revision.loads)) if workspace.loads() else []
