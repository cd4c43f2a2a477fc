"""Queries as files: the header says what a query answers, what it needs and what it returns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from referralgraph.errors import QueryInvalid

_HEADER = re.compile(r"^// (?P<key>answers|parameters|returns|hint): (?P<text>.*)$")
_ONE = re.compile(r"\((?P<node>\w+):\w+ \{revision: \$revision, id: \$id\}\)")
_PARAMETER = re.compile(r"(\w+) \((\w+(?:\[\])?), e\.g\. (.+?)\)(?:, |$)")


@dataclass(frozen=True)
class Query:
    """One query of the library.

    :param name: its place: folder and file without ending, ``read/person``.
    :param text: the Cypher.
    :param answers: what it answers, in words.
    :param parameters: name and type of each parameter.
    :param examples: an example value of each parameter, as text.
    :param returns: the columns, in order.
    :param many: the same Cypher for a list ``ids`` at once, with the id that a row belongs to as its first column ``wanted``; empty
        for a query that takes other parameters than one id.

    A line ``// hint: (p JOIN m) JOIN o`` says in which order the embedded store is to join, as a HINT before RETURN. Left to
    itself it goes by the sizes of tables, and where one is small it reads all of another: 49 ms instead of 0.4 for each
    person of a million, where nobody holds a share.
    """

    name: str
    text: str
    answers: str
    parameters: dict[str, str]
    examples: dict[str, str]
    returns: tuple[str, ...]
    many: str = ""


@cache
def query(name: str, dialect: str = "") -> Query:
    """Return one query of the library, in the dialect's own form if there is one beside the common file.

    :param name: folder and file without ending.
    :param dialect: ``ladybug`` or ``neo4j``.
    :raises QueryInvalid: if there is no such query or its header isn't complete.
    """
    folder = resources.files("referralgraph.cypher")
    for ending in ([f".{dialect}.cypher"] if dialect else []) + [".cypher"]:
        file = folder.joinpath(f"{name}{ending}")
        if file.is_file():
            return parse_query(name, file.read_text(encoding="utf-8"), dialect)
    raise QueryInvalid(f"there is no query {name}")


def parse_query(name: str, text: str, dialect: str = "") -> Query:
    """Read header and text of a query file.

    :raises QueryInvalid: if a header line is missing.
    """
    header: dict[str, str] = {}
    for line in text.splitlines():
        match = _HEADER.match(line)
        if match:
            header[match["key"]] = match["text"].strip()
    missing = {"answers", "parameters", "returns"} - header.keys()
    if missing:
        raise QueryInvalid(f"query {name} lacks the header lines {', '.join(sorted(missing))}")
    declared = _PARAMETER.findall(header["parameters"])
    many = _of_many(text) if [key for key, _, _ in declared] == ["revision", "id"] else ""
    if "hint" in header and dialect == "ladybug":
        text = text.replace("\nRETURN", f"\nHINT {header['hint']}\nRETURN", 1)
    return Query(
        name, text, header["answers"], {key: kind for key, kind, _ in declared}, {key: value for key, _, value in declared},
        () if header["returns"] == "nothing" else tuple(header["returns"].split(", ")), many,
    )


def _of_many(text: str) -> str:
    """Return a query about one node for a list of ids.

    The node is found first, by its key, and WITH keeps it so: joined in one MATCH, the embedded store reads the whole table at the
    other end, 1.5 s on a million people instead of 0.05 for a thousand ids.
    """
    one = _ONE.search(text)
    if one is None:
        return ""
    node = one["node"]
    keyed = f"UNWIND $ids AS wanted\nMATCH {one[0].replace('$id', 'wanted')}\n"
    rest = text.replace(one[0], f"({node})", 1)
    if f"MATCH ({node})\n" in rest:
        return rest.replace(f"MATCH ({node})\n", keyed, 1).replace("\nRETURN ", "\nRETURN wanted, ", 1)
    return rest.replace("\nMATCH ", f"\n{keyed}WITH wanted, {node}\nMATCH ", 1).replace("\nRETURN ", "\nRETURN wanted, ", 1)
