"""Ties: who knows whom, with every reason."""

from __future__ import annotations

from referralgraph.ties.derive import derive_ties, ties_among

__all__ = ["derive_ties", "ties_among"]
