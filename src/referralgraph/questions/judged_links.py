"""The links and events of companies after judgements that are newer than the build, for questions about risk."""

from __future__ import annotations

from typing import Any

from referralgraph.questions.built_rows import OF_ORGANISATION, BuiltRows
from referralgraph.questions.judged import Judged, JudgedEntity
from referralgraph.questions.judged_tables import links_table, record_table
from referralgraph.risk.regrouped import Company, Regrouped, Seat

Row = dict[str, Any]
_ATTRIBUTES = ("legal_form", "identifier", "kind", "name", "address")


def regrouped(built: BuiltRows, judged: Judged) -> Regrouped:
    """Return what judgements change about the links of companies.

    :param built: what the store says of the revision.
    """
    people = tuple(judged.of("person"))
    of_record = {record: each for record, each in judged.of_record.items() if each.startswith("p-")}
    hangs_on = {record: (each.to, each.probability, each.proof) for record, each in judged.hangs_on.items() if record in of_record}
    companies = judged.of("organisation")
    if not companies:
        return Regrouped(people, of_record, hangs_on)
    members = list(dict.fromkeys(member for each in companies.values() for member, _ in each.members))
    seats, holdings = _links(built, judged, members)
    events = {
        str(row["record_id"]): judged.today(row["organisation"], row["of_record"])
        for row in built.of("read/events_of_organisation", members)
    }
    return Regrouped(
        people, of_record, hangs_on, {each: _company(built, entity) for each, entity in companies.items()}, seats, events, holdings
    )


def _links(built: BuiltRows, judged: Judged, members: list[str]) -> tuple[tuple[Seat, ...], tuple[tuple[str, str, int, int], ...]]:
    from referralgraph.risk.write import links_among  # a question without judgements doesn't wait for it

    people: dict[str, str] = {}
    organisations: dict[str, str] = {}
    held: dict[str, dict[str, Row]] = {"mandate": {}, "shareholding": {}}
    for name in OF_ORGANISATION:
        for row in built.of(name, members) if name != "read/organisation" else ():
            organisations[row["organisation_record"]] = judged.today(row["organisation"], row["organisation_record"])
            by_person = "person" in row
            holder = judged.today(row["person" if by_person else "holder"], row["holder_record"])
            (people if by_person else organisations)[row["holder_record"]] = holder
            held["mandate" if "role" in row else "shareholding"][row["record_id"]] = {
                **row, "organisation": row["organisation_record"], "person": row["holder_record"] if by_person else None,
                "holder_organisation": None if by_person else row["holder_record"]}  # fmt: skip
    tables = {name: record_table(name, list(rows.values())) for name, rows in held.items()}
    with built.database() as connection:
        seats, holdings = links_among(connection, {
            **tables, "person_link": links_table(people), "organisation_link": links_table(organisations)})  # fmt: skip
    return (
        tuple(
            Seat(row["person"], row["organisation"], row["record"], row["liquidator"], row["known_day"], row["left_day"])
            for row in seats
        ),
        tuple((row["holder"], row["organisation"], row["known_day"], row["left_day"]) for row in holdings),
    )


def _company(built: BuiltRows, entity: JudgedEntity) -> Company:
    parts = built.of("read/organisation", [member for member, _ in entity.members])
    parts.sort(key=lambda row: (row["id"] != entity.id, row["id"]))
    like = {
        name: next((row["id"] for row in parts if row[name] == entity.row[name]), parts[0]["id"]) for name in _ATTRIBUTES
    }
    return Company(tuple(row["id"] for row in parts), like)
