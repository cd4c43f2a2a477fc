"""Measure the introduction search beside its peers: `python benchmarks/paths.py [--quick] [--people N]`.

Makes a fictional country of people who are tied through bodies of at most 30, asks questions of many kinds once each
(so that each pays its own cache misses), checks that every exact answer equals that of the plain enumeration, and
prints percentiles of the time, the ties looked at, build time, memory, and ratios. Peers that aren't installed are
named.
"""

from __future__ import annotations

import argparse
import gc
import importlib.metadata
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
from paths_graph import DENSE, REFERENCE, Question, Shape, make_graph, make_questions
from paths_peers import BEST, EXACT, Answer, Graph, Peer, Run, neo4j_exact, run_peer

from referralgraph.index.compiled import warm
from referralgraph.index.ties import TieIndex

K, MAX_TIES, FLOOR = 10, 4, 0.01
SMALL = 20_000


def main() -> None:
    """Run everything that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--people", type=int, default=1_000_000, help="people of the reference graph (default: 1,000,000)"
    )
    parser.add_argument("--questions", type=int, default=400, help="questions of each kind (default: 400)")
    parser.add_argument("--seed", type=int, default=7, help="of graph and questions (default: 7)")
    parser.add_argument("--quick", action="store_true", help="100,000 people, fewer questions: under a minute")
    parser.add_argument(
        "--dense", action="store_true", help="more and larger bodies: twice the ties, thrice the median"
    )
    parser.add_argument("--no-peers", action="store_true", help="only ours and the plain enumeration")
    parser.add_argument("--neo4j", metavar="URI", default=os.environ.get("NEO4J_URI"), help="a server to compare with")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.people, chosen.questions = min(chosen.people, 100_000), min(chosen.questions, 100)
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, ", end=""
    )
    print(f"Python {platform.python_version()}, numpy {np.__version__}, seed {chosen.seed}")

    index = build(chosen.people, chosen.seed, DENSE if chosen.dense else REFERENCE)
    questions = make_questions(index.rows.indptr, index.rows.neighbour, chosen.questions, chosen.seed)
    graph = compact_graph(index)
    began = time.perf_counter()
    print(f"machine code: {'ready' if warm() else 'none, numba is missing'} in {time.perf_counter() - began:.1f} s\n")
    ours = against_plain(index, questions)
    many_to_many(index, chosen.seed, 200 if chosen.quick else 1_000)
    cold_start(index, questions)
    if not chosen.no_peers:
        sample = [question for question in questions if question.kind.startswith("walk")]
        step = max(1, len(sample) // 12)
        best_of_peers(graph, index, sample[::step], 8.0 if chosen.quick else 40.0, ours)
        small = build(SMALL, chosen.seed, REFERENCE)
        peers = EXACT + ([Peer("Neo4j Cypher", "neo4j", "exact", neo4j_exact(chosen.neo4j))] if chosen.neo4j else [])
        exact_of_peers(small, peers, chosen.seed, 6.0 if chosen.quick else 15.0)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process, with everything the peers were given: {peak:,.0f} MB")


def build(people: int, seed: int, shape: Shape) -> TieIndex:
    """Make the graph and the index, and say what they cost."""
    began = time.perf_counter()
    made = make_graph(people, seed, shape)
    generated = time.perf_counter()
    index = TieIndex.from_arrays(made.left, made.right, made.strength)
    spent = time.perf_counter() - generated
    degree = np.diff(index.rows.indptr)
    held = {id(array.base): array.nbytes for array in (index.rows.neighbour, index.rows.strength, index.rows.ceiling)}
    size = index.people.nbytes + index.rows.indptr.nbytes + sum(held.values())
    print(
        f"{len(index):,} people, {index.ties:,} ties, "
        f"up to {degree.max():,} and in the median {np.median(degree):.0f} a person\n"
        f"made in {generated - began:.1f} s, index built in {spent:.1f} s, "
        f"{size / 2 / index.ties:.1f} bytes a tie and direction"
    )
    return index


def compact_graph(index: TieIndex) -> Graph:
    """Return each tie once, for the peers."""
    person = np.repeat(np.arange(len(index), dtype=np.int32), np.diff(index.rows.indptr))
    once = person < index.rows.neighbour
    return Graph(
        len(index),
        person[once],
        index.rows.neighbour[once],
        index.rows.strength[once],
        index.rows.indptr,
        index.rows.neighbour,
        index.rows.strength,
    )


def against_plain(index: TieIndex, questions: list[Question]) -> dict[Question, Answer]:
    """Time ours and the plain enumeration, and check that they say the same."""
    try:
        from paths_plain import PlainSearch
    except ImportError:
        print("plain enumeration: numba is not installed")
        plain = None
    else:
        plain = PlainSearch(index.rows.indptr, index.rows.neighbour, index.rows.strength)
    answers: dict[Question, Answer] = {}
    for floor in (0.0, FLOOR):
        mine, busy, looked, theirs, theirs_busy, theirs_looked = (defaultdict[str, list[float]](list) for _ in range(6))
        without: dict[str, int] = defaultdict(int)
        results = []
        # The benchmark's own hundred thousand answers aren't the search's garbage to look through.
        gc.collect()
        gc.freeze()
        for question in questions:
            sources, targets = (
                index.people[list(question.sources)].tolist(),
                index.people[list(question.targets)].tolist(),
            )
            began, turned = time.perf_counter(), time.thread_time()
            results.append(index.search(sources, targets, K, MAX_TIES, floor))
            busy[question.kind].append(time.thread_time() - turned)
            mine[question.kind].append(time.perf_counter() - began)
        found = {}
        for question, result in zip(questions, results, strict=True):
            looked[question.kind].append(result.relaxed)
            without[question.kind] += not result.paths
            found[question] = [(tuple(index.compact(path.people).tolist()), path.strength) for path in result.paths]
        if floor == 0.0:
            answers = found
        checked = 0
        # After ours and not between: who asks second finds the first one's memory in the cache.
        for question in questions:
            if plain is not None and len(question.sources) == len(question.targets) == 1:
                began, turned = time.perf_counter(), time.thread_time()
                expected = plain.paths(question.sources[0], question.targets[0], K, floor)
                theirs_busy[question.kind].append(time.thread_time() - turned)
                theirs[question.kind].append(time.perf_counter() - began)
                theirs_looked[question.kind].append(plain.looked)
                same(found[question], expected, question)
                checked += 1
        print(f"k = {K}, at most {MAX_TIES} ties, floor {floor}; each question asked once, milliseconds")
        print(f"{'':24}{'p50':>8}{'p90':>8}{'p99':>8}{'max':>8}   {'ties looked at p50, p99':>24}   no path")
        groups = {"walks of 2 to 4": ["walk of 2", "walk of 3", "walk of 4"], **{kind: [kind] for kind in mine}}
        for name, kinds in groups.items():
            times = [each for kind in kinds for each in mine[kind]]
            ties = [each for kind in kinds for each in looked[kind]]
            print(f"  {name:22}{spread(times)}   {counts(ties)}   {sum(without[kind] for kind in kinds)}/{len(times)}")
            # What another process took from this core is not in the processor's time.
            print(f"    {'processor time':20}{spread([each for kind in kinds for each in busy[kind]])}")
            rival = [each for kind in kinds for each in theirs[kind]]
            rival_busy = [each for kind in kinds for each in theirs_busy[kind]]
            if rival:
                ties = [each for kind in kinds for each in theirs_looked[kind]]
                print(f"    {'plain enumeration':20}{spread(rival)}   {counts(ties)}")
                own = [each for kind in kinds for each in busy[kind]]
                ratio = [np.percentile(rival_busy, at) / np.percentile(own, at) for at in (50, 99)]
                print(f"    {'  processor time':20}{spread(rival_busy)}   x {ratio[0]:.1f}, x {ratio[1]:.1f}")
        print(f"  {checked} answers equal to the plain enumeration's\n")
    return answers


def spread(seconds: list[float]) -> str:
    """Return p50, p90, p99 and the greatest, in milliseconds."""
    return "".join(f"{np.percentile(seconds, at) * 1e3:8.3f}" for at in (50, 90, 99, 100))


def counts(ties: list[float]) -> str:
    """Return p50 and p99 of numbers of ties."""
    return f"{np.percentile(ties, 50):12,.0f}{np.percentile(ties, 99):12,.0f}"


def same(found: Answer, expected: Answer, question: object, any_last: bool = False) -> None:
    """Stop with both answers if they differ; `any_last` lets them differ among those as strong as the last."""
    least = expected[-1][1] * (1 + 1e-9) if any_last and expected else 0.0
    people = [one for one, worth in found if worth > least] == [one for one, worth in expected if worth > least]
    strengths = np.allclose([worth for _, worth in found], [worth for _, worth in expected], rtol=1e-9, atol=0.0)
    if not people or not strengths:
        raise SystemExit(f"answers differ for {question}:\n  found    {found}\n  expected {expected}")


def many_to_many(index: TieIndex, seed: int, targets: int) -> None:
    """Ask for a team of 50 and many targets in one run, and for the same one by one."""
    random = np.random.default_rng(seed)
    people = random.choice(index.people, 50 + targets, replace=False).tolist()
    team, groups = people[:50], [[person] for person in people[50:]]
    began = time.perf_counter()
    together = index.best_paths(team, groups, k=3)
    shared = time.perf_counter() - began
    began = time.perf_counter()
    apart = [index.paths(team, group, k=3) for group in groups]
    single = time.perf_counter() - began
    if [result.paths for result in together] != apart:
        raise SystemExit("one run for all groups differs from one by one")
    reached = sum(bool(paths) for paths in apart)
    print(
        f"team of 50 to {targets} targets, 3 paths each, {reached} reached: {shared:.2f} s in one run, "
        f"{single:.2f} s singly"
    )


COLD = """
import json, resource, sys, time
began = time.perf_counter()
import numpy as np
from referralgraph.index.rows import Rows
from referralgraph.index.ties import TieIndex
folder, pairs = sys.argv[1], json.loads(sys.argv[2])
names = ("indptr", "neighbour", "strength")
indptr, neighbour, strength = (np.load(f"{folder}/{name}.npy", mmap_mode="r") for name in names)
index = TieIndex(np.arange(len(indptr) - 1), Rows(indptr, neighbour, strength, strength))
index.paths([pairs[0][0]], [pairs[0][1]])
first = time.perf_counter() - began
for source, target in pairs[1:]:
    index.paths([source], [target])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
try:  # Linux counts the parent's memory before this program was started, too; this line doesn't
    peak = int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0]) / 1024
except OSError:
    pass
print(f"{first:.3f} {'numba' in sys.modules} {peak:.0f}")
"""


def cold_start(index: TieIndex, questions: list[Question]) -> None:
    """Ask in fresh processes over mapped files: one small question, the largest there is (two hubs), and many."""
    degree = np.diff(index.rows.indptr)
    order = np.argsort(degree)
    many = [(each.sources[0], each.targets[0]) for each in questions if each.kind.startswith("walk")]
    asked = {
        "two people": [(int(order[len(order) // 2]), int(order[len(order) // 2 + 1]))],
        "two hubs": [(int(order[-1]), int(order[-2]))],
        f"{len(many)} walks": many,
    }
    with tempfile.TemporaryDirectory() as folder:
        for name in ("indptr", "neighbour", "strength"):
            np.save(Path(folder) / f"{name}.npy", getattr(index.rows, name))
        size = sum(file.stat().st_size for file in Path(folder).iterdir()) / 2**20
        for name, pairs in asked.items():
            began = time.perf_counter()
            done = subprocess.run(  # our own interpreter and our own text
                [sys.executable, "-c", COLD, folder, json.dumps(pairs)],
                capture_output=True,
                text=True,
                check=True,
            )
            whole = time.perf_counter() - began
            spent, machine_code, peak = done.stdout.split()
            how = "machine code" if machine_code == "True" else "whole arrays"
            print(
                f"fresh process, {name}: {spent} s from import to the first answer, {whole:.2f} s to the end of the process, "
                f"{how}, peak {peak} MB of which mapped files at most {size:,.0f} MB"
            )
    print()


def best_of_peers(
    graph: Graph, index: TieIndex, questions: list[Question], budget: float, ours: dict[Question, Answer]
) -> None:
    """Ask for the single strongest path on the reference graph: what most libraries can say at all."""
    pairs = [(question.sources[0], question.targets[0]) for question in questions]
    times = []
    for source, target in pairs:
        began = time.perf_counter()
        index.paths([int(index.people[source])], [int(index.people[target])], K, MAX_TIES)
        times.append(time.perf_counter() - began)
    mine = float(np.median(times))
    print(
        f"one strongest path on the reference graph, {len(pairs)} pairs; ours finds {K} in {mine * 1e3:.3f} ms (median)"
    )
    for peer in BEST:
        run = run_peer(peer, graph, pairs, K, budget)
        for question, answer in zip(questions, run.answers, strict=False):
            expected = ours[question][0][1]
            found = answer[0][1] if answer else 0.0
            unlimited = peer.module != "graphblas"
            if found < expected * (1 - 1e-9) or (found > expected * (1 + 1e-9) and not unlimited):
                raise SystemExit(f"{peer.name} finds {found}, ours {expected} for {question}")
        report(peer, run, mine, len(pairs))
    print()


def exact_of_peers(index: TieIndex, peers: list[Peer], seed: int, budget: float) -> None:
    """Ask the very same question on a graph that is small enough for those who enumerate."""
    questions = [
        question
        for question in make_questions(index.rows.indptr, index.rows.neighbour, 10, seed)
        if len(question.sources) == len(question.targets) == 1
    ]
    pairs = [(question.sources[0], question.targets[0]) for question in questions]
    times, answers = [], []
    for source, target in pairs:
        began = time.perf_counter()
        found = index.paths([int(index.people[source])], [int(index.people[target])], K, MAX_TIES)
        times.append(time.perf_counter() - began)
        answers.append([(tuple(index.compact(path.people).tolist()), path.strength) for path in found])
    mine = float(np.median(times))
    print(f"the {K} strongest paths of at most {MAX_TIES} ties, {len(pairs)} pairs; ours {mine * 1e3:.3f} ms (median)")
    for peer in peers:
        run = run_peer(peer, compact_graph(index), pairs, K, budget)
        for question, answer, expected in zip(questions, run.answers, answers, strict=False):
            same(answer, expected, (peer.name, question), any_last=True)
        report(peer, run, mine, len(pairs))
    print()


def report(peer: Peer, run: Run, mine: float, asked: int) -> None:
    """One line on a peer."""
    if run.missing:
        print(f"  {peer.name:30} not installed")
        return
    version = importlib.metadata.version({"graphblas": "python-graphblas"}.get(peer.module, peer.module))
    if not run.seconds:
        print(f"  {peer.name:30} {version:10} {run.failed or f'no answer in time (loaded in {run.load:.1f} s)'}")
        return
    median, longest = float(np.median(run.seconds)), max(run.seconds)
    note = f"; stopped after {len(run.seconds)} of {asked}" if run.unfinished else ""
    print(
        f"  {peer.name:30} {version:10} loaded in {run.load:5.1f} s, {run.megabytes:7,.0f} MB; "
        f"median {median * 1e3:9.1f} ms, longest {longest * 1e3:9.1f} ms; x {median / mine:,.0f}{note}"
        f"{'; ' + run.failed if run.failed else ''}"
    )


if __name__ == "__main__":
    main()
