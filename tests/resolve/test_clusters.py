"""Clusters and their trees against networkx on random graphs."""

from __future__ import annotations

import random

import networkx as nx
import numpy as np
import pyarrow as pa
import pytest

from referralgraph.resolve.clusters import cluster_labels, cluster_trees
from referralgraph.resolve.contradictions import without_contradictions


def _graph(seed: int, size: int, pairs: int) -> tuple[pa.Array, pa.Table, list[int]]:
    rng = random.Random(seed)
    records = pa.array(sorted(f"r{number:04}" for number in range(size)))
    rows = []
    for number in range(pairs):
        left, right = rng.sample(range(size), 2) if size > 1 else (0, 0)
        rows.append(
            {
                "record_id": f"r{left:04}",
                "other": f"r{right:04}",
                "because": rng.choice(("a", "b")),
                "probability": rng.choice((0.8, 0.9, 0.99)),
                "proof": f"p{number}",
            }
        )
    names = ("record_id", "other", "because", "probability", "proof")
    types = (pa.string(), pa.string(), pa.string(), pa.float64(), pa.string())
    edges = pa.Table.from_pylist(rows, pa.schema(list(zip(names, types, strict=True))))
    return records, edges, [rng.randrange(3) for _ in range(size)]


@pytest.mark.parametrize(("size", "pairs"), [(1, 0), (2, 1), (30, 0), (30, 12), (60, 40), (60, 200), (400, 300)])
@pytest.mark.parametrize("seed", range(4))
def test_clusters_are_the_connected_components(seed, size, pairs):
    records, edges, rank = _graph(seed, size, pairs)
    graph = nx.Graph()
    graph.add_nodes_from(records.to_pylist())
    graph.add_edges_from(zip(edges["record_id"].to_pylist(), edges["other"].to_pylist(), strict=True))
    components = {frozenset(each) for each in nx.connected_components(graph)}

    labels = cluster_labels(records, edges)
    by_label: dict[int, set[str]] = {}
    for record, label in zip(records.to_pylist(), labels.tolist(), strict=True):
        by_label.setdefault(label, set()).add(record)
    assert {frozenset(each) for each in by_label.values()} == components

    tree = cluster_trees(records, np.array(rank), edges).to_pylist()
    rank_of = dict(zip(records.to_pylist(), rank, strict=True))
    root_of = {row["record_id"]: row["root"] for row in tree}
    for component in components:
        assert {root_of[each] for each in component} == {min(component, key=lambda each: (rank_of[each], each))}


@pytest.mark.parametrize("seed", range(6))
def test_links_are_a_forest_that_leads_to_the_root_by_pairs_that_exist(seed):
    records, edges, rank = _graph(seed, 80, 120)
    best: dict[frozenset[str], float] = {}
    for row in edges.to_pylist():
        pair = frozenset((row["record_id"], row["other"]))
        best[pair] = max(best.get(pair, 0.0), row["probability"])
    tree = {row["record_id"]: row for row in cluster_trees(records, np.array(rank), edges).to_pylist()}
    forest = nx.Graph()
    forest.add_nodes_from(tree)
    for record, row in tree.items():
        if row["link_to"] is None:
            assert row["root"] == record
            assert row["because"] is row["probability"] is row["proof"] is None
            continue
        assert row["probability"] == best[frozenset((record, row["link_to"]))]
        assert any(
            each["proof"] == row["proof"] and {each["record_id"], each["other"]} == {record, row["link_to"]}
            for each in edges.to_pylist()
        )
        forest.add_edge(record, row["link_to"])
    assert nx.is_forest(forest)
    for record, row in tree.items():
        assert nx.has_path(forest, record, row["root"])


def test_the_order_of_pairs_changes_nothing():
    records, edges, rank = _graph(11, 60, 90)
    shuffled = edges.take(pa.array(np.random.default_rng(2).permutation(len(edges))))
    one, other = (cluster_trees(records, np.array(rank), each) for each in (edges, shuffled))
    assert one.select(["record_id", "root"]).equals(other.select(["record_id", "root"]))


@pytest.mark.parametrize("seed", range(8))
def test_what_stands_never_contradicts_and_what_is_refused_would(seed):
    """Kind a is stronger than b: a refused a alone, and a refused b with the a that stand, joins what contradicts."""
    records, edges, _ = _graph(seed, 60, 45)
    rng = random.Random(seed)
    facts = {record: rng.choice("xy") for record in records.to_pylist() if rng.random() < 0.4}
    table = pa.table({"record_id": list(facts), "topic": ["born"] * len(facts), "value": list(facts.values())})
    kept, refused = without_contradictions(records, edges, table, ("a", "b"))
    assert len(kept) + len(refused) == len(edges)

    def torn(rows: list[dict[str, str]]) -> dict[str, bool]:
        graph = nx.Graph()
        graph.add_nodes_from(records.to_pylist())
        graph.add_edges_from((row["record_id"], row["other"]) for row in rows)
        return {
            record: len({facts[each] for each in part if each in facts}) > 1
            for part in nx.connected_components(graph)
            for record in part
        }

    strong = [row for row in edges.to_pylist() if row["because"] == "a"]
    weak = [row for row in edges.to_pylist() if row["because"] == "b"]
    assert not any(torn(kept.to_pylist()).values())
    standing = [row for row in kept.to_pylist() if row["because"] == "a"]
    assert {row["proof"] for row in refused.to_pylist()} == {
        row["proof"]
        for rows, base in ((strong, []), (weak, standing))
        for row in rows
        if torn(base + rows)[row["record_id"]]
    }
