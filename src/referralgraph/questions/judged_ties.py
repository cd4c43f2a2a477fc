"""Which ties judgements change, and these ties derived anew as the next build derives them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from referralgraph.index.anew import Anew, Change
from referralgraph.index.revision import RevisionIndex
from referralgraph.questions.built_rows import BuiltRows
from referralgraph.questions.judged import Judged, JudgedEntity
from referralgraph.questions.judged_tables import links_table, record_table, text_table
from referralgraph.records.identifiers import record_id
from referralgraph.records.names import name_key
from referralgraph.records.vocabulary import ROLES

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
_TIES = frozenset(role.name for role in ROLES if role.ties)
_HELD = ("read/mandates_of_person", "read/shareholdings_of_person")
_HOLDERS = ("read/mandates_in_organisation", "read/shareholders_of_organisation")
_OURS = ("read/contacts_of_person", "read/interactions_of_person")
_KNOWN = ("read/contacts_with_person", "read/interactions_with_person")


def change_of(built: BuiltRows, index: RevisionIndex, judged: Judged, team: Mapping[str, str]) -> Change:
    """Return what judgements change about the ties of a revision.

    Derived anew are the ties of bodies that were judged, of those in which two parts of one person sit, or a person whose name is
    another now (two of one name in a body aren't tied), and of people who were taken apart; and the contacts of people who have
    some by several of their parts. Everybody else's reasons stand as they were built.

    :param built: what the store says of the revision.
    :param index: of the revision.
    :param judged: the people and organisations.
    :param team: id of each of our people by name, as they were built.
    """
    people, organisations = judged.of("person"), judged.of("organisation")
    bodies = {member for each in organisations.values() for member, _ in each.members}
    for person in people.values():
        bodies |= _bodies_anew(built, judged, person)
    contacts = frozenset(each.id for each in people.values() if _has_contacts_anew(built, each))
    anew, sizes = _Derived(built, index, judged, team).ties(sorted(bodies), contacts) if bodies or contacts else (None, {})
    return Change(
        {each.id: tuple(member for member, _ in each.members) for each in people.values()},
        {each.id: tuple(member for member, _ in each.members) for each in organisations.values()},
        frozenset(bodies),
        contacts,
        _person_bodies(built, index, judged),
        sizes,
        anew,
    )


def held_by(built: BuiltRows, people: Iterable[str]) -> list[Row]:
    """Return the mandates and shareholdings of people by which they know each other."""
    return [row for name in _HELD for row in built.of(name, people) if _counts(row)]


def holders_in(built: BuiltRows, organisations: Iterable[str]) -> list[Row]:
    """Return the mandates and shareholdings in organisations by which people know each other."""
    return [row for name in _HOLDERS for row in built.of(name, organisations) if _counts(row)]


def _counts(row: Row) -> bool:
    return row["role"] in _TIES if "role" in row else row["kind"] != "profit_transfer"


def _bodies_anew(built: BuiltRows, judged: Judged, person: JudgedEntity) -> set[str]:
    now = name_key(person.row["name"])
    told = {row["id"]: row["name"] for row in built.of("read/person", [member for member, _ in person.members])}
    sits: dict[str, set[str]] = defaultdict(set)  # in an organisation of today, parts of him
    anew = set()
    for member, records in person.members:
        for row in held_by(built, [member]):
            sits[judged.today(row["organisation"], row["organisation_record"])].add(member)
            if records is not None or name_key(told[member]) != now:
                anew.add(str(row["organisation"]))
    return anew | {
        str(row["organisation"])
        for member, _ in person.members
        for row in held_by(built, [member])
        if len(sits[judged.today(row["organisation"], row["organisation_record"])]) > 1
    }


def _has_contacts_anew(built: BuiltRows, person: JudgedEntity) -> bool:
    members = [member for member, _ in person.members]
    if not person.is_whole or any(row["team"] for row in built.of("read/person", members)):
        return True
    return sum(any(built.of(name, [member]) for name in _KNOWN) for member in members) > 1


def _person_bodies(built: BuiltRows, index: RevisionIndex, judged: Judged) -> dict[str, int]:
    """Return in how many bodies people are, where that changed."""
    found: dict[str, set[str]] = {each: set() for each in judged.of("person")}
    members = [member for each in judged.of("person").values() for member, _ in each.members]
    for row in held_by(built, dict.fromkeys(members)):
        person = judged.today(row["person"], row["holder_record"])
        found[person].add(judged.today(row["organisation"], row["organisation_record"]))
    counts = {person: len(bodies) for person, bodies in found.items()}
    before, after = defaultdict(set), defaultdict(set)
    joined = [member for each in judged.of("organisation").values() for member, _ in each.members]
    for row in holders_in(built, dict.fromkeys(joined)):
        if row["person"] not in judged.of_member:
            before[str(row["person"])].add(row["organisation"])
            after[str(row["person"])].add(judged.today(row["organisation"], row["organisation_record"]))
    for person, bodies in before.items():
        if len(bodies) != len(after[person]):
            counts[person] = int(index.person_bodies[index.position(person)]) - len(bodies) + len(after[person])
    return counts


class _Derived:
    """The rows of some bodies and contacts, with the people and organisations of today, as tables of the ties stage."""

    def __init__(self, built: BuiltRows, index: RevisionIndex, judged: Judged, team: Mapping[str, str]) -> None:
        self._built, self._index, self._judged, self._team = built, index, judged, team
        self._person_of: dict[str, str] = {}
        self._organisation_of: dict[str, str] = {}
        self._names: dict[str, str] = {each.id: each.row["name"] for each in judged.of("person").values()}

    def ties(self, bodies: list[str], contacts: frozenset[str]) -> tuple[Anew, dict[str, tuple[int, bool]]]:
        """Return the ties of bodies of the build, and the contacts of people of today; and how large the bodies are now."""
        import pyarrow as pa  # a question without judgements doesn't wait for these

        from referralgraph.index.write import Grounds, reasons_of
        from referralgraph.ties import ties_among

        held = holders_in(self._built, bodies)
        known = [row for name in (*_OURS, *_KNOWN) for row in self._known(name, contacts)]
        known = list({row["record_id"]: row for row in known}.values())
        tables = self._tables(held, known)
        table, met = self._index.reasons.table, self._index.reasons.interactions
        settings = self._index.reasons.settings
        with self._built.database() as connection:
            told = ties_among(connection, tables, settings, int(table.data_day[0]))
        grounds = Grounds(
            told["stretch"], told["body"], told["body_day"], told["interaction"], int(table.data_day[0]), int(met.data_day[0]))
        ids = {str(each) for name in ("left_person", "right_person") for each in told["stretch"].column(name).to_pylist()}
        people = tuple(sorted(ids))
        organisations = tuple(sorted(set(told["body"].column("organisation").to_pylist())))
        owners = pa.array(self._index.owners, pa.string())
        reasons, (left, right) = reasons_of(
            grounds, pa.array(people, pa.string()), pa.array(organisations, pa.string()), owners, settings)
        sizes = {row["organisation"]: (int(row["most_members"]), bool(row["too_large"])) for row in told["body"].to_pylist()}
        return Anew(reasons, people, left, right, organisations), sizes

    def _known(self, name: str, people: frozenset[str]) -> Iterable[Row]:
        ours = name in _OURS
        for person in sorted(people):
            for member, records in self._judged.entities[person].members:
                if ours and not any(row["team"] for row in self._built.of("read/person", [member])):
                    continue
                for row in self._built.of(name, [member]):
                    if ours or records is None or row["person_record"] in records:
                        known = row["other"] if ours else row["person"]
                        self._person_of[row["person_record"]] = self._judged.today(known, row["person_record"])
                        yield row

    def _tables(self, held: list[Row], known: list[Row]) -> dict[str, pa.Table]:
        mandates: list[Row] = []
        shareholdings: list[Row] = []
        for row in held:
            self._person_of[row["holder_record"]] = self._judged.today(row["person"], row["holder_record"])
            self._organisation_of[row["organisation_record"]] = self._judged.today(row["organisation"], row["organisation_record"])
            self._names.setdefault(row["person"], row["person_name"])
            (mandates if "role" in row else shareholdings).append(
                {**row, "person": row["holder_record"], "organisation": row["organisation_record"]})
        entries = [{**row, "person": row["person_record"]} for row in known if "date" not in row]
        met = [{**row, "person": row["person_record"]} for row in known if "date" in row]
        ours = []
        for name, entity in self._team.items():
            record = record_id("team", "person", [name])
            self._person_of[record] = self._judged.today(entity, record)
            ours.append({"record_id": record, "source": "team", "name_as_written": name})
        statuses = self._statuses()
        return {
            "person": record_table("person", ours),
            "mandate": record_table("mandate", mandates),
            "shareholding": record_table("shareholding", shareholdings),
            "contact": record_table("contact", entries),
            "interaction": record_table("interaction", met),
            "person_link": links_table(self._person_of),
            "organisation_link": links_table(self._organisation_of),
            "person_entity": text_table(("id", "name"), self._names),
            "organisation_entity": text_table(("id", "status"), statuses),
        }

    def _statuses(self) -> dict[str, str | None]:
        today = dict.fromkeys(self._organisation_of.values())
        entities = self._judged.entities
        others = self._built.of("read/organisation", [each for each in today if each not in entities])
        told: dict[str, str | None] = {row["id"]: row["status"] for row in others}
        return told | {each: entities[each].row["status"] for each in today if each in entities}
