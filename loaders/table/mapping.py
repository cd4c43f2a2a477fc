"""A mapping file: how the columns of somebody's table become the fields of records, checked all at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from importlib import resources
from pathlib import Path

from referralgraph.errors import SourceError, UsageError
from referralgraph.records.partial_date import has_year, is_partial_date
from referralgraph.records.schema import Field, table
from referralgraph.records.vocabulary import ROLES

_TABLE_SETTINGS = ("delimiter", "encoding", "sheet", "header_row", "decimal")
_SOURCE_SETTINGS = ("name", "publisher", "licence", "retrieved_at", "complete", "key")
_VALUE_FORMS = ("column", "columns", "any", "separator", "join", "constant", "words", "default", "optional",
                "unreadable")
_SECTION_SETTINGS = ("key", "when", "unless", "parent")
_EMPLOYMENT = ("role_as_written", "since", "until", "last_seen")
_ROLE_WORDS = tuple(role.name for role in ROLES)


def _fields(name: str, *, without: tuple[str, ...] = ()) -> dict[str, Field]:
    return {each.name: each for each in table(name).own_fields if each.type != "reference" and each.name not in without}


def _mandate_fields() -> dict[str, Field]:
    fields = _fields("mandate")
    return fields | {"role": Field("role", "text", fields["role"].meaning, words=_ROLE_WORDS)}


_ORGANISATION = _fields("organisation")
SECTIONS: dict[str, dict[str, Field]] = {
    "person": _fields("person") | {"full_name": Field("full_name", "text", "whole name, taken apart by the loader")},
    "organisation": _ORGANISATION,
    "holder": _ORGANISATION,
    "employer": _ORGANISATION | {name: _mandate_fields()[name] for name in _EMPLOYMENT},
    "mandate": _mandate_fields(),
    "shareholding": _fields("shareholding") | {"share": Field("share", "number", "exact share, per cent (0 to 100)")},
    "contact": _fields("contact"),
    "event": _fields("event"),
    "interaction": _fields("interaction"),
}


@dataclass(frozen=True)
class Value:
    """Where one field of a record comes from.

    :param place: section and field, for messages.
    :param target: the record field.
    :param columns: names of columns, in order; ``*`` stands for anything.
    :param first_of: of the columns, the first that is there and not empty in a row counts.
    :param optional: none of the columns need be there.
    :param leave_out: a value that can't be read is left out; else its row goes to quarantine.
    """

    place: str
    target: Field
    columns: tuple[str, ...] = ()
    first_of: bool = False
    optional: bool = False
    leave_out: bool = False
    separator: str = ""
    join: str = " "
    constant: object = None
    words: Dictionary[str, str] = field(default_factory=dict)
    default: str = ""


@dataclass(frozen=True)
class Section:
    """One record that a row may give.

    :param key: columns of the source's own key of this record.
    :param condition: column and the words of which it must hold one (or none, if ``unless``) for the row to give it.
    """

    name: str
    values: Dictionary[str, Value] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    condition: tuple[str, frozenset[str]] | None = None
    unless: bool = False
    parent: Section | None = None


@dataclass
class Mapping:
    """All that a mapping file says, and what is wrong with it."""

    path: Path
    name: str = ""
    publisher: str = ""
    licence: str = ""
    retrieved_at: datetime | None = None
    complete: bool = False
    key: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    settings: dict[str, str | int] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def columns(self) -> list[tuple[str, str]]:
        """Return all columns that are named, each with the place that names it."""
        found = [("[source] key", column) for column in self.key]
        for section in self.all_sections():
            found += [(f"[{section.name}] key", column) for column in section.key]
            found += [(f"[{section.name}] when", section.condition[0])] if section.condition else []
            found += [(value.place, column) for value in section.values.values() for column in value.columns]
        return found

    def all_sections(self) -> list[Section]:
        """Return the sections and their parents."""
        return [each for section in self.sections.values() for each in (section, section.parent) if each]


def shipped() -> list[str]:
    """Return the names of the mappings that come with the software."""
    folder = resources.files("referralgraph.loaders.mappings")
    return sorted(each.name.removesuffix(".toml") for each in folder.iterdir() if each.name.endswith(".toml"))


def read_mapping(path: Path | None) -> Mapping:
    """Read a mapping file, or one that ships by its name.

    :param path: the file, or ``google_contacts`` and the like.
    :returns: the mapping; what is wrong in it stands in its ``problems``, so that it can be said together with what
        the file lacks.
    :raises UsageError: if there is no mapping given.
    :raises SourceError: if there is no such mapping or it isn't TOML.
    """
    names = ", ".join(shipped())
    if path is None:
        raise UsageError(f"a table needs --mapping FILE, or one that ships: {names}")
    if path.is_file():
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    elif (name := path.name.removesuffix(".toml")) in shipped():
        text = resources.files("referralgraph.loaders.mappings").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    else:
        raise SourceError("no such mapping", file=path, mend=f"Give a TOML file, or one that ships: {names}")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        mend = "Texts and column names stand in quotation marks"
        raise SourceError(f"not TOML: {error}", file=path, mend=mend) from error
    return _Reader(path).read(content)


class _Reader:
    """Turns the content of a mapping file into a mapping and gathers every mistake."""

    def __init__(self, path: Path) -> None:
        self.mapping = Mapping(path)

    def read(self, content: dict[str, object]) -> Mapping:
        mapping = self.mapping
        for name, section in content.items():
            known = name in SECTIONS or name in {"table", "source", "dates"}
            if not known:
                self._wrong(f"no section [{name}]", name, [*SECTIONS, "table", "source", "dates"])
            elif not isinstance(section, dict):
                self._wrong(f"{name} must be a section: [{name}]")
            elif name in SECTIONS:
                mapping.sections[name] = self._section(name, section)
        self._settings(_dictionary(content.get("table")))
        self._source(_dictionary(content.get("source")))
        self._dates(_dictionary(content.get("dates")))
        self._together()
        return mapping

    def _wrong(self, text: str, word: str = "", allowed: list[str] | None = None) -> None:
        near = get_close_matches(word, allowed or [], n=1, cutoff=0.5)
        if near:
            text += f"; did you mean {near[0]}?"
        elif allowed:
            text += f"; there are {', '.join(allowed)}"
        self.mapping.problems.append(text)

    def _known(self, place: str, given: dict[str, object], allowed: tuple[str, ...]) -> dict[str, object]:
        for name in given:
            if name not in allowed:
                self._wrong(f"{place}: no setting {name!r}", name, list(allowed))
        return {name: value for name, value in given.items() if name in allowed}

    def _settings(self, given: dict[str, object]) -> None:
        for name, value in self._known("[table]", given, _TABLE_SETTINGS).items():
            if name == "header_row":
                fits, kind = isinstance(value, int) and value >= 0, "a line number"
            elif name in {"encoding", "sheet"}:
                fits, kind = isinstance(value, str), "a text"
            else:
                fits, kind = isinstance(value, str) and len(value) == 1, "one character in quotation marks"
            if fits and isinstance(value, (int, str)):
                self.mapping.settings[name] = value
            else:
                self._wrong(f"[table] {name} must be {kind}")

    def _source(self, given: dict[str, object]) -> None:
        known = self._known("[source]", given, _SOURCE_SETTINGS)
        for name in ("name", "publisher", "licence"):
            value = known.get(name, "")
            if not isinstance(value, str):
                self._wrong(f"[source] {name} must be a text")
            else:
                setattr(self.mapping, name, value.strip())
        if not self.mapping.name:
            self._wrong('[source] name is missing: one word for the publisher, as name = "chamber_bremen"')
        moment = known.get("retrieved_at")
        if isinstance(moment, datetime):
            self.mapping.retrieved_at = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        elif isinstance(moment, date):
            self.mapping.retrieved_at = datetime.combine(moment, time(), UTC)
        elif moment is not None:
            self._wrong("[source] retrieved_at must be a date without quotation marks: 2025-03-31")
        complete = known.get("complete", False)
        if not isinstance(complete, bool):
            self._wrong("[source] complete must be true or false")
        self.mapping.complete = complete is True
        self.mapping.key = self._names("[source] key", known.get("key", []))

    def _dates(self, given: dict[str, object]) -> None:
        formats = self._names("[dates] formats", self._known("[dates]", given, ("formats",)).get("formats", []))
        for pattern in formats:
            if not has_year(pattern):
                self._wrong(f"[dates] formats: {pattern!r} has no year; write a format as %d.%m.%Y")
        self.mapping.formats = formats

    def _names(self, place: str, given: object) -> tuple[str, ...]:
        names = [given] if isinstance(given, str) else given
        if isinstance(names, list) and all(isinstance(name, str) for name in names):
            return tuple(names)
        self._wrong(f'{place} must be a list of texts: ["Number"]')
        return ()

    def _section(self, name: str, given: dict[str, object], parent_of: str = "") -> Section:
        allowed = SECTIONS[parent_of or name]
        values: dict[str, Value] = {}
        for field_name, form in given.items():
            if field_name in _SECTION_SETTINGS and field_name not in allowed:
                continue
            if field_name not in allowed:
                self._wrong(f"[{name}] has no field {field_name!r}", field_name, list(allowed))
            else:
                value = self._value(f"[{name}] {field_name}", allowed[field_name], form)
                if value:
                    values[field_name] = value
        unless = "unless" in given
        parent = given.get("parent")
        if parent is not None and (name != "organisation" or not isinstance(parent, dict)):
            self._wrong(f"[{name}] parent: only [organisation.parent] can be, with the fields of an organisation")
            parent = None
        return Section(
            name, values, self._names(f"[{name}] key", given.get("key", [])),
            self._condition(f"[{name}]", given.get("unless" if unless else "when")), unless,
            self._section("organisation.parent", parent, "organisation") if isinstance(parent, dict) else None,
        )

    def _condition(self, place: str, given: object) -> tuple[str, frozenset[str]] | None:
        if given is None:
            return None
        if isinstance(given, dict) and isinstance(given.get("column"), str) and set(given) == {"column", "is"}:
            return given["column"], frozenset(each.casefold() for each in self._names(f"{place} is", given["is"]))
        self._wrong(f'{place} when and unless are written {{column = "Kind", is = ["Y"]}}')
        return None

    def _value(self, place: str, target: Field, form: object) -> Value | None:
        if isinstance(form, str):
            return Value(place, target, (form,))
        if isinstance(form, list) and target.type == "texts":
            return Value(place, target, self._names(place, form))
        if not isinstance(form, dict):
            self._wrong(f'{place} must be a column, "Name", or {{columns = ["A", "B"]}} or {{constant = "x"}}')
            return None
        known = self._known(place, form, _VALUE_FORMS)
        given = [name for name in ("column", "columns", "any", "constant") if name in known]
        if len(given) != 1:
            several = f", not {' and '.join(given)}" if given else ""
            self._wrong(f"{place} needs one of column, columns, any or constant{several}")
            return None
        if known.get("unreadable", "quarantine") not in {"quarantine", "leave_out"}:
            self._wrong(f'{place}: unreadable must be "quarantine" or "leave_out"')
        words = _dictionary(known.get("words"))
        value = Value(
            place, target, () if given == ["constant"] else self._names(f"{place} {given[0]}", known[given[0]]),
            first_of=given == ["any"], optional=known.get("optional") is True,
            leave_out=known.get("unreadable") == "leave_out", separator=str(known.get("separator", "")),
            join=str(known.get("join", " ")), constant=known.get("constant"),
            words={" ".join(word.casefold().split()): str(meant) for word, meant in words.items()},
            default=str(known.get("default", "")),
        )
        if value.constant is not None and not _fits(target, value.constant):
            self._wrong(f"{place}: the constant {value.constant!r} is no {target.type.replace('_', ' ')}")
        if target.words:
            for meant in [*value.words.values(), value.default, value.constant]:
                if meant not in (None, "", *target.words):
                    self._wrong(f"{place}: {meant!r} is no {target.name}", str(meant), list(target.words))
        return value

    def _together(self) -> None:
        """Check what the sections must have in common."""
        sections = self.mapping.sections
        if not {"person", "organisation"} & sections.keys():
            self._wrong("neither [person] nor [organisation]: there would be no records")
        needs = {"mandate": ("organisation",), "shareholding": ("organisation",), "contact": ("person",),
                 "interaction": ("person",), "employer": ("person",), "holder": ("organisation",)}
        for name, needed in needs.items():
            for other in needed:
                if name in sections and other not in sections:
                    self._wrong(f"[{name}] needs a section [{other}]")
        for name in ("mandate", "shareholding"):
            if name in sections and not {"person", "holder"} & sections.keys():
                self._wrong(f"[{name}] needs a section [person] or [holder]: whose is it?")
        self._needs("person", "full_name", "name", "given_name", "family_name", "emails")
        for name in ("organisation", "holder", "employer"):
            self._needs(name, "name")
        self._needs("mandate", "role")
        self._needs("shareholding", "share", "share_minimum", "share_maximum", "kind")
        self._needs("interaction", "date")
        self._needs("interaction", "kind")
        self._needs("event", "kind")

    def _needs(self, name: str, *one_of: str) -> None:
        section = self.mapping.sections.get(name)
        if section and not set(one_of) & section.values.keys():
            self._wrong(f"[{name}] needs {' or '.join(one_of)}")


def _fits(target: Field, constant: object) -> bool:
    if target.type == "partial_date":
        return is_partial_date(str(constant))
    if target.type in {"integer", "number"}:
        return isinstance(constant, (int, float)) and not isinstance(constant, bool)
    return isinstance(constant, str) or (target.type == "texts" and isinstance(constant, list))


def _dictionary(given: object) -> dict[str, object]:
    return given if isinstance(given, dict) else {}
