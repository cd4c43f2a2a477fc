"""One row of a table becomes a person, an organisation, a mandate, a contact: all of the row or nothing of it."""

from __future__ import annotations

from collections.abc import Sequence

from referralgraph.errors import SourceError
from referralgraph.loaders.employment import is_employer
from referralgraph.loaders.table.mapping import Mapping
from referralgraph.loaders.table.values import Columns, Found, Problem, SectionReader, folded_word
from referralgraph.records.delimited import Row
from referralgraph.records.names import fold
from referralgraph.records.partial_date import first_day
from referralgraph.records.person_name import parse_person_name
from referralgraph.records.sink import RecordSink
from referralgraph.records.source import RawFile
from referralgraph.records.vocabulary import role_of_word

Fields = dict[str, Found]

_ORGANISATIONS = ("organisation", "holder", "employer")
_EMPLOYMENT = ("role_as_written", "since", "until", "last_seen")


class Recorder:
    """Reads rows by a mapping and hands what they say to the sink.

    :param mapping: a mapping without problems.
    :param columns: the columns of the file; all that the mapping needs are there.
    :param file: the raw file, for owner and visibility.
    :param sink: where the records go; it already knows the source's name.
    """

    def __init__(self, mapping: Mapping, columns: Columns, file: RawFile, sink: RecordSink) -> None:
        self._mapping, self._file, self._sink = mapping, file, sink
        self._today = sink.retrieved_at.date().isoformat()
        self._readers = {name: SectionReader(section, columns, mapping, self._today) for name, section in mapping.sections.items()}
        parent = mapping.sections["organisation"].parent if "organisation" in mapping.sections else None
        self._parent = SectionReader(parent, columns, mapping, self._today) if parent else None
        self._key_places = [place for name in mapping.key for place in columns.find(name) or ()]
        readers = [*self._readers.values(), *([self._parent] if self._parent else [])]
        self.used = {*self._key_places, *(place for reader in readers for place in reader.used)}

    def read(self, row: Row) -> None:
        """Add what one row says; a row with a mistake goes to quarantine as a whole.

        :param row: as many cells as the file has columns.
        """
        problems: list[Problem] = []
        found = {name: reader.read(row.cells, problems) if reader.applies(row.cells) else {}
                 for name, reader in self._readers.items()}
        parent = self._parent.read(row.cells, problems) if self._parent else {}
        self._check(found, problems)
        if self._key_places and not any(row.cells[place].strip() for place in self._key_places):
            problems.append(Problem(" and ".join(self._mapping.key), "", "the key is empty; every row needs one"))
        if not problems and not any(found.get(name, {}).get("name") for name in ("person", "organisation", "holder")):
            problems.append(Problem("", "", "no name of a person or an organisation; mend the row or the mapping"))
        if problems:
            reasons = dict.fromkeys(f"column {each.column!r}: {each.reason}" if each.column else each.reason
                                    for each in problems)
            values = [f"{each.column} = {each.value!r}" for each in problems if each.value]
            self._sink.quarantine(row.line, "; ".join(reasons), " | ".join([*values, *filter(None, row.cells)]))
            return
        self._add(row, found, parent)

    def _check(self, found: dict[str, Fields], problems: list[Problem]) -> None:
        """Complete the sections and say what contradicts itself."""
        self._complete_person(found.get("person", {}))
        for name in ("mandate", "employer", "shareholding"):
            section = found.get(name, {})
            since, until = str(section.get("since", "")), str(section.get("until", ""))
            length = min(len(since), len(until))
            if until[:length] < since[:length]:
                problems.append(Problem("", f"{since} to {until}", f"{name}: until is before since; mend one of them"))
        share = found.get("shareholding", {})
        if "share" in share:
            share |= {"share_minimum": share["share"], "share_maximum": share["share"]}
        least, most = share.get("share_minimum"), share.get("share_maximum")
        if isinstance(least, (int, float)) and isinstance(most, (int, float)) and least > most:
            problems.append(Problem("", f"{least} to {most}", "share_minimum is above share_maximum; mend one of them"))
        happened = str(found.get("event", {}).get("date") or "")
        if happened and first_day(happened).isoformat() > self._today:
            problems.append(Problem("", happened, f"event: the date is after {self._today}, the day of the list; mend it, or say "
                                    "with --retrieved-at when the list was made"))
        owner: Found = self._file.owner
        for name in ("contact", "interaction"):
            if name in found and found.get("person", {}).get("name"):
                owner = found[name].setdefault("owner", owner)
                if not found[name]["owner"]:
                    problems.append(Problem("", "", f"{name} has no owner; say whose it is with --owner NAME"))

    @staticmethod
    def _complete_person(person: Fields) -> None:
        given, family, title = (str(person.get(name) or "") for name in ("given_name", "family_name", "title"))
        whole = str(person.pop("full_name", None) or person.get("name") or "")
        emails = person.get("emails")
        if not whole and not given and not family:
            if not isinstance(emails, list):
                person.clear()  # a row of an organisation alone
                return
            person |= {"name": emails[0], "name_as_written": emails[0]}
            return
        written = str(person.get("name_as_written") or whole or " ".join(filter(None, (title, given, family))))
        parsed = parse_person_name(whole or written, given, family)
        further = person.get("other_names")
        others = [*parsed.others, *(further if isinstance(further, list) else [])]
        titles = [title] if title and title not in (parsed.title or "") else []
        person |= {
            "name": parsed.name, "given_name": parsed.given, "family_name": parsed.family, "name_as_written": written,
            "birth_name": person.get("birth_name") or parsed.birth,
            "title": " ".join([*titles, *([parsed.title] if parsed.title else [])]) or None,
            "other_names": list(dict.fromkeys(others)) or None,
        }

    def _add(self, row: Row, found: dict[str, Fields], parent: Fields) -> None:
        line = row.line
        organisations: dict[str, tuple[str, list[str]]] = {}
        for name in _ORGANISATIONS:
            fields = found.get(name, {})
            if not fields.get("name") or (name == "employer" and not is_employer(str(fields["name"]))):
                continue
            if name == "organisation" and parent.get("name"):
                fields.setdefault("part_of", parent["name"])
                self._sink.add("organisation", _organisation_key(parent), line, _organisation(parent))
            key = self._own_key(name, row) or _organisation_key(fields)
            identifier = self._sink.add("organisation", key, line, _organisation(fields))
            if identifier:
                organisations[name] = identifier, key
        person, person_key = None, []
        if found.get("person", {}).get("name"):
            person_key = self._own_key("person", row) or self._person_key(row, found, organisations)
            person = self._sink.add("person", person_key, line, found["person"])
        organisation, organisation_key = organisations.get("organisation", (None, []))
        holder, holder_key = organisations.get("holder", (None, []))
        whose: Fields = {"holder_organisation": holder} if holder else {"person": person}
        whose_key = holder_key or person_key
        if "mandate" in self._readers and organisation and (holder or person) and found["mandate"].get("role"):
            self._mandate(row, found["mandate"], whose, whose_key, organisation, organisation_key)
        if "employer" in organisations and person:
            employer, key = organisations["employer"]
            fields = {name: value for name, value in found["employer"].items() if name in _EMPLOYMENT}
            self._sink.add("mandate", [*person_key, *key], line, self._dated(
                {**fields, "person": person, "organisation": employer, "role": "employee"}))
        share = found.get("shareholding", {})
        if organisation and (holder or person) and self._says_something("shareholding", share):
            share.setdefault("kind", "capital")
            share.pop("share", None)
            key = self._own_key("shareholding", row) or [
                *whose_key, *organisation_key, str(share["kind"]), str(share.get("since") or "")]
            self._sink.add("shareholding", key, line, self._dated({**share, **whose, "organisation": organisation}))
        if "event" in found and self._says_something("event", found["event"]) and (organisation or person):
            about: Fields = {"organisation": organisation} if organisation else {"person": person}
            event = found["event"]
            key = self._own_key("event", row) or [
                *(organisation_key or person_key), str(event.get("kind")), str(event.get("date") or "")]
            self._sink.add("event", key, line, {**event, **about})
        if person:
            self._personal(row, found, person, person_key)

    def _mandate(
        self, row: Row, mandate: Fields, whose: Fields, whose_key: list[str], organisation: str, body_key: list[str]
    ) -> None:
        reader = self._readers["mandate"]
        word = reader.raw("role", row.cells)
        if word and folded_word(word) not in reader.section.values["role"].words and role_of_word(word) == "other":
            self._sink.unknown_word(word)
        mandate.setdefault("role_as_written", word or None)
        key = self._own_key("mandate", row) or [
            *whose_key, *body_key, str(mandate.get("role_as_written") or mandate["role"]),
            str(mandate.get("since") or "")]
        self._sink.add("mandate", key, row.line, self._dated({**mandate, **whose, "organisation": organisation}))

    def _personal(self, row: Row, found: dict[str, Fields], person: str, person_key: list[str]) -> None:
        for name in ("contact", "interaction"):
            fields = found.get(name, {})
            if name not in self._readers or (name == "interaction" and not fields.get("date")):
                continue
            if not self._readers[name].applies(row.cells):
                continue
            fields.setdefault("visibility", self._file.visibility)
            if name == "contact":
                fields.setdefault("kind", "crm")
            when = [str(fields.get("kind") or ""), str(fields["date"])] if name == "interaction" else []
            key = self._own_key(name, row) or [str(fields["owner"]), *person_key, *when]
            self._sink.add(name, key, row.line, {**fields, "person": person})

    def _says_something(self, name: str, fields: Fields) -> bool:
        return any(not self._readers[name].constant(field) for field in fields) if name in self._readers else False

    def _own_key(self, name: str, row: Row) -> list[str]:
        places = self._readers[name].key_places
        main = "person" if "person" in self._readers else "organisation"
        if not places and name == main:
            places = self._key_places
        key = [row.cells[place].strip() for place in places]
        return key if any(key) else []

    def _person_key(
        self, row: Row, found: dict[str, Fields], organisations: dict[str, tuple[str, list[str]]]
    ) -> list[str]:
        """Make a key for a person whom the source gives none: what tells him from others of his name.

        People of an address book also carry its owner: one's private card is not another's.
        """
        person = found["person"]
        if person.get("profile_url"):
            return [str(person["profile_url"])]
        written = str(person["name_as_written"])
        reached = [each for name in ("emails", "phones") if isinstance(each := person.get(name), list)]
        owner = [str(found["contact"].get("owner") or "")] if "contact" in found else []
        return [
            *owner, fold(written) or written, str(person.get("birth_date") or ""), fold(str(person.get("city") or "")),
            *([str(reached[0][0])] if reached and "contact" in found else []),
            *(part for name in ("organisation", "employer") for part in organisations.get(name, ("", []))[1]),
            *([self._readers["mandate"].raw("role", row.cells)] if "mandate" in self._readers else []),
        ]

    def _dated(self, fields: Fields) -> Fields:
        until = str(fields.get("until") or "")
        ended = bool(until) and until < self._today[:len(until)]
        fields.setdefault("last_seen", until if ended else self._today)
        return fields


def _organisation(fields: Fields) -> Fields:
    return {"kind": "company", **{name: value for name, value in fields.items() if name not in _EMPLOYMENT}}


def _organisation_key(fields: Fields) -> list[str]:
    """Make a key for an organisation that the source gives none: its number, else name and place."""
    for names in (("identifier",), ("register_court", "register_number"), ("lei",)):
        if all(fields.get(name) for name in names):
            return [str(fields[name]) for name in names]
    name = str(fields["name"])
    return [fold(name) or name, *(fold(str(fields[part])) for part in ("part_of", "city") if fields.get(part))]


def owner_is_missing(mapping: Mapping, file: RawFile) -> bool:
    """Say whether the mapping gives contacts or interactions of which nothing says whose they are."""
    personal = [section for name in ("contact", "interaction") if (section := mapping.sections.get(name))]
    return bool(personal) and not file.owner and "owner" not in personal[0].values


def misfit(mapping: Mapping, problems: Sequence[str], file: RawFile, header: Sequence[str], mend: str) -> SourceError:
    """Return the one message that says everything that is wrong between a mapping and a file."""
    listed = "\n".join(f"  {problem}" for problem in problems)
    columns = ", ".join(repr(name) for name in header[:40] if name) + (", ..." if len(header) > 40 else "")
    return SourceError(f"the mapping doesn't fit {file.name}:\n{listed}\n  the file's columns: {columns}",
                       file=mapping.path, mend=mend)
