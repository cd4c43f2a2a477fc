"""The queries for people: each runs on the real server and returns what its header says, and what the story knows."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from referralgraph.graph.query import parse_query

FOLDER = Path(str(resources.files("referralgraph.cypher"))) / "people"
NAMES = sorted(file.name.removesuffix(".neo4j.cypher") for file in FOLDER.glob("*.neo4j.cypher"))
KNOWN = {"words": "Intralogistik Leonhard", "name": "Friederike Moosgrund", "day": "2022-01-01",
         "start": "Friederike Moosgrund", "to": "Leonhard Vrederkamp", "most_bodies": 20, "most": 50}


def run(ask, which: str, **parameters):
    found = parse_query(which, (FOLDER / f"{which}.neo4j.cypher").read_text(encoding="utf-8"))
    return found, ask(found.text, **{key: parameters.get(key, KNOWN[key]) for key in found.parameters})


@pytest.mark.parametrize("name", NAMES)
def test_a_query_returns_the_columns_of_its_header(name, ask, neo4j_published):
    found, rows = run(ask, name)
    if name == "board_at":
        _, rows = run(ask, name, name="Arbeitskreis Intralogistik", day="2022-01-01")
    assert rows, f"{name} has no answer in the country"
    assert list(rows[0]) == list(found.returns)


def test_names_are_found_without_their_accents(ask, neo4j_published):
    """A name with an accent or umlaut, typed without it, is found."""
    named = ask("MATCH (p:Person) WHERE p.name =~ '.*[äöüé].*' RETURN p.id AS id, p.name AS name ORDER BY p.id LIMIT 1")[0]
    plain = str(named["name"]).translate(str.maketrans("äöüé", "aoue"))
    assert named["id"] in [row["id"] for row in run(ask, "find_person", words=plain)[1]]


def test_the_shortest_introduction_leaves_hubs_out(demo_country, ask, neo4j_published):
    """The story's hub is on a shorter way; with the limit it is not in any."""
    question = next(each for each in demo_country.questions if each.kind == "path" and each.refused)
    start, to = question.refused[0], question.refused[-1]
    _, with_hub = run(ask, "shortest_introduction", start=start, to=to, most_bodies=10_000)
    _, without = run(ask, "shortest_introduction", start=start, to=to, most_bodies=20)
    assert list(question.refused) in [row["people"] for row in with_hub]
    assert all(question.refused[1] not in row["people"] for row in without)


def test_the_counts_of_data_quality_are_those_of_the_coverage(demo_graph, ask, neo4j_published):
    counts = {row["what"]: row["count"] for row in run(ask, "data_quality")[1]}
    covered = demo_graph.context.revision.coverage
    assert counts["people"] == covered["people"]
    assert counts["organisations"] == covered["organisations"]
    assert counts["bodies too large to give ties"] == covered["bodies_without_ties"]
    assert counts["pairs of records that wait for a decision"] == covered["waiting"]


def test_hostile_names_stay_values(ask, neo4j_published):
    before = ask("MATCH (n) RETURN count(*) AS n")
    for text in ("' OR 1=1 //", "\"}) DETACH DELETE n //", "$name", "`", "\\"):
        for name in NAMES:
            if not name.startswith("find_"):  # full-text words have a grammar of their own, which Lucene reads
                run(ask, name, name=text, start=text, to=text)
    assert ask("MATCH (n) RETURN count(*) AS n") == before
