"""Requests to the introducers of the story's paths."""

from __future__ import annotations


def cases(sample):
    for question in sample.country.questions:
        if question.kind == "path":
            yield lambda graph, to=question.to: graph.requests(graph.path([], [to], k=3))
