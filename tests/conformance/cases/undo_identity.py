"""A decision about two records, taken back at once."""

from __future__ import annotations


def cases(sample):
    def work(graph):
        one, other = (graph.context.records_of(each)[0] for each in sample.people[2:4])
        graph.judge(one, other, same=False, by="Mara Wiesentau")
        return graph.undo_identity(by="Mara Wiesentau")

    yield work
    yield {"judgement": "j-00000000000000000000", "by": "Mara Wiesentau"}
