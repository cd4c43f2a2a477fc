"""The queries for people, on the real server: what the story knows, they say."""

from __future__ import annotations

import re
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


@pytest.mark.parametrize("which", NAMES)
def test_a_file_runs_as_it_is_pasted(which, ask, neo4j_published):
    """With the parameters of its own `:param` lines, those of the header's examples; the demo country has an answer to each.

    Accounts are entered by people, so those queries find none here; `test_8_accounts.py` asks them.
    """
    text = (FOLDER / f"{which}.neo4j.cypher").read_text(encoding="utf-8")
    found = parse_query(which, text)
    lines = re.findall(r"^// :param (\w+) => (.+)$", text, re.MULTILINE)
    assert [name for name, _ in lines] == list(found.parameters)
    given = {name: ask(f"RETURN {value} AS value")[0]["value"] for name, value in lines}
    assert {name: str(value) for name, value in given.items()} == found.examples
    rows = ask(text, **given)
    assert all(tuple(row) == found.returns for row in rows)
    assert bool(rows) == (":Stakeholder" not in text)


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


def test_one_revision_is_in_the_database_and_a_plain_match_is_right(demo_graph, ask, neo4j_published):
    """What an analyst counts in Browser without knowing about revisions is what the coverage says."""
    covered = demo_graph.context.revision.coverage
    assert ask("MATCH (p:Person) RETURN count(*) AS n") == [{"n": covered["people"]}]
    assert ask("MATCH (o:Organisation) RETURN count(*) AS n") == [{"n": covered["organisations"]}]
    assert ask("MATCH ()-[t:TIE]->() RETURN count(*) AS n") == [{"n": covered["ties"]}]
    assert ask("MATCH (r:Revision) RETURN r.id AS id, r.current AS current") == [
        {"id": demo_graph.context.revision.id, "current": True}]
