"""Derive the grounds of ties from records and identities, with one SQL file a step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from referralgraph.records.database import connect, create_tables, create_view, write_parquet
from referralgraph.records.vocabulary import ROLES
from referralgraph.score.settings import TieSettings

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_PACKAGE = "referralgraph.ties"
_ORDER = {
    "stretch": "left_person, right_person, origin, organisation, owner, start_day NULLS FIRST, end_day, visibility, base, said",
    "body": "organisation",
    "body_day": "organisation, day",
    "interaction": "left_person, right_person, owner, day, kind",
    "person_bodies": "person",
}
_SELECT = {
    name: f"SELECT * FROM {'met' if name == 'interaction' else name} ORDER BY {order}"  # the table interaction holds the records
    for name, order in _ORDER.items()
}


def derive_ties(records: Path, resolved: Path, folder: Path, settings: TieSettings) -> None:
    """Write the grounds of all ties; docs/method/ties.md says how they come about.

    :param records: folder of the record tables as they count.
    :param resolved: folder of the resolve stage.
    :param folder: gets ``stretch`` (two people, left < right, and one uninterrupted time of one ground), ``body``
        (size of each body), ``body_day`` (how it changed) and ``person_bodies`` (in how many bodies each person is);
        ``data_day.txt`` holds the day number to which the registers are known, ``interaction_day.txt`` that to which meetings,
        calls and mails (``interaction``) are.
    :param settings: the constants of the tie formula.
    """
    connection = connect(folder)
    for name in ("person", "mandate", "shareholding", "contact", "interaction"):
        create_view(connection, name, [records / f"{name}.parquet"])
    for name in ("person_link", "organisation_link"):
        connection.read_parquet(str(resolved / f"{name}.parquet")).create_view(name)
    connection.read_parquet(str(resolved / "organisation.parquet")).create_view("organisation_entity")
    connection.read_parquet(str(resolved / "person.parquet")).create_view("person_entity")
    _fill_roles(connection)
    data_day = _data_day(connection)
    (folder / "data_day.txt").write_text(str(data_day), encoding="utf-8")
    (folder / "interaction_day.txt").write_text(str(_interaction_day(connection, data_day)), encoding="utf-8")
    _derive(connection, settings, data_day)
    for name in _ORDER:
        write_parquet(connection, _SELECT[name], folder / f"{name}.parquet")


def ties_among(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, pa.Table], settings: TieSettings, data_day: int
) -> dict[str, pa.Table]:
    """Return the grounds of the ties among some records, as :func:`derive_ties` writes those of all.

    :param connection: of :func:`referralgraph.records.database.connect`; tables of former calls are replaced.
    :param tables: ``person`` (our team's records), ``mandate``, ``shareholding``, ``contact``, ``interaction``, ``person_link`` and
        ``organisation_link`` (``record_id``, ``root``), ``person_entity`` (``id``, ``name``), ``organisation_entity`` (``id``,
        ``status``).
    :param settings: the constants of the tie formula.
    :param data_day: the day to which the registers are known.
    """
    for name, rows in tables.items():
        connection.register(name, rows)
    _fill_roles(connection)
    _derive(connection, settings, data_day)
    return {name: connection.sql(_SELECT[name]).to_arrow_table() for name in _ORDER}


def _fill_roles(connection: duckdb.DuckDBPyConnection) -> None:
    _fill(connection, "tie_role", ["role VARCHAR"], [[role.name] for role in ROLES if role.ties])


def _derive(connection: duckdb.DuckDBPyConnection, settings: TieSettings, data_day: int) -> None:
    """Make the tables of all grounds from records, links and entities."""
    connection.execute("CREATE OR REPLACE TEMP TABLE person_name AS SELECT id, name_key(name) AS name_key FROM person_entity")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE organisation_status AS SELECT id, status = 'removed' AS removed FROM organisation_entity"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE team_member AS SELECT person.name_as_written AS name, "
        "'p-' || substr(person_link.root, 2) AS person "
        "FROM person JOIN person_link USING (record_id) WHERE person.source = 'team'"
    )
    _fill(
        connection,
        "contact_base",
        ["kind VARCHAR", "base DOUBLE"],
        [
            ["address_book", settings.contact_address_book],
            ["linkedin", settings.contact_linkedin],
            ["crm", settings.contact_crm],
        ],
    )
    _fill(
        connection,
        "closeness_base",
        ["closeness BIGINT", "base DOUBLE"],
        [[closeness, base] for closeness, base in enumerate(settings.closeness)],
    )
    create_tables(
        connection,
        _PACKAGE,
        ["member", "spell", "body_day", "body", "contact_tie", "interaction_tie", "stretch", "person_bodies"],
        {
            "assumed_tenure_years": settings.assumed_tenure_years,
            "largest_body": settings.largest_body,
            "colleague": settings.colleague,
            "data_day": data_day,
        },
    )
    connection.execute(
        "CREATE OR REPLACE TEMP VIEW met AS SELECT least(owner_person, person) AS left_person, "
        "greatest(owner_person, person) AS right_person, owner, kind, private, day FROM interaction_tie"
    )


def _data_day(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the last day on which a register stated who sits where, 0 without any."""
    found = connection.execute(
        "SELECT coalesce(max(day_number(CAST(retrieved_at AS DATE))), 0) FROM ("
        "SELECT retrieved_at FROM mandate SEMI JOIN tie_role USING (role) "
        "UNION ALL SELECT retrieved_at FROM shareholding)"
    ).fetchone()
    return int(found[0]) if found else 0


def _interaction_day(connection: duckdb.DuckDBPyConnection, data_day: int) -> int:
    """Return the day from which meetings age: a register of long ago mustn't make old meetings fresh."""
    found = connection.execute("SELECT coalesce(max(day_number(CAST(retrieved_at AS DATE))), 0) FROM interaction").fetchone()
    return max(data_day, int(found[0]) if found else 0)


def _fill(connection: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({', '.join(columns)})")
    marks = ", ".join(f"${index}" for index in range(1, len(columns) + 1))
    connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
