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
    if "hint" in header and dialect == "ladybug":
        text = text.replace("\nRETURN", f"\nHINT {header['hint']}\nRETURN", 1)
    many = _of_many(text) if [key for key, _, _ in declared] == ["revision", "id"] else ""
    return Query(
        name, text, header["answers"], {key: kind for key, kind, _ in declared}, {key: value for key, _, value in declared},
        () if header["returns"] == "nothing" else tuple(header["returns"].split(", ")), many,
    )


def _of_many(text: str) -> str:
    """Return a query about one node for a list of ids, empty if no node is found by its id."""
    one = _ONE.search(text)
    if one is None:
        return ""
    pattern, columns = re.split(r"\nRETURN\s+", text.partition("\nMATCH ")[2], maxsplit=1)
    pattern = pattern.replace(one[0], f"({one['node']})")
    frame = resources.files("referralgraph.cypher").joinpath("of_many.cypher").read_text(encoding="utf-8")
    # what is filled in holds braces of its own
    for name, value in (("keyed", one[0].replace("$id", "wanted")), ("node", one["node"]), ("pattern", pattern), ("columns", columns)):
        frame = frame.replace(f"{{{name}}}", value, 1)
    return frame
