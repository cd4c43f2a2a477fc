"""Check the evidence of introduction paths against the raw register files.

    python benchmarks/path_evidence.py WORKSPACE REGISTER_FILE... [--pairs 200] [--seed 1]

Asks for paths between people who are 2 to 5 ties apart, and looks up each line that a reason cites in the raw file: both
people's names, letter by letter, must stand in it. Prints the pairs asked, paths, reasons and lines checked, every line
that doesn't hold, and the time a question took.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

import networkx as nx
import numpy as np

import referralgraph
from referralgraph.answers import PathAnswer, PathReason
from referralgraph.records.lines import line_blocks

_DISTANCES = range(2, 6)


def main() -> int:
    """Run the check; the exit code is 1 if a line doesn't hold what a reason says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("workspace", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    graph = referralgraph.open(str(given.workspace))
    pairs = choose_pairs(graph.context.index.as_tie_index(), given.pairs, given.seed)
    lines = {file.name: [block.text(line) for block in line_blocks(file) for line in range(block.first_line, block.next_line)]
             for file in given.files}
    name = graph.context.index.person
    seconds, answers = [], []
    for one, other in pairs:
        began = time.perf_counter()
        answers.append(graph.path([name(one)], [name(other)], k=3, max_ties=5, min_strength=0.0))
        seconds.append(time.perf_counter() - began)
    reasons = [reason for answer in answers for path in answer.paths for tie in path.ties for reason in tie.reasons]
    bad = [text for answer in answers for text in wrong_reasons(answer, lines)]
    print(f"pairs {len(pairs)}, with a path {sum(bool(answer.paths) for answer in answers)}, "
          f"paths {sum(len(answer.paths) for answer in answers)}, reasons {len(reasons)}, "
          f"lines {sum(len(reason.sources) for reason in reasons)}, wrong {len(bad)}")
    print(f"seconds a question: median {statistics.median(seconds):.3f}, max {max(seconds):.3f}")
    print("\n".join(bad))
    return 1 if bad else 0


def choose_pairs(index: referralgraph.index.TieIndex, wanted: int, seed: int) -> list[tuple[int, int]]:
    """Return pairs of people 2 to 5 ties apart, as many of each distance as possible."""
    people = np.repeat(np.arange(len(index.people)), np.diff(index.rows.indptr))
    network = nx.Graph(zip(people.tolist(), index.rows.neighbour.tolist(), strict=True))
    random = np.random.default_rng(seed)
    start = sorted(network)
    pairs: list[tuple[int, int]] = []
    for distance in _DISTANCES:
        for one in random.permutation(start).tolist():
            if len(pairs) >= wanted * (distance - 1) // len(_DISTANCES):
                break
            far = [other for other, ties in nx.single_source_shortest_path_length(network, one, distance).items()
                   if ties == distance]
            if far:
                pairs.append((one, far[int(random.integers(len(far)))]))
    return pairs


def wrong_reasons(answer: PathAnswer, lines: dict[str, list[str]]) -> list[str]:
    """Return a line of text for each reason whose cited lines don't hold both people."""
    found = []
    for path in answer.paths:
        for tie in path.ties:
            names = {person.id: person.name for person in path.people}
            found += [f"{names[tie.from_]} - {names[tie.to]}: {reason.text}: {problem}"
                      for reason in tie.reasons if (problem := _problem(reason, lines))]
    return found


def _problem(reason: PathReason, lines: dict[str, list[str]]) -> str | None:
    if len({source.as_written for source in reason.sources}) < 2:
        return "cites one name only"
    for source in reason.sources:
        text = lines[source.file][source.line - 1]
        missing = [each.as_written for each in reason.sources
                   if (each.file, each.line) == (source.file, source.line) and (each.as_written or "") not in text]
        if missing:
            return f"{source.file}:{source.line} doesn't name {', '.join(map(str, missing))}"
    return None


if __name__ == "__main__":
    sys.exit(main())
