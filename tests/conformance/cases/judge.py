"""Two records are said to be of different people, by me and by a colleague; an unknown record is refused.

Two organisations, and two people, are said to be one, and what is asked then is told, before that is taken back.
"""

from __future__ import annotations

from contextlib import suppress

from referralgraph.errors import ReferralGraphError


def judged(sample, by):
    """Decide about the first records of two people."""

    def work(graph):
        one, other = (graph.context.records_of(each)[0] for each in sample.people[:2])
        return graph.judge(one, other, same=False, by=by)

    return work


def joined(one, other, ask):
    """Ask while two are one."""

    def work(graph):
        done = graph.judge(one, other, same=True, by="Mara Wiesentau")
        try:
            return ask(graph)
        finally:
            with suppress(ReferralGraphError):
                graph.undo_identity(done.judgements[0], by="Mara Wiesentau")

    return work


def cases(sample):
    yield judged(sample, None)
    yield judged(sample, "Jonas Halvering")
    yield {"one": "r00000000000000000000", "other": "r00000000000000000001", "same": True}
    for one, other in (sample.organisations[:2], sample.organisations[5:30:24], sample.people[10:12]):
        yield joined(one, other, lambda graph, one=one: graph.show(one, identity=True))
        yield joined(one, other, lambda graph, other=other: graph.path([], [other]))
        yield joined(one, other, lambda graph, one=one: graph.network([one]))
        yield joined(one, other, lambda graph, one=one: graph.risk([one]))
        if one.startswith("o-"):
            yield joined(one, other, lambda graph, one=one: graph.boards([one]))
            yield joined(one, other, lambda graph, one=one: graph.breadth([one]))
            yield joined(one, other, lambda graph, one=one: graph.ownership(one))
        yield joined(one, other, lambda graph: graph.find("a", limit=40))
