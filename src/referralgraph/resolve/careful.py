"""Identity: rules decide what they can decide safely, the model weighs what they leave, people's judgements stand above both."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from referralgraph.identity import Decided, decide
from referralgraph.judgements import Judgement
from referralgraph.records.database import connect, create_tables, create_view, sql_file, write_parquet
from referralgraph.resolve.compared import Compared
from referralgraph.resolve.explained import explain
from referralgraph.resolve.joined import Joined, contested, join_records, publish_joined
from referralgraph.resolve.known_names import name_tables
from referralgraph.resolve.learned import Learned
from referralgraph.resolve.model import Model, shipped_model
from referralgraph.resolve.training import FEWEST
from referralgraph.resolve.weighed import SEED, learn, namesake_tables, weighed_pairs

if TYPE_CHECKING:
    import duckdb

_PACKAGE = "referralgraph.resolve"
_PAIR = ("record_id", "other", "because", "probability", "proof", "kind")


def resolve(
    records: Path,
    folder: Path,
    settings: Mapping[str, float | int | str],
    *,
    learned: Learned | None = None,
    judgements: Sequence[Judgement] = (),
    former: Path | None = None,
    compared: Compared | None = None,
) -> Mapping[str, int]:
    """Decide which records are one person or one organisation.

    :param records: folder of the record tables as they count.
    :param folder: gets ``person_link``, ``organisation_link`` (a tree for each entity), ``person`` and
        ``organisation`` (the entities with their attributes) and ``waiting`` (undecided pairs).
    :param settings: ``merge_threshold``: pairs less probable stay apart; ``possible_threshold``: pairs less probable aren't
        even shown; ``false_merges``: in 1,000 people, so many are allowed for name and place
        and for what the model weighs; ``team_organisation``: our own company.
    :param learned: the models; those that ship if left out.
    :param judgements: what people decided about identity, in the order in which they did.
    :param former: the roots of the last build: an entity keeps its id when records are added to it.
    :param compared: what earlier builds compared under these models; pairs of unchanged records aren't compared again.
    :returns: how many pairs were compared, by table.
    """
    connection = connect(folder)
    connection.execute(sql_file(_PACKAGE, "words"))
    _create_views(connection, records)
    told = {"possible_threshold": 0.3, "false_merges": 1.0, **settings}
    create_tables(connection, _PACKAGE, ["organisation_name", "organisation_edge", "organisation_fact"], told)
    _former_roots(connection, former)
    learned = learned or Learned()
    known = _known(connection, judgements)
    decided = decide(judgements, known)
    weighed = _Weighed(connection, learned, compared)
    models = {"organisation": _resolve_organisations(connection, float(told["merge_threshold"]), weighed, decided, known)}
    create_tables(
        connection,
        _PACKAGE,
        [
            "person_key",
            "name_share",
            "name_frequency",
            "namesake_group",
            "organisation_word_count",
            "organisation_word",
            "organisation_total",
            "employer",
            "organisation_domain",
            "mail_employer",
            "colleague",
            "employer_candidate",
            "employer_answer",
        ],
    )
    models["person"] = _resolve_people(connection, told, weighed, decided, known)
    for name in ("organisation", "person"):
        waiting = "organisation_waiting" if name == "organisation" else "waiting"
        explain(connection, models[name], f"(SELECT record_id, link_to AS other FROM {name}_link WHERE link_to IS NOT NULL "
                f"UNION ALL SELECT record_id, other FROM {waiting})")
        write_parquet(
            connection, f"SELECT {name}_link.*, evidence, pairs, facts FROM {name}_link LEFT JOIN {name}_evidence ON "
            f"{name}_evidence.record_id = {name}_link.record_id AND other = link_to "
            f"LEFT JOIN {name}_told ON {name}_told.record_id = {name}_link.record_id ORDER BY {name}_link.record_id",
            folder / f"{name}_link.parquet")
    create_tables(connection, _PACKAGE, ["organisation_entity_table", "person_entity_table"])
    write_parquet(connection, "SELECT * FROM organisation_entity_table ORDER BY id", folder / "organisation.parquet")
    write_parquet(connection, "SELECT * FROM person_entity_table ORDER BY id", folder / "person.parquet")
    write_parquet(
        connection, "SELECT * FROM (SELECT waiting.*, evidence FROM waiting LEFT JOIN person_evidence USING (record_id, other) "
        "UNION ALL SELECT organisation_waiting.*, evidence FROM organisation_waiting "
        "LEFT JOIN organisation_evidence USING (record_id, other)) ORDER BY ALL", folder / "waiting.parquet")
    return weighed.counts


def learn_models(records: Path, learned: Learned, folder: Path, *, seed: int = SEED) -> list[Model]:
    """Learn the models anew from the record tables; they are kept in the folder of ``learned``.

    :param records: folder of the record tables as they count.
    :param folder: for what doesn't fit into memory.
    :param seed: for the random pairs.
    """
    tables = ("organisation", "person")
    enough = {each for each in tables if pq.ParquetFile(records / f"{each}.parquet").metadata.num_rows >= FEWEST}
    if not enough:
        return [shipped_model(each) for each in tables]
    connection = connect(folder)
    connection.execute(sql_file(_PACKAGE, "words"))
    _create_views(connection, records)
    create_tables(connection, _PACKAGE, ["organisation_name", "person_key", "employer"])
    return [learn(connection, each, learned, seed=seed) if each in enough else shipped_model(each) for each in tables]


@dataclass
class _Weighed:
    """The pairs of each table weighed by its model, and how many of them were compared for it."""

    connection: duckdb.DuckDBPyConnection
    learned: Learned
    compared: Compared | None
    counts: dict[str, int] = field(default_factory=dict)

    def pairs(self, table: str) -> Model:
        model, self.counts[table] = weighed_pairs(self.connection, table, self.learned, self.compared)
        return model


def _create_views(connection: duckdb.DuckDBPyConnection, records: Path) -> None:
    name_tables(connection)
    for name in ("person", "organisation", "mandate"):
        create_view(connection, name, [records / f"{name}.parquet"])
    for name in ("contact", "interaction"):
        create_view(connection, f"{name}_record", [file for file in [records / f"{name}.parquet"] if file.exists()])
    # whoever stands in a diary is an acquaintance as whoever stands in an address book
    connection.execute(
        "CREATE TEMP VIEW contact AS SELECT person FROM contact_record UNION ALL SELECT person FROM interaction_record"
    )


def _resolve_organisations(
    connection: duckdb.DuckDBPyConnection, threshold: float, weighed: _Weighed, decided: Decided, named: Collection[str]
) -> Model:
    records = _column(connection, "SELECT record_id FROM organisation ORDER BY record_id")
    rank = _column(
        connection,
        "SELECT CASE WHEN record_id IN (FROM former) THEN 0 ELSE 2 END + CASE WHEN identifier IS NULL THEN 1 ELSE 0 END "
        "FROM organisation ORDER BY record_id",
    )
    model = weighed.pairs("organisation")
    pairs = pa.concat_tables(
        [
            _pairs(connection, "organisation_edge", "true"),
            _pairs(connection, "organisation_edge_model", f"probability >= {threshold!r}"),
        ]
    )
    facts = _facts(connection, "organisation_fact")
    joined = join_records("organisation", records, pairs, facts, decided)
    publish_joined(connection, "organisation", contested(records, pairs, joined, named), facts)
    connection.register("organisation_tree", joined.trees(records, rank.to_numpy()))
    connection.execute("CREATE TEMP TABLE organisation_link AS SELECT * FROM organisation_tree")
    connection.execute("CREATE TEMP TABLE organisation_entity AS SELECT record_id, root AS entity FROM organisation_link")
    connection.register("organisation_refused", joined.refused)
    create_tables(connection, _PACKAGE, ["organisation_waiting"])
    return model


def _resolve_people(
    connection: duckdb.DuckDBPyConnection, told: Mapping[str, float | int | str], weighed: _Weighed, decided: Decided,
    named: Collection[str],
) -> Model:
    records = _column(connection, "SELECT record_id FROM person ORDER BY record_id")
    rank = _column(
        connection,
        "SELECT CASE WHEN record_id IN (FROM former) THEN 0 ELSE 3 END + CASE WHEN source = 'team' THEN 0 "
        "WHEN record_id IN (SELECT person FROM contact) THEN 2 ELSE 1 END FROM person ORDER BY record_id",
    ).to_numpy()
    threshold = float(told["merge_threshold"])
    model = weighed.pairs("person")
    # as many merges by name and place and by other evidence as keep to the false ones that are allowed
    by_place, by_evidence = (max(threshold, each) for each in model.merge_from(float(told["false_merges"])))
    create_tables(connection, _PACKAGE, ["person_move", "person_board", "person_fact"], {**told, "place_threshold": by_place})
    namesake_tables(connection, model.namesakes)
    create_tables(connection, _PACKAGE, ["person_edge_place"])
    likely = f"probability >= {threshold!r}"
    likely_there = f"probability >= CASE because WHEN 'same name and place' THEN {by_place!r} ELSE {threshold!r} END"
    facts = _facts(connection, "person_fact")
    sure = join_records("person", records, _pairs(connection, "person_edge_place", likely_there), facts, decided)
    # contacts are met by the people of the register as they stand, one candidate or several
    _register_clusters(connection, records, sure)
    create_tables(connection, _PACKAGE, ["person_edge_employer", "person_edge_contact", "person_edge_team"])
    pairs = pa.concat_tables(
        [
            _pairs(connection, "person_edge_place", likely_there),
            _pairs(connection, "person_edge_team", "candidates = 1"),
            _pairs(connection, "person_edge_employer", f"candidates = 1 AND told AND {likely}"),
            _pairs(connection, "person_edge_contact", f"record_id <> other AND {likely}"),
            _pairs(connection, "person_edge_model", f"probability >= {by_evidence!r}"),
        ]
    )
    joined = join_records("person", records, pairs, facts, decided)
    publish_joined(connection, "person", contested(records, pairs, joined, named), facts)
    connection.register("person_tree", joined.trees(records, rank))
    connection.execute("CREATE TEMP TABLE person_link AS SELECT * FROM person_tree")
    _register_clusters(connection, records, joined)
    connection.register("refused", joined.refused)
    connection.register("judged_apart", _apart(decided))
    create_tables(connection, _PACKAGE, ["person_waiting"])
    connection.execute("ALTER TABLE person_waiting RENAME TO waiting")
    return model


def _apart(decided: Decided) -> pa.Table:
    return pa.table(
        {
            "record_id": pa.array([one for one, _, _ in decided.apart], pa.string()),
            "other": pa.array([other for _, other, _ in decided.apart], pa.string()),
        }
    )


def _known(connection: duckdb.DuckDBPyConnection, judgements: Sequence[Judgement]) -> set[str]:
    """Return those records of the judgements that there are."""
    named = sorted({record for each in judgements for record in each.records})
    if not named:
        return set()
    rows = connection.execute(
        "SELECT record_id FROM person WHERE list_contains($1, record_id) UNION ALL SELECT record_id FROM organisation "
        "WHERE list_contains($1, record_id)",
        [named],
    ).fetchall()
    return {row[0] for row in rows}


def _former_roots(connection: duckdb.DuckDBPyConnection, former: Path | None) -> None:
    connection.execute("CREATE TEMP TABLE former (record_id VARCHAR)")
    if former is not None and former.exists():
        connection.execute("INSERT INTO former SELECT record_id FROM read_parquet($1)", [str(former)])


def _pairs(connection: duckdb.DuckDBPyConnection, table: str, condition: str) -> pa.Table:
    found = connection.table(table).filter(condition)
    kind = "band" if "band" in found.columns else "because"
    return found.project(f"{', '.join(_PAIR[:-1])}, {kind} AS kind").order("ALL").to_arrow_table()


def _facts(connection: duckdb.DuckDBPyConnection, table: str) -> pa.Table:
    return connection.table(table).project("record_id, topic, value").to_arrow_table()


def _register_clusters(connection: duckdb.DuckDBPyConnection, records: pa.Array, joined: Joined) -> None:
    labels = pa.table({"record_id": records, "cluster": pa.array(joined.labels(records).astype(np.int64))})
    connection.register("labels", labels)
    connection.execute("CREATE OR REPLACE TEMP TABLE person_cluster AS SELECT * FROM labels")


def _column(connection: duckdb.DuckDBPyConnection, query: str) -> pa.Array:
    return connection.sql(query).to_arrow_table().column(0).combine_chunks()
