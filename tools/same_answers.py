"""Whether a Neo4j answers with the same bytes as the embedded store, on a country of one's own.

Usage: python tools/same_answers.py WORKSPACE [--seed 1]; needs referralgraph[server]. The workspace was built before and stays
as it is; a local server is started, the country is published there, and somebody with an empty workspace asks both: 150 introductions
between people 2 to 4 ties apart, 30 between people whom nothing ties, 20 whose shortest way is refused, and 200 times all about
somebody.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from referralgraph.build import build
from referralgraph.graph.store import open_store
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.workspace import Workspace
from referralgraph.server import LONG_TERM, NEWEST, LocalServer, fetch_artefacts
from referralgraph.settings import read_settings

Pair = tuple[str, str]


class Ties:
    """The ties of a country, to choose pairs from."""

    def __init__(self, tables: Path, seed: int) -> None:
        rows = pq.read_table(tables / "Person_TIE_Person.parquet", columns=["from", "to"]).to_pydict()
        self.near: dict[str, list[str]] = {}
        for left, right in zip(rows["from"], rows["to"], strict=True):
            self.near.setdefault(left, []).append(right)
            self.near.setdefault(right, []).append(left)
        self.people = sorted(self.near)
        self.dice = random.Random(seed)
        place = {person: number for number, person in enumerate(self.people)}
        ends = [[place[each] for each in rows[column]] for column in ("from", "to")]
        size = len(self.people)
        _, self.part = connected_components(coo_array(([1] * len(ends[0]), ends), shape=(size, size)), directed=False)

    def steps(self, start: str, end: str) -> int | None:
        """Return how many ties lie between two people, None for more than four."""
        seen, front = {start}, {start}
        for steps in range(1, 5):
            front = {other for person in front for other in self.near[person]} - seen
            if end in front:
                return steps
            seen |= front
        return None

    def apart(self) -> Iterator[Pair]:
        """Yield pairs that are 2 to 4 ties apart."""
        while True:
            start = end = self.dice.choice(self.people)
            for _ in range(self.dice.choice((2, 3, 4))):
                end = self.dice.choice(self.near[end])
            if start != end and (self.steps(start, end) or 0) >= 2:
                yield start, end

    def unreachable(self) -> Iterator[Pair]:
        """Yield pairs that no chain of ties connects."""
        while True:
            first, second = self.dice.randrange(len(self.people)), self.dice.randrange(len(self.people))
            if self.part[first] != self.part[second]:
                yield self.people[first], self.people[second]


def text(graph: ReferralGraph, pair: Pair) -> str:
    """Return the answer as JSON."""
    return graph.path([pair[0]], [pair[1]], k=5).model_dump_json(by_alias=True)


def compare(embedded: ReferralGraph, other: ReferralGraph, tables: Path, seed: int) -> None:
    """Ask both and print how many answers are equal."""
    ties = Ties(tables, seed)
    apart, unreachable = ties.apart(), ties.unreachable()
    pairs = [next(apart) for _ in range(150)]
    answered = [text(embedded, pair) for pair in pairs]
    told = sum(answer == text(other, pair) for pair, answer in zip(pairs, answered, strict=True))
    found = sum('"paths":[]' not in answer for answer in answered)
    print(f"2 to 4 ties apart: {told} of 150 equal, {found} of them with a path", flush=True)
    pairs = [next(unreachable) for _ in range(30)]
    answered = [text(embedded, pair) for pair in pairs]
    told = sum(answer == text(other, pair) for pair, answer in zip(pairs, answered, strict=True))
    found = sum('"paths":[]' in answer for answer in answered)
    print(f"unreachable: {told} of 30 equal, {found} of them without a path", flush=True)
    told = tried = refused = 0
    while refused < 20 and tried < 20_000:
        start, end = next(apart)
        middle = next((person for person in ties.near[start] if end in ties.near[person]), None)
        tried += 1
        if middle is None:
            continue
        asked = {"sources": [start], "targets": [end], "avoid": [middle]}
        answer = embedded.path(**asked)
        if answer.refused:
            refused += 1
            told += answer.model_dump_json(by_alias=True) == other.path(**asked).model_dump_json(by_alias=True)
    print(f"refused: {told} of {refused} equal", flush=True)
    bodies = pq.read_table(tables / "Organisation.parquet", columns=["id"])["id"].to_pylist()
    some = [*ties.dice.sample(ties.people, 120), *ties.dice.sample(bodies, 80)]
    told = sum(embedded.show(each, identity=True).model_dump_json(by_alias=True) ==
               other.show(each, identity=True).model_dump_json(by_alias=True) for each in some)
    print(f"show: {told} of 200 equal", flush=True)


def main() -> None:
    """Run everything in a folder that is deleted afterwards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for release in (LONG_TERM, NEWEST):
        with tempfile.TemporaryDirectory() as name, socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
            probe.close()
            workspace = Workspace(shutil.copytree(given.workspace, Path(name) / "workspace"))
            server = LocalServer(Path(name) / "neo4j", fetch_artefacts(release=release), port=port, memory="1g", release=release)
            os.environ["NEO4J_PASSWORD"] = str(server.prepare())
            os.environ["XDG_CACHE_HOME"] = str(Path(name) / "cache")
            server.start()
            try:
                for uri in (None, server.uri):
                    store = open_store(workspace, uri)
                    build(workspace, store, read_settings(workspace.settings_file))
                    store.close()
                tables = max(workspace.stages.glob("graph-*"), key=lambda each: each.stat().st_mtime)
                embedded = ReferralGraph.open(workspace.folder)
                other = ReferralGraph.open(Path(name) / "empty", store=server.uri)
                print(f"Neo4j {release.version}, revision {other.context.revision.id}, embedded {embedded.context.revision.id}")
                compare(embedded, other, tables, given.seed)
                embedded.close()
                other.close()
            finally:
                server.kill()


if __name__ == "__main__":
    main()
