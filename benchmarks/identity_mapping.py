"""Labelled files for the benchmark of identity: which column is what, told by its name, and what is the truth."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq

# Names of columns in labelled files, the better one first; joined by + where a field is spread over several.
_PERSON = {
    "given_name": "given_name first_name firstname forename given fname vorname name_first first fname_c1 first_names given_names",
    "family_name": "family_name surname last_name lastname family lname sname nachname name_last last lname_c1",
    "full_name": "full_name fullname person_name name name_full first_and_surname",
    "birth_name": "birth_name maiden_name geburtsname",
    "title": "title titel",
    "birth_date": "birth_date date_of_birth dob birthdate birthday geburtsdatum birth",
    "city": "city suburb town place locality ort municipality res_city residence location birth_place place_of_birth",
    "postcode": "postcode postal_code zip zip_code zipcode plz postcode_fake res_zip",
    "country": "country country_code",
    "address": "street_number+address_1+address_2 house_number+street street_name+house_number address street street_address "
    "address_1 addr address_line_1 res_street_address street_name",
    "emails": "email e_mail mail email_address emails",
    "phones": "phone telephone phone_number tel mobile telephone_number telefon phones",
    "identifier": "soc_sec_id ssn national_id social_security_number id_number tax_id passport nin nino personal_number id_card",
    "occupation": "occupation job job_title profession beruf position",
}
_EMPLOYER = "employer company company_name organisation organization firm workplace firma"
_ORGANISATION = {
    "name": "organisation_name organization_name company_name company organisation organization business_name firm_name "
    "org_name legal_name name full_name firma",
    "legal_form": "legal_form",
    "register_court": "register_court court",
    "register_number": "register_number registration_number company_number reg_no register_no",
    "lei": "lei",
    "website": "website url homepage web domain",
    **{name: _PERSON[name] for name in ("city", "postcode", "country", "address")},
}
_TRUTH = (
    "cluster",
    "cluster_id",
    "true_cluster",
    "truth",
    "true_id",
    "true_person",
    "true_entity",
    "entity_id",
    "entity",
    "ent_id",
    "person_id",
    "individual_id",
    "uid_true",
    "match_id",
    "group_id",
    "label",
    "identity",
    "rec_id",
)
_FORMATS = ("%Y-%m-%d", "%Y%m%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%Y/%m/%d", "%d-%m-%Y", "%d %b %Y", "%Y-%m-%d %H:%M:%S")
_PATTERN = re.compile(r"(rec-\d+)-")


@dataclass
class Labelled:
    """A labelled file.

    :param columns: names of its columns.
    :param rows: its cells.
    :param truth: true entity of each row, by the number of the row.
    :param fields: columns of each field of a person, and of an organisation.
    :param kind: place of the column that tells people from organisations, and its words for people.
    """

    columns: list[str]
    rows: list[list[str]]
    truth: dict[str, str]
    fields: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    kind: tuple[int, tuple[str, ...]] | None = None
    employer: str | None = None
    formats: list[str] = field(default_factory=list)

    def is_person(self, row: int) -> bool:
        """Return whether a row is a person."""
        return bool(self.fields.get("person")) and (self.kind is None or self.rows[row][self.kind[0]].strip().lower() in self.kind[1])

    def value(self, row: int, name: str) -> str:
        """Return the text of a field in a row, empty if there is none."""
        told = self.fields["person" if self.is_person(row) else "organisation"].get(name, [])
        return " ".join(filter(None, (self.rows[row][self.columns.index(each)].strip() for each in told)))

    def describe(self) -> str:
        """Return the mapping in words."""
        return "; ".join(
            f"{section}: " + ", ".join(f"{name}={'+'.join(told)}" for name, told in fields.items())
            for section, fields in self.fields.items()
            if fields
        )


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
    columns, rows = _read(files)
    names = {_plain(each): each for each in reversed(columns)}
    found = Labelled(columns, rows, {})
    if labels:
        found.truth = _by_labels(found, labels, key or next(each for each in columns if _plain(each) in {"unique_id", "id", "rec_id"}))
        used = {key}
    else:
        column = truth or next((names[each] for each in _TRUTH if each in names), None)
        if column is None or column not in columns:
            raise SystemExit(f"which column is the truth? --truth one of {', '.join(columns)}")
        used = {column}
        place = columns.index(column)
        wanted = re.compile(pattern) if pattern else _PATTERN if all(_PATTERN.match(row[place]) for row in rows[:50]) else None
        for number, row in enumerate(rows):
            match = wanted.search(row[place]) if wanted else None
            found.truth[str(number)] = match.group(1) if match else row[place]
    kind = kind or next((names[each] for each in ("kind", "entity_type", "record_type", "type", "schema") if each in names), None)
    if kind and not organisations:
        words = tuple(each.strip().lower() for each in person_words.split(","))
        place = columns.index(kind)
        seen = {row[place].strip().lower() for row in rows}
        if seen & set(words):
            found.kind = (place, words)
            used.add(kind)
    columns_free = [each for each in columns if each not in used]
    chosen = dict(each.split("=", 1) for each in told)
    if not organisations:
        found.fields["person"] = _mapped(_PERSON, columns_free, chosen)
        if {"given_name", "family_name"} <= found.fields["person"].keys():
            found.fields["person"].pop("full_name", None)
        found.employer = chosen.get("employer") or next(
            (names[each] for each in _EMPLOYER.split() if each in names and names[each] not in used), None
        )
        if found.kind is None and not {"given_name", "family_name", "full_name"} & found.fields["person"].keys():
            organisations = True
    if organisations or found.kind is not None:
        found.fields["organisation"] = _mapped(_ORGANISATION, columns_free, chosen)
    if organisations:
        found.fields.pop("person", None)
    if fields:
        kept = set(fields.split(","))
        kept |= {"given_name", "family_name", "full_name"} if "name" in kept else set()
        found.fields = {
            section: {name: each for name, each in mapped.items() if name in kept} for section, mapped in found.fields.items()
        }
        found.employer = found.employer if "employer" in kept else None
    _take_birth_parts(found, names)
    found.formats = _formats(found)
    return found


def mapping_text(labelled: Labelled) -> str:
    """Return the mapping file for `load table`; the rows have their number in a column ``row`` in front."""
    lines = [
        "[source]",
        'name = "labelled"',
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
    names = {_plain(each): each for each in reversed(columns)}
    mapped: dict[str, list[str]] = {}
    taken: set[str] = set()
    for name, words in known.items():
        if name in chosen:
            told = [each for each in chosen[name].split("+") if each]
        else:
            told = next(
                (
                    [names[part] for part in word.split("+")]
                    for word in words.split()
                    if all(part in names and names[part] not in taken for part in word.split("+"))
                ),
                [],
            )
        if told:
            mapped[name] = told
            taken |= set(told)
    return mapped


def _take_birth_parts(found: Labelled, names: dict[str, str]) -> None:
    """Make one column of a birth date that stands in three."""
    person = found.fields.get("person")
    parts = next(
        (
            [names[each] for each in three]
            for three in (
                ("by", "bm", "bd"),
                ("birth_year", "birth_month", "birth_day"),
                ("year_of_birth", "month_of_birth", "day_of_birth"),
            )
            if all(each in names for each in three)
        ),
        None,
    )
    if person is None or parts is None or "birth_date" in person:
        return
    places = [found.columns.index(each) for each in parts]
    for row in found.rows:
        year, month, day = (row[each].strip() for each in places)
        row.append(f"{year}-{int(month):02}-{int(day):02}" if year and month.isdigit() and day.isdigit() else year)
    found.columns.append("birth date in one")
    person["birth_date"] = ["birth date in one"]


def _formats(found: Labelled) -> list[str]:
    """Return the formats of dates, the one that fits most values first."""
    told = found.fields.get("person", {}).get("birth_date")
    if not told:
        return list(_FORMATS)
    place = found.columns.index(told[0])
    values = [row[place].strip() for row in found.rows[:5000] if row[place].strip()]
    fits = {each: sum(_fits(value, each) for value in values) for each in _FORMATS}
    return [each for each in sorted(_FORMATS, key=lambda one: -fits[one]) if fits[each]][:1] or ["%Y-%m-%d"]


def _fits(value: str, form: str) -> bool:
    try:
        datetime.strptime(value, form)  # noqa: DTZ007  a calendar date has no time zone
    except ValueError:
        return False
    return True


def _by_labels(found: Labelled, labels: Path, key: str) -> dict[str, str]:
    place = found.columns.index(key)
    number = {row[place]: str(at) for at, row in enumerate(found.rows)}
    parent = {each: each for each in number.values()}

    def top(each: str) -> str:
        while parent[each] != each:
            each = parent[each]
        return each

    columns, rows = _read([labels])
    ids = [at for at, name in enumerate(columns) if "id" in _plain(name).split("_") and "source" not in name][:2]
    scored = next((at for at, name in enumerate(columns) if "score" in name or name in {"label", "match"}), None)
    for row in rows:
        if scored is None or float(row[scored] or 0) >= 0.5:
            one, other = (top(number[row[at]]) for at in ids)
            parent[max(one, other)] = min(one, other)
    return {each: top(each) for each in parent}


def _read(files: Sequence[Path]) -> tuple[list[str], list[list[str]]]:
    columns: list[str] = []
    rows: list[list[str]] = []
    for file in files:
        if file.suffix == ".parquet":
            table = pq.read_table(file)
            header = table.column_names
            content = [["" if each is None else str(each) for each in row] for row in zip(*table.to_pydict().values(), strict=True)]
        else:
            with file.open(encoding="utf-8", newline="") as stream:
                sample = stream.read(20_000)
                stream.seek(0)
                reader = csv.reader(stream, csv.Sniffer().sniff(sample.split("\n")[0], ",;\t|"))
                header = [each.strip() for each in next(reader)]
                content = [[cell.strip() for cell in row] for row in reader if row]
        columns = columns or header
        if header != columns:
            raise SystemExit(f"{file}: other columns than {files[0]}")
        rows += [[*row, *[""] * (len(columns) - len(row))][: len(columns)] for row in content]
    return columns, rows


def _plain(name: str) -> str:
    return re.sub(r"\W+", "_", name.strip().lower()).strip("_")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _array(texts: Sequence[str]) -> str:
    return "[" + ", ".join(map(_quoted, texts)) + "]"
