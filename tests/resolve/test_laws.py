"""Laws of identity on random records: order doesn't matter, and no cluster contradicts itself."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

_GIVEN = st.sampled_from(["Jürgen", "Juergen", "Jürgen Karl", "J.", "Sabine"])
_FAMILY = st.sampled_from(["Vredenau", "Tilsen", "Vredenau-Tilsen"])
_PERSON = st.fixed_dictionaries(
    {
        "given": _GIVEN,
        "family": _FAMILY,
        "city": st.sampled_from([None, "Ulm", "Kiel"]),
        "birth_date": st.sampled_from([None, None, "1960", "1960-01-02", "1988-05-06"]),
        "profile_url": st.sampled_from([None, None, "https://www.linkedin.com/in/a", "https://www.linkedin.com/in/b"]),
        "emails": st.sampled_from([None, None, ["a@v.example"], ["a@v.example", "b@v.example"], ["b@v.example"]]),
        "firm": st.sampled_from(["o1", "o2"]),
        "employer": st.sampled_from([None, None, "Kronwald Fördertechnik", "Nordlicht"]),
    }
)


def _fill(case, people, order):
    case.company("o1", "Kronwald Fördertechnik GmbH", identifier="X1")
    case.company("o2", "Nordlicht Consulting GmbH", identifier="X2")
    for number in order:
        each = people[number]
        about = {key: each[key] for key in ("birth_date", "profile_url", "emails")}
        name = f"{each['given']} {each['family']}"
        if each["employer"]:
            case.contact(f"p{number}", name, each["employer"], city=each["city"], **about)
        else:
            case.officer(f"p{number}", name, each["city"], each["firm"], **about)
    for rows in case.rows.values():
        if order != sorted(order):
            rows.reverse()


def examples(count):
    """So many lists of people, the same in every run."""
    return settings(max_examples=count, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])


@examples(5)
@given(people=st.lists(_PERSON, min_size=2, max_size=9), seed=st.integers(0, 1000))
def test_order_of_rows_changes_nothing_and_no_cluster_contradicts_itself(new_case, people, seed):
    assert_order_changes_nothing(new_case, people, seed)


@pytest.mark.soak
@examples(150)
@given(people=st.lists(_PERSON, min_size=2, max_size=12), seed=st.integers(0, 1000))
def test_order_of_rows_changes_nothing_with_many_lists(new_case, people, seed):
    assert_order_changes_nothing(new_case, people, seed)


def assert_order_changes_nothing(new_case, people, seed):
    shuffled = list(range(len(people)))
    random.Random(seed).shuffle(shuffled)
    outcomes = []
    with TemporaryDirectory() as folder:
        for name, order in (("a", list(range(len(people)))), ("b", shuffled)):
            case = new_case(str(Path(folder) / name))
            _fill(case, people, order)
            outcomes.append(case.resolve())
    one, other = outcomes
    assert one.people == other.people
    assert one.organisations == other.organisations
    assert one.links == other.links
    assert one.waiting == other.waiting

    clusters = defaultdict(list)
    for number, each in enumerate(people):
        clusters[one.people[f"rp{number}"]].append(each)
    for cluster in clusters.values():
        assert len({each["profile_url"] for each in cluster if each["profile_url"]}) <= 1
        born = {each["birth_date"] for each in cluster if each["birth_date"]}
        assert not any(not (a.startswith(b) or b.startswith(a)) for a in born for b in born)


@pytest.mark.parametrize("reverse", [False, True])
def test_an_entity_keeps_its_id_when_records_join_it(new_case, reverse):
    """The id is that of the register record, so neither a contact nor the order of loads changes it."""
    case = new_case(f"ids{reverse}")
    firm = case.company("o", "Kronwald Fördertechnik GmbH", identifier="X1")
    officer = case.officer("5", "Jürgen Vredenau", "Ulm", firm)
    before = case.resolve().people["r5"]
    case.contact("1", "Jürgen Vredenau", "Kronwald Fördertechnik")
    if reverse:
        for rows in case.rows.values():
            rows.reverse()
    found = case.resolve()
    assert found.one(officer, "1")
    assert found.people["r5"] == before == "r5"
