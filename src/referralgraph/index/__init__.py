"""The index: ties as compressed sparse rows, and the search for introduction paths."""

from referralgraph.index.ties import TieIndex

__all__ = ["TieIndex"]
