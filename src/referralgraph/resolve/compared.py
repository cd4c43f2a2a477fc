"""What was compared before: a build compares only pairs of which a record is new or has changed.

The outcome of a comparison depends on nothing but the two records, the model and the comparing code. So outcomes are kept beside
the model, with a digest of each record, and serve as long as model and code are the same; which pairs are to be compared is always
decided anew, because a key that too many records share no longer counts. A run that uses what is kept gives what a run without it
gives. No names are kept, only record ids and outcomes.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from referralgraph.resolve.model import Model
from referralgraph.resolve.scoring import outcome_query

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

_PACKAGE = "referralgraph.resolve"


@dataclass(frozen=True)
class Compared:
    """Outcomes of earlier builds.

    :param folder: where they are kept.
    :param models: id of the models and their shares.
    """

    folder: Path
    models: str

    def outcomes(self, connection: duckdb.DuckDBPyConnection, model: Model, columns: Sequence[str]) -> int:
        """Make the table ``..._outcome`` of all pairs, from what is kept where both records are as they were.

        :returns: number of pairs that were compared anew.
        """
        table = model.table
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table}_digest AS SELECT record_id, hash({', '.join(sorted(columns))}) AS digest "
            f"FROM {table}_valued"
        )
        kept = self._kept(table)
        anew = f"{table}_pair"
        if kept.exists():
            connection.execute(
                f"CREATE OR REPLACE TEMP TABLE {table}_known AS WITH same AS (SELECT record_id FROM {table}_digest "
                f"SEMI JOIN read_parquet($1) AS before USING (record_id, digest)) "
                f"SELECT outcome.* FROM read_parquet($2) AS outcome SEMI JOIN {table}_pair USING (record_id, other) "
                f"SEMI JOIN same ON same.record_id = outcome.record_id SEMI JOIN same AS also ON also.record_id = outcome.other",
                [str(kept / "record.parquet"), str(kept / "outcome.parquet")],
            )
            anew = f"(SELECT record_id, other FROM {table}_pair ANTI JOIN {table}_known USING (record_id, other))"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table}_anew AS {outcome_query(model, columns, f'{table}_valued', anew)}")
        count = int(connection.execute(f"SELECT count(*) FROM {table}_anew").fetchall()[0][0])
        known = f" UNION ALL BY NAME SELECT * FROM {table}_known" if kept.exists() else ""
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {table}_outcome AS SELECT * FROM {table}_anew{known}")
        self._keep(connection, table)
        return count

    def _keep(self, connection: duckdb.DuckDBPyConnection, table: str) -> None:
        final = self._kept(table)
        fresh = final.with_name(f".{final.name}")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        for name, query in (("record", f"SELECT * FROM {table}_digest"), ("outcome", f"SELECT * FROM {table}_outcome")):
            connection.sql(query).write_parquet(str(fresh / f"{name}.parquet"), compression="zstd")
        for old in self.folder.glob(f"{table}-*"):
            shutil.rmtree(old)
        fresh.rename(final)

    def _kept(self, table: str) -> Path:
        return self.folder / f"{table}-{hashlib.sha256(f'{self.models} {comparing_code()}'.encode()).hexdigest()[:16]}"


@cache
def comparing_code() -> str:
    """Return the hash of everything besides records and model that an outcome depends on: our code, and DuckDB, whose hash we keep."""
    import duckdb

    digest = hashlib.sha256(duckdb.__version__.encode())
    for package in (_PACKAGE, "referralgraph.records"):
        for file in sorted(resources.files(package).iterdir(), key=lambda each: each.name):
            if file.name.endswith((".py", ".sql", ".toml")):
                digest.update(file.name.encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
