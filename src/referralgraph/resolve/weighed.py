"""Weighed pairs: records that have something in common, compared by the model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from referralgraph.records.database import create_tables
from referralgraph.resolve.compared import Compared
from referralgraph.resolve.learned import Learned
from referralgraph.resolve.model import Model, shipped_model
from referralgraph.resolve.namesakes import MOST, Namesakes, learned_namesakes
from referralgraph.resolve.scoring import evidence_condition, outcome_query, shared_columns, weight_query
from referralgraph.resolve.telephones import create_telephones

if TYPE_CHECKING:
    import duckdb

_PACKAGE = "referralgraph.resolve"
_DOUBTFUL_FROM = 0.04  # share of surely equal people with two birth dates from which a source's dates are doubtful
_FEWEST_SURE = 20
_FEWEST_KNOWN = 50
_MERGED_FROM = 0.8  # the threshold that ships
SEED = 1


def weighed_pairs(
    connection: duckdb.DuckDBPyConnection, table: str, learned: Learned, compared: Compared | None = None
) -> tuple[Model, int]:
    """Compare and weigh all pairs that have something in common: the tables ``..._weight`` and ``..._edge_model``.

    :param table: ``person`` or ``organisation``.
    :param compared: what was compared before under a learned model.
    :returns: the model, and how many pairs were compared anew.
    """
    records = make_features(connection, table)
    shares = learned.shares(table)
    if shares is None:
        create_tables(connection, _PACKAGE, [f"{table}_share"])
    else:
        connection.read_parquet(str(shares)).create(f"{table}_share")
    model = learned.models[table].expecting(records)
    anew = compare(connection, model, compared if shares is not None else None)
    weigh(connection, model)
    for name, sources in (("doubtful", model.doubtful_dates), ("known_source", model.known_sources)):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT unnest(CAST($1 AS VARCHAR[])) AS source", [list(sources)])
    create_tables(connection, _PACKAGE, [f"{table}_edge_model"])
    return model, anew


def learn(connection: duckdb.DuckDBPyConnection, table: str, learned: Learned, *, seed: int) -> Model:
    """Learn the model of a table anew and keep it; with too few records the shipped one stays and nothing is kept."""
    from referralgraph.resolve.training import FEWEST, train

    shipped = shipped_model(table)
    if make_features(connection, table) < FEWEST:
        return shipped
    create_tables(connection, _PACKAGE, [f"{table}_share"])
    compare(connection, shipped)
    model = train(connection, shipped, f"{table}_feature", f"{table}_outcome", seed=seed)
    if table == "person":
        model = _of_sources(connection, model)
        model = replace(model, namesakes=_learned_namesakes(connection, model))
    return learned.write(connection, model)


def _learned_namesakes(connection: duckdb.DuckDBPyConnection, model: Model) -> Namesakes:
    create_tables(connection, _PACKAGE, ["name_share", "name_frequency", "namesake_group"])
    groups = connection.execute(
        "SELECT records, dated, givens > 1, expected_others, consistent, contradicting FROM namesake_group ORDER BY name_key, place"
    ).fetchnumpy()
    known = learned_namesakes(*(np.asarray(column) for column in groups.values()))
    weigh(connection, model)
    # what would be merged by more than name and place, without those whose dates forbid it
    false = connection.execute(
        f"SELECT coalesce(sum(1 - probability), 0) FROM person_weight WHERE apart_from_place AND probability >= {_MERGED_FROM!r} "
        f"AND NOT gamma_birth BETWEEN 0 AND {_worst_date(model)}"
    ).fetchall()[0][0]
    people = len(groups["records"]) or model.records  # where no places are told, records have to do
    return replace(known, by_evidence=round(1000.0 * float(false) / people, 6))


def namesake_tables(connection: duckdb.DuckDBPyConnection, known: Namesakes) -> None:
    """Make the tables ``namesake`` and ``namesake_odds`` of what a model knows of people of one name in one place."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE namesake AS SELECT CAST($1 AS DOUBLE) AS relatives, CAST($2 AS DOUBLE) AS least_people",
        [known.relatives, known.least_people],
    )
    rows = [(size, dated) for size in range(2, MOST + 1) for dated in range(size + 1)]
    connection.register("told_odds", pa.table({
        "records": pa.array([size for size, _ in rows], pa.int32()), "dated": pa.array([dated for _, dated in rows], pa.int32()),
        "odds": pa.array([float(known.odds[size, max(1, dated)]) for size, dated in rows])}))
    connection.execute("CREATE OR REPLACE TEMP TABLE namesake_odds AS FROM told_odds")


def make_features(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """Make the tables of what records are compared by (``..._feature``) and of the pairs to compare (``..._pair``).

    :returns: number of records.
    """
    if table == "person":
        create_telephones(connection)
    create_tables(connection, _PACKAGE, [f"{table}_feature"])
    records = int(connection.execute(f"SELECT count(*) FROM {table}_feature").fetchall()[0][0])
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table}_size AS SELECT {max(1, records)} AS records")
    create_tables(connection, _PACKAGE, [f"{table}_block"])
    # what one publisher numbers apart is apart
    apart = " AND l.publisher <> r.publisher" if table == "organisation" else ""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_pair AS SELECT DISTINCT l.record_id, r.record_id AS other FROM {table}_block AS l "
        f"JOIN {table}_block AS r ON r.key = l.key AND l.record_id < r.record_id{apart}"
    )
    return records


def compare(connection: duckdb.DuckDBPyConnection, model: Model, compared: Compared | None = None) -> int:
    """Compare all pairs: the table ``..._outcome``, with how common the values are (``..._share``).

    :param compared: what was compared before: of pairs whose records are as they were, the outcome is known.
    :returns: number of pairs that were compared anew.
    """
    table = model.table
    parts = shared_columns(model)
    extra = "".join(f", share_{part}.share AS share_{part}" for part in parts)
    joins = " ".join(
        f"LEFT JOIN {table}_share AS share_{part} ON share_{part}.part = '{part}' AND share_{part}.value = feature.{part}"
        for part in parts
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_valued AS SELECT feature.*{extra} FROM {table}_feature AS feature {joins}"
    )
    columns = valued_columns(connection, table)
    if compared is not None:
        return compared.outcomes(connection, model, columns)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_outcome AS {outcome_query(model, columns, f'{table}_valued', f'{table}_pair')}"
    )
    return int(connection.execute(f"SELECT count(*) FROM {table}_outcome").fetchall()[0][0])


def valued_columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """Return the columns that records are compared by, with how common their values are."""
    return [row[0] for row in connection.execute(f"DESCRIBE {table}_valued").fetchall() if row[0] != "record_id"]


def weigh(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Weigh the compared pairs: the table ``..._weight`` with the weight, the probability and whether there is evidence."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {model.table}_weight AS SELECT *, {evidence_condition(model)} AS evident, "
        f"{evidence_condition(model, without=('place',))} AS apart_from_place, "
        f"{evidence_condition(model, without=('place', 'address'))} AS personal FROM ({weight_query(model, f'{model.table}_outcome')})"
    )


def _of_sources(connection: duckdb.DuckDBPyConnection, model: Model) -> Model:
    """Return the model with what surely equal records of one source say about that source.

    Doubtful dates: surely equal people often have birth dates that can't both be right. Known: there are surely equal people
    at all, by more than name and place.
    """
    without = replace(model, comparisons=tuple(each for each in model.comparisons if each.name != "birth"))
    dated = _sure_pairs(
        connection, without, "(SELECT * FROM person_outcome WHERE gamma_birth >= 0)", f"gamma_birth <= {_worst_date(model)}"
    )
    known = _sure_pairs(connection, model, "person_outcome", evidence_condition(model, without=("place", "address")))
    return replace(
        model,
        doubtful_dates=tuple(source for source, pairs, torn in dated if pairs >= _FEWEST_SURE and torn >= _DOUBTFUL_FROM * pairs),
        known_sources=tuple(source for source, _, personal in known if personal >= _FEWEST_KNOWN),
    )


def _worst_date(model: Model) -> int:
    """Return the best of the outcomes that are more than a typing error in a birth date."""
    birth = next(each for each in model.comparisons if each.name == "birth")
    return birth.gamma(next(at for at, level in enumerate(birth.levels) if level.code == "two_off"))


def _sure_pairs(connection: duckdb.DuckDBPyConnection, model: Model, outcomes: str, counted: str) -> list[tuple[str, int, int]]:
    """Count the surely equal pairs within each source, and those of them for which a condition holds."""
    return connection.execute(
        f"""WITH sure AS (
            SELECT record_id, other FROM ({weight_query(model, outcomes)}) WHERE probability >= 0.99E0 AND {evidence_condition(model)}
        )
        SELECT l.source, count(*), count(*) FILTER (WHERE {counted})
        FROM sure
        JOIN person_outcome USING (record_id, other)
        JOIN person_feature AS l ON l.record_id = sure.record_id
        JOIN person_feature AS r ON r.record_id = sure.other AND r.source = l.source
        GROUP BY l.source ORDER BY l.source"""
    ).fetchall()
