"""Breadth of companies of the story and from all over."""

from __future__ import annotations

from datetime import date

from referralgraph.demo import story


def cases(sample):
    yield {"organisations": [story.MOOSGRUND.name, story.NORDKAI.name, story.KALTENMOOR.name, "nobody has this name"]}
    yield {"organisations": sample.organisations[::20]}
    yield {"organisations": [story.HAFENTECHNIK.name], "current_only": True, "as_of": date(2017, 6, 30)}
    yield {"organisations": []}
