"""A list of competitors, debtors and whoever else an introduction should not go through unseen."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from referralgraph.answers.base import Because, EntityRef
from referralgraph.answers.conflicts import ConflictMark
from referralgraph.errors import Ambiguous, NotFound, SourceError, UsageError
from referralgraph.language import gettext as _
from referralgraph.language import in_words, translatable
from referralgraph.questions.context import Asked, Context, may_see
from referralgraph.questions.policy import Barred

COMPETITOR = "competitor"
KINDS = (translatable("competitor"), translatable("debtor"))


@dataclass(frozen=True)
class ConflictList:
    """What a file names, by id.

    :param entities: name and kind (a word of the file's second column) of each.
    :param unknown: an answer for each line that names nobody.
    """

    entities: dict[str, tuple[str, str]]
    unknown: tuple[Because, ...] = ()


NO_CONFLICTS = ConflictList({})


def read_conflicts(context: Context, asked: Asked, file: Path | None) -> ConflictList:
    """Read a list: one organisation or person a line, and after a semicolon its kind (``competitor`` by default).

    A line that names nobody, or several, doesn't keep the others from counting; the answer lists it.

    :raises SourceError: if the file can't be read or names nobody at all.
    """
    if file is None:
        return NO_CONFLICTS
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = [[cell.strip() for cell in row] for row in csv.reader(stream, delimiter=";")]
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"can't be read: {error}", file=file, mend="Write one name or id a line, as UTF-8") from error
    entities: dict[str, tuple[str, str]] = {}
    unknown = []
    for number, row in enumerate(rows, 1):
        if not row or not row[0]:
            continue
        try:
            found = context.entity(row[0], viewer=asked.viewer)
        except (NotFound, Ambiguous, UsageError) as error:
            unknown.append(Because(code="unknown_conflict", parameters={"line": number, "name": row[0]}, text=str(error)))
            continue
        entities[found.id] = (found.name, (row[1] if len(row) > 1 and row[1] else COMPETITOR).lower())
    if not entities and not unknown:
        raise SourceError("the list names nobody", file=file, mend="Write one name or id a line, after a semicolon its kind")
    return ConflictList(entities, tuple(unknown))


def conflict_marks(
    context: Context, asked: Asked, conflicts: ConflictList, people: Iterable[str]
) -> dict[str, tuple[ConflictMark, ...]]:
    """Return the marks of people who hold or held a seat in a body of the list, or who are on it themselves."""
    if not conflicts.entities:
        return {}
    rows = context.people(list(people))
    marks: dict[str, tuple[ConflictMark, ...]] = {}
    for person, known in rows.items():
        ref = EntityRef(id=person, name=known["name"])
        found = []
        if person in conflicts.entities:
            kind = conflicts.entities[person][1]
            text = _("{name} is on your list: {kind}").format(name=ref.name, kind=in_words(kind))
            found.append(ConflictMark(person=ref, kind=kind, text=text))
        for row in context.store.read("read/mandates_of_person", [{"id": person}]):
            body = row["organisation"]
            if body not in conflicts.entities or not may_see(row, asked.viewer) or not asked.has_begun(row["since"]):
                continue
            name, kind = conflicts.entities[body]
            current = asked.is_current(row)
            text = _("{role} of {body} ({kind})") if current else _("formerly {role} of {body} ({kind})")
            found.append(ConflictMark(
                person=ref, organisation=EntityRef(id=body, name=name), kind=kind, role=row["role"], current=current,
                text=text.format(role=in_words(row["role"]), body=name, kind=in_words(kind))))  # fmt: skip
        if found:
            unique = {(each.organisation.id if each.organisation else "", each.role, each.current): each for each in found}
            marks[person] = tuple(unique[key] for key in sorted(unique, key=str))
    return marks


def barred_by_conflict(context: Context, asked: Asked, conflicts: ConflictList) -> Barred:
    """Return the ground of people who now sit in a body of the list, or who are on it themselves; former seats don't bar."""
    people: dict[str, tuple[str, str]] = {}
    for entity, (name, kind) in conflicts.entities.items():
        if entity.startswith("p-"):
            people[entity] = (name, kind)
            continue
        for row in context.store.read("read/mandates_in_organisation", [{"id": entity}]):
            if may_see(row, asked.viewer) and asked.has_begun(row["since"]) and asked.is_current(row):
                people.setdefault(row["person"], (name, kind))

    def ground(body: str, kind: str) -> Callable[[], Because]:
        text = _("sits at {body}, which is on your list: {kind}").format(body=body, kind=in_words(kind))
        return lambda: Because(code="conflict", parameters={"organisation": body, "kind": kind}, text=text)

    return Barred({context.index.position(person): ground(*why) for person, why in people.items()})
