"""Weighed pairs: records that have something in common, compared by the model."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from referralgraph.records.database import create_tables, sql_file
from referralgraph.resolve.blocks import all_keys, count_keys, pairs_in_parts, wide_limit
from referralgraph.resolve.compared import Compared
from referralgraph.resolve.increment import changed_keys, keep, known_pairs, tell_apart
from referralgraph.resolve.learned import Learned
from referralgraph.resolve.limit import Merges, fewest_people, learned_limits
from referralgraph.resolve.linked import let_compete, linked_sources, lists_of_people
from referralgraph.resolve.model import Model, shipped_model
from referralgraph.resolve.namesakes import MOST, Namesakes, learned_namesakes
from referralgraph.resolve.sample import take_sample
from referralgraph.resolve.scoring import evidence_condition, weight_query
from referralgraph.resolve.telephones import create_telephones
from referralgraph.resolve.training import FEWEST, train
from referralgraph.resolve.valued import outcomes, told_comparisons

if TYPE_CHECKING:
    import duckdb

_PACKAGE = "referralgraph.resolve"
_DOUBTFUL_FROM = 0.04  # share of surely equal people with two birth dates from which a source's dates are doubtful
_FEWEST_SURE = 20
_FEWEST_KNOWN = 50
_LISTED = 0.9  # share of the records from which on lists of people may teach by names and places alone
_MERGED_FROM = 0.8  # the threshold that ships
_LIKELY = 0.01  # pairs less probable are nowhere looked at, and not kept
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
    anew = weigh_pairs(connection, model, records, compared if shares is not None else None)
    if table == "person":
        let_compete(connection, model)
    _source_tables(connection, model)
    create_tables(connection, _PACKAGE, ["person_slip", "person_edge_model"] if table == "person" else ["organisation_edge_model"])
    return model, anew


def learn(connection: duckdb.DuckDBPyConnection, table: str, learned: Learned, *, seed: int) -> Model:
    """Learn the model of a table anew and keep it; with too few records the shipped one stays and nothing is kept."""
    shipped = shipped_model(table)
    if (records := make_features(connection, table)) < FEWEST:
        return shipped
    create_tables(connection, _PACKAGE, [f"{table}_share"])
    take_sample(connection, table)
    compare_sample(connection, shipped)
    # of a register's rows most who share a place and nearly a name are two people, or one who has several seats
    lists = lists_of_people(connection) if table == "person" else {}
    by_names = sum(lists.values()) >= _LISTED * records
    model = train(connection, shipped, f"{table}_feature", f"{table}_taught", f"{table}_outcome", seed=seed, by_names=by_names)
    if table == "person":
        model = _with_namesakes(connection, _of_sources(connection, model, lists))
    return learned.write(connection, model)


def _with_namesakes(connection: duckdb.DuckDBPyConnection, model: Model) -> Model:
    """Return the model with what is known of people of one name in one place, and with the limits of false merges."""
    create_tables(connection, _PACKAGE, ["name_share", "name_frequency", "namesake_group"])
    found = connection.execute(
        "SELECT records, dated, expected_others, consistent, contradicting, givens > 1 AS several_names FROM namesake_group "
        "ORDER BY name_key, place"
    ).fetchnumpy()
    groups = {name: np.asarray(column) for name, column in found.items()}
    several_names = groups.pop("several_names")
    records, dated, others, consistent, _ = groups.values()
    known = learned_namesakes(*groups.values())
    merged = consistent & (records > 1)
    by_place = known.chances(records[merged], dated[merged], several_names[merged], others[merged])
    limits = learned_limits(
        Merges(by_place, np.ones(len(by_place))),
        _evidence_merges(connection, model),
        fewest_people(model.records, model.matches_a_record),
        together=model.by_names,
    )
    return replace(model, namesakes=known, limits=limits)


def _evidence_merges(connection: duckdb.DuckDBPyConnection, model: Model) -> Merges:
    """Return what other evidence than name and place would merge.

    Each record counts once, with the likeliest of its pairs: so all records of one person are as many merges as join them.
    Pairs whose dates forbid it aren't merged. Where candidates compete, the unlikely ones are needed too.
    """
    _source_tables(connection, model)
    least = _LIKELY if model.linked_sources else _MERGED_FROM
    trusted = "NOT EXISTS (FROM doubtful WHERE doubtful.source IN (l.source, r.source))"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE person_weight AS SELECT l.record_id, r.record_id AS other, "
        f"found.* EXCLUDE (record_id, other), true AS evident FROM ({_likely(model, 'person_outcome', least)}) AS found "
        f"JOIN person_feature AS l ON l.ordinal = found.record_id JOIN person_feature AS r ON r.ordinal = found.other "
        f"WHERE NOT (gamma_birth BETWEEN 0 AND {_outcome(model, 'birth', 'near_month')} AND {trusted})"
    )
    let_compete(connection, model)
    create_tables(connection, _PACKAGE, ["person_slip", "person_edge_model"], {"possible_threshold": _MERGED_FROM})
    rows = connection.execute(
        "SELECT max(probability) AS chance, any_value(worth) AS worth FROM person_edge_model JOIN person_feature USING (record_id) "
        "JOIN person_sampled USING (ordinal) GROUP BY record_id ORDER BY record_id"
    ).fetchnumpy()
    return Merges(np.asarray(rows["chance"], float), np.asarray(rows["worth"], float))


def _source_tables(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make the tables of the sources whose dates are doubtful, and of those that showed how their duplicates look.

    Those that showed it by names and places alone showed nothing of who is called exactly the same.
    """
    for name, sources in (("doubtful", model.doubtful_dates), ("known_source", model.known_sources)):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT unnest(CAST($1 AS VARCHAR[])) AS source, $2 AS by_names",
            [list(sources), model.by_names],
        )


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
    connection.execute("CREATE OR REPLACE TEMP TABLE namesake_odds AS SELECT * FROM told_odds")


def make_features(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """Make the table of what records are compared by (``..._feature``), each with its ``ordinal`` in the order of ids.

    :returns: number of records.
    """
    if table == "person":
        create_telephones(connection)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_number AS SELECT record_id, "
        f"CAST(row_number() OVER (ORDER BY record_id) AS INTEGER) AS ordinal FROM {table}"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_feature AS SELECT ordinal, told.* "
        f"FROM ({sql_file(_PACKAGE, f'{table}_feature')}) AS told JOIN {table}_number USING (record_id)"
    )
    records = int(connection.execute(f"SELECT count(*) FROM {table}_feature").fetchall()[0][0])
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_size AS SELECT {max(1, records)} AS records, {wide_limit(records)} AS wide"
    )
    return records


def weigh_pairs(connection: duckdb.DuckDBPyConnection, model: Model, records: int, compared: Compared | None) -> int:
    """Weigh all pairs that have something in common: the table ``..._weight`` of those that more than the name speaks for.

    :param records: number of records.
    :param compared: what was compared before: a pair whose records are as they were is weighed no more.
    :returns: number of pairs that were compared anew.
    """
    table = model.table
    kept = compared.kept(table, wide_limit(records)) if compared else None
    if kept is None:
        all_keys(connection, table)
    else:
        tell_apart(connection, table, kept)
        changed_keys(connection, table, kept)
    count_keys(connection, table)
    told = told_comparisons(connection, model)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_pair AS SELECT ordinal AS record_id, ordinal AS other FROM {table}_number LIMIT 0"
    )
    none = _likely(model, outcomes(connection, model, f"{table}_pair", told))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table}_weighed AS {none}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table}_known AS SELECT * FROM {table}_weighed")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table}_dropped AS SELECT record_id, other FROM {table}_weighed")
    if kept is not None and kept.parts:
        known_pairs(connection, table, kept)
    anew = 0
    for _ in pairs_in_parts(connection, table, known=f"{table}_known"):
        anew += int(connection.execute(f"SELECT count(*) FROM {table}_pair").fetchall()[0][0])
        connection.execute(
            f"INSERT INTO {table}_weighed BY NAME {_likely(model, outcomes(connection, model, f'{table}_pair', told))}"
        )
    if kept is not None:
        keep(connection, table, kept)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_weight AS SELECT l.record_id, r.record_id AS other, told.* EXCLUDE (record_id, other), "
        f"true AS evident FROM (SELECT * FROM {table}_known UNION ALL BY NAME FROM {table}_weighed) AS told "
        f"JOIN {table}_number AS l ON l.ordinal = told.record_id JOIN {table}_number AS r ON r.ordinal = told.other"
    )
    for name in ("known", "weighed", "pair", "valued", "shared"):
        connection.execute(f"DROP TABLE {table}_{name}")
    return anew


def _likely(model: Model, found: str, least: float = _LIKELY) -> str:
    gammas = ", ".join(f"gamma_{each.name}" for each in model.comparisons)
    return (
        f"SELECT record_id, other, {gammas}, weight, relative, probability, "
        f"{evidence_condition(model, without=('place',))} AS apart_from_place, "
        f"{evidence_condition(model, without=('place', 'address'))} AS personal, "
        f"{_of_another_name(model)} AS of_another_name FROM ({weight_query(model, f'({found})')}) "
        f"WHERE probability >= {least!r} AND {evidence_condition(model)}"
    )


def _of_another_name(model: Model) -> str:
    """Return SQL that is true where given names are clearly different and neither a personal number nor a profile is the same.

    Households share family name, address, telephone and mailbox, twins the birth date too.
    """
    compared = {each.name: each for each in model.comparisons}
    if "given" not in compared:
        return "false"
    same = " OR ".join(f"gamma_{name} = {compared[name].gamma(0)}" for name in ("identifier", "profile"))
    return f"(gamma_given = 0 AND NOT ({same}))"


def compare_sample(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Compare the pairs whose first record is in the sample: the table ``..._outcome``, by the numbers of the records."""
    table = model.table
    all_keys(connection, table)
    count_keys(connection, table)
    told = told_comparisons(connection, model)
    for at, _ in enumerate(pairs_in_parts(connection, table, of=f"{table}_sampled")):
        made = f"CREATE OR REPLACE TEMP TABLE {table}_outcome AS" if at == 0 else f"INSERT INTO {table}_outcome BY NAME"
        connection.execute(f"{made} {outcomes(connection, model, f'{table}_pair', told)}")
    for name in ("key_fresh", "shared"):
        connection.execute(f"DROP TABLE {table}_{name}")


def _of_sources(connection: duckdb.DuckDBPyConnection, model: Model, lists: Mapping[str, int]) -> Model:
    """Return the model with what surely equal records of one source, or of two lists of people, say about it.

    Doubtful dates: surely equal people often have birth dates that can't both be right. Known: there are surely equal people
    at all, by more than name and place.
    """
    model = replace(model, linked_sources=linked_sources(connection, model, lists))
    without = replace(model, comparisons=tuple(each for each in model.comparisons if each.name != "birth"))
    torn = f"gamma_birth <= {_outcome(model, 'birth', 'two_off')}"
    dated = _sure_pairs(connection, without, "(SELECT * FROM person_outcome WHERE gamma_birth >= 0)", torn, lists)
    # where there is nothing else, sure pairs by name and place will do
    without_place = "true" if model.by_names else evidence_condition(model, without=("place", "address"))
    known = _sure_pairs(connection, model, "person_outcome", without_place, lists)
    return replace(
        model,
        doubtful_dates=tuple(source for source, pairs, torn in dated if pairs >= _FEWEST_SURE and torn >= _DOUBTFUL_FROM * pairs),
        known_sources=tuple(
            source for source, _, personal in known if personal >= _FEWEST_KNOWN and (source in lists or not model.by_names)
        ),
    )


def _outcome(model: Model, comparison: str, code: str) -> int:
    """Return Splink's number of an outcome; the worse ones have lower numbers."""
    told = next(each for each in model.comparisons if each.name == comparison)
    return told.gamma(next(at for at, level in enumerate(told.levels) if level.code == code))


def _sure_pairs(
    connection: duckdb.DuckDBPyConnection, model: Model, found: str, counted: str, lists: Collection[str]
) -> list[tuple[str, float, float]]:
    """Count the surely equal pairs of each source, within it or between lists, and those of them for which a condition holds.

    :param lists: sources that are lists of people.
    """
    return connection.execute(
        f"""WITH sure AS (
            SELECT record_id, other FROM ({weight_query(model, found)}) WHERE probability >= 0.99E0 AND {evidence_condition(model)}
        )
        SELECT unnest(list_distinct([l.source, r.source])) AS told, sum(worth), coalesce(sum(worth) FILTER (WHERE {counted}), 0)
        FROM sure
        JOIN person_outcome USING (record_id, other)
        JOIN person_sampled AS sampled ON sampled.ordinal = sure.record_id
        JOIN person_feature AS l ON l.ordinal = sure.record_id
        JOIN person_feature AS r ON r.ordinal = sure.other
        WHERE l.source = r.source OR list_contains($1, l.source) AND list_contains($1, r.source)
        GROUP BY told ORDER BY told""",
        [sorted(lists)],
    ).fetchall()
