"""BODS statements as they stand in a file, with their lines, and which of them still count."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from referralgraph.errors import SourceError
from referralgraph.records.sink import RecordSink
from referralgraph.records.source import RawFile

Json = Mapping[str, Any]
_TYPES = {"entityStatement": "entity", "personStatement": "person", "ownershipOrControlStatement": "relationship"}
_MEND = "It must be a JSON array of statements, or one statement a line, of the Beneficial Ownership Data Standard 0.2 or 0.4"


@dataclass(frozen=True)
class Statement:
    """One statement of either version, in the words of 0.4.

    :param line: 1-based line on which it begins.
    :param key: the publisher's key of what it is about: ``recordId``, or in 0.2 the first statement of the chain.
    :param kind: ``person``, ``entity`` or ``relationship``.
    :param date: day on which it was made, as written.
    :param status: ``new``, ``updated`` or ``closed``.
    :param subject: key of the entity in which the interest is held.
    :param party: key of who holds it; None if the publisher doesn't name him.
    :param details: the rest, as it stands.
    :param components: keys of the statements that tell the same chain link by link.
    :param replaces: ids of the statements that this one takes the place of (0.2).
    :param identifier: the statement's own id.
    :param published: day on which it was published.
    """

    line: int
    key: str
    kind: str
    date: str
    status: str
    details: Json
    subject: str | None = None
    party: str | None = None
    components: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    identifier: str = ""
    published: str = ""

    @property
    def is_old(self) -> bool:
        """Whether it is of version 0.2, whose statements are never updated but replaced."""
        return "statementType" in self.details


def read_statements(file: RawFile, sink: RecordSink) -> list[Statement]:
    """Read every statement of a file; what is none goes to quarantine.

    :raises SourceError: if the file is no BODS at all.
    """
    found: list[Statement] = []
    anything = False
    for line, value in _values(file, sink):
        anything = True
        if not isinstance(value, dict):
            sink.quarantine(line, "not a statement but a JSON value", str(value))
            continue
        statement, problem = _statement(line, value)
        if statement is None:
            sink.quarantine(line, problem, json.dumps(value, ensure_ascii=False))
        else:
            found.append(statement)
    if not found:
        what = "no statement of it can be read" if anything else "it holds nothing"
        raise SourceError(f"not a file of beneficial ownership statements: {what}", file=file.path, line=1, mend=_MEND)
    return found


def those_that_count(statements: list[Statement]) -> list[Statement]:
    """Leave out what later statements supersede: of one record the last counts, and in 0.2 what isn't replaced.

    Of two statements of one day the later published counts, then the one that comes later in the file. An order in the file
    alone says nothing: publishers sort by record as often as by date.
    """
    replaced = {each for statement in statements for each in statement.replaces}
    first = first_of_chain(statements)
    latest: dict[tuple[str, str, str | None], Statement] = {}
    for each in sorted(statements, key=lambda each: (each.date, each.published, each.line)):
        if each.identifier in replaced and each.is_old:
            continue
        key = first.get(each.key, each.key)
        # one statement of 0.2 may be replaced by several, and files are seen that use one id for two owners of one body
        party = each.party if each.is_old else None
        latest[each.kind, key, party] = replace(each, key=key)
    return sorted(latest.values(), key=lambda each: each.line)


@dataclass(frozen=True)
class History:
    """What was stated of one relationship, one statement a day, the earliest first.

    :ivar statements: with the key of the record, and in 0.2 of the chain.
    :ivar replaced: the statement of another party that took the place of the last one (0.2), None if that still stands.
    """

    statements: tuple[Statement, ...]
    replaced: Statement | None = None


def histories(statements: list[Statement]) -> list[History]:
    """Return the history of every relationship, in the order in which the last statements stand in the file.

    The statement that counts on a day is the last one made by then. Of two of one day the later published counts, then the one
    that comes later in the file, as in :func:`those_that_count`.
    """
    first = first_of_chain(statements)
    replacing: dict[str, Statement] = {}
    found: dict[tuple[str, str | None], dict[str, Statement]] = {}
    for each in sorted(statements, key=lambda each: (each.date, each.published, each.line)):
        if each.kind != "relationship":
            continue
        for old in each.replaces:
            replacing.setdefault(old, each)
        key = first.get(each.key, each.key)
        found.setdefault((key, each.party if each.is_old else None), {})[each.date] = replace(each, key=key)
    told = []
    for versions in found.values():
        *_, last = versions.values()
        told.append(History(tuple(versions.values()), replacing.get(last.identifier) if last.is_old else None))
    return sorted(told, key=lambda each: each.statements[-1].line)


def first_of_chain(statements: list[Statement]) -> dict[str, str]:
    """Return for the id of each statement that replaces or is replaced the first one of its chain."""
    before = {each.identifier: min(each.replaces) for each in statements if each.replaces}
    first = {}
    for each in {*before, *before.values()}:
        root, seen = each, {each}
        while root in before and before[root] not in seen:
            root = before[root]
            seen.add(root)
        first[each] = root
    return first


def _statement(line: int, value: Json) -> tuple[Statement | None, str]:
    if value.get("recordType") in _TYPES.values():
        return _of_0_4(line, value)
    if value.get("statementType") in _TYPES:
        return _of_0_2(line, value)
    return None, "neither recordType nor statementType is one of BODS"


def _of_0_4(line: int, value: Json) -> tuple[Statement | None, str]:
    key, details = value.get("recordId"), value.get("recordDetails")
    if not isinstance(key, str) or not key:
        return None, "recordId is missing"
    if not isinstance(details, dict):
        return None, "recordDetails are missing"
    components = details.get("componentRecords")
    return Statement(
        line,
        key,
        str(value["recordType"]),
        _day(value.get("statementDate")) or _published(value),
        str(value.get("recordStatus") or "new"),
        details,
        _text(details.get("subject")),
        _text(details.get("interestedParty")),
        tuple(str(each) for each in components) if isinstance(components, list) else (),
        identifier=str(value.get("statementId") or ""),
        published=_published(value),
    ), ""


def _of_0_2(line: int, value: Json) -> tuple[Statement | None, str]:
    key = value.get("statementID")
    if not isinstance(key, str) or not key:
        return None, "statementID is missing"
    replaces = value.get("replacesStatements")
    components = value.get("componentStatementIDs")
    return Statement(
        line,
        key,
        _TYPES[value["statementType"]],
        _day(value.get("statementDate")) or _published(value),
        "new",
        value,
        _party(value.get("subject")),
        _party(value.get("interestedParty")),
        tuple(str(each) for each in components) if isinstance(components, list) else (),
        tuple(str(each) for each in replaces) if isinstance(replaces, list) else (),
        key,
        _published(value),
    ), ""


def _party(value: Any) -> str | None:
    if not isinstance(value, dict):
        return None
    return _text(value.get("describedByEntityStatement")) or _text(value.get("describedByPersonStatement"))


def _published(value: Json) -> str:
    details = value.get("publicationDetails")
    return _day(details.get("publicationDate")) if isinstance(details, dict) else ""


def _day(value: Any) -> str:
    return value[:10] if isinstance(value, str) else ""


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _values(file: RawFile, sink: RecordSink) -> Iterator[tuple[int, Any]]:
    """Yield each statement with its line, from an array or from one statement a line."""
    text = file.text()
    start = len(text) - len(text.lstrip())
    if not text.startswith("[", start):
        yield from _lines(text, sink)
        return
    decoder, at, line, counted = json.JSONDecoder(), start + 1, text.count("\n", 0, start) + 1, start
    while True:
        while at < len(text) and (text[at].isspace() or text[at] == ","):
            at += 1
        if at >= len(text):
            sink.quarantine(line, "the array isn't closed: the file seems cut off; fetch it again", "")
            return
        if text[at] == "]":
            return
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, at = decoder.raw_decode(text, at)
        except ValueError as error:
            sink.quarantine(line, f"broken JSON from here to the end of the file ({error})", text[at : at + 200])
            return
        yield line, value


def _lines(text: str, sink: RecordSink) -> Iterator[tuple[int, Any]]:
    try:
        whole = json.loads(text)
    except ValueError:
        whole = None
    if isinstance(whole, dict):
        yield 1, whole
        return
    for line, each in enumerate(text.splitlines(), start=1):
        if not each.strip():
            continue
        try:
            yield line, json.loads(each)
        except ValueError as error:
            sink.quarantine(line, f"broken JSON line ({error})", each)
