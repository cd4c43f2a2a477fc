"""Labelled files for the benchmark of identity: which column is what, told by its name, and what is the truth."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from identity_files import plain, read_files, truth_by_pairs
from identity_kind import GUESSED, find_kind, find_sources, guess_kind, holds_once

_COLUMNS = tomllib.loads((Path(__file__).parent / "identity_columns.toml").read_text(encoding="utf-8"))
_PERSON: dict[str, str] = _COLUMNS["person"]
_ORGANISATION = {**_COLUMNS["organisation"], **{name: _PERSON[name] for name in ("city", "postcode", "country", "address")}}
_TRUTH, _EMPLOYER = _COLUMNS["truth"].split(), _COLUMNS["employer"].split()
_FORMATS = (
    "%Y-%m-%d",
    "%Y%m%d",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%Y/%m/%d",
    "%d-%m-%Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%b %d %Y",
    "%m/%d/%y",
    "%d/%m/%y",
    "%d.%m.%y",
    "%d-%b-%y",
    "%d %B %Y",
    "%B %d, %Y",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%m/%Y",
    "%Y-%m",
    "%Y",
)
_TRUTHLIKE = re.compile(r"(^|_)(true|truth|gold|golden|cluster|entity|entid|dupe?|duplicates?|group)(_|$)")
_NUMBER = re.compile(r"^(person(en)?|people|individual|customer|kunden?|entity)?_?(id|no|nr|nummer|number)$")
_PATTERN = re.compile(r"(rec-\d+)-")
_WHOSE = re.compile(r"^(primary|main|person|individual|entity|party|customer|client|kunden?|home|mailing|addr|address|res)_")


@dataclass
class Labelled:
    """A labelled file.

    :param columns: names of its columns.
    :param rows: its cells.
    :param truth: true entity of each row, by the number of the row.
    :param fields: columns of each field of a person, and of an organisation.
    :param kind: place of the column that tells people from organisations, and its words for people.
    :param employer: column that names the company of a person.
    :param formats: of dates.
    :param unused: columns that nobody understood.
    :param sources: name of the source of each row: files, or what a column tells apart, where each seems to hold an entity once.
    """

    columns: list[str]
    rows: list[list[str]]
    truth: dict[str, str]
    fields: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    kind: tuple[int, tuple[str, ...]] | None = None
    employer: str | None = None
    formats: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)

    def is_person(self, row: int) -> bool:
        """Return whether a row is a person."""
        return bool(self.fields.get("person")) and (self.kind is None or self.rows[row][self.kind[0]].strip().lower() in self.kind[1])

    def value(self, row: int, name: str) -> str:
        """Return the text of a field in a row, empty if there is none."""
        told = self.fields["person" if self.is_person(row) else "organisation"].get(name, [])
        return " ".join(filter(None, (self.rows[row][self.columns.index(each)].strip() for each in told)))

    def describe(self) -> str:
        """Return the mapping in words."""
        told = [
            f"{section}: " + ", ".join(f"{name}={'+'.join(told)}" for name, told in fields.items())
            for section, fields in self.fields.items()
            if fields
        ]
        if self.employer and "person" in self.fields and self.kind is None:
            told.append(f"employer={self.employer}")
        if self.kind is not None:
            people = sum(map(self.is_person, range(len(self.rows))))
            told.append(f"{people} rows are people by {self.columns[self.kind[0]]}")
        if "birth_date" in self.fields.get("person", {}):
            told.append(f"dates are read as {' or '.join(self.formats)}")
        if len(set(self.sources)) > 1:
            told.append(f"sources: {', '.join(dict.fromkeys(self.sources))}")
        if self.unused:
            told.append(f"NOT USED, --map says what they are: {', '.join(self.unused)}")
        return "; ".join(told)


def read_labelled(
    files: Sequence[Path],
    *,
    truth: str | None,
    pattern: str | None,
    labels: Path | None,
    key: str | None,
    told: Sequence[str],
    fields: str | None,
    kind: str | None,
    person_words: str,
    organisations: bool,
) -> Labelled:
    """Read labelled files as one table and find out what its columns are; parameters are the options of the benchmark."""
    columns, rows, sources = read_files(files)
    names = {plain(each): each for each in reversed(columns)}
    found = Labelled(columns, rows, {}, sources=sources)
    if labels:
        found.truth, key = truth_by_pairs(columns, rows, labels, key)
        used = {key}
    else:
        likely = [plain(truth)] if truth else _TRUTH
        told_by = [names[each] for word in likely for each in (word, word.replace("_", "")) if each in names]
        told_by += [each for pattern_of in (_TRUTHLIKE, _NUMBER) for each in columns if not truth and pattern_of.search(plain(each))]
        column = truth if truth in columns else next((each for each in told_by if _tells(rows, columns.index(each), pattern)), None)
        if column is None:
            raise SystemExit(f"which column is the truth? --truth one of {', '.join(columns)}")
        used = {column}
        place = columns.index(column)
        wanted = re.compile(pattern) if pattern else _PATTERN if all(_PATTERN.match(row[place]) for row in rows[:50]) else None
        for number, row in enumerate(rows):
            match = wanted.search(row[place]) if wanted else None
            found.truth[str(number)] = match.group(1) if match else row[place] or f"nobody else than row {number}"
    empty = {each for at, each in enumerate(columns) if not any(row[at].strip() for row in rows)}
    used |= empty
    words = tuple(each.strip().lower() for each in person_words.split(","))
    if not organisations:
        found.kind = find_kind(columns, rows, kind, words)
        if found.kind is None and kind:
            seen = sorted({row[columns.index(kind)] for row in rows})[:10] if kind in columns else []
            raise SystemExit(f"--kind {kind}: " + (f"none of its words ({', '.join(seen)}) is one for people: --person-words" if seen
                                                   else f"no such column; the file has {', '.join(columns)}"))  # fmt: skip
        if found.kind is not None:
            used.add(columns[found.kind[0]])
    if len(set(found.sources)) == 1 and (place := find_sources(columns, rows, used)) is not None:
        found.sources = [row[place].strip() for row in rows]
    columns_free = [each for each in columns if each not in used]
    chosen = dict(each.split("=", 1) for each in told)
    if not organisations:
        found.fields["person"] = _mapped(_PERSON, columns_free, chosen)
        _drop_full_name(found)
        found.employer = chosen.get("employer") or next(
            (names[each] for each in _EMPLOYER if each in names and names[each] not in used), None
        )
        named = {"given_name", "family_name", "full_name"} & found.fields["person"].keys()
        if found.kind is None:
            found.kind = guess_kind(found, _mapped(_ORGANISATION, columns_free, chosen))
            organisations = not named or (found.kind is not None and not any(map(found.is_person, range(len(rows)))))
            if organisations or (found.kind is not None and all(map(found.is_person, range(len(rows))))):
                found.kind = None
    if organisations or found.kind is not None:
        found.fields["organisation"] = _mapped(_ORGANISATION, columns_free, chosen)
    if organisations:
        found.fields.pop("person", None)
    for section, mapped in found.fields.items():
        if not {"given_name", "family_name", "full_name", "name"} & mapped.keys():
            raise SystemExit(f"no column holds the name of a{'n' * (section != 'person')} {section}: say it with --map "
                             f"{'full_name' if section == 'person' else 'name'}=COLUMN; it has {', '.join(columns)}")  # fmt: skip
    if fields:
        kept = set(fields.split(","))
        kept |= {"given_name", "family_name", "full_name"} if "name" in kept else set()
        found.fields = {
            section: {name: each for name, each in mapped.items() if name in kept} for section, mapped in found.fields.items()
        }
        found.employer = found.employer if "employer" in kept else None
    given = list(columns)
    parts = _take_birth_parts(found, names)
    taken = {each for mapped in found.fields.values() for told in mapped.values() for each in told} | used | set(parts)
    found.unused = [each for each in given if each not in {*taken, found.employer, GUESSED}]
    found.formats = _formats(found)
    if not holds_once(found):
        found.sources = ["all"] * len(rows)
    return found


def _tells(rows: Sequence[Sequence[str]], place: int, pattern: str | None) -> bool:
    """Say whether a column can be the truth: some rows have a value in common, or a pattern tells what they have."""
    values = [row[place] for row in rows if row[place]]
    return bool(pattern) or len(set(values)) < len(values) or (bool(values) and all(map(_PATTERN.match, values[:50])))


def mapping_text(labelled: Labelled, source: str = "labelled") -> str:
    """Return the mapping file of a source for `load table`; the rows have their number in a column ``row`` in front."""
    lines = [
        "[source]",
        f"name = {_quoted(source)}",
        'publisher = "a benchmark"',
        'licence = "as the file says"',
        'key = ["row"]',
        "",
        "[dates]",
        f"formats = {_array(labelled.formats)}",
    ]
    for section, fields in labelled.fields.items():
        lines += ["", f"[{section}]"]
        if section == "organisation":
            lines.append('key = ["row"]')
        if labelled.kind is not None:
            words = sorted(
                {row[labelled.kind[0]] for row in labelled.rows if row[labelled.kind[0]].strip().lower() in labelled.kind[1]}
            )
            column = _quoted(labelled.columns[labelled.kind[0]])
            lines.append(f"{'when' if section == 'person' else 'unless'} = {{ column = {column}, is = {_array(words)} }}")
        for name, told in fields.items():
            value = (
                _quoted(told[0])
                if len(told) == 1 and name != "birth_date"
                else (
                    f'{{ column = {_quoted(told[0])}, unreadable = "leave_out" }}'
                    if name == "birth_date"
                    else f"{{ columns = {_array(told)} }}"
                )
            )
            lines.append(f"{name} = {value}")
    if labelled.employer and "person" in labelled.fields and labelled.kind is None:
        lines += ["", "[employer]", f"name = {_quoted(labelled.employer)}"]
    return "\n".join(lines) + "\n"


def _mapped(known: dict[str, str], columns: Sequence[str], chosen: dict[str, str]) -> dict[str, list[str]]:
    names = _named(columns)
    mapped: dict[str, list[str]] = {}
    taken: set[str] = set()
    for name, words in known.items():
        if name in chosen:
            told = [each for each in chosen[name].split("+") if each]
        else:
            told = next(
                (
                    [names[part] for part in parts]
                    for word in words.split()
                    for parts in (word.split("+"), word.replace("_", "").split("+"))
                    if all(part in names and names[part] not in taken for part in parts)
                ),
                [],
            )
        if told:
            mapped[name] = told
            taken |= set(told)
    return mapped


def _drop_full_name(found: Labelled) -> None:
    """Take the whole name out of the mapping, unless rows have nothing but it."""
    person = found.fields["person"]
    parts = [found.columns.index(each) for name in ("given_name", "family_name") for each in person.get(name, ())]
    whole = [found.columns.index(each) for each in person.get("full_name", ())]
    if {"given_name", "family_name"} <= person.keys() and not any(
        any(row[at].strip() for at in whole) and not any(row[at].strip() for at in parts) for row in found.rows
    ):
        person.pop("full_name", None)


def _named(columns: Sequence[str]) -> dict[str, str]:
    """Return the columns by their plain names, and by those without what only says whose they are: PRIMARY_NAME_LAST, addr_city."""
    named = {plain(each): each for each in reversed(columns)}
    return {_WHOSE.sub("", name): column for name, column in reversed(named.items())} | named


def _take_birth_parts(found: Labelled, names: dict[str, str]) -> list[str]:
    """Make one column of a birth date that stands in three, and return those."""
    person = found.fields.get("person")
    parts = next(
        (
            [names[each] for each in three]
            for three in (
                ("by", "bm", "bd"),
                ("birth_year", "birth_month", "birth_day"),
                ("year_of_birth", "month_of_birth", "day_of_birth"),
                ("dob_year", "dob_month", "dob_day"),
                ("geburtsjahr", "geburtsmonat", "geburtstag"),
                ("birth_y", "birth_m", "birth_d"),
            )
            if all(each in names for each in three)
        ),
        None,
    )
    if person is None or parts is None or ((told := person.get("birth_date")) and told[0] not in parts):
        return []
    places = [found.columns.index(each) for each in parts]
    for row in found.rows:
        year, month, day = (row[each].strip() for each in places)
        row.append(f"{year}-{int(month):02}-{int(day):02}" if year and month.isdigit() and day.isdigit() else year)
    found.columns.append("birth date in one")
    person["birth_date"] = ["birth date in one"]
    return parts


def _formats(found: Labelled) -> list[str]:
    """Return the formats of dates, the one that fits most values first."""
    told = found.fields.get("person", {}).get("birth_date")
    if not told:
        return list(_FORMATS)
    place = found.columns.index(told[0])
    values = [row[place].strip() for row in found.rows[:5000] if row[place].strip()]
    fits = {each: sum(_fits(value, each) for value in values) for each in _FORMATS}
    # one file writes days before months or after them, whatever the year looks like
    days_first, months_first = (sum(fits[each] for each in _FORMATS if order in each) for order in ("%d/%m", "%m/%d"))
    other_order = "%d/%m" if months_first > days_first else "%m/%d"
    found_formats: list[str] = []
    left = values
    for each in sorted((each for each in _FORMATS if other_order not in each), key=lambda one: -fits[one]):
        # day and month can't be told apart value by value: of two that differ in their order the one that fits more counts
        if any(sorted(each) == sorted(other) for other in found_formats):
            continue
        if sum(_fits(value, each) for value in left) > len(values) / 200:
            found_formats.append(each)
            left = [value for value in left if not _fits(value, each)]
    return found_formats or ["%Y-%m-%d"]


def _fits(value: str, form: str) -> bool:
    try:
        datetime.strptime(value, form)  # noqa: DTZ007  a calendar date has no time zone
    except ValueError:
        return False
    return True


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _array(texts: Sequence[str]) -> str:
    return "[" + ", ".join(map(_quoted, texts)) + "]"
