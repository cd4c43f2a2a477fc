"""The careful form of identity: only what name and place, or a proof, show to be one person is one person."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from referralgraph.records.database import connect, create_tables, create_view, sql_file, write_parquet
from referralgraph.resolve.clusters import cluster_labels, cluster_trees
from referralgraph.resolve.contradictions import without_contradictions

if TYPE_CHECKING:
    import duckdb

_PACKAGE = "referralgraph.resolve"
_PAIR = ("record_id", "other", "because", "probability", "proof")
# Where a cluster contradicts itself, the later of these fall first.
_OF_ORGANISATIONS = ("LEI", "register number", "same name")
_OF_PEOPLE = (
    "same profile",
    "same name and birth date",
    "same name and e-mail",
    "same name and company",
    "same name, place and company",
    "same name and place",
    "same name and employer",
)


def resolve(records: Path, folder: Path, settings: Mapping[str, float | int | str]) -> None:
    """Decide which records are one person or one organisation.

    :param records: folder of the record tables as they count.
    :param folder: gets ``person_link``, ``organisation_link`` (a tree for each entity), ``person`` and
        ``organisation`` (the entities with their attributes) and ``waiting`` (undecided pairs).
    :param settings: ``merge_threshold``: pairs less probable stay apart; ``team_organisation``: our own company.
    """
    connection = connect(folder)
    connection.execute(sql_file(_PACKAGE, "words"))
    for name in ("person", "organisation", "mandate"):
        create_view(connection, name, [records / f"{name}.parquet"])
    for name in ("contact", "interaction"):
        create_view(connection, f"{name}_record", [file for file in [records / f"{name}.parquet"] if file.exists()])
    # whoever stands in a diary is an acquaintance as whoever stands in an address book
    connection.execute(
        "CREATE TEMP VIEW contact AS SELECT person FROM contact_record UNION ALL SELECT person FROM interaction_record"
    )
    create_tables(connection, _PACKAGE, ["organisation_name", "organisation_edge", "organisation_fact"], settings)
    _resolve_organisations(connection)
    create_tables(
        connection,
        _PACKAGE,
        [
            "person_key",
            "person_fact",
            "name_share",
            "name_frequency",
            "person_edge_place",
            "organisation_word",
            "organisation_total",
            "employer",
            "employer_candidate",
            "employer_answer",
            "colleague",
        ],
    )
    _resolve_people(connection, float(settings["merge_threshold"]))
    for name in ("organisation_link", "person_link"):
        write_parquet(connection, f"SELECT * FROM {name} ORDER BY record_id", folder / f"{name}.parquet")
    create_tables(connection, _PACKAGE, ["organisation_entity_table", "person_entity_table"])
    write_parquet(connection, "SELECT * FROM organisation_entity_table ORDER BY id", folder / "organisation.parquet")
    write_parquet(connection, "SELECT * FROM person_entity_table ORDER BY id", folder / "person.parquet")
    write_parquet(connection, "SELECT * FROM waiting ORDER BY ALL", folder / "waiting.parquet")


def _resolve_organisations(connection: duckdb.DuckDBPyConnection) -> None:
    records = _column(connection, "SELECT record_id FROM organisation ORDER BY record_id")
    rank = _column(
        connection, "SELECT CASE WHEN identifier IS NULL THEN 1 ELSE 0 END FROM organisation ORDER BY record_id"
    )
    edges = _pairs(connection, "organisation_edge", "true")
    edges, _ = without_contradictions(records, edges, _facts(connection, "organisation_fact"), _OF_ORGANISATIONS)
    tree = cluster_trees(records, rank.to_numpy(), edges)
    connection.register("organisation_tree", tree)
    connection.execute("CREATE TEMP TABLE organisation_link AS SELECT * FROM organisation_tree")
    connection.execute(
        "CREATE TEMP TABLE organisation_entity AS SELECT record_id, root AS entity FROM organisation_link"
    )


def _resolve_people(connection: duckdb.DuckDBPyConnection, threshold: float) -> None:
    records = _column(connection, "SELECT record_id FROM person ORDER BY record_id")
    rank = _column(
        connection,
        "SELECT CASE WHEN source = 'team' THEN 0 WHEN record_id IN (SELECT person FROM contact) "
        "THEN 2 ELSE 1 END FROM person ORDER BY record_id",
    ).to_numpy()
    likely = f"probability >= {threshold!r}"
    facts = _facts(connection, "person_fact")
    sure, _ = without_contradictions(records, _pairs(connection, "person_edge_place", likely), facts, _OF_PEOPLE)
    # contacts are met by the people of the register as they stand, one candidate or several
    _register_clusters(connection, records, sure)
    create_tables(connection, _PACKAGE, ["person_edge_employer", "person_edge_contact", "person_edge_team"])
    edges = pa.concat_tables(
        [
            _pairs(connection, "person_edge_place", likely),
            _pairs(connection, "person_edge_team", "candidates = 1"),
            _pairs(connection, "person_edge_employer", f"candidates = 1 AND told AND {likely}"),
            _pairs(connection, "person_edge_contact", f"record_id <> other AND {likely}"),
        ]
    )
    edges, refused = without_contradictions(records, edges, facts, _OF_PEOPLE)
    tree = cluster_trees(records, rank, edges)
    connection.register("person_tree", tree)
    connection.execute("CREATE TEMP TABLE person_link AS SELECT * FROM person_tree")
    _register_clusters(connection, records, edges)
    connection.register("refused", refused)
    create_tables(connection, _PACKAGE, ["person_waiting"])
    connection.execute("ALTER TABLE person_waiting RENAME TO waiting")


def _pairs(connection: duckdb.DuckDBPyConnection, table: str, condition: str) -> pa.Table:
    return connection.table(table).filter(condition).project(", ".join(_PAIR)).order("ALL").to_arrow_table()


def _facts(connection: duckdb.DuckDBPyConnection, table: str) -> pa.Table:
    return connection.table(table).project("record_id, topic, value").to_arrow_table()


def _register_clusters(connection: duckdb.DuckDBPyConnection, records: pa.Array, edges: pa.Table) -> None:
    labels = pa.table({"record_id": records, "cluster": pa.array(cluster_labels(records, edges).astype(np.int64))})
    connection.register("labels", labels)
    connection.execute("CREATE OR REPLACE TEMP TABLE person_cluster AS SELECT * FROM labels")


def _column(connection: duckdb.DuckDBPyConnection, query: str) -> pa.Array:
    return connection.sql(query).to_arrow_table().column(0).combine_chunks()
