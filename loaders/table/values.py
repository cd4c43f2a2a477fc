"""Values of one row: cells read as the mapping says, with every mistake told by its column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from referralgraph.loaders.table.cells import VALUE_BREAK, tidy_name
from referralgraph.loaders.table.mapping import Mapping, Section, Value
from referralgraph.records.identifiers import profile_address
from referralgraph.records.partial_date import parse_partial_date, possible_part
from referralgraph.records.schema import Field
from referralgraph.records.vocabulary import role_of_word

_DATES_KEPT = 10_000  # dates of a register repeat; reading one by its format is slow
_LARGEST = 2**63 - 1
_BOUNDS = {"share": (0, 100), "share_minimum": (0, 100), "share_maximum": (0, 100), "closeness": (0, 3),
           "size": (0, _LARGEST)}

_THOUSANDS = "[.,'\u2019 \u00a0\u202f]"

Found = str | int | float | list[str] | None


class Columns:
    """The columns of a file, found by the names that a mapping gives them."""

    def __init__(self, header: Sequence[str]) -> None:
        self.header = list(header)
        self._places = {name: at for at, name in reversed(list(enumerate(header)))}

    def find(self, name: str) -> list[int] | None:
        """Return the places of a column, of all that fit a name with ``*``, or None if there is no such column."""
        tidy = tidy_name(name)
        if tidy in self._places:
            return [self._places[tidy]]
        if "*" not in tidy:
            return None
        pattern = re.compile(".*".join(map(re.escape, tidy.split("*"))))
        return [at for at, column in enumerate(self.header) if pattern.fullmatch(column)]

    def missing(self, mapping: Mapping) -> list[str]:
        """Say of each column that the mapping names and the file lacks, what the file has instead."""
        said: dict[str, None] = {}
        tolerant = {value.place: value for section in mapping.all_sections() for value in section.values.values()
                    if value.optional or value.first_of}
        for place, name in mapping.columns():
            if place in tolerant or self.find(name) is not None:
                continue
            near = get_close_matches(name.casefold(), [each.casefold() for each in self.header], n=1, cutoff=0.5)
            meant = next((each for each in self.header if near and each.casefold() == near[0]), "")
            said[f"{place}: no column {name!r}" + (f"; did you mean {meant!r}?" if meant else "")] = None
        for value in tolerant.values():
            if value.first_of and not value.optional and all(self.find(name) is None for name in value.columns):
                said[f"{value.place}: no column {' or '.join(map(repr, value.columns))}"] = None
        return list(said)


@dataclass
class Problem:
    """What is wrong with one cell."""

    column: str
    value: str
    reason: str


class SectionReader:
    """Reads the values of one section from the cells of a row.

    :param section: the section of the mapping.
    :param columns: the columns of the file.
    :param mapping: the mapping, for its date formats and its decimal sign.
    :param day: day of the list, as ``YYYY-MM-DD``.
    """

    def __init__(self, section: Section, columns: Columns, mapping: Mapping, day: str) -> None:
        self.section = section
        self._day = day
        formats = mapping.formats
        self._formats = formats
        self._parsed_date = lru_cache(_DATES_KEPT)(lambda text: parse_partial_date(text, formats))
        self._decimal = str(mapping.settings.get("decimal", "."))
        self._readers = [(name, value, self._places(value, columns)) for name, value in section.values.items()]
        self._names = columns.header
        self.key_places = [place for name in section.key for place in columns.find(name) or ()]
        self._condition = (columns.find(section.condition[0]) or [])[:1] if section.condition else []
        self.used = {*self.key_places, *self._condition, *(at for _, _, places in self._readers for at in places)}

    def applies(self, cells: list[str]) -> bool:
        """Say whether a row gives this record by the section's ``when`` or ``unless``."""
        if not self.section.condition or not self._condition:
            return True
        return (cells[self._condition[0]].strip().casefold() in self.section.condition[1]) != self.section.unless

    def read(self, cells: list[str], problems: list[Problem]) -> dict[str, Found]:
        """Return the fields of a row that have a value; what can't be read is added to the problems."""
        found: dict[str, Found] = {}
        for name, value, places in self._readers:
            try:
                each = self._read(value, places, cells)
            except ValueError as error:
                if value.leave_out:
                    if value.target.type == "partial_date" and (part := self._possible(_joined(places, cells, value), value)):
                        found[name] = part
                    continue
                column = self._names[places[0]] if places else value.place
                problems.append(Problem(column, _joined(places, cells, value), str(error)))
                continue
            if each not in (None, "", []):
                found[name] = each
        return found

    def constant(self, name: str) -> bool:
        """Say whether a field is the same in every row, so that it alone makes no record."""
        value = self.section.values.get(name)
        return value is not None and not value.columns

    def raw(self, name: str, cells: list[str]) -> str:
        """Return the text of a field as it stands in the row, before words are looked up."""
        return next((_joined(places, cells, value) for each, value, places in self._readers if each == name), "")

    @staticmethod
    def _places(value: Value, columns: Columns) -> list[int]:
        return [at for name in value.columns for at in columns.find(name) or ()]

    def _read(self, value: Value, places: list[int], cells: list[str]) -> Found:
        target = value.target
        if not value.columns:
            return _constant(value, self._formats)
        if target.type == "texts":
            parts = [part.strip() for at in places for part in _parts(cells[at], value.separator)]
            return list(dict.fromkeys(part for part in parts if part)) or ([value.default] if value.default else None)
        if target.name == "profile_url":
            return _profile(value, places, cells)
        text = _joined(places, cells, value)
        if value.words or value.default or target.words:
            text = _looked_up(text, value, target)
        if not text:
            return None
        if target.type == "partial_date":
            found = self._date(text)
            return self._born(found, text) if found and target.name == "birth_date" else found
        if target.type in {"integer", "number"}:
            return self._number(text, target)
        return text

    def _date(self, text: str) -> str | None:
        try:
            return self._parsed_date(text)
        except ValueError as error:
            known = f"in none of the formats {', '.join(self._formats)}" if self._formats else "not as 2011-03-01"
            raise ValueError(f"not a date, {known}; add its format to formats in [dates]") from error

    def _born(self, found: str, text: str) -> str:
        """Of a year of two digits nobody is born after the day of the list: he is a century older."""
        later = found > self._day[:len(found)] and found[:4] not in text
        return f"{int(found[:4]) - 100}{found[4:]}" if later else found

    def _possible(self, text: str, value: Value) -> str | None:
        part = possible_part(text, self._formats)
        return self._born(part, text) if part and value.target.name == "birth_date" else part

    def _number(self, text: str, target: Field) -> float | int:
        decimal = "," if self._decimal == "," else "."
        thousands = _THOUSANDS.replace(decimal, "")
        bare = text.removesuffix("%").strip()
        if re.fullmatch(rf"[+-]?\d{{1,3}}({thousands}\d{{3}})+({re.escape(decimal)}\d+)?", bare, re.ASCII):
            bare = re.sub(thousands, "", bare)
        bare = bare.replace(decimal, ".") if decimal == "," and "." not in bare else bare
        if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", bare, re.ASCII):
            raise ValueError(f"not a number with the decimal sign {decimal!r}; set decimal in [table]")
        number = float(bare)
        least, most = _BOUNDS.get(target.name, (-_LARGEST, _LARGEST))
        if not least <= number <= most:
            unit = " per cent" if target.name.startswith("share") else ""
            raise ValueError(f"not between {least} and {most}{unit}; mend the value in the file")
        if target.type == "number":
            return number
        if not number.is_integer():
            raise ValueError("not a whole number; mend the value or choose another column")
        return int(number)


def folded_word(text: str) -> str:
    """Return a word of the source as ``words`` of a mapping are compared."""
    return " ".join(text.casefold().split())


def _parts(cell: str, separator: str) -> list[str]:
    parts = cell.split(VALUE_BREAK)
    return [each for part in parts for each in part.split(separator)] if separator else parts


def _joined(places: list[int], cells: list[str], value: Value) -> str:
    if len(places) == 1 and not value.separator:
        text = cells[places[0]].strip()
        return text.replace(VALUE_BREAK, "; ") if VALUE_BREAK in text else text
    parts = [_parts(cells[at], value.separator) for at in places]
    if value.first_of:
        parts = [each for each in parts if any(part.strip() for part in each)][:1]
    if value.separator:  # of several values in one cell a field that holds one takes the first
        parts = [each[:1] for each in parts]
    return value.join.join(part.strip() for each in parts for part in each if part.strip())


def _profile(value: Value, places: list[int], cells: list[str]) -> str | None:
    """Return the profile among the web addresses of a row; of one column that is said to be it, whatever it holds."""
    addresses = [part.strip() for at in places for part in _parts(cells[at], value.separator) if part.strip()]
    profile = next((found for address in addresses if (found := profile_address(address))), None)
    meant = addresses and len(value.columns) == 1 and "*" not in value.columns[0]
    return profile or (addresses[0] if meant else None)


def _looked_up(text: str, value: Value, target: Field) -> str:
    word = folded_word(text)
    if word in value.words:
        return value.words[word]
    if target.name == "role":
        role = role_of_word(text)
        return role if role != "other" or not value.default else value.default
    if target.words:
        allowed = word.replace(" ", "_")
        if allowed in target.words:
            return allowed
        if text and not value.default:
            raise ValueError(f"no word of {target.name}; say what it means in words, as words = {{\"{text[:30]}\" = "
                             f"\"{target.words[0]}\"}}; there are {', '.join(target.words)}")
    if value.default and (not text or value.words or target.words):
        return value.default
    return text


def _constant(value: Value, formats: Sequence[str]) -> Found:
    constant = value.constant
    if value.target.type == "partial_date":
        return parse_partial_date(str(constant), formats)
    if value.target.type == "texts":
        return [str(each) for each in constant] if isinstance(constant, list) else [str(constant)]
    if value.target.type in {"integer", "number"} and isinstance(constant, (int, float)):
        return constant
    return str(constant)
