"""Resolve: which records are one person or one organisation, with the proof and the chance."""

from __future__ import annotations

from referralgraph.resolve.careful import resolve

__all__ = ["resolve"]
