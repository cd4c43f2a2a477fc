"""The peers of the introduction search, each asked in its own best way, in a process of its own that can be ended.

A peer answers one of two questions: `exact`, the k strongest simple paths of at most four ties, which must equal ours
(of those as strong as the last it may choose others); or `best`, the strength of the single strongest path, which must
equal our first. Libraries that know no limit on the number of ties (Dijkstra) may find a stronger, longer one: their
strength must be at least ours.
"""

from __future__ import annotations

import importlib
import math
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import numpy.typing as npt

Answer = list[tuple[tuple[int, ...], float]]
Ask = Callable[[int, int], Answer]


@dataclass(frozen=True)
class Graph:
    """One row a tie, each pair once, over compact ids; and the rows of the index."""

    people: int
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    strength: npt.NDArray[np.float64]
    indptr: npt.NDArray[np.int64]
    neighbour: npt.NDArray[np.int32]
    row_strength: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Peer:
    """A library, what it is asked, and how."""

    name: str
    module: str
    question: str
    prepare: Callable[[Graph, int], Ask]


@dataclass
class Run:
    """What a peer did: seconds to load, seconds and answer of each question, the one that ran out of time if any."""

    missing: bool = False
    failed: str = ""
    load: float = math.nan
    megabytes: float = math.nan
    seconds: list[float] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    unfinished: bool = False


def run_peer(peer: Peer, graph: Graph, pairs: list[tuple[int, int]], k: int, budget: float) -> Run:
    """Load the graph and ask the pairs in turn, for at most `budget` seconds all in all."""
    if importlib.util.find_spec(peer.module) is None:
        return Run(missing=True)
    context = multiprocessing.get_context("fork" if os.name == "posix" else "spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(peer, graph, pairs, k, sending), daemon=True)
    process.start()
    sending.close()
    run = Run()
    ends = time.monotonic() + budget
    try:
        while receiving.poll(max(0.0, ends - time.monotonic())):
            kind, *values = receiving.recv()
            if kind == "loaded":
                run.load = values[0]
            elif kind == "answer":
                run.seconds.append(values[0])
                run.answers.append(values[1])
                run.megabytes = values[2]
            elif kind == "failed":
                run.failed = values[0]
                break
            else:
                break
        else:
            run.unfinished = True
    except EOFError:
        run.failed = "the process ended by itself"
    process.terminate()
    process.join()
    return run


def _serve(peer: Peer, graph: Graph, pairs: list[tuple[int, int]], k: int, sending: Connection) -> None:
    """Run in the peer's process."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        began = time.perf_counter()
        ask = peer.prepare(graph, k)
        sending.send(("loaded", time.perf_counter() - began))
        for source, target in pairs:
            began = time.perf_counter()
            answer = ask(source, target)
            spent = time.perf_counter() - began
            used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            sending.send(("answer", spent, answer, used / 1024))
        sending.send(("done",))
    except (ImportError, RuntimeError, ValueError, MemoryError, OSError, AttributeError, TypeError, KeyError) as error:
        sending.send(("failed", f"{type(error).__name__}: {str(error)[:120]}"))


def strongest(found: Answer, k: int) -> Answer:
    """Order paths as the index does, and keep k."""
    found.sort(key=lambda each: (-float(f"{each[1]:.11e}"), each[0]))
    return found[:k]


def _product(strengths: dict[tuple[int, int], float], path: tuple[int, ...]) -> float:
    worth = 1.0
    for pair in pairwise(path):
        worth *= strengths[pair]
    return worth


def _by_pair(graph: Graph) -> dict[tuple[int, int], float]:
    left, right, strength = graph.left.tolist(), graph.right.tolist(), graph.strength.tolist()
    strengths = dict(zip(zip(left, right, strict=True), strength, strict=True))
    strengths.update(zip(zip(right, left, strict=True), strength, strict=True))
    return strengths


def networkx_exact(graph: Graph, k: int) -> Ask:
    """`all_simple_paths` with a cutoff, then sorted."""
    import networkx as nx

    known = nx.Graph()
    known.add_edges_from(zip(graph.left.tolist(), graph.right.tolist(), strict=True))
    strengths = _by_pair(graph)

    def ask(source: int, target: int) -> Answer:
        paths = nx.all_simple_paths(known, source, target, cutoff=4)
        return strongest([(tuple(path), _product(strengths, tuple(path))) for path in paths], k)

    return ask


def rustworkx_exact(graph: Graph, k: int) -> Ask:
    """`all_simple_paths` with a cutoff of people, then sorted."""
    import rustworkx as rx

    known = rx.PyGraph()
    known.add_nodes_from(range(graph.people))
    known.add_edges_from_no_data(list(zip(graph.left.tolist(), graph.right.tolist(), strict=True)))
    strengths = _by_pair(graph)

    def ask(source: int, target: int) -> Answer:
        paths = rx.all_simple_paths(known, source, target, cutoff=5)
        return strongest([(tuple(path), _product(strengths, tuple(path))) for path in paths], k)

    return ask


def igraph_exact(graph: Graph, k: int) -> Ask:
    """`get_all_simple_paths` with a cutoff, then sorted."""
    import igraph

    known = igraph.Graph(n=graph.people, edges=np.column_stack((graph.left, graph.right)).tolist())
    strengths = _by_pair(graph)

    def ask(source: int, target: int) -> Answer:
        paths = known.get_all_simple_paths(source, to=target, maxlen=4)
        return strongest([(tuple(path), _product(strengths, tuple(path))) for path in paths], k)

    return ask


def scipy_best(graph: Graph, k: int) -> Ask:
    """Dijkstra over -log strength, which stops at no target and knows no limit of ties."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    # A strength of 1 would be a cost of 0, which a sparse matrix takes for no tie.
    cost = np.maximum(-np.log(graph.row_strength), 1e-15)
    known = csr_array((cost, graph.neighbour, graph.indptr), shape=(graph.people, graph.people))

    def ask(source: int, target: int) -> Answer:
        costs = dijkstra(known, indices=source)
        return [((source, target), math.exp(-costs[target]))] if math.isfinite(costs[target]) else []

    return ask


def rustworkx_best(graph: Graph, k: int) -> Ask:
    """Dijkstra that stops at the target, without a limit of ties."""
    import rustworkx as rx

    known = rx.PyGraph()
    known.add_nodes_from(range(graph.people))
    cost = (-np.log(graph.strength)).tolist()
    known.add_edges_from(list(zip(graph.left.tolist(), graph.right.tolist(), cost, strict=True)))

    def ask(source: int, target: int) -> Answer:
        costs = rx.dijkstra_shortest_path_lengths(known, source, float, target)
        return [((source, target), math.exp(-costs[target]))] if target in costs else []

    return ask


def igraph_best(graph: Graph, k: int) -> Ask:
    """Dijkstra for one path, without a limit of ties."""
    import igraph

    known = igraph.Graph(n=graph.people, edges=np.column_stack((graph.left, graph.right)).tolist())
    cost = (-np.log(graph.strength)).tolist()
    known.es["cost"] = cost

    def ask(source: int, target: int) -> Answer:
        found = known.get_shortest_path(source, target, weights="cost", output="epath")
        return [((source, target), math.exp(-sum(cost[tie] for tie in found)))] if found else []

    return ask


def graphblas_best(graph: Graph, k: int) -> Ask:
    """Four products of a vector with the matrix, over maximum and product: the strongest walk of at most four ties."""
    import graphblas as gb

    known = gb.Matrix.from_csr(
        graph.indptr.astype(np.uint64), graph.neighbour.astype(np.uint64), graph.row_strength, ncols=graph.people
    )

    def ask(source: int, target: int) -> Answer:
        reached = gb.Vector(gb.dtypes.FP64, graph.people)
        reached[source] = 1.0
        best = 0.0
        for _ in range(4):
            reached = gb.semiring.max_times(reached @ known).new()
            best = max(best, reached.get(target, 0.0))
        return [((source, target), best)] if best > 0.0 else []

    return ask


def ladybug_exact(graph: Graph, k: int) -> Ask:
    """Cypher: every acyclic path of one to four ties, ordered by the product of their strengths."""
    import ladybug
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = Path(tempfile.mkdtemp())
    pq.write_table(pa.table({"id": np.arange(graph.people)}), folder / "person.parquet")
    ties = {"left": graph.left.astype(np.int64), "right": graph.right.astype(np.int64), "strength": graph.strength}
    pq.write_table(pa.table(ties), folder / "tie.parquet")
    connection = ladybug.Connection(ladybug.Database(str(folder / "graph.lbdb")))
    connection.execute("CREATE NODE TABLE Person(id INT64 PRIMARY KEY)")
    connection.execute("CREATE REL TABLE Tie(FROM Person TO Person, strength DOUBLE)")
    connection.execute(f"COPY Person FROM '{folder}/person.parquet'")
    connection.execute(f"COPY Tie FROM '{folder}/tie.parquet'")
    query = (
        "MATCH path = (:Person {id: $source})-[:Tie* ACYCLIC 1..4]-(:Person {id: $target}) "
        "WITH properties(nodes(path), 'id') AS people, list_product(properties(rels(path), 'strength')) AS strength "
        # ACYCLIC alone lets 0.22 come back to people it has met, the target among them.
        "WHERE size(list_distinct(people)) = size(people) RETURN people, strength "
        f"ORDER BY strength DESC LIMIT {k}"
    )

    def ask(source: int, target: int) -> Answer:
        rows = connection.execute(query, {"source": source, "target": target}).get_all()
        return strongest([(tuple(people), strength) for people, strength in rows], k)

    return ask


def neo4j_exact(uri: str) -> Callable[[Graph, int], Ask]:
    """Cypher over Bolt, where the benchmark's own labels are filled and emptied; NEO4J_USERNAME, NEO4J_PASSWORD."""

    def prepare(graph: Graph, k: int) -> Ask:
        import neo4j

        user = (os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", ""))
        driver = neo4j.GraphDatabase.driver(uri, auth=user)
        label = "BenchmarkPerson"
        driver.execute_query(f"CREATE CONSTRAINT IF NOT EXISTS FOR (p:{label}) REQUIRE p.id IS UNIQUE")
        driver.execute_query(f"MATCH (p:{label}) CALL (p) {{ DETACH DELETE p }} IN TRANSACTIONS OF 10000 ROWS")
        batch = 50_000
        for first in range(0, graph.people, batch):
            ids = list(range(first, min(first + batch, graph.people)))
            driver.execute_query(f"UNWIND $ids AS id CREATE (:{label} {{id: id}})", ids=ids)
        for first in range(0, len(graph.left), batch):
            part = slice(first, first + batch)
            rows = zip(
                graph.left[part].tolist(), graph.right[part].tolist(), graph.strength[part].tolist(), strict=True
            )
            driver.execute_query(
                f"UNWIND $rows AS row MATCH (a:{label} {{id: row[0]}}), (b:{label} {{id: row[1]}}) "
                "CREATE (a)-[:BENCHMARK_TIE {strength: row[2]}]->(b)",
                rows=[list(row) for row in rows],
            )
        query = (
            f"MATCH path = (:{label} {{id: $source}})-[:BENCHMARK_TIE*1..4]-(:{label} {{id: $target}}) "
            "WITH [p IN nodes(path) | p.id] AS people, "
            "reduce(s = 1.0, t IN relationships(path) | s * t.strength) AS strength "
            "WHERE all(i IN range(0, size(people) - 2) WHERE NOT people[i] IN people[i + 1 ..]) "
            f"RETURN people, strength ORDER BY strength DESC, people LIMIT {k}"
        )

        def ask(source: int, target: int) -> Answer:
            rows = driver.execute_query(query, source=source, target=target).records
            return strongest([(tuple(row["people"]), row["strength"]) for row in rows], k)

        return ask

    return prepare


EXACT = [
    Peer("networkx all_simple_paths", "networkx", "exact", networkx_exact),
    Peer("rustworkx all_simple_paths", "rustworkx", "exact", rustworkx_exact),
    Peer("igraph get_all_simple_paths", "igraph", "exact", igraph_exact),
    Peer("LadybugDB Cypher", "ladybug", "exact", ladybug_exact),
]

BEST = [
    Peer("scipy dijkstra", "scipy", "best", scipy_best),
    Peer("python-graphblas max-times", "graphblas", "best", graphblas_best),
    Peer("igraph get_shortest_path", "igraph", "best", igraph_best),
    Peer("rustworkx dijkstra", "rustworkx", "best", rustworkx_best),
]
