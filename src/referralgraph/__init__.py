"""ReferralGraph: who can introduce me, and why the software believes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from referralgraph.questions.graph import ReferralGraph

__all__ = ["ReferralGraph", "__version__", "open"]

__version__ = "0.1.0"


def open(workspace: str, *, store: str | None = None, viewer: str | None = None) -> ReferralGraph:
    """Open the current revision of a workspace for questions.

    :param workspace: folder of the workspace.
    :param store: store URI; the embedded store of the workspace by default.
    :param viewer: on whose behalf is asked; the workspace's "me" by default.
    :raises NotFound: if nothing was built yet.

    >>> import referralgraph
    >>> graph = referralgraph.open(".referralgraph")  # doctest: +SKIP
    >>> graph.path(["Me"], ["Target"], k=5)  # doctest: +SKIP
    """
    from referralgraph.questions.graph import ReferralGraph  # heavy: only once a graph is really opened

    return ReferralGraph.open(workspace, store=store, viewer=viewer)
