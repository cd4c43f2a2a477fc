"""Multipliers for companies of the story and from all over, with and without one more introducer."""

from __future__ import annotations

from referralgraph.demo import story


def cases(sample):
    targets = [story.MOOSGRUND.name, story.HAFENTECHNIK.name, story.NORDKAI.name, story.KALTENMOOR.name, story.VREDERSEE.name]
    yield {"targets": targets}
    yield {"targets": targets, "introducers": 1, "known_well": 0.05, "least": 3, "most": 8}
    yield {"targets": [*targets, "nobody has this name", *sample.organisations[:40]], "known_well": 0.1}
    yield {"targets": targets, "viewer": "Jonas Halvering", "current_only": True}
    yield {"targets": []}
