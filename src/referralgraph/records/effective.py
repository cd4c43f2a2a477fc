"""What counts: one row a record out of all loads, the later statement before the earlier, nobody suppressed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from referralgraph.records.database import connect, create_view, write_parquet
from referralgraph.records.identifiers import record_id
from referralgraph.records.schema import TABLES
from referralgraph.records.workspace import Load, Workspace

TEAM_SOURCE = "team"

# Few records are told twice: only those are sorted. Equal moments are decided by the content of the rows, never by the
# order of the loads.
_NEWEST = """
WITH told AS NOT MATERIALIZED ({told}),
repeated AS (SELECT record_id FROM told GROUP BY record_id HAVING count(*) > 1)
SELECT * FROM told WHERE record_id NOT IN (FROM repeated)
UNION ALL
SELECT * FROM told WHERE record_id IN (FROM repeated)
QUALIFY row_number() OVER (PARTITION BY record_id ORDER BY retrieved_at DESC, told::VARCHAR DESC) = 1
"""
# A share of which a source told otherwise later was so until then: what it told before stays as a share that has ended. What a later
# statement merely tells again is one share. A later statement counts from the day on which it was made, or from the day since when
# it says that it is so, if that is after the earlier statement.
_SHARES = """
WITH told AS NOT MATERIALIZED ({told}),
repeated AS (SELECT record_id FROM told GROUP BY record_id HAVING count(*) > 1),
stated AS (
    SELECT * FROM told WHERE record_id IN (FROM repeated)
    QUALIFY row_number() OVER (PARTITION BY record_id, retrieved_at ORDER BY told::VARCHAR DESC) = 1
),
compared AS (
    SELECT
        *,
        CASE WHEN (person, holder_organisation, organisation, kind, share_minimum, share_maximum)
            IS DISTINCT FROM lag((person, holder_organisation, organisation, kind, share_minimum, share_maximum)) OVER statements
            THEN 1 ELSE 0 END AS differs,
        strftime(retrieved_at, '%Y-%m-%d') AS made,
        lag(made) OVER statements AS made_before
    FROM stated
    WINDOW statements AS (PARTITION BY record_id ORDER BY retrieved_at)
),
numbered AS (
    SELECT *, sum(differs) OVER (PARTITION BY record_id ORDER BY retrieved_at) AS version FROM compared
),
version AS (
    SELECT
        record_id, version, arg_max(numbered, retrieved_at) AS newest,
        arg_min(CASE WHEN since > made_before AND since <= made THEN since ELSE made END, retrieved_at) AS begins
    FROM numbered
    GROUP BY record_id, version
),
followed AS (
    SELECT
        *,
        lead(begins) OVER versions AS replaced,
        -- that something has ended is told by the share itself: it has its end already
        version > 1 AND newest.share_minimum IS NULL AND newest.share_maximum IS NULL AND newest.until <= begins AS merely_ends
    FROM version
    WINDOW versions AS (PARTITION BY record_id ORDER BY version)
)
SELECT * FROM told WHERE record_id NOT IN (FROM repeated)
UNION ALL BY NAME
SELECT * EXCLUDE (differs, made, made_before, version, replaced, begins) REPLACE (
    CASE WHEN replaced IS NULL THEN record_id ELSE 'r' || left(md5(record_id || ' ' || version), 20) END AS record_id,
    CASE WHEN version = 1 THEN since ELSE begins END AS since,
    least(until, replaced) AS until,
    least(last_seen, replaced) AS last_seen
)
FROM (SELECT unnest(newest), replaced, begins FROM followed WHERE NOT merely_ends)
"""
_PEOPLE_SUPPRESSED = {"person": "record_id", "mandate": "person", "shareholding": "person", "contact": "person",
                      "interaction": "person", "event": "person"}


def write_effective_records(
    workspace: Workspace, loads: Sequence[Load], team: Iterable[str], suppressed: Sequence[str], folder: Path
) -> None:
    """Write the seven record tables as they count now.

    :param workspace: where the loads lie.
    :param loads: the loads that count.
    :param team: names of our people; each becomes a person record of the source ``team``.
    :param suppressed: ids of person records that must not come back; what hangs on them is left out too.
    :param folder: gets one Parquet file a table.
    """
    connection = connect(folder)
    connection.execute("CREATE TABLE suppressed (record_id VARCHAR)")
    if suppressed:
        connection.executemany("INSERT INTO suppressed VALUES ($1)", [[each] for each in suppressed])
    for declared in TABLES:
        name = declared.name
        files = [workspace.records / load.load / f"{name}.parquet" for load in loads]
        create_view(connection, name, [file for file in files if file.exists()])
        query = f"SELECT * FROM {name}"
        if name in _PEOPLE_SUPPRESSED and suppressed:
            column = _PEOPLE_SUPPRESSED[name]
            query += f" WHERE {column} IS NULL OR {column} NOT IN (SELECT record_id FROM suppressed)"
        query = (_SHARES if name == "shareholding" else _NEWEST).format(told=query)
        if name == "person":
            _add_team(connection, team)
            query = f"({query}) UNION ALL BY NAME SELECT * FROM team_person"
        write_parquet(connection, query, folder / f"{name}.parquet")


def _add_team(connection: object, team: Iterable[str]) -> None:
    import pyarrow as pa

    from referralgraph.records.schema import table

    rows = [
        {"record_id": record_id(TEAM_SOURCE, "person", [name]), "name": name, "name_as_written": name,
         "source": TEAM_SOURCE, "source_key": name, "file": "settings.toml", "line": 1, "other_names": [], "emails": [],
         "phones": []}
        for name in sorted(set(team))
    ]
    rows_table = pa.Table.from_pylist(rows, table("person").arrow_schema())
    connection.register("team_person", rows_table)  # type: ignore[attr-defined]
