"""The graph as tables: one Parquet file for each label and each relationship type, the same for every store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from referralgraph.graph.schema import NODES, RELATIONSHIPS, PropertyType
from referralgraph.records.database import connect, create_tables, create_view, write_parquet

if TYPE_CHECKING:
    import duckdb

_PACKAGE = "referralgraph.graph"
_RECORDS = ("mandate", "shareholding", "contact", "interaction", "event")
_ACCOUNTS = ("account", "stakeholder", "person_score", "customer", "influences", "looks_after")
_SQL_TYPES: dict[PropertyType, str] = {
    "STRING": "VARCHAR", "STRING[]": "VARCHAR[]", "INT64": "BIGINT", "DOUBLE": "DOUBLE", "BOOLEAN": "BOOLEAN"}
_FROM = {
    "Person": "SELECT person.*, coalesce(person_viewer.only_for, []) AS only_for, "
              "coalesce(person_bodies.bodies, 0) AS bodies, coalesce(connections.connections, 0) AS connections, "
              "person_score.* EXCLUDE (id), influence.* EXCLUDE (id) FROM person LEFT JOIN influence USING (id) "
              "LEFT JOIN person_score USING (id) LEFT JOIN person_viewer USING (id) "
              "LEFT JOIN person_bodies ON person_bodies.person = person.id LEFT JOIN connections USING (id)",
    "Organisation": "SELECT organisation.*, coalesce(body.most_members, 0) AS most_members, "
                    "coalesce(body.too_large, false) AS too_large, coalesce(connections.connections, 0) AS connections "
                    "FROM organisation LEFT JOIN body ON body.organisation = organisation.id LEFT JOIN connections USING (id)",
    "Event": "SELECT * FROM event_node",
    "Record": "SELECT * FROM record_node",
    "Person_MANDATE_Organisation": "SELECT * FROM mandate_edge WHERE by_person",
    "Organisation_MANDATE_Organisation": "SELECT * FROM mandate_edge WHERE NOT by_person",
    "Person_SHAREHOLDING_Organisation": "SELECT * FROM shareholding_edge WHERE by_person",
    "Organisation_SHAREHOLDING_Organisation": "SELECT * FROM shareholding_edge WHERE NOT by_person",
    "Person_CONTACT_Person": "SELECT * FROM contact_edge",
    "Person_INTERACTION_Person": "SELECT * FROM interaction_edge",
    "Organisation_HAS_EVENT_Event": 'SELECT organisation_entity AS "from", id AS "to", id AS record_id, '
                                "organisation_record AS of_record FROM event_node WHERE organisation_entity IS NOT NULL",
    "Person_HAS_EVENT_Event": 'SELECT person_entity AS "from", id AS "to", id AS record_id, person_record AS of_record '
                          "FROM event_node WHERE person_entity IS NOT NULL",
    "Person_TIE_Person": "SELECT * FROM tie",
    "Account": "SELECT * FROM account",
    "Stakeholder": "SELECT * FROM stakeholder",
    "Account_CUSTOMER_Organisation": 'SELECT customer.* FROM customer JOIN organisation ON organisation.id = customer."to"',
    "Stakeholder_STAKEHOLDER_IN_Account": 'SELECT id AS "from", account AS "to", position FROM stakeholder',
    "Stakeholder_IS_PERSON_Person": 'SELECT stakeholder.id AS "from", person AS "to", stakeholder.name FROM stakeholder '
                                    "JOIN person ON person.id = stakeholder.person",
    "Stakeholder_INFLUENCES_Stakeholder": "SELECT * FROM influences",
    "Person_LOOKS_AFTER_Stakeholder": 'SELECT looks_after.* FROM looks_after JOIN person ON person.id = looks_after."from"',
    "Record_WAITING_Record": 'SELECT record_id AS "from", other AS "to", because, probability, evidence FROM waiting',
}


def write_graph_tables(records: Path, resolved: Path, ties: Path, accounts: Path, folder: Path) -> None:
    """Write the rows of every label and relationship type.

    :param records: folder of the record tables as they count.
    :param resolved: folder of the resolve stage.
    :param ties: folder of the ties stage.
    :param accounts: folder of the accounts stage.
    :param folder: gets one Parquet file a label (its name) and a relationship type (start, type and end).
    """
    connection = connect(folder)
    for name in _RECORDS:
        create_view(connection, name, [records / f"{name}.parquet"])
    for view, file in {
        "person_record": records / "person.parquet", "organisation_record": records / "organisation.parquet",
        "person": resolved / "person.parquet", "organisation": resolved / "organisation.parquet",
        "person_link": resolved / "person_link.parquet", "organisation_link": resolved / "organisation_link.parquet",
        "waiting": resolved / "waiting.parquet", "body": ties / "body.parquet",
        "person_bodies": ties / "person_bodies.parquet", "tie": ties / "tie.parquet",
        "influence": ties / "influence.parquet",
        **{name: accounts / f"{name}.parquet" for name in _ACCOUNTS},
    }.items():
        connection.read_parquet(str(file)).create_view(view)
    connection.execute("CREATE TEMP TABLE team_member AS SELECT person_record.name_as_written AS name, "
                       "'p-' || substr(person_link.root, 2) AS person FROM person_record JOIN person_link USING (record_id) "
                       "WHERE person_record.source = 'team'")
    create_tables(connection, _PACKAGE, ["record_viewer", "person_viewer"])
    for table, source in (("mandate_edge", "mandate"), ("shareholding_edge", "shareholding"), ("contact_edge", "contact"),
                        ("interaction_edge", "interaction"), ("event_node", "event"), ("record_node", "record")):
        create_tables(connection, _PACKAGE, [source], name=table)
    create_tables(connection, _PACKAGE, ["connections"])
    for node in NODES:
        _write(connection, node.label, {}, node.properties, folder)
    for kind in RELATIONSHIPS:
        _write(connection, kind.name, {"from": "STRING", "to": "STRING"}, kind.properties, folder)


def _write(connection: duckdb.DuckDBPyConnection, name: str, ends: dict[str, PropertyType],
           properties: dict[str, PropertyType], folder: Path) -> None:
    columns = ", ".join(f'CAST("{column}" AS {_SQL_TYPES[kind]}) AS "{column}"' for column, kind in (ends | properties).items())
    # sorted: equal input gives equal files, and a store loads sorted end points faster
    write_parquet(connection, f"SELECT {columns} FROM ({_FROM[name]}) ORDER BY ALL", folder / f"{name}.parquet")
