"""One record of a person of several is somebody else's; a record of nobody's is refused. Taken back, so that others ask the same."""

from __future__ import annotations


def cases(sample):
    def work(graph):
        person = next(each for each in sample.people if len(graph.context.records_of(each)) > 1)
        done = graph.take_apart(person, graph.context.records_of(person)[-1:], by="Mara Wiesentau")
        graph.undo_identity(done.judgements[0], by="Mara Wiesentau")
        return done

    yield work
    yield {"entity": sample.people[0], "records": ["r00000000000000000000"]}
