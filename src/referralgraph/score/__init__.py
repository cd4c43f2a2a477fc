"""Scores that answers rank by: pure functions of arrays, without a store, a clock or unseeded randomness."""
