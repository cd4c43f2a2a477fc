"""Loading a Neo4j three ways, and asking it for paths beside our index: one server, one run, the same country.

Usage: python benchmarks/neo4j.py [--companies 5000] [--pairs 50] [--rounds 3] [--workspace DIR]; needs referralgraph[server].
With --workspace the country is one that was built before, which stays as it is.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import socket
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import neo4j
import numpy as np
import pyarrow.parquet as pq

from referralgraph.build import build
from referralgraph.build.neo4j_import import export_for_import, import_arguments
from referralgraph.demo import generate
from referralgraph.graph.neo4j import Neo4jStore
from referralgraph.graph.neo4j_load import SEARCH
from referralgraph.graph.query import query
from referralgraph.graph.schema import NODES, RELATIONSHIPS
from referralgraph.graph.store import open_store
from referralgraph.loaders import source
from referralgraph.questions.context import Asked
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.server import LocalServer, fetch_artefacts
from referralgraph.settings import change_team, read_settings

Ask = Callable[..., list[dict[str, object]]]


def country(folder: Path, companies: int) -> Workspace:
    """Make, load and build a fictional country in the embedded store."""
    made = generate(folder / "raw", companies=companies, seed=1)
    workspace = Workspace(folder / "workspace")
    change_team(workspace.settings_file, me=made.team.me, members=made.team.colleagues, organisation=made.team.company)
    load_files(workspace, source("offeneregister"), [made.register])
    for export in made.exports:
        load_files(workspace, source(export.source), [export.path], owner=export.owner,
                   retrieved_at=datetime.combine(made.retrieved_at, datetime.min.time(), UTC))
    store = open_store(workspace)
    build(workspace, store, read_settings(workspace.settings_file))
    store.close()
    return workspace


Rates = tuple[float, float, float]  # nodes a second, relationships a second, and both until everything is there


class Processor:
    """Processor time of the server and of ourselves: on a busy machine a fairer measure than the clock."""

    def __init__(self, server: LocalServer) -> None:
        self._stat = Path(f"/proc/{server.running()}/stat")

    def now(self) -> float:
        """Return the seconds spent so far."""
        try:
            fields = self._stat.read_text(encoding="ascii").rpartition(")")[2].split()
        except OSError:  # no /proc on this system
            return float("nan")
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") + time.process_time()


Moment = tuple[float, float]  # by the clock, and of processor


def rates(name: str, sizes: dict[str, int], began: Moment, middle: Moment, end: Moment, ready: Moment) -> Rates:
    """Print one line of the table of loading rates and return them."""
    counts = (total(sizes, NODES), total(sizes, RELATIONSHIPS))
    found = [count / max(till[0] - since[0], 1e-9) for count, since, till in
             zip(counts, (began, middle), (middle, end), strict=True)]
    spent = [(till[1] - since[1]) / count * 1e6 for count, since, till in zip(counts, (began, middle), (middle, end), strict=True)]
    whole = sum(counts) / (ready[0] - began[0])
    print(f"{name:34} {found[0]:10,.0f} nodes/s ({spent[0]:.0f} µs of processor each) {found[1]:10,.0f} relationships/s "
          f"({spent[1]:.0f} µs); ready {ready[0] - end[0]:.1f} s later, {whole:,.0f} elements/s in all", flush=True)
    return found[0], found[1], whole


def our_load(name: str, workspace: Workspace, uri: str, sizes: dict[str, int], processor: Processor) -> Rates:
    """Publish with our store and print its rates; ready is when all is counted, indexed and current."""
    store = Neo4jStore(workspace, uri)
    moments: dict[str, Moment] = {}
    published: list[Moment] = []

    def now() -> Moment:
        return time.monotonic(), processor.now()

    def progress(table: str, rows: int) -> None:
        moments[table] = now()

    build(workspace, store, read_settings(workspace.settings_file), progress=progress, step=lambda name: published.append(now()))
    middle = max(moments[node.label] for node in NODES if node.label in moments)
    end = max(moments[kind.name] for kind in RELATIONSHIPS if kind.name in moments)
    found = rates(name, sizes, published[-1], middle, end, now())
    store.close()
    return found


def emptied(ask: Ask) -> None:
    """Leave a database as a new one: without nodes, keys and indexes."""
    ask("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS")
    for row in ask("SHOW CONSTRAINTS YIELD name"):
        ask(f"DROP CONSTRAINT {row['name']}")
    for row in ask("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'"):
        ask(f"DROP INDEX {row['name']}")


def warm_up(ask: Ask) -> None:
    """Let Java compile what loading needs: else whoever loads first pays for all."""
    for _ in range(20):
        rows = [{"id": str(number), "name": "warm", "list": ["a", "b"]} for number in range(5000)]
        ask("UNWIND $rows AS row MERGE (n:Warm {id: row.id}) SET n += row CREATE (n)-[:WARM {a: row.name}]->(n)", rows=rows[:500])
        ask("UNWIND $rows AS row CREATE (n:Warm) SET n = row CREATE (n)-[:WARM {a: row.name}]->(n)", rows=rows)
        ask("MATCH (n:Warm) DETACH DELETE n")


def naive_load(tables: Path, ask: Ask, sizes: dict[str, int], processor: Processor) -> Rates:
    """Load with UNWIND and MERGE, as most first programs do: labels of their own, the keys that MERGE needs.

    Ready is when people can search as they can in ours: the same indexes of names, on the other labels.
    """
    for node in NODES:
        ask(f"CREATE CONSTRAINT naive_{node.label} IF NOT EXISTS FOR (n:Naive{node.label}) REQUIRE n.id IS UNIQUE")
    began = time.monotonic(), processor.now()
    for node in NODES:
        for rows in batches(tables / f"{node.label}.parquet"):
            ask(f"UNWIND $rows AS row MERGE (n:Naive{node.label} {{id: row.id}}) SET n += row", rows=rows)
    middle = time.monotonic(), processor.now()
    for kind in RELATIONSHIPS:
        for rows in batches(tables / f"{kind.name}.parquet"):
            key = "{record_id: row.record_id}" if "record_id" in kind.properties else ""
            ask(f"UNWIND $rows AS row MATCH (a:Naive{kind.start} {{id: row.from}}) MATCH (b:Naive{kind.end} {{id: row.to}}) "
                f"MERGE (a)-[r:NAIVE_{kind.type} {key}]->(b) SET r += row", rows=rows)
    end = time.monotonic(), processor.now()
    for name in SEARCH:
        text = re.sub(r"INDEX (\w+)", r"INDEX naive_\1", query(name, "neo4j").text)
        ask(re.sub(r"\(n:(\w+)\)", r"(n:Naive\1)", text))
    ask("CALL db.awaitIndexes(600)")
    ask("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    return rates("naive UNWIND ... MERGE", sizes, began, middle, end, (time.monotonic(), processor.now()))


def batches(file: Path) -> Iterator[list[dict[str, object]]]:
    """Yield a table as lists of 2,000 maps."""
    for batch in pq.ParquetFile(file).iter_batches(2000):
        yield batch.to_pylist()


def total(sizes: dict[str, int], tables: object) -> int:
    """Return the rows of some tables."""
    return sum(sizes[getattr(each, "name", None) or each.label] for each in tables)  # type: ignore[attr-defined]


def paths(workspace: Workspace, tables: Path, ask: Ask, count: int) -> None:
    """Ask for introductions by our index and by Cypher, on the same ties."""
    tie = pq.read_table(tables / "Person_TIE_Person.parquet", columns=["from", "to"]).to_pydict()
    near: dict[str, list[str]] = {}
    for left, right in zip(tie["from"], tie["to"], strict=True):
        near.setdefault(left, []).append(right)
        near.setdefault(right, []).append(left)
    dice = random.Random(1)
    people = sorted(near)
    pairs = []
    while len(pairs) < count:
        start = end = dice.choice(people)
        for _ in range(dice.choice((2, 3, 4))):
            end = dice.choice(near[end])
        if start != end:
            pairs.append((start, end))
    graph = ReferralGraph.open(workspace.folder)
    # Cypher counts hops alone; k strongest paths, exact, is what only the index answers.
    shortest = ("MATCH (a:Person {id: $a}), (b:Person {id: $b}) MATCH p = shortestPath((a)-[:TIE*..4]-(b)) "
                "RETURN [n IN nodes(p) | n.id] AS people")
    several = "MATCH p = SHORTEST 10 (a:Person {id: $a})-[:TIE]-{1,4}(b:Person {id: $b}) RETURN [n IN nodes(p) | n.id] AS people"
    ask("CREATE INDEX benchmark_person IF NOT EXISTS FOR (p:Person) ON (p.id)")
    ask("CALL db.awaitIndexes(120)")
    context = graph.context
    chosen = context.filter(Asked())

    def search(a: str, b: str) -> object:
        return context.index.search([context.index.position(a)], [context.index.position(b)], chosen, k=10, max_ties=4,
                                    min_strength=0.01, barred=np.zeros(0, np.bool_))

    for name, work in (
        ("our index alone, 10 strongest", search),
        ("our index, 10 strongest, with reasons", lambda a, b: graph.path([a], [b], k=10)),
        ("Cypher shortestPath, one by hops", lambda a, b: ask(shortest, a=a, b=b)),
        ("Cypher SHORTEST 10, by hops", lambda a, b: ask(several, a=a, b=b)),
    ):
        work(*pairs[0])
        spent = []
        for pair in pairs:
            began = time.perf_counter()
            work(*pair)
            spent.append((time.perf_counter() - began) * 1000)
        spent.sort()
        print(f"{name:40} median {statistics.median(spent):8.1f} ms, p90 {spent[int(len(spent) * 0.9)]:8.1f} ms, "
              f"worst {spent[-1]:8.1f} ms", flush=True)
    graph.close()


def main() -> None:
    """Run everything in a folder that is deleted afterwards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--companies", type=int, default=5000)
    parser.add_argument("--pairs", type=int, default=50)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if given.workspace:
            workspace = Workspace(shutil.copytree(given.workspace, Path(name) / "workspace"))
        else:
            workspace = country(Path(name), given.companies)
        store = open_store(workspace)
        build(workspace, store, read_settings(workspace.settings_file))  # with the code of today
        store.close()
        made = max(workspace.stages.glob("graph-*"), key=lambda each: each.stat().st_mtime)
        tables = Path(shutil.copytree(made, Path(name) / "tables"))  # later builds sweep what they don't need
        sizes = {file.stem: pq.read_metadata(file).num_rows for file in tables.glob("*.parquet")}
        print(f"{total(sizes, NODES):,} nodes, {total(sizes, RELATIONSHIPS):,} relationships")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        server = LocalServer(Path(name) / "neo4j", fetch_artefacts(), port=port, memory="1g")
        os.environ["NEO4J_PASSWORD"] = str(server.prepare())
        files = Path(name) / "files"
        list(export_for_import(workspace, files))
        began = time.monotonic()
        server.admin(*import_arguments(files, "other"))
        seconds = time.monotonic() - began
        both = total(sizes, NODES) + total(sizes, RELATIONSHIPS)
        print(f"{'import tool, Java start included':34} {both / seconds:12,.0f} elements/s, {seconds:.1f} s")
        server.start()
        try:
            with neo4j.GraphDatabase.driver(server.uri, auth=("neo4j", os.environ["NEO4J_PASSWORD"]),
                                            notifications_min_severity="OFF") as driver:

                def ask(text: str, **parameters: object) -> list[dict[str, object]]:
                    with driver.session() as session:
                        return session.run(text, parameters).data()

                warm_up(ask)
                processor = Processor(server)
                ours: list[Rates] = []
                naive: list[Rates] = []
                team = read_settings(workspace.settings_file).team.members
                for turn in range(given.rounds):  # in turn, so that what else the computer does falls on both
                    for ours_now in ((False, True), (True, False))[turn % 2]:
                        emptied(ask)
                        if not ours_now:
                            naive.append(naive_load(tables, ask, sizes, processor))
                            continue
                        change_team(workspace.settings_file, members=team)
                        ours.append(our_load("ours, the first revision", workspace, server.uri, sizes, processor))
                        change_team(workspace.settings_file, members=(*team, "Somebody Else"))
                        our_load("ours, a later one beside it", workspace, server.uri, sizes, processor)
                emptied(ask)
                change_team(workspace.settings_file, members=team)
                build(workspace, Neo4jStore(workspace, server.uri), read_settings(workspace.settings_file))
                nodes, ties, whole = (statistics.median(one[place] / other[place] for one, other in zip(ours, naive, strict=True))
                                      for place in (0, 1, 2))
                print(f"ours / naive, median: {nodes:.2f} for nodes, {ties:.2f} for relationships, {whole:.2f} until all is there",
                      flush=True)
                paths(workspace, tables, ask, given.pairs)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
