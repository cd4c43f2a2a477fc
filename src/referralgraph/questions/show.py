"""What is known of one person or organisation, line by line with its sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from referralgraph.answers.base import Because, EntityRef, SourceRow
from referralgraph.answers.identity import WeighedPair
from referralgraph.answers.show import ShowAnswer, ShownEvent, ShownLink, ShownPossible, ShownRecord
from referralgraph.identity import DECIDED, IDENTITY, Decided, decide, sides_of
from referralgraph.language import gettext as _
from referralgraph.questions.accounts.view import scores_of_person
from referralgraph.questions.context import Asked, Context, may_see
from referralgraph.questions.weighed import is_decided, weighed

Row = dict[str, Any]
_ATTRIBUTES = (
    "title",
    "birth_name",
    "birth_date",
    "occupation",
    "other_names",
    "previous_names",
    "part_of",
    "legal_form",
    "register_court",
    "register_number",
    "identifier",
    "lei",
    "industry_code",
    "size",
    "website",
    "address",
    "postcode",
    "city",
    "country",
    "status",
    "bodies",
    "most_members",
)


def show_entity(context: Context, asked: Asked, text: str, *, identity: bool = False) -> ShowAnswer:
    """Answer what is known of an entity.

    :param text: id, register number, name or ``NAME, CITY``.
    :param identity: also the records it was made of, and the undecided ones.
    :raises NotFound: if nobody answers to the text.
    :raises Ambiguous: if several do.
    """
    found = context.entity(text, viewer=asked.viewer)
    person = found.kind == "person"
    row = (context.people if person else context.organisations)([found.id])[found.id]
    links = (_links_of_person if person else _links_of_organisation)(context, asked, found.id)
    read = context.store.read
    events = read("read/events_of_person" if person else "read/events_of_organisation", [{"id": found.id}])
    records, waiting, possible = _records(context, asked, row["records"])
    if not identity:  # that something is undecided is always said, why only if that is asked
        records, possible = (), ()
    return ShowAnswer(
        question=asked.question("show", entity=found.id),
        revision=context.revision.id,
        coverage=context.coverage,
        id=found.id,
        kind=found.kind,
        name=row["name"],
        attributes=_attributes(row),
        links=tuple(links),
        events=tuple(
            ShownEvent(kind=event["kind"], date=event["date"], text=event["text"], source=_source(event))
            for event in events
            if asked.has_begun(event["date"])
        ),
        records=records,
        stakeholder_in=scores_of_person(context, asked, found.id) if person else (),
        waiting=waiting,
        decided=_decided(context, asked, row["records"]),
        possible=possible,
        would_settle=_would_settle([*(each.weighed for each in records), *(each.weighed for each in possible)]) if person else (),
        nothing=None
        if links
        else Because(
            code="no_links",
            parameters={"name": row["name"]},
            text=_(
                "no source names a mandate, shareholding or contact of {name}: that is missing data, not a missing connection"
            ).format(name=row["name"]),
        ),
    )


def _attributes(row: Row) -> dict[str, str]:
    told = {}
    for name in _ATTRIBUTES:
        value = row.get(name)
        if value not in (None, "", [], 0):
            told[name] = "; ".join(value) if isinstance(value, list) else str(value)
    return told


def _links_of_person(context: Context, asked: Asked, person: str) -> list[ShownLink]:
    read, here = context.store.read, [{"id": person}]
    organisation = ("organisation", "organisation_name", "organisation_kind")
    visible = context.visible(asked)
    links = [
        _link(kind, {**row, "current": asked.is_current(row)}, organisation)
        for kind, query in (("mandate", "read/mandates_of_person"), ("shareholding", "read/shareholdings_of_person"))
        for row in read(query, here)
        if visible(row)
    ]
    links += [
        _link("contact", {**row, "current": True, "person_kind": "person"}, ("other", "other_name", "person_kind"))
        for name in ("read/contacts_of_person", "read/contacts_with_person")
        for row in read(name, here)
        if visible(row)
    ]
    return _begun(links, asked)


def _links_of_organisation(context: Context, asked: Asked, organisation: str) -> list[ShownLink]:
    read, here = context.store.read, [{"id": organisation}]
    person, holder = ("person", "person_name", "person_kind"), ("holder", "holder_name", "holder_kind")
    other = ("organisation", "organisation_name", "organisation_kind")
    links = [
        _link(kind, {**row, "person_kind": "person", "current": asked.is_current(row)}, ends)
        for kind, query, ends in (
            ("mandate", "read/mandates_in_organisation", person),
            ("mandate", "read/organisation_mandates_in_organisation", holder),
            ("mandate", "read/mandates_of_organisation", other),
            ("shareholding", "read/shareholders_of_organisation", person),
            ("shareholding", "read/organisation_shareholders_of_organisation", holder),
            ("shareholding", "read/shareholdings_of_organisation", other),
        )
        for row in read(query, here)
        if context.visible(asked)(row)
    ]
    return _begun(links, asked)


def _begun(links: Sequence[ShownLink], asked: Asked) -> list[ShownLink]:
    """Leave out what began after the day asked for; current links come first, then those begun last."""
    kept = [link for link in links if asked.has_begun(link.since)]
    kept.sort(key=lambda link: (link.other.name, link.other.id, link.source.file, link.source.line))
    kept.sort(key=lambda link: link.since or "", reverse=True)
    kept.sort(key=lambda link: not link.current)
    return kept


def _link(kind: str, row: Row, ends: tuple[str, str, str]) -> ShownLink:
    return ShownLink(
        kind=kind,
        other=EntityRef(id=row[ends[0]], name=row[ends[1]]),
        other_kind=row[ends[2]],
        role=row.get("role") or (row["kind"] if kind == "contact" else None),
        role_as_written=row.get("role_as_written"),
        share=_share(row) if kind == "shareholding" else None,
        since=row["since"],
        until=row.get("until"),
        last_seen=row.get("last_seen"),
        current=bool(row["current"]),
        owner=row.get("owner"),
        visibility="public" if kind != "contact" else row["visibility"],
        source=_source(row),
    )


def _share(row: Row) -> str | None:
    low, high = row["share_minimum"], row["share_maximum"]
    if low is None and high is None:
        return None
    return f"{low:g} %" if low == high else f"{low or 0:g}-{100 if high is None else high:g} %"


def _source(row: Row) -> SourceRow:
    return SourceRow(source=row["source"], file=row["file"], line=row["line"], as_written=row.get("name_as_written"))


def _records(
    context: Context, asked: Asked, ids: Sequence[str]
) -> tuple[tuple[ShownRecord, ...], tuple[Because, ...], tuple[ShownPossible, ...]]:
    visible = context.visible(asked)
    rows = {row["id"]: row for row in context.store.read("read/record", [{"id": each} for each in ids])}

    chances: dict[str, float] = {}

    def chance(record: str) -> float:
        # a loop: a nominee's thousands of records may hang on each other in one chain
        chain = []
        while record not in chances and rows[record]["link_to"] is not None:
            chain.append(record)
            record = rows[record]["link_to"]
        held = chances.setdefault(record, 1.0)
        for each in reversed(chain):
            held = chances[each] = rows[each]["probability"] * held
        return held

    decided = decide(context.judgements(IDENTITY))
    shown = tuple(
        ShownRecord(
            record_id=row["id"],
            name=row["name_as_written"],
            city=row["city"],
            source_key=row["source_key"],
            source=_source(row),
            because=_because(decided, row),
            identity=chance(row["id"]),
            link_to=row["link_to"],
            # what a hidden record says of this one is not shown
            weighed=weighed(row["record_table"], row["evidence"]) if row["link_to"] and visible(rows[row["link_to"]]) else None,
        )
        for row in (rows[each] for each in ids)
        if visible(row)
    )
    undecided, possible = [], []
    for row in context.store.read("read/waiting_of_record", [{"id": row["id"]} for row in rows.values() if visible(row)]):
        if not visible(row) or row["other"] in rows or is_decided(decided, row["record"], row["other"]):
            continue
        text = _("perhaps the same as {name}{place} ({because})").format(
            name=row["other_name"],
            place=f", {row['other_city']}" if row["other_city"] else "",
            because=_(row["because"].replace("_", " ")),
        )
        told = {"record": row["record"], "other": row["other"], "entity": row["other_entity"], "probability": row["probability"]}
        undecided.append(Because(code=row["because"], parameters=told, text=text))
        possible.append(
            ShownPossible(
                record_id=row["record"],
                other=row["other"],
                entity=row["other_entity"],
                probability=row["probability"],
                text=text,
                weighed=weighed(rows[row["record"]]["record_table"], row["evidence"]),
            )
        )
    return shown, tuple(undecided), tuple(possible)


def _because(decided: Decided, row: Row) -> str:
    """Return why a record belongs to its entity; of what people decided, who and when."""
    if not row["because"]:
        return _("the first record")
    made = decided.made(row["id"], row["link_to"]) if row["because"] == DECIDED else None
    if made is None:
        return _(row["because"])
    return _("{by} decided so on {day} ({judgement})").format(by=made.by, day=made.at[:10], judgement=made.id)


def _decided(context: Context, asked: Asked, records: Sequence[str]) -> tuple[Because, ...]:
    """Return the judgements that count and are about records of an entity, newest first."""
    own, found = set(records), []
    for each in decide(context.judgements(IDENTITY)).counting:
        sides = sides_of(each)
        if not own & {record for side in sides for record in side}:
            continue
        entities = context.entities_of(record for side in sides for record in side)
        others = sorted({entity for record, entity in entities.items() if record not in own})
        people, bodies = ([one for one in others if one.startswith(prefix)] for prefix in ("p-", "o-"))
        rows = context.people(people) | context.organisations(bodies)
        names = ", ".join(f"{rows[one]['name']} ({one})" for one in others if one in rows and may_see(rows[one], asked.viewer))
        told = {"by": each.by, "day": each.at[:10], "judgement": each.id}
        if len(sides) == 1:
            text = _("{by} decided on {day} that records of this entity are one ({judgement})").format(**told)
        elif names:
            text = _("{by} decided on {day} that {names} is another ({judgement})").format(**told, names=names)
        else:
            text = _("{by} decided on {day} that some records are another's ({judgement})").format(**told)
        found.append(Because(code="decided", parameters=told, text=text))
    return tuple(found)


def _would_settle(pairs: Sequence[WeighedPair | None]) -> tuple[str, ...]:
    """Return what nobody has compared yet and would tell one person from two."""
    told = [each for each in pairs if each is not None]
    if not told:
        return ()
    settling = {
        "birth": _("a birth date for both: the same one confirms, clearly different ones refute"),
        "email": _("an e-mail address of his own for both: the same one confirms"),
        "phone": _("a telephone number for both: the same one confirms, unless it is a family's or an office's"),
        "profile": _("the address of a profile for both: the same one confirms, another one at the same site refutes"),
    }
    compared = [{part.comparison for part in each.parts} for each in told]
    return tuple(text for name, text in settling.items() if any(name not in each for each in compared))
