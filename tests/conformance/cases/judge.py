"""Two records of different people are said to be different, by me and by a colleague; an unknown record is refused."""

from __future__ import annotations


def judged(sample, by):
    """Decide about the first records of two people."""

    def work(graph):
        one, other = (graph.context.records_of(each)[0] for each in sample.people[:2])
        return graph.judge(one, other, same=False, by=by)

    return work


def cases(sample):
    yield judged(sample, None)
    yield judged(sample, "Jonas Halvering")
    yield {"one": "r00000000000000000000", "other": "r00000000000000000001", "same": True}
