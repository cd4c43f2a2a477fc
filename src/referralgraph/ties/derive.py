"""Derive reasons for ties from records and identities, with one SQL file a step."""

from __future__ import annotations

from pathlib import Path

from referralgraph.records.database import connect, create_tables, create_view, write_parquet
from referralgraph.records.vocabulary import ROLES
from referralgraph.settings import TieSettings

_PACKAGE = "referralgraph.ties"


def derive_ties(records: Path, resolved: Path, folder: Path, settings: TieSettings) -> None:
    """Write the reasons of all ties.

    :param records: folder of the record tables as they count.
    :param resolved: folder of the resolve stage.
    :param folder: gets ``reason`` (two people, left < right, one ground each), ``body`` (size of each body) and
        ``person_bodies`` (in how many bodies each person is); ``data_day.txt`` holds the day number to which the
        registers are known.
    :param settings: the constants of the tie formula.
    """
    connection = connect(folder)
    for name in ("person", "mandate", "shareholding", "contact"):
        create_view(connection, name, [records / f"{name}.parquet"])
    for name in ("person_link", "organisation_link"):
        connection.read_parquet(str(resolved / f"{name}.parquet")).create_view(name)
    connection.read_parquet(str(resolved / "organisation.parquet")).create_view("organisation_entity")
    connection.execute("CREATE TEMP TABLE organisation_status AS "
                       "SELECT id, status = 'removed' AS removed FROM organisation_entity")
    connection.execute("CREATE TEMP TABLE team_member AS SELECT person.name_as_written AS name, "
                       "'p-' || substr(person_link.root, 2) AS person "
                       "FROM person JOIN person_link USING (record_id) WHERE person.source = 'team'")
    _fill(connection, "tie_role", ["role VARCHAR"], [[role.name] for role in ROLES if role.ties])
    _fill(connection, "contact_base", ["kind VARCHAR", "base DOUBLE"], [
        ["address_book", settings.contact_address_book], ["linkedin", settings.contact_linkedin], ["crm", settings.contact_crm]])
    _fill(connection, "closeness_base", ["closeness BIGINT", "base DOUBLE"],
          [[closeness, base] for closeness, base in enumerate(settings.closeness)])
    found = connection.execute("SELECT coalesce(max(day_number(CAST(retrieved_at AS DATE))), 0) FROM mandate SEMI JOIN tie_role USING (role)").fetchone()
    data_day = int(found[0]) if found else 0
    create_tables(
        connection, _PACKAGE, ["member", "spell", "body_day", "body", "contact_tie", "reason", "person_bodies"],
        {"assumed_tenure_years": settings.assumed_tenure_years, "largest_body": settings.largest_body,
         "colleague": settings.colleague, "data_day": data_day},
    )
    write_parquet(connection, "SELECT * FROM reason ORDER BY left_person, right_person, kind, organisation, owner, visibility",
                  folder / "reason.parquet")
    (folder / "data_day.txt").write_text(str(data_day), encoding="utf-8")
    write_parquet(connection, "SELECT * FROM body ORDER BY organisation", folder / "body.parquet")
    write_parquet(connection, "SELECT * FROM person_bodies ORDER BY person", folder / "person_bodies.parquet")


def _fill(connection: object, name: str, columns: list[str], rows: list[list[object]]) -> None:
    connection.execute(f"CREATE TEMP TABLE {name} ({', '.join(columns)})")  # type: ignore[attr-defined]
    marks = ", ".join(f"${index}" for index in range(1, len(columns) + 1))
    connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # type: ignore[attr-defined]  # noqa: S608 - own names
