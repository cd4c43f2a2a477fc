"""Ties: who knows whom, with every reason."""

from __future__ import annotations

from referralgraph.ties.derive import derive_ties

__all__ = ["derive_ties"]
