"""The embedded store and Neo4j answer with the same bytes, to somebody who has nothing but the address."""

from __future__ import annotations

from datetime import date

import pytest

from referralgraph.demo import Country
from referralgraph.questions.graph import ReferralGraph


def everyone(graph: ReferralGraph) -> list[str]:
    names = graph.context.names
    return [found.id for found in names.find("a", limit=400)[0]]


def as_json(answer) -> str:
    return answer.model_dump_json(by_alias=True)


def test_the_revision_has_the_same_id(demo_graph, colleague):
    assert colleague.context.revision.id == demo_graph.context.revision.id
    assert colleague.context.revision.coverage == demo_graph.context.revision.coverage


def test_the_team_and_its_settings_come_from_the_revision(demo_graph, colleague, demo_country: Country):
    """The colleague's workspace is empty: who "me" is, he knows from the server."""
    assert colleague.context.settings == demo_graph.context.settings
    assert colleague.viewer == demo_country.team.me


def test_show_is_the_same_for_everyone(demo_graph, colleague):
    ids = everyone(demo_graph)
    assert len(ids) > 100
    assert {each[:2] for each in ids} == {"p-", "o-"}
    for entity in ids[::4]:
        assert as_json(colleague.show(entity, identity=True)) == as_json(demo_graph.show(entity, identity=True)), entity


def test_paths_are_the_same(demo_graph, colleague, demo_country: Country):
    asked = [question for question in demo_country.questions if question.kind == "path"]
    assert len(asked) > 2
    found = 0
    for question in asked:
        for limits in ({}, {"k": 10, "max_ties": 3}, {"current_only": True}, {"as_of": date(2021, 6, 30)}):
            expected = demo_graph.path(question.start, [question.to], **limits)
            assert as_json(colleague.path(question.start, [question.to], **limits)) == as_json(expected), (question.name, limits)
            found += len(expected.paths)
    assert found > 5


def test_find_and_network_are_the_same(demo_graph, colleague, demo_country: Country):
    for text in ("a", "Stapler", "mueller", "Wiesentau"):
        assert as_json(colleague.find(text)) == as_json(demo_graph.find(text))
    for entity in everyone(demo_graph)[::40]:
        assert as_json(colleague.network([entity])) == as_json(demo_graph.network([entity]))


@pytest.mark.parametrize("viewer", ["Mara Wiesentau", "Jonas Halvering", None])
def test_a_private_contact_stays_with_its_owner(demo_graph, colleague, viewer):
    """Each viewer gets the same answer from both stores, so no store shows one what the other hides."""
    for name in ("Mara Wiesentau", "Jonas Halvering"):
        assert as_json(colleague.show(name, viewer=viewer)) == as_json(demo_graph.show(name, viewer=viewer))


def test_one_revision_is_in_the_database_and_a_plain_match_is_right(demo_graph, ask, neo4j_published):
    """What an analyst counts in Browser without knowing about revisions is what the coverage says."""
    covered = demo_graph.context.revision.coverage
    assert ask("MATCH (p:Person) RETURN count(*) AS n") == [{"n": covered["people"]}]
    assert ask("MATCH (o:Organisation) RETURN count(*) AS n") == [{"n": covered["organisations"]}]
    assert ask("MATCH ()-[t:TIE]->() RETURN count(*) AS n") == [{"n": covered["ties"]}]
    assert ask("MATCH (r:Revision) RETURN r.id AS id, r.current AS current") == [
        {"id": demo_graph.context.revision.id, "current": True}]
