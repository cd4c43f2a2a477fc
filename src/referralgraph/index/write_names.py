"""Writing the names of a revision, folded and sorted, for `find`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from referralgraph.index.names import ENTITY_KINDS
from referralgraph.index.text import save_text
from referralgraph.records.database import connect

if TYPE_CHECKING:
    import duckdb

_NAMES = """
    WITH named AS (
        SELECT id, 'person' AS kind, name, city, connections, name AS told, false AS former, only_for FROM person_node
        UNION ALL
        SELECT id, 'person', name, city, connections, unnest(other_names), true, only_for FROM person_node
        UNION ALL
        SELECT id, kind, name, city, connections, name, false, [] FROM organisation_node
        UNION ALL
        SELECT id, kind, name, city, connections, unnest(previous_names), true, [] FROM organisation_node
    ),
    folded AS (
        SELECT DISTINCT fold(told) AS folded, id, kind, name, coalesce(city, '') AS city, connections, former,
            array_to_string(only_for, chr(31)) AS private_for
        FROM named
    ),
    bare AS (
        SELECT *,
            CASE kind WHEN 'person' THEN folded ELSE coalesce(nullif(without_legal_form(folded), ''), folded) END AS bare
        FROM folded
        WHERE folded <> ''
    ),
    town AS (SELECT city, coalesce(name_key(city), '') AS city_key FROM (SELECT DISTINCT city FROM folded))
    SELECT
        row_number() OVER (ORDER BY encode(folded), former, id, name) - 1 AS row,
        -- name_key and organisation_key of what is folded already
        replace(replace(replace(replace(bare, 'ae', 'a'), 'oe', 'o'), 'ue', 'u'), ' ', '') AS key,
        folded, id, kind, name, city, city_key, connections, former, private_for
    FROM bare
    JOIN town USING (city)
"""
_NUMBERS = """
    SELECT DISTINCT name_key(number) AS key, name_row.row
    FROM (
        SELECT identifier AS number, id FROM organisation_node WHERE identifier IS NOT NULL
        UNION SELECT lei, id FROM organisation_node WHERE lei IS NOT NULL
        UNION SELECT concat_ws(' ', register_court, register_number), id FROM organisation_node
        WHERE register_number IS NOT NULL
        UNION SELECT register_number, id FROM organisation_node WHERE register_number IS NOT NULL
    )
    JOIN name_row USING (id)
    WHERE NOT name_row.former AND name_key(number) <> ''
"""


def write_names(tables: Path, folder: Path) -> None:
    """Write the folded names of all entities, former names and other spellings too, ordered for `find`.

    :param tables: folder of the graph's tables.
    :param folder: gets the arrays that :class:`referralgraph.index.names.NameIndex` maps.
    """
    folder.mkdir(parents=True, exist_ok=True)
    connection = connect(folder)
    connection.read_parquet(str(tables / "Person.parquet")).create_view("person_node")
    connection.read_parquet(str(tables / "Organisation.parquet")).create_view("organisation_node")
    connection.execute(f"CREATE TEMP TABLE name_row AS {_NAMES}")
    connection.execute(
        "CREATE TEMP TABLE city_row AS SELECT row_number() OVER (ORDER BY encode(city_key)) - 1 AS code, city_key "
        "FROM (SELECT DISTINCT city_key FROM name_row)"
    )
    connection.execute(f"CREATE TEMP TABLE number_row AS {_NUMBERS}")
    for column in ("folded", "name", "city", "id"):
        _save_texts(connection, f"SELECT {column} FROM name_row ORDER BY row", folder, column)
    _save_texts(connection, "SELECT city_key FROM city_row ORDER BY code", folder, "city_key")
    facts = connection.sql("SELECT kind, connections, former, code FROM name_row JOIN city_row USING (city_key) ORDER BY row")
    table = facts.to_arrow_table()
    np.save(folder / "kind.npy", pc.index_in(table.column("kind"), pa.array(ENTITY_KINDS)).to_numpy().astype(np.uint8))
    np.save(folder / "connections.npy", table.column("connections").to_numpy().astype(np.int32))
    np.save(folder / "former.npy", table.column("former").to_numpy().astype(np.bool_))
    np.save(folder / "city_code.npy", table.column("code").to_numpy().astype(np.int32))
    private = connection.sql("SELECT row FROM name_row WHERE private_for <> '' ORDER BY row").to_arrow_table()
    np.save(folder / "private.npy", private.column("row").to_numpy().astype(np.int32))
    _save_texts(connection, "SELECT private_for FROM name_row WHERE private_for <> '' ORDER BY row", folder, "private_for")
    _save_hashes(connection, "name_row", folder, "key")
    _save_hashes(connection, "number_row", folder, "number")


def _save_texts(connection: duckdb.DuckDBPyConnection, query: str, folder: Path, name: str) -> None:
    column = connection.sql(query).to_arrow_table().column(0).cast(pa.large_string()).combine_chunks()
    _, offsets, data = column.buffers()
    rows = len(column)
    ends = np.frombuffer(offsets, np.int64, rows + 1) if rows else np.zeros(1, np.int64)
    save_text(folder, name, ends, np.frombuffer(data, np.uint8, int(ends[-1])) if data else np.zeros(0, np.uint8))


def _save_hashes(connection: duckdb.DuckDBPyConnection, table: str, folder: Path, name: str) -> None:
    """Write the hashes of keys in ascending order, and the row of each; see `referralgraph.index.names.key_hash`."""
    rows = connection.sql(
        f"SELECT CAST('0x' || left(md5(key), 16) AS UBIGINT) AS hash, row FROM {table} "
        "ORDER BY hash, row"
    ).to_arrow_table()
    np.save(folder / f"{name}_hash.npy", rows.column("hash").to_numpy().astype(np.uint64))
    np.save(folder / f"{name}_row.npy", rows.column("row").to_numpy().astype(np.int32))
