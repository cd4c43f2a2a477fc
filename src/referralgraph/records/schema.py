"""The seven record tables, declared once: names, types, units and what each field means.

A *partial date* is an ISO 8601 date of reduced precision kept as the source gave it: ``2011``, ``2011-03`` or
``2011-03-01``. Text order is time order within one precision, and nothing is invented for what the source left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pyarrow as pa

FieldType = Literal["text", "texts", "partial_date", "timestamp", "integer", "number", "flag", "reference"]

_SQL_TYPES: dict[FieldType, str] = {
    "text": "VARCHAR",
    "texts": "VARCHAR[]",
    "partial_date": "VARCHAR",
    "timestamp": "TIMESTAMP",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "flag": "BOOLEAN",
    "reference": "VARCHAR",
}


@dataclass(frozen=True)
class Field:
    """One column of a record table.

    :param name: column name, the same in Parquet, graph, JSON and CSV.
    :param type: how the value is written; ``reference`` is the ``record_id`` of a row in another table.
    :param meaning: one line for people, with the unit where there is one.
    :param required: a row without it goes to quarantine.
    :param words: the closed vocabulary, if there is one.
    """

    name: str
    type: FieldType
    meaning: str
    required: bool = False
    words: tuple[str, ...] = ()

    @property
    def sql_type(self) -> str:
        """Type of the column in DuckDB's dialect."""
        return _SQL_TYPES[self.type]


@dataclass(frozen=True)
class Table:
    """One record table: its own fields, followed by the provenance that every row has."""

    name: str
    meaning: str
    own_fields: tuple[Field, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """All columns in the order in which they are written."""
        return (PROVENANCE[0], *self.own_fields, *PROVENANCE[1:])

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all columns in the order in which they are written."""
        return tuple(field.name for field in self.fields)

    def arrow_schema(self) -> pa.Schema:
        """Arrow schema of the table; Parquet files of the workspace have exactly this one."""
        return _arrow_schema(self.name)


PROVENANCE = (
    Field("record_id", "text", "id of the row, made from the source and the source's own key alone", required=True),
    Field("source", "text", "who published it: the loader's name, or the name in a table's mapping", required=True),
    Field("source_key", "text", "the source's own key, as text", required=True),
    Field("file", "text", "name of the raw file", required=True),
    Field("line", "integer", "1-based line (sheets and Parquet: row) in the raw file", required=True),
    Field("retrieved_at", "timestamp", "when the source stated this, UTC", required=True),
    Field("licence", "text", "licence under which the source may be used"),
)

_CURRENCY_OF_A_MANDATE = "last day on which the source shows it in force; an open mandate is in office until then"

TABLES: tuple[Table, ...] = (
    Table(
        "person",
        "A natural person as one source names him.",
        (
            Field("name", "text", "given and family name without titles", required=True),
            Field("given_name", "text", "given names"),
            Field("family_name", "text", "family name as it is now"),
            Field("birth_name", "text", "family name at birth"),
            Field("other_names", "texts", "further spellings the source gives: nicknames, transliterations"),
            Field("title", "text", "titles split off the name: Dr., Prof., Dipl.-Ing."),
            Field("name_as_written", "text", "the name letter by letter as the source has it", required=True),
            Field("birth_date", "partial_date", "date of birth, to the precision of the source"),
            Field("city", "text", "place of residence"),
            Field("postcode", "text", "postcode of the residence"),
            Field("country", "text", "country of the residence"),
            Field("address", "text", "street address of the residence as written"),
            Field("emails", "texts", "e-mail addresses"),
            Field("phones", "texts", "telephone numbers as written"),
            Field("profile_url", "text", "address of a public profile that belongs to one person"),
            Field("identifier", "text", "number that belongs to the person alone: in a register, of a state"),
            Field("occupation", "text", "profession as the source states it"),
        ),
    ),
    Table(
        "organisation",
        "A company, association, chamber, club, committee or public body as one source names it.",
        (
            Field("name", "text", "name with its legal form", required=True),
            Field("kind", "text", "what it is", required=True, words=(
                "company", "association", "chamber", "club", "committee", "public_body")),
            Field("previous_names", "texts", "former names"),
            Field("part_of", "text", "name of the body that a committee belongs to"),
            Field("legal_form", "text", "legal form, short: GmbH, AG, KG, e.V."),
            Field("register_court", "text", "court or office that keeps the register"),
            Field("register_number", "text", "number in that register with its section: HRB 8956"),
            Field("identifier", "text", "the publisher's number, unique within the source"),
            Field("lei", "text", "legal entity identifier"),
            Field("industry_code", "text", "industry code with its scheme: NACE 28.22"),
            Field("size", "integer", "number of employees"),
            Field("website", "text", "web address"),
            Field("address", "text", "street address as written"),
            Field("postcode", "text", "postcode"),
            Field("city", "text", "registered office or place"),
            Field("country", "text", "country of the registered office"),
            Field("status", "text", "active, removed, or nothing if the source doesn't say", words=("active", "removed")),
        ),
    ),
    Table(
        "mandate",
        "A role held in an organisation over a period, by a person or by another organisation.",
        (
            Field("person", "reference", "record of the person who holds it"),
            Field("holder_organisation", "reference", "record of the organisation that holds it"),
            Field("organisation", "reference", "record of the organisation in which it is held", required=True),
            Field("role", "text", "role in the vocabulary; words that aren't in it are 'other'", required=True),
            Field("role_as_written", "text", "the source's own word for the role"),
            Field("since", "partial_date", "first day; nothing if unknown"),
            Field("until", "partial_date", "last day; nothing if it isn't known to have ended"),
            Field("last_seen", "partial_date", _CURRENCY_OF_A_MANDATE, required=True),
        ),
    ),
    Table(
        "shareholding",
        "A share that a person or an organisation holds in an organisation.",
        (
            Field("person", "reference", "record of the owner, if a person"),
            Field("holder_organisation", "reference", "record of the owner, if an organisation"),
            Field("organisation", "reference", "record of the organisation that is owned", required=True),
            Field("kind", "text", "what is held", required=True, words=("capital", "votes", "profit_transfer")),
            Field("share_minimum", "number", "at least so much, per cent (0 to 100)"),
            Field("share_maximum", "number", "at most so much, per cent; equal to the minimum if exact"),
            Field("since", "partial_date", "first day; nothing if unknown"),
            Field("until", "partial_date", "last day; nothing if it isn't known to have ended"),
            Field("last_seen", "partial_date", "last day on which the source shows it", required=True),
        ),
    ),
    Table(
        "contact",
        "One of our people knows a person.",
        (
            Field("owner", "text", "whose contact it is: a name of our team", required=True),
            Field("visibility", "text", "who may see it", required=True, words=("private", "team")),
            Field("person", "reference", "record of the person who is known", required=True),
            Field("kind", "text", "where it stands", required=True, words=("address_book", "linkedin", "crm")),
            Field("since", "partial_date", "known since"),
            Field("closeness", "integer", "the owner's own word: 0 not at all, 1 slightly, 2 well, 3 very well"),
        ),
    ),
    Table(
        "interaction",
        "A dated meeting, mail or call of one of our people with a person.",
        (
            Field("owner", "text", "who of our team took part", required=True),
            Field("visibility", "text", "who may see it", required=True, words=("private", "team")),
            Field("person", "reference", "record of the other person", required=True),
            Field("kind", "text", "what it was", required=True, words=("meeting", "mail", "call")),
            Field("date", "partial_date", "when", required=True),
        ),
    ),
    Table(
        "event",
        "Something that happened to an organisation or a person.",
        (
            Field("organisation", "reference", "record of the organisation"),
            Field("person", "reference", "record of the person"),
            Field("kind", "text", "what happened", required=True, words=("insolvency", "liquidation", "strike_off")),
            Field("date", "partial_date", "when; nothing if the source shows it without a date"),
            Field("text", "text", "the words of the source"),
        ),
    ),
)

_BY_NAME = {each.name: each for each in TABLES}


def table(name: str) -> Table:
    """Return the declaration of one record table.

    :raises KeyError: if there is no table of that name.

    >>> table("contact").columns[:3]
    ('record_id', 'owner', 'visibility')
    """
    return _BY_NAME[name]


@cache
def _arrow_schema(name: str) -> pa.Schema:
    import pyarrow as pa  # only once rows are really read or written: the command line's help must stay light

    types = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "partial_date": pa.string(),
        "timestamp": pa.timestamp("us"),
        "integer": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "reference": pa.string(),
    }
    return pa.schema([pa.field(field.name, types[field.type]) for field in _BY_NAME[name].fields])
