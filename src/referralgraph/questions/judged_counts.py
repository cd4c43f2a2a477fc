"""How many connections people and organisations have after judgements that are newer than the build."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from referralgraph.questions.built_rows import BuiltRows
from referralgraph.questions.judged import Judged
from referralgraph.records.identifiers import record_id

Row = dict[str, Any]
# of each query: the entity asked for, its record in the row, the other end, its record
_EDGES = {
    "read/mandates_of_person": ("person", "holder_record", "organisation", "organisation_record"),
    "read/shareholdings_of_person": ("person", "holder_record", "organisation", "organisation_record"),
    "read/contacts_of_person": ("person", "", "other", "person_record"),
    "read/contacts_with_person": ("person", "person_record", "other", ""),
    "read/mandates_in_organisation": ("organisation", "organisation_record", "person", "holder_record"),
    "read/shareholders_of_organisation": ("organisation", "organisation_record", "person", "holder_record"),
    "read/organisation_mandates_in_organisation": ("organisation", "organisation_record", "holder", "holder_record"),
    "read/organisation_shareholders_of_organisation": ("organisation", "organisation_record", "holder", "holder_record"),
    "read/mandates_of_organisation": ("holder", "holder_record", "organisation", "organisation_record"),
    "read/shareholdings_of_organisation": ("holder", "holder_record", "organisation", "organisation_record"),
}


def connections_of(built: BuiltRows, judged: Judged) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many connections each judged entity has, and by how many more or less everybody else's number changed.

    As the build counts them: distinct people and organisations by mandates, shareholdings and contacts that everybody may see.
    """
    now: dict[str, set[str]] = {each: set() for each in judged.entities}
    before: dict[str, set[str]] = defaultdict(set)  # of everybody else: judged entities as they were built
    after: dict[str, set[str]] = defaultdict(set)
    members = dict.fromkeys(member for each in judged.entities.values() for member, _ in each.members)
    for name, (asked, record, other, other_record) in _EDGES.items():
        wanted = [each for each in members if each.startswith("p-") == name.endswith("_person")]
        for row in _public(built, name, wanted):
            entity = judged.today(row[asked], row[record] if record else _ours(row))
            end = judged.today(row[other], row[other_record] if other_record else _ours(row))
            now[entity].add(end)
            if row[other] not in judged.of_member:
                before[row[other]].add(row[asked])
                after[row[other]].add(entity)
    changed = {each: len(after[each]) - len(ends) for each, ends in before.items() if len(after[each]) != len(ends)}
    return {each: len(ends) for each, ends in now.items()}, changed


def _public(built: BuiltRows, name: str, wanted: list[str]) -> Iterator[Row]:
    for row in built.of(name, wanted):
        if not row.get("only_for") and row.get("visibility") != "private":
            yield row


def _ours(row: Row) -> str:
    """Return the record of who of our team an entry of an address book belongs to."""
    return record_id("team", "person", [row["owner"]])
