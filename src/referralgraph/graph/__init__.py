"""The graph: its tables, and the stores that hold published revisions of it."""

from __future__ import annotations

from referralgraph.graph.store import Store, open_store

__all__ = ["Store", "open_store"]
