"""What follows from the schema follows it: keys, loading, counting and deleting of each label and type. Needs no server."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

from referralgraph.graph.query import query
from referralgraph.graph.schema import NODES, RELATIONSHIPS

CYPHER = Path(str(resources.files("referralgraph.cypher")))


@pytest.mark.parametrize("table", [*NODES, *RELATIONSHIPS], ids=lambda each: getattr(each, "name", None) or each.label)
def test_every_property_is_loaded_from_its_column(table):
    is_node = hasattr(table, "label")
    name = table.label if is_node else table.name
    text = query(f"write/copy_{name}", "neo4j").text
    begin = 0 if is_node else 2
    assert re.findall(r"`?(\w+)`?: \$columns\[(\d+)\]\[row\][,\n]", text) == [
        (column, str(begin + place)) for place, column in enumerate(table.properties)]
    assert query(f"read/count_{name}", "neo4j").returns == ("rows",)
    if is_node:
        assert query(f"write/delete_{name}", "neo4j").returns == ("deleted",)
        assert f"FOR (n:{name}) REQUIRE (n.revision, n.id) IS UNIQUE" in query(f"schema/key_{name}", "neo4j").text
    else:
        assert "MATCH (start) WHERE elementId(start) = $columns[0][row]\nMATCH (end) WHERE elementId(end) = $columns[1][row]\n" in text
        assert f"CREATE (start)-[:{table.type} {{" in text


def test_every_query_on_nodes_says_of_which_revision():
    """A node pattern with a key names its revision too: else a reader would see two revisions while one is being loaded."""
    for file in sorted(CYPHER.rglob("*.cypher")):
        if "ladybug" in file.name or file.parent.name not in {"read", "people"}:
            continue
        for pattern in re.findall(r"\(\w*:(?:Person|Organisation|Record|Event) \{[^}]*\}", file.read_text(encoding="utf-8")):
            assert "{revision: " in pattern, f"{file}: {pattern}"
