"""The planted homonym and the planted married name of the fictional country."""

from __future__ import annotations

import duckdb
import pytest


@pytest.fixture(scope="session")
def resolved(demo_workspace):
    """People, with their town, entity and the pair by which they hang together, and what waits."""
    records = next((demo_workspace / "stages").glob("records-*"))
    outcome = next((demo_workspace / "stages").glob("resolve-*"))
    people = duckdb.sql(f"""SELECT record_id, name, city, source, root FROM '{records}/person.parquet'
        JOIN '{outcome}/person_link.parquet' USING (record_id)""").fetchall()
    waiting = duckdb.sql(f"SELECT record_id, other FROM '{outcome}/waiting.parquet'").fetchall()
    return people, {frozenset(pair) for pair in waiting}


def _roots(people, entity):
    name, _, city = entity.partition(", ")
    return {root for _, called, place, _, root in people if (called, place) == (name, city)}


def test_the_homonym_stays_another_person(demo_country, resolved):
    people, _ = resolved
    question = next(each for each in demo_country.questions if each.kind == "apart")
    one, other = _roots(people, question.start[0]), _roots(people, question.to)
    assert len(one) == len(other) == 1
    assert one != other
    # and the LinkedIn connection is the gardener, not the decision-maker
    assert "linkedin" in {source for _, _, _, source, root in people if root in one}
    assert "linkedin" not in {source for _, _, _, source, root in people if root in other}


def test_the_married_name_stays_two_and_waits(demo_country, resolved):
    people, waiting = resolved
    question = next(each for each in demo_country.questions if each.kind == "possible")
    one, other = _roots(people, question.start[0]), _roots(people, question.to)
    assert one.isdisjoint(other)
    root_of = {record: root for record, _, _, _, root in people}
    assert {one.pop(), other.pop()} in [{root_of[each] for each in pair} for pair in waiting]
