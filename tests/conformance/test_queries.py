"""Every reading query of the library, run on a store: what its header promises is what comes back."""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import fnmatch
from importlib import resources
from pathlib import Path

import neo4j
import pyarrow.parquet as pq
import pytest
from tests.conformance.samples import HOSTILE
from tests.conftest import Neo4jServer

from referralgraph.errors import QueryInvalid
from referralgraph.graph.query import Query, parse_query, query
from referralgraph.graph.schema import NODES, RELATIONSHIPS
from referralgraph.graph.store import Store

CYPHER = Path(str(resources.files("referralgraph.cypher")))


def names(*folders: str) -> list[str]:
    """Return the queries of some folders, whatever their dialects."""
    return sorted({f"{folder}/{file.name.partition('.')[0]}" for folder in folders for file in (CYPHER / folder).glob("*.cypher")})


ALL = names(*sorted(folder.name for folder in CYPHER.iterdir() if folder.is_dir() and folder.name != "__pycache__"))
# what only reads; a new folder of the library joins by itself
READING = [name for name in ALL if name.partition("/")[0] not in {"schema", "write"}]
UNANSWERED = {
    "*stakeholders*": "nobody has opened an account; tests/neo4j/test_8_accounts.py does", "*_of_account": "as above",
    "people/looked_after": "as above", "people/influence_side_by_side": "as above",
    "*shareh*": "the register dump of the country names no shareholders",
    "read/events_of_person": "the register dump of the country has events of companies alone",
    "read/index_chunk": "which chunks there are follows from the sizes of the files; every colleague's first question reads them all",
    "read/judgements": "nobody has judged yet; tests/neo4j/test_4_judgements.py does",
}
# Values for parameters that are no ids, where the example in the header finds nothing in the country.
VALUES: dict[str, object] = {
    "words": "Intralogistik Leonhard", "name": "Arbeitskreis Intralogistik", "start": "Friederike Moosgrund",
    "to": "Leonhard Vrederkamp", "day": "2022-01-01",
}
# The same for one query.
VALUES_OF: dict[str, dict[str, object]] = {
    name: {"name": "Friederike Moosgrund"} for name in ("people/mandates_of", "people/neighbourhood", "people/strongest_ties")
}
_TABLE = {"p": "Person", "o": "Organisation", "r": "Record", "e": "Event"}


def taking_text(name: str) -> list[str]:
    """Return the parameters of a query that take any text; `words` has a grammar of its own, which the server reads."""
    file = next(CYPHER.glob(f"{name}.*"))
    return [key for key, kind in parse_query(name, file.read_text(encoding="utf-8")).parameters.items()
            if kind == "STRING" and key not in {"revision", "words", "day"}]


@pytest.fixture(scope="module")
def rows_of(demo_workspace: Path) -> dict[str, list[dict[str, object]]]:
    """The rows of each table of the graph, as the build wrote them."""
    folder = next((demo_workspace / "stages").glob("graph-*"))
    return {file.stem: pq.read_table(file).to_pylist() for file in folder.glob("*.parquet")}


def id_parameters(found: Query) -> dict[str, str]:
    """Return the parameters that are ids, each with the label of what it names; the header's example tells."""
    told = {key: re.match(r"([pore])-?[0-9a-f]{12,}", found.examples[key]) for key in found.parameters if key != "revision"}
    return {key: _TABLE[match[1]] for key, match in told.items() if match}


def other_values(found: Query) -> dict[str, object]:
    """Return values for the parameters that are no ids."""
    types: dict[str, Callable[[str], object]] = {"INT64": int, "DOUBLE": float, "BOOLEAN": lambda text: text == "true"}
    values = {key: types.get(kind, str)(found.examples[key]) for key, kind in found.parameters.items()
              if key != "revision" and key not in id_parameters(found)}
    return values | {key: value for key, value in (VALUES | VALUES_OF.get(found.name, {})).items() if key in values}


def candidates(found: Query, rows_of: dict[str, list[dict[str, object]]]) -> list[dict[str, object]]:
    """Return parameters that can have an answer: ids of the right table, for two ids the ends of a relationship."""
    ids, others = id_parameters(found), other_values(found)
    if len(ids) < 2:
        return [{**others, key: row["id"]} for key, label in ids.items() for row in rows_of[label]] or [others]
    (first, start), (second, end) = list(ids.items())[:2]
    ends = [(kind.name, one, other) for kind in RELATIONSHIPS for one, other in ((first, second), (second, first))
            if (kind.start, kind.end) == ((start, end) if one == first else (end, start))]
    return [{**others, one: row["from"], other: row["to"]} for name, one, other in ends for row in rows_of[name][:5]]


@pytest.mark.parametrize("name", READING)
def test_a_query_returns_the_columns_of_its_header(
    name: str, store: Store, rows_of: dict[str, list[dict[str, object]]], count: Callable[[int], None]
) -> None:
    """Run until it has an answer; an unknown id has none, and none of it is an error."""
    found = query(name, store.dialect)
    asked = candidates(found, rows_of)
    for begin, end in ((0, 1), (1, 20), (20, 500), (500, len(asked))):
        rows = store.read(name, asked[begin:end])
        if rows:
            assert list(rows[0]) == list(found.returns)
            break
    else:
        assert any(fnmatch(name, each) for each in UNANSWERED), (
            f"nothing in the country answers {name}: give its parameters values in VALUES, or say in UNANSWERED why nothing can")
        assert re.findall(r"AS (\w+)", found.text.rpartition("RETURN")[2].partition("ORDER BY")[0]) == list(found.returns)
    if ids := id_parameters(found):
        assert store.read(name, [other_values(found) | dict.fromkeys(ids, "x-unknown")]) == []
    count(1)


@pytest.mark.parametrize("name", [name for name in READING if taking_text(name)])
def test_hostile_text_is_a_value_and_never_a_query(name: str, store: Store, count: Callable[[int], None]) -> None:
    """Quotes, Cypher, right-to-left marks and 5,000 letters as an id or a name: nothing is found, nothing breaks."""
    found = query(name, store.dialect)
    ids = id_parameters(found)
    texts = taking_text(name)
    for text in HOSTILE:
        rows = store.read(name, [other_values(found) | dict.fromkeys(texts, text)])
        assert rows == [] if ids or "name" in texts else isinstance(rows, list)
    count(1)


def test_every_query_that_writes_is_understood(server: Neo4jServer | None, count: Callable[[int], None]) -> None:
    """The server plans each of them without a complaint; publishing runs them, here and in the embedded store."""
    writing = [name for name in names("schema", "write") if (CYPHER / f"{name}.neo4j.cypher").exists()]
    if server is None:
        assert {name for name in names("schema", "write") if (CYPHER / f"{name}.ladybug.cypher").exists()} >= {
            "schema/tables", *(f"write/copy_{node.label}" for node in NODES), *(f"write/copy_{kind.name}" for kind in RELATIONSHIPS)}
        return
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver, driver.session() as session:
        for name in writing:
            found = query(name, "neo4j")
            values = {key: {"STRING": "x", "INT64": 1}.get(kind, []) for key, kind in found.parameters.items()}
            told = session.run(f"EXPLAIN {found.text}", values).consume()
            grave = [each for each in told.gql_status_objects if each.classification.name == "DEPRECATION"]
            assert not grave, (name, [each.status_description for each in grave])
            count(1)


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
    return sorted(CYPHER.glob("*/*.cypher"))  # what lies beside the folders is a frame for queries, and none itself


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


def test_the_embedded_store_joins_from_the_entity_that_is_asked_for() -> None:
    """Each query of one entity and its relationships says so: otherwise an empty table makes the store read a whole one."""
    hinted = 0
    for file in sorted((CYPHER / "read").glob("*.cypher")):
        if "." in file.stem:
            continue  # of one store alone
        text = file.read_text(encoding="utf-8")
        anchors = re.findall(r"\((\w+):\w+ \{revision: \$revision, id: \$\w+\}\)", text)
        if len(anchors) == 1 and "]-" in text:
            assert re.search(rf"\nHINT \(+{anchors[0]} JOIN ", query(f"read/{file.stem}", "ladybug").text), file.stem
            assert "\nHINT" not in query(f"read/{file.stem}", "neo4j").text
            hinted += 1
    assert hinted >= 10
