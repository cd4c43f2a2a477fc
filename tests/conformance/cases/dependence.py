"""What hangs on whom for targets of the story and from all over."""

from __future__ import annotations

from referralgraph.demo import story


def cases(sample):
    targets = [story.MOOSGRUND.name, story.HAFENTECHNIK.name, story.NORDKAI.name, story.KALTENMOOR.name, story.VREDERSEE.name]
    yield {"targets": targets}
    yield {"targets": targets, "sources": ["Mara Wiesentau", "Sri Wahyuningsih"], "introducers": 3, "max_ties": 3}
    yield {"targets": [*targets, "nobody has this name", *sample.organisations[:60]], "min_strength": 0.001}
    yield {"targets": []}
