"""Boards of the story, of bodies from all over, a list with lines that can't be answered, and interlocks."""

from __future__ import annotations

from referralgraph.demo import story


def cases(sample):
    ours, theirs = [story.HUBWERK.name, story.MOOSGRUND.name], [story.NORDKAI.name, story.KALTENMOOR.name, story.TERMINAL.name]
    yield {"ours": ours, "targets": theirs}
    yield {"ours": ours, "targets": [*theirs, "nobody has this name", *sample.organisations[:4]], "k": 2, "max_ties": 2}
    yield {"ours": ours, "targets": theirs, "current_only": True, "avoid": [story.WENDELIN.entity]}
    for body in sample.organisations[::60]:
        yield {"ours": [body]}
        yield {"ours": [story.KALTENMOOR.name], "targets": [body]}
    yield {"ours": ["nobody has this name"]}
