"""The picture of an answer."""

from __future__ import annotations


def cases(sample):
    for question in sample.country.questions:
        if question.kind == "path":
            yield lambda graph, question=question: graph.path_network(graph.path(question.start, [question.to]))
