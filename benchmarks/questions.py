"""Time and memory of boards, multipliers, dependence and breadth on a built workspace, as ratios to one `path`.

    python benchmarks/country.py --companies 1000000 COUNTRY
    python benchmarks/questions.py COUNTRY/workspace [--targets 100] [--board 12]
    python benchmarks/questions.py --people 10000000

Targets and the board are drawn from the organisations with several people, by a fixed seed. A `path` question is one of the team to a
drawn target, the median of many; each other question is asked twice, and the second, with everything loaded, is told. `--people`
asks on a made-up index of that size instead, whose store answers from arrays (`questions_graph.py` says why).
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

from questions_graph import ArrayStore

import referralgraph
from referralgraph.graph.store import Store
from referralgraph.questions.context import Context
from referralgraph.questions.graph import ReferralGraph

_KB = 1024 if sys.platform != "darwin" else 1


def main() -> None:
    """Draw targets, ask everything, print a line a question."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("workspace", type=Path, nargs="?")
    parser.add_argument("--people", type=int, default=1_000_000, help="size of the made-up index, where no workspace is named")
    parser.add_argument("--targets", type=int, default=100)
    parser.add_argument("--board", type=int, default=12, help="members of our board: as few companies are ours as have so many")
    parser.add_argument("--many", type=int, default=10_000, help="targets of the long list")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        graph = referralgraph.open(given.workspace) if given.workspace else made(given.people, Path(folder))
        print(f"opened in {time.perf_counter() - began:.1f} s, peak {peak():.0f} MB")
        ask_everything(graph, given)


def made(people: int, folder: Path) -> ReferralGraph:
    """Return a graph of a size, made straight as arrays."""
    store = cast("Store", ArrayStore(people, folder))
    return ReferralGraph(Context(store, None))


def ask_everything(graph: ReferralGraph, given: argparse.Namespace) -> None:
    """Draw targets and print a line a question."""
    coverage = graph.context.coverage
    print(f"{coverage.people:,} people, {coverage.organisations:,} organisations, {coverage.ties:,} ties")
    bodies = drawn(graph, given.many + given.board)
    targets, many = bodies[given.board : given.board + given.targets], bodies[given.board :]
    ours = board_of(graph, bodies[: given.board], given.board)
    times = []
    for each in targets:
        began = time.perf_counter()
        graph.path([], [each])
        times.append(time.perf_counter() - began)
    one = statistics.median(times)
    print(f"{'question':<44}{'seconds':>9}{'x one path':>12}{'peak MB':>9}")
    print(f"{'one path, median of ' + str(len(times)):<44}{one:>9.4f}{1:>12.0f}{peak():>9.0f}")
    tell(one, f"boards: {len(graph.boards(ours).members)} of ours to {len(targets)} targets", lambda: graph.boards(ours, targets))
    tell(one, "boards: one organisation alone", lambda: graph.boards(ours[:1]))
    tell(one, f"multipliers: {len(targets)} targets", lambda: graph.multipliers(targets, least=5, most=10))
    tell(one, f"multipliers: {len(many)} targets", lambda: graph.multipliers(many, least=5, most=10))
    tell(one, f"multipliers: {len(many)} targets, one introducer", lambda: graph.multipliers(
        many, least=5, most=10, introducers=1, known_well=0.05))  # fmt: skip
    tell(one, f"dependence: {len(targets)} targets, team and 100", lambda: graph.dependence(targets))
    tell(one, f"dependence: {len(many)} targets, team and 100", lambda: graph.dependence(many))
    tell(one, "breadth: one company", lambda: graph.breadth(ours[:1]))


def drawn(graph: ReferralGraph, count: int) -> list[str]:
    """Return ids of organisations that name at least two people, by a fixed seed, few of them in bodies too large."""
    dice = random.Random(5)
    index, found = graph.context.index, []
    order = list(range(len(index.organisation_ids)))
    dice.shuffle(order)
    for position in order:
        entity = index.organisation(position)
        rows = graph.context.store.read("read/mandates_in_organisation", [{"id": entity}])
        if 2 <= len({row["person"] for row in rows if row["current"]}) <= 30:
            found.append(entity)
        if len(found) == count:
            break
    return found


def board_of(graph: ReferralGraph, bodies: list[str], members: int) -> list[str]:
    """Return the first bodies that have so many members together."""
    return next((bodies[:count] for count in range(1, len(bodies)) if len(graph.boards(bodies[:count]).members) >= members), bodies)


def tell(one: float, name: str, ask: Callable[[], object]) -> None:
    """Ask twice and print what the second time cost."""
    for _ in range(2):
        began = time.perf_counter()
        ask()
        seconds = time.perf_counter() - began
    print(f"{name:<44}{seconds:>9.4f}{seconds / one:>12.1f}{peak():>9.0f}", flush=True)


def peak() -> float:
    """Return the most memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KB / 1024 / 1024


if __name__ == "__main__":
    main()
