"""Resolve: which records are one person or one organisation, with the proof and the chance."""

from __future__ import annotations

from referralgraph.resolve.careful import learn_models, resolve
from referralgraph.resolve.compared import Compared
from referralgraph.resolve.former import keep_members, keep_roots, split_ids
from referralgraph.resolve.learned import Learned

__all__ = ["Compared", "Learned", "keep_members", "keep_roots", "learn_models", "resolve", "split_ids"]
