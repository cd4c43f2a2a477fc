"""Breadth of companies of the story, worked out by hand, and influence against networkx.

Moosgrund & Sonnwart: Friederike sits with four others in the working group Intralogistik, Albrecht with four others in the presidium:
two seats, eight people outside. Both have been managing directors since 12 May 2016: 10.4 years on 30 September 2026.
"""

from __future__ import annotations

import json
from importlib.util import find_spec

import networkx as nx
import numpy as np
import pyarrow.parquet as pq
import pytest

from referralgraph.demo import story
from referralgraph.errors import UsageError
from referralgraph.index import influence
from referralgraph.index.influence import write_influence


def test_a_company_of_two_knows_eight_people_over_two_bodies(demo_graph):
    (entry,) = demo_graph.breadth([story.MOOSGRUND.name]).entries
    assert (entry.people, entry.tied_people, entry.tenure_years, entry.age_years) == (2, 8, 10.4, None)
    assert [(each.name, each.count) for each in entry.by_role] == [("managing_director", 2)]
    assert [(each.name, each.count) for each in entry.by_kind] == [("shared_mandate", 8)]
    assert entry.most_influential[0].person.name == story.LEONHARD.name
    # Kaltenmoor, Vredersee, Hafentechnik, Quellbrink, and the two bodies themselves
    assert entry.companies_reached == 6


def test_one_line_for_each_that_was_asked_for(demo_graph, tmp_path):
    listing = tmp_path / "companies.csv"
    listing.write_text(f"{story.NORDKAI.name}\nNo Such AG\n{story.NORDKAI.name}\n", encoding="utf-8")
    answer = demo_graph.breadth([str(listing)])
    assert [each.nothing.code if each.nothing else None for each in answer.entries] == [None, "not_found", "duplicate"]
    assert json.loads(answer.influence_method)["betweenness"] == "exact"
    with pytest.raises(UsageError):
        demo_graph.breadth([])


def test_a_nominee_is_counted_and_told(demo_graph):
    (entry,) = demo_graph.breadth([story.KALTENMOOR.name]).entries
    assert entry.hubs == 1
    assert story.RUPRECHT.name not in [each.person.name for each in entry.most_influential[:3]]


def _network(index):
    indptr, neighbour, strength = (np.load(index / f"{name}.npy") for name in ("indptr", "neighbour", "strength"))
    network = nx.Graph()
    network.add_nodes_from(range(len(indptr) - 1))
    for person in range(len(indptr) - 1):
        for place in range(indptr[person], indptr[person + 1]):
            if strength[place] > 0:
                network.add_edge(person, int(neighbour[place]), weight=float(strength[place]))
    return network


def test_influence_is_that_of_networkx(demo_workspace):
    """Whoever has no tie keeps 1 - damping; among those who have, PageRank is proportional to that of networkx."""
    index = next(demo_workspace.glob("revisions/*/index"))
    network = _network(index)
    tied = sorted(node for node in network if network.degree(node))
    rows = pq.read_table(next(demo_workspace.glob("stages/ties-*/influence.parquet"))).to_pydict()
    ranks = nx.pagerank(network.subgraph(tied), alpha=0.85, tol=1e-12, max_iter=500)
    assert [rows["influence_score"][node] for node in tied] == pytest.approx([ranks[node] * len(tied) for node in tied], rel=1e-4)
    assert {round(rows["influence_score"][node], 9) for node in set(network) - set(tied)} <= {0.15}
    exact = nx.betweenness_centrality(network, normalized=True)
    assert rows["betweenness"] == pytest.approx([exact[node] for node in range(len(network))], rel=1e-4, abs=1e-9)


def test_it_stands_on_the_person_nodes_with_its_method(demo_graph):
    found = demo_graph.context.entity(story.LEONHARD.entity)
    row = demo_graph.context.people([found.id])[found.id]
    assert row["influence_score"] > 1
    assert 0 <= row["betweenness"] <= 1
    assert "weighted PageRank" in row["influence_method"]


def test_the_library_says_the_same_on_larger_graphs_within_the_stated_error(demo_workspace, tmp_path, monkeypatch):
    """The demo's graph, taken for a large one: PageRank equal, betweenness within the error, two runs alike."""
    index = next(demo_workspace.glob("revisions/*/index"))
    exact = pq.read_table(next(demo_workspace.glob("stages/ties-*/influence.parquet"))).to_pydict()
    monkeypatch.setattr(influence, "_SMALL", 0)
    monkeypatch.setattr(influence, "_MOST", 40)
    told = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_influence(index, tmp_path / name)
        told.append(pq.read_table(tmp_path / name / "influence.parquet").to_pydict())
    assert told[0] == told[1]
    assert told[0]["influence_score"] == pytest.approx(exact["influence_score"], rel=1e-4)
    if find_spec("networkit") is None:  # a machine for which it has no wheels
        assert "isn't installed" in told[0]["influence_method"][0]
        return
    error = json.loads(told[0]["influence_method"][0])["betweenness_error"]
    assert error == pytest.approx(0.2147, abs=1e-3)  # sqrt(ln 40 / 80)
    outside = np.abs(np.array(told[0]["betweenness"]) - np.array(exact["betweenness"])) > error
    assert outside.mean() <= 0.05
