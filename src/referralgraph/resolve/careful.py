"""The careful form of identity: only what name and place, or a proof, show to be one person is one person."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from referralgraph.records.database import connect, create_tables, create_view, write_parquet
from referralgraph.resolve.clusters import cluster_labels, cluster_trees

if TYPE_CHECKING:
    import duckdb

_PACKAGE = "referralgraph.resolve"
_EDGE = ("record_id", "other", "because", "probability", "proof")


def resolve(records: Path, folder: Path, settings: Mapping[str, float | int | str]) -> None:
    """Decide which records are one person or one organisation.

    :param records: folder of the record tables as they count.
    :param folder: gets ``person_link``, ``organisation_link`` (a tree for each entity), ``person_entity`` and
        ``organisation_entity`` (the entities with their attributes) and ``waiting`` (undecided pairs).
    :param settings: ``merge_threshold``: pairs less probable stay apart; ``team_organisation``: our own company.
    """
    connection = connect(folder)
    for name in ("person", "organisation", "mandate", "contact"):
        create_view(connection, name, [records / f"{name}.parquet"])
    create_tables(connection, _PACKAGE, ["organisation_name", "organisation_edge"], settings)
    _resolve_organisations(connection)
    create_tables(connection, _PACKAGE, ["person_key", "name_frequency", "person_edge_place", "employer"])
    _resolve_people(connection, float(settings["merge_threshold"]))
    for name in ("organisation_link", "person_link"):
        write_parquet(connection, f"SELECT * FROM {name} ORDER BY record_id", folder / f"{name}.parquet")  # noqa: S608 - own table
    create_tables(connection, _PACKAGE, ["organisation_entity_table", "person_entity_table"])
    write_parquet(connection, "SELECT * FROM organisation_entity_table ORDER BY id", folder / "organisation.parquet")
    write_parquet(connection, "SELECT * FROM person_entity_table ORDER BY id", folder / "person.parquet")
    write_parquet(connection, "SELECT * FROM waiting ORDER BY ALL", folder / "waiting.parquet")


def _resolve_organisations(connection: duckdb.DuckDBPyConnection) -> None:
    records = _column(connection, "SELECT record_id FROM organisation ORDER BY record_id")
    rank = _column(connection, "SELECT CASE WHEN identifier IS NULL THEN 1 ELSE 0 END FROM organisation ORDER BY record_id")
    edges = connection.sql("SELECT record_id, other, because, probability, proof FROM organisation_edge").to_arrow_table()
    tree = cluster_trees(records, rank.to_numpy(), edges)
    connection.register("organisation_tree", tree)
    connection.execute("CREATE TEMP TABLE organisation_link AS SELECT * FROM organisation_tree")
    connection.execute("CREATE TEMP TABLE organisation_entity AS SELECT record_id, root AS entity FROM organisation_link")


def _resolve_people(connection: duckdb.DuckDBPyConnection, threshold: float) -> None:
    records = _column(connection, "SELECT record_id FROM person ORDER BY record_id")
    rank = _column(connection, "SELECT CASE WHEN source = 'team' THEN 0 WHEN record_id IN (SELECT person FROM contact) "
                               "THEN 2 ELSE 1 END FROM person ORDER BY record_id").to_numpy()
    sure = connection.sql("SELECT * FROM person_edge_place").to_arrow_table()
    sure = sure.filter(pc.greater_equal(sure.column("probability"), threshold))
    _register_clusters(connection, records, sure)
    create_tables(connection, _PACKAGE, ["person_edge_employer", "person_edge_contact", "person_edge_team"])
    met = connection.sql("SELECT * FROM person_edge_employer WHERE candidates = 1").to_arrow_table().select(_EDGE)
    same = connection.sql("SELECT * FROM person_edge_contact WHERE record_id <> other").to_arrow_table().select(_EDGE)
    team = connection.sql("SELECT * FROM person_edge_team WHERE candidates = 1").to_arrow_table().select(_EDGE)
    edges = pa.concat_tables([sure, team, met, same], promote_options="permissive")
    contradicted = _contradicted(connection, records, edges)
    if len(contradicted):
        weak = pc.is_in(edges.column("because"), pa.array(["same name and employer", "same name and company"]))
        touched = pc.is_in(edges.column("record_id"), contradicted)
        edges = edges.filter(pc.invert(pc.and_(weak, touched)))
    tree = cluster_trees(records, rank, edges)
    connection.register("person_tree", tree)
    connection.execute("CREATE TEMP TABLE person_link AS SELECT * FROM person_tree")
    _register_clusters(connection, records, edges)
    create_tables(connection, _PACKAGE, ["person_waiting"])
    connection.register("contradicted", pa.table({"record_id": contradicted}))
    connection.execute(
        "CREATE TEMP TABLE waiting AS SELECT * FROM person_waiting "
        "UNION ALL SELECT record_id, other, 'several_candidates', probability FROM person_edge_employer WHERE candidates > 1 "
        "UNION ALL SELECT record_id, other, 'contradiction', probability FROM person_edge_employer "
        "WHERE candidates = 1 AND record_id IN (SELECT record_id FROM contradicted)"
    )


def _contradicted(connection: duckdb.DuckDBPyConnection, records: pa.Array, edges: pa.Table) -> pa.Array:
    """Return the records of clusters that hold two birth dates or two profiles: their weak pairs must go."""
    _register_clusters(connection, records, edges)
    return _column(connection, """
        SELECT record_id FROM person_cluster WHERE cluster IN (
            SELECT cluster FROM person_cluster JOIN person_key USING (record_id)
            GROUP BY cluster HAVING count(DISTINCT profile) > 1 OR count(DISTINCT birth_date) FILTER (WHERE length(birth_date) = 10) > 1
        ) ORDER BY record_id""")


def _register_clusters(connection: duckdb.DuckDBPyConnection, records: pa.Array, edges: pa.Table) -> None:
    labels = pa.table({"record_id": records, "cluster": pa.array(cluster_labels(records, edges).astype(np.int64))})
    connection.register("labels", labels)
    connection.execute("CREATE OR REPLACE TEMP TABLE person_cluster AS SELECT * FROM labels")


def _column(connection: duckdb.DuckDBPyConnection, query: str) -> pa.Array:
    return connection.sql(query).to_arrow_table().column(0).combine_chunks()
