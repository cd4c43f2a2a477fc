"""What the sources say of boards: their members with their seats, and links between the organisations themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from referralgraph.answers.base import EntityRef, PersonRef, SourceRow
from referralgraph.answers.boards import BoardMember, CompanyLink, Seat
from referralgraph.language import gettext as _
from referralgraph.language import in_words
from referralgraph.questions.conflicts import ConflictList, conflict_marks
from referralgraph.questions.context import Asked, Context, Row, may_see
from referralgraph.questions.seats import SITS, Seats

Board = tuple[EntityRef, Sequence[str]]


def ours_of(context: Context, asked: Asked, texts: Sequence[str]) -> list[Board]:
    """Return our organisations with the ids of their members, each once; a person is a board of one.

    :raises NotFound: if nobody answers to a text.
    """
    found: dict[str, Board] = {}
    for text in texts:
        entity = context.entity(text, viewer=asked.viewer)
        people = [entity.id] if entity.kind == "person" else Seats(context, asked).board(entity.id)
        found[entity.id] = EntityRef(id=entity.id, name=entity.name), people
    return list(found.values())


def members_of(context: Context, asked: Asked, boards: Iterable[Board], conflicts: ConflictList) -> list[BoardMember]:
    """Return the members of boards, each person once, with his seats there."""
    at: dict[str, list[Seat]] = {}
    for organisation, people in boards:
        at.update({person: at.get(person, []) for person in people})
        # one reading a board: a nominee on it may hold thousands of seats elsewhere
        for row in context.store.read("read/mandates_in_organisation", [{"id": organisation.id}]) if people else []:
            if row["person"] in at and row["role"] in SITS and may_see(row, asked.viewer) and asked.has_begun(row["since"]):
                at[row["person"]].append(as_seat(asked, {**row, "organisation_name": organisation.name}))
    rows, marks = context.people(list(at)), conflict_marks(context, asked, conflicts, at)
    return [
        BoardMember(
            person=PersonRef(id=person, name=rows[person]["name"], city=rows[person]["city"]),
            seats=tuple(seats),
            marks=marks.get(person, ()),
        )
        for person, seats in at.items() if person in rows
    ]  # fmt: skip


def as_seat(asked: Asked, row: Row) -> Seat:
    """Return a mandate as an answer shows it."""
    return Seat(
        organisation=EntityRef(id=row["organisation"], name=row["organisation_name"]), role=row["role"], since=row["since"],
        until=row["until"], last_seen=row["last_seen"], current=asked.is_current(row), sources=(_source(row),))  # fmt: skip


def _source(row: Row) -> SourceRow:
    return SourceRow(source=row["source"], file=row["file"], line=row["line"], as_written=row["name_as_written"])


def holders_of(context: Context, organisation: EntityRef) -> list[tuple[str, EntityRef, Row]]:
    """Return which organisations hold shares of, or a mandate in, one: the kind, the one, and the row."""
    asked = [{"id": organisation.id}] if organisation.id.startswith("o-") else []
    shares = context.store.read("read/organisation_shareholders_of_organisation", asked)
    mandates = context.store.read("read/organisation_mandates_in_organisation", asked)
    rows = [("shareholding", row) for row in shares] + [("mandate", row) for row in mandates]
    return [(kind, organisation, row) for kind, row in rows if row["holder"] != organisation.id]


def company_links(
    context: Context, asked: Asked, ours: Sequence[EntityRef], held: Sequence[tuple[str, EntityRef, Row]], target: EntityRef
) -> list[CompanyLink]:
    """Return shareholdings and mandates between our organisations and a target, in both directions.

    :param held: who holds our organisations, read once for all targets.
    """
    own = {each.id: each for each in ours}
    rows = [(own, each) for each in holders_of(context, target)] + [({target.id: target}, each) for each in held]
    found = [
        _company_link(asked, kind, holder[row["holder"]], organisation, row)
        for holder, (kind, organisation, row) in rows
        if row["holder"] in holder and may_see(row, asked.viewer) and asked.has_begun(row["since"])
    ]
    return sorted(found, key=lambda each: (each.kind != "shareholding", not each.current, each.holder.id, each.since or ""))


def _company_link(asked: Asked, kind: str, holder: EntityRef, organisation: EntityRef, row: Row) -> CompanyLink:
    share = _share(row) if kind == "shareholding" else None
    role = row["role"] if kind == "mandate" else None
    text = _("{holder} owns shares of {body}") if kind == "shareholding" else _("{holder} is {role} of {body}")
    text = text.format(holder=holder.name, body=organisation.name, role=in_words(role))
    return CompanyLink.model_validate({
        "kind": kind, "holder": holder, "organisation": organisation, "share": share, "role": role, "since": row["since"],
        "until": row["until"], "current": asked.is_current(row), "text": f"{text} ({share} %)" if share else text,
        "sources": (_source(row),)})  # fmt: skip


def _share(row: Row) -> str | None:
    least, most = row["share_minimum"], row["share_maximum"]
    if least is None and most is None:
        return None
    if least == most:
        return f"{least:g}"
    return f"{least or 0:g}–{100 if most is None else most:g}"
