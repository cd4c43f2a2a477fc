"""Every reading query of the library, run on a store: what its header promises is what comes back."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from referralgraph.errors import QueryInvalid
from referralgraph.graph.query import Query, parse_query, query
from referralgraph.graph.schema import NODES, RELATIONSHIPS
from referralgraph.graph.store import Store

CYPHER = Path(str(resources.files("referralgraph.cypher")))
READING = sorted(file.stem for file in (CYPHER / "read").glob("*.cypher") if "." not in file.stem)
HOSTILE = (
    "' OR 1=1 --",
    '"})-[]-() DETACH DELETE n //',
    "$id",
    "\\",
    "`",
    "p-\u202egnp.exe",
    "=HYPERLINK(1)",
    "<script>",
    "\x00",
    "𝔄" * 5000,
    "p-0123456789abcdef0123' RETURN 1 //",
)


@pytest.fixture(scope="module")
def rows_of(demo_workspace: Path) -> dict[str, list[dict[str, object]]]:
    """The rows of each table of the graph, as the build wrote them."""
    folder = next((demo_workspace / "stages").glob("graph-*"))
    return {file.stem: pq.read_table(file).to_pylist() for file in folder.glob("*.parquet")}


def candidates(found: Query, rows_of: dict[str, list[dict[str, object]]]) -> list[dict[str, object]]:
    """Return parameters that can have an answer: ids of the right table, for contacts those of its two ends."""
    if set(found.parameters) - {"revision"} == {"owner", "id"}:
        table = "Person_INTERACTION_Person" if "INTERACTION" in found.text else "Person_CONTACT_Person"
        return [{"owner": row["from"], "id": row["to"]} for row in rows_of[table][:5]]
    assert set(found.parameters) - {"revision"} == {"id"}, found.name
    prefix = found.examples["id"][:1]
    table = {"p": "Person", "o": "Organisation", "r": "Record"}[prefix]
    return [{"id": row["id"]} for row in rows_of[table]]


@pytest.mark.parametrize("name", READING)
def test_a_query_returns_the_columns_of_its_header(name: str, store: Store, rows_of: dict[str, list[dict[str, object]]]) -> None:
    """Run until it has an answer; an unknown id has none, and none of it is an error."""
    found = query(f"read/{name}", store.dialect)
    # shareholdings and people's events aren't in the register dump: their columns are checked on an empty answer
    for parameters in candidates(found, rows_of):
        rows = store.read(f"read/{name}", [parameters])
        if rows:
            assert list(rows[0]) == list(found.returns)
            break
    else:
        assert "shareh" in name or name == "events_of_person", f"nothing in the country answers {name}"
        assert re.findall(r"AS (\w+)", found.text.partition("RETURN")[2].partition("ORDER BY")[0]) == list(found.returns)
    assert store.read(f"read/{name}", [dict.fromkeys(set(found.parameters) - {"revision"}, "x-unknown")]) == []


@pytest.mark.parametrize("name", READING)
def test_hostile_text_is_a_value_and_never_a_query(name: str, store: Store) -> None:
    """Quotes, Cypher, right-to-left marks and 5,000 letters as an id: nothing is found, nothing breaks."""
    wanted = set(query(f"read/{name}", store.dialect).parameters) - {"revision"}
    for text in HOSTILE:
        assert store.read(f"read/{name}", [dict.fromkeys(wanted, text)]) == []


def test_rows_come_in_the_order_of_the_questions(store: Store, rows_of: dict[str, list[dict[str, object]]]) -> None:
    """Three ids in three orders: the answers follow."""
    ids = [row["id"] for row in rows_of["Person"][:3]]
    for order in ((0, 1, 2), (2, 0, 1), (1, 1, 0)):
        assert [row["id"] for row in store.read("read/person", [{"id": ids[place]} for place in order])] == [
            ids[place] for place in order
        ]


def test_the_store_holds_what_was_built(store: Store, rows_of: dict[str, list[dict[str, object]]]) -> None:
    """Every property of a hundred people, organisations and records, and every mandate of theirs."""
    for query_name, table in (
        ("read/person", "Person"),
        ("read/organisation", "Organisation"),
        ("read/record", "Record"),
    ):
        expected = rows_of[table][:: max(1, len(rows_of[table]) // 100)]
        got = store.read(query_name, [{"id": row["id"]} for row in expected])
        for row, found in zip(expected, got, strict=True):
            assert {key: value for key, value in row.items() if key in found} == {key: found[key] for key in row if key in found}
    mandates = rows_of["Person_MANDATE_Organisation"]
    people = sorted({str(row["from"]) for row in mandates})[:50]
    read = {row["record_id"] for row in store.read("read/mandates_of_person", [{"id": each} for each in people])}
    assert read == {row["record_id"] for row in mandates if row["from"] in people}


def files() -> list[Path]:
    return sorted(CYPHER.rglob("*.cypher"))


def test_every_file_follows_the_header_grammar() -> None:
    """Three header lines first; parameters used are those declared; each has an example; what is declared is used."""
    assert len(files()) > 30
    for file in files():
        name = f"{file.parent.name}/{file.stem}"
        text = file.read_text(encoding="utf-8")
        assert [line.split(":")[0] for line in text.splitlines()[:3]] == [
            "// answers",
            "// parameters",
            "// returns",
        ], name
        found = parse_query(name, text)
        body = "\n".join(text.splitlines()[3:])
        assert set(re.findall(r"\$(\w+)", body)) == set(found.parameters), name
        assert all(found.examples.values()), name
        assert body.strip().endswith(";"), name


def test_a_header_that_lacks_a_line_is_refused() -> None:
    """The message names the query and what is missing."""
    with pytest.raises(QueryInvalid, match="read/x lacks the header lines returns"):
        parse_query("read/x", "// answers: x\n// parameters: none\nRETURN 1;")
    with pytest.raises(QueryInvalid, match="no query read/nothing"):
        query("read/nothing")


def test_the_tables_of_the_embedded_store_are_those_declared() -> None:
    """Labels, types, ends, properties and their types, one by one; each store adds `revision` to the nodes."""
    text = query("schema/tables", "ladybug").text
    nodes = {label: columns(body) for label, body in re.findall(r"CREATE NODE TABLE (\w+)\((.*?)\n\);", text, re.DOTALL)}
    assert {label: {key: kind for key, kind in body.items() if key != "revision"} for label, body in nodes.items()} == {
        node.label: {**node.properties, "id": "STRING PRIMARY KEY"} for node in NODES
    }
    assert all(body["revision"] == "STRING" for body in nodes.values())
    ends, properties = {}, {}
    for kind, body in re.findall(r"CREATE REL TABLE (\w+)\((.*?)\n\);", text, re.DOTALL):
        ends[kind] = set(re.findall(r"FROM (\w+) TO (\w+)", body))
        properties[kind] = columns(re.sub(r"FROM \w+ TO \w+,?", "", body))
    assert ends == {
        kind.type: {(each.start, each.end) for each in RELATIONSHIPS if each.type == kind.type} for kind in RELATIONSHIPS
    }
    assert properties == {kind.type: kind.properties for kind in RELATIONSHIPS}


def columns(body: str) -> dict[str, str]:
    return dict(re.findall(r"^\s+`?(\w+)`? ([A-Z0-9\[\] ]+?),?$", body, re.MULTILINE))
