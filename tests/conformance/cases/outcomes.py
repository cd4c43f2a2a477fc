"""Outcomes are entered and taken back: what they change, and that nothing of them stays."""

from __future__ import annotations

from datetime import date

from referralgraph.demo import story


def _after(word):
    def ask(graph):
        made = graph.enter_outcome(word, story.TORSTEN.entity, story.FRIEDERIKE.entity, at=date(2026, 9, 1), by="Mara Wiesentau")
        try:
            return graph.path([], [story.LEONHARD.entity], k=2)
        finally:
            graph.undo_outcome(made, by="Mara Wiesentau")

    return ask


def _listed(graph):
    made = graph.enter_outcome("asked", story.TORSTEN.entity, story.FRIEDERIKE.entity, at=date(2026, 9, 1), by="Mara Wiesentau")
    try:
        return graph.outcomes()
    finally:
        graph.undo_outcome(made, by="Mara Wiesentau")


def cases(sample):
    yield {}
    for word in ("asked", "granted", "met", "business", "refused", "strangers"):
        yield _after(word)
    yield _listed
    yield {"as_of": date(2020, 1, 1)}
