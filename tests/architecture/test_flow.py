"""Imports go with the flow of the data; this table is the one place that says which way that is."""

from __future__ import annotations

import ast
import re

import pytest

EVERYWHERE = {"errors"}  # the tree of exceptions stands under everything
FLOW = {
    "errors": set(),
    "language": set(),
    "records": set(),
    "cypher": set(),
    "answers": set(),
    "demo": set(),
    "loaders": {"records"},
    "judgements": set(),
    "accounts": {"records", "judgements", "loaders", "score", "settings"},
    "identity": {"judgements"},
    "score": {"records", "settings", "language"},
    "settings": {"records", "score"},
    "resolve": {"records", "judgements", "identity", "settings"},
    "ties": {"records", "settings", "score"},
    "graph": {"records", "cypher"},
    "index": {"records", "score", "settings"},
    "risk": {"records", "score"},
    "questions": {
        "records", "judgements", "identity", "accounts", "settings", "language",
        "graph", "index", "risk", "score", "answers",
        "resolve", "ties",  # a judgement counts at once: its records are put together anew by the statements of these stages
    },
    "server": set(),
    "render": {"language", "answers"},
    "locale": set(),
    "build": {
        "records", "judgements", "identity", "accounts", "settings", "resolve", "ties",
        "graph", "index", "risk", "score", "referralgraph",
    },
    # The package itself opens a graph for questions; nobody but `build` and `cli` asks it for its version.
    "referralgraph": {"questions"},
}
TOP = "cli"
HEAVY = {"numpy", "numba", "pandas", "duckdb", "ladybug", "neo4j", "splink", "pyarrow", "scipy", "networkx", "pyvis"}


def _part(name: str) -> str:
    _, _, rest = name.partition(".")
    first = rest.partition(".")[0]
    return first if first in FLOW or first == TOP else "referralgraph"


def test_every_part_of_the_house_has_its_place_in_the_flow(modules):
    assert {module.part for module in modules} - {TOP} <= FLOW.keys()


@pytest.mark.parametrize("part", sorted(FLOW))
def test_imports_go_with_the_flow(part, modules):
    allowed = FLOW[part] | EVERYWHERE | {part}
    against = [
        f"{module.file}:{line} imports {name}"
        for module in modules
        if module.part == part
        for name, line in module.imported()
        if _part(name) not in allowed
    ]
    assert against == []


def test_the_flow_has_no_circle():
    # settings hold the constants of score; score takes them as a value and may name their type only.
    flow = {part: set(before) - {"settings"} if part == "score" else set(before) for part, before in FLOW.items()}
    flow["build"].discard("referralgraph")  # for its version, a constant
    done: set[str] = set()
    while flow:
        free = {part for part, before in flow.items() if not before - done}
        assert free, f"a circle among {sorted(flow)}"
        done |= free
        flow = {part: before for part, before in flow.items() if part not in free}


def test_nothing_imports_the_command_line(modules):
    assert [
        f"{module.file}:{line}"
        for module in modules
        if module.part != TOP
        for name, line in module.imported()
        if _part(name) == TOP
    ] == []


def test_answers_need_nothing_heavy(modules):
    for module in modules:
        if module.part in {"answers", "errors", "language", "settings", "render"}:
            for node in ast.walk(module.tree):
                names = []
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom):
                    names = [node.module or ""]
                found = {name.partition(".")[0] for name in names} & HEAVY
                if module.name == "referralgraph.render.network_page":
                    found -= {"pyvis"}  # it draws with it, inside the function that does
                assert not found, f"{module.file}:{node.lineno} imports {found}"


CYPHER = re.compile(
    r"\b(MATCH|MERGE|OPTIONAL MATCH|DETACH DELETE|UNWIND|CREATE NODE TABLE|CREATE REL TABLE)\b[^.]*[({$]"
)


def test_there_is_no_cypher_outside_its_folder(modules):
    found = []
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CYPHER.search(node.value):
                found.append(f"{module.file}:{node.lineno}: {node.value[:60]}")
    assert found == []


def test_the_rule_about_cypher_knows_a_query_when_it_sees_one():
    assert CYPHER.search("MATCH (p:Person {id: $id}) RETURN p")
    assert CYPHER.search("UNWIND $rows AS row CREATE (:Person {id: row.id})")
    assert not CYPHER.search("Match {n} of {total}")
