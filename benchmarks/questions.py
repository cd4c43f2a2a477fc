"""Time and memory of boards, multipliers, dependence and breadth on a built workspace, as ratios to one `path`.

    python benchmarks/country.py --companies 1000000 COUNTRY
    python benchmarks/questions.py COUNTRY/workspace [--targets 100] [--board 12]

Targets and the board are drawn from the organisations with several people, by a fixed seed. A `path` question is one of the team to a
drawn target, the median of many; each other question is asked twice, and the second, with everything loaded, is told.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import referralgraph
from referralgraph.questions.graph import ReferralGraph

_KB = 1024 if sys.platform != "darwin" else 1


def main() -> None:
    """Draw targets, ask everything, print a line a question."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--targets", type=int, default=100)
    parser.add_argument("--board", type=int, default=12, help="our board has at least so many members: so many companies are ours")
    parser.add_argument("--many", type=int, default=10_000, help="targets of the long list")
    given = parser.parse_args()
    graph = referralgraph.open(given.workspace)
    coverage = graph.context.coverage
    print(f"{coverage.people:,} people, {coverage.organisations:,} organisations, {coverage.ties:,} ties")
    bodies = drawn(graph, given.many + given.board)
    ours, targets, many = bodies[: given.board], bodies[given.board : given.board + given.targets], bodies[given.board :]
    times = []
    for each in targets:
        began = time.perf_counter()
        graph.path([], [each])
        times.append(time.perf_counter() - began)
    one = statistics.median(times)
    print(f"{'question':<44}{'seconds':>9}{'x one path':>12}{'peak MB':>9}")
    print(f"{'one path, median of ' + str(len(times)):<44}{one:>9.4f}{1:>12.0f}{peak():>9.0f}")
    tell(one, f"boards: {len(ours)} of ours to {len(targets)} targets", lambda: graph.boards(ours, targets))
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
