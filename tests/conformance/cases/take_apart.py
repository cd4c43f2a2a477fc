"""One record of a person or an organisation of several is somebody else's; a record of nobody's is refused.

Everything is asked while they are two, then that is taken back, so that others ask the same.
"""

from __future__ import annotations


def cases(sample):
    def apart(entities, ask):
        def work(graph):
            entity = next(each for each in entities if len(graph.context.records_of(each)) > 1)
            done = graph.take_apart(entity, graph.context.records_of(entity)[-1:], by="Mara Wiesentau")
            try:
                return done if ask is None else ask(graph, entity)
            finally:
                graph.undo_identity(done.judgements[0], by="Mara Wiesentau")

        return work

    yield apart(sample.people, None)
    for entities in (sample.people, sample.organisations):
        yield apart(entities, lambda graph, entity: graph.show(entity, identity=True))
        yield apart(entities, lambda graph, entity: graph.path([], [entity]))
        yield apart(entities, lambda graph, entity: graph.network([entity]))
        yield apart(entities, lambda graph, entity: graph.risk([entity]))
    yield {"entity": sample.people[0], "records": ["r00000000000000000000"]}
