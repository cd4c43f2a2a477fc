"""Write what follows from the graph's schema: the loading queries of Neo4j and the picture in docs/neo4j.md.

Usage: python tools/neo4j_files.py; tests/neo4j/test_1_schema.py fails if this was forgotten.
"""

from __future__ import annotations

from pathlib import Path

from referralgraph.graph.schema import NODES, RELATIONSHIPS

ROOT = Path(__file__).parents[1]
CYPHER = ROOT / "cypher"
RESERVED = {"table", "current", "date", "text", "file", "line"}
REVISION = "revision (STRING, e.g. 0123456789abcdef)"
COLUMNS = "columns (LIST[], e.g. one list for each"
# columns, not rows: that is a third less for the server to read and for us to pack
ROWS = "UNWIND range(0, size($columns[0]) - 1) AS row"
BEGIN, END = "<!-- model: made by tools/neo4j_files.py -->", "<!-- end of model -->"


def write(name: str, answers: str, parameters: str, returns: str, text: str) -> None:
    """Write one query with its header."""
    head = f"// answers: {answers}\n// parameters: {parameters}\n// returns: {returns}\n"
    (CYPHER / f"{name}.neo4j.cypher").write_text(f"{head}{text};\n", encoding="utf-8")


def assignments(columns: list[str], begin: int) -> str:
    """Return the properties of a row as Cypher, in lines that fit."""
    lines, line = [], "   "
    for place, column in enumerate(columns):
        name = f"`{column}`" if column in RESERVED else column
        part = f" {name}: $columns[{begin + place}][row]" + ("," if place < len(columns) - 1 else "")
        if len(line) + len(part) > 118:
            lines.append(line)
            line = "   "
        line += part
    return "\n".join([*lines, line])


def picture() -> str:
    """Return the graph model as a mermaid diagram."""
    lines = ["```mermaid", "erDiagram"]
    for kind in RELATIONSHIPS:
        lines.append(f'    {kind.start} }}o--o{{ {kind.end} : "{kind.type}"')
    for node in NODES:
        lines.append(f"    {node.label} {{")
        for column, typed in {"revision": "STRING", **node.properties}.items():
            key = " PK" if column in {"id", "revision"} else ""
            lines.append(f"        {typed.replace('[]', '_list').lower()} {column}{key}")
        lines.append("    }")
    lines += ["```", "", "| relationship | properties |", "|---|---|"]
    told: dict[str, list[str]] = {}
    for kind in RELATIONSHIPS:
        told.setdefault(kind.type, list(kind.properties))
    lines += [f"| `{name}` | {', '.join(columns)} |" for name, columns in told.items()]
    return "\n".join(lines)


def main() -> None:
    """Write all of it."""
    for node in NODES:
        label = node.label
        write(f"write/copy_{label}", f"loads nodes of the label {label}",
              f"{REVISION}, {COLUMNS} of the properties in the schema's order)", "made",
              f"{ROWS}\nCREATE (n:{label} {{revision: $revision,\n{assignments(list(node.properties), 0)}\n}})\n"
              "RETURN collect(elementId(n)) AS made")
        write(f"write/made_{label}", f"the next nodes of the label {label} that are loaded already, in the order of their ids",
              f"{REVISION}, after (STRING, e.g. p), most (INT64, e.g. 100000)", "id, made",
              f"MATCH (n:{label} {{revision: $revision}})\nWHERE n.id > $after\n"
              "RETURN n.id AS id, elementId(n) AS made ORDER BY id LIMIT $most")
        write(f"schema/key_{label}", f"the key of the label {label}: an id is given once in a revision", "none", "nothing",
              f"CREATE CONSTRAINT {label.lower()}_key IF NOT EXISTS FOR (n:{label}) REQUIRE (n.revision, n.id) IS UNIQUE")
        write(f"write/delete_{label}", f"deletes some nodes of the label {label} of one revision with their relationships",
              f"{REVISION}, most (INT64, e.g. 2000)", "deleted",
              f"MATCH (n:{label} {{revision: $revision}})\nWITH n LIMIT $most\nDETACH DELETE n\nRETURN count(*) AS deleted")
        write(f"read/count_{label}", f"how many nodes of the label {label} one revision holds", REVISION, "rows",
              f"MATCH (n:{label} {{revision: $revision}})\nRETURN count(n) AS rows")
    for kind in RELATIONSHIPS:
        write(f"write/copy_{kind.name}", f"loads {kind.type} relationships from {kind.start} to {kind.end}",
              f"{COLUMNS} of the element ids of both ends and of the properties in the schema's order)", "nothing",
              f"{ROWS}\nMATCH (start) WHERE elementId(start) = $columns[0][row]\n"
              "MATCH (end) WHERE elementId(end) = $columns[1][row]\n"
              f"CREATE (start)-[:{kind.type} {{\n{assignments(list(kind.properties), 2)}\n}}]->(end)")
        write(f"read/count_{kind.name}", f"how many {kind.type} relationships from {kind.start} to {kind.end} one revision holds",
              REVISION, "rows", f"MATCH (:{kind.start} {{revision: $revision}})-[found:{kind.type}]->(:{kind.end})\n"
              "RETURN count(found) AS rows")
    page = ROOT / "docs" / "neo4j.md"
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    page.write_text(f"{before}{BEGIN}\n{picture()}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
