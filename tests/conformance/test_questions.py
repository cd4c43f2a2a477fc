"""Every question, asked of every store by somebody who has nothing but its address: the same bytes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import neo4j
import pytest
import time_machine
from tests.conformance.samples import Sample, ask, cases_of
from tests.conftest import Neo4jServer

from referralgraph.graph.store import Store
from referralgraph.questions.graph import ReferralGraph

NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
"""When all questions begin: judgements and accounts bear the day, and midnight must not come between two stores."""


@pytest.fixture(scope="session")
def colleague(published: Callable[[Path], Store], tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReferralGraph]:
    """Somebody on another computer: an empty workspace, an empty cache."""
    from referralgraph.questions.context import Context

    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        graph = ReferralGraph(Context(published(tmp_path_factory.mktemp("colleague")), None))
    yield graph
    graph.close()


@pytest.fixture
def unjudged(colleague: ReferralGraph, reference: ReferralGraph, server: Neo4jServer | None) -> None:
    """Nobody has judged yet, here or there: what one question decides must not change what another is told."""
    for graph in (reference, colleague):
        shutil.rmtree(graph.context.store.workspace.judgements, ignore_errors=True)
    if server is not None:
        with neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:
            driver.execute_query("MATCH (j:Judgement) DELETE j")


def settled(text: str) -> str:
    """Leave out what is of this run alone: ids that a judgement gets by chance, and moments since noon."""
    named: dict[str, str] = {}
    text = re.sub(r"\b[ij]-[0-9a-f]{20}\b", lambda found: named.setdefault(found[0], f"id-{len(named) + 1}"), text)
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*", lambda found: "now" if found[0] >= f"{NOON:%FT%T}" else found[0], text)


@pytest.mark.usefixtures("unjudged")
def test_every_question_is_answered_alike(
    question: str,
    colleague: ReferralGraph,
    reference: ReferralGraph,
    sample: Sample,
    expected: dict[str, list[str]],
    count: Callable[[int], None],
) -> None:
    """Answers, refusals and what the user is told instead, letter by letter; most of them are answers."""
    cases = cases_of(question, sample)
    assert cases, f"tests/conformance/cases/{question}.py asks nothing"
    if question not in expected:
        with time_machine.travel(NOON):
            expected[question] = [settled(ask(reference, question, case)) for case in cases]
    with time_machine.travel(NOON):
        for case, answer in zip(cases, expected[question], strict=True):
            assert settled(ask(colleague, question, case)) == answer, case
    assert any(answer.startswith("{") for answer in expected[question]), f"no case of {question} is answered"
    count(len(cases))


def test_the_revision_is_the_same(colleague: ReferralGraph, reference: ReferralGraph) -> None:
    """Its id is the hash of what it was made of; settings and coverage come with it, and so does who "me" is."""
    assert colleague.context.revision.id == reference.context.revision.id
    assert colleague.context.revision.coverage == reference.context.revision.coverage
    assert colleague.context.settings == reference.context.settings
    assert colleague.viewer == reference.viewer
