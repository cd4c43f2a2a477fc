"""Introduction paths: the story's questions under several limits, pairs from all over, and what is refused."""

from __future__ import annotations

from datetime import date

LIMITS = ({}, {"k": 10, "max_ties": 3}, {"current_only": True}, {"as_of": date(2021, 6, 30)}, {"viewer": "Jonas Halvering"})


def cases(sample):
    asked = [question for question in sample.country.questions if question.kind == "path"]
    for question in asked:
        for limits in LIMITS:
            yield {"sources": question.start, "targets": [question.to], **limits}
        for name in question.people[1:-1]:
            yield {"sources": question.start, "targets": [question.to], "avoid": [name]}
    for start, end in zip(sample.people[::7], sample.people[3::7], strict=False):
        yield {"sources": [start], "targets": [end], "k": 3}
    yield {"sources": [], "targets": sample.organisations[:3]}
    yield {"targets": ["nobody has this name"]}
