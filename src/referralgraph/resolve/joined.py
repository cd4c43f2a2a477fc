"""Which records are one: by pairs, facts and judgements, as the build decides it, and a question anew after a judgement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from referralgraph.identity import DECIDED, Decided
from referralgraph.resolve.clusters import cluster_labels, cluster_trees, labels_of, positions
from referralgraph.resolve.contradictions import JUDGED, without_contradictions

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

Kind = Literal["person", "organisation"]
_FLOORS = (0.999999, 0.9999, 0.99, 0.9)
_BANDS = (*(f"weighed {floor}" for floor in _FLOORS), "weighed")
# Where a cluster contradicts itself, the later of these fall first.
STRONGEST: dict[Kind, tuple[str, ...]] = {
    "organisation": ("LEI", "register number", "same name", *_BANDS),
    "person": (
        "same profile",
        "same name and birth date",
        "same name and e-mail",
        "same name and company",
        "same name, place and company",
        "same name and place",
        "same name and employer",
        "same name and mail domain",
        *_BANDS,
    ),
}
PAIR = pa.schema(
    [("record_id", pa.string()), ("other", pa.string()), ("because", pa.string()), ("probability", pa.float64()),
     ("proof", pa.string()), ("kind", pa.string())])  # fmt: skip
FACT = pa.schema([("record_id", pa.string()), ("topic", pa.string()), ("value", pa.string())])


class Joined(NamedTuple):
    """What stands of some pairs.

    :param edges: the pairs that stand, those included that somebody decided.
    :param refused: the pairs that would join what contradicts.
    """

    edges: pa.Table
    refused: pa.Table

    def labels(self, records: pa.Array) -> NDArray[np.int32]:
        """Return the number of the entity of each record."""
        return cluster_labels(records, self.edges)

    def contradicting(self, records: pa.Array) -> list[list[str]]:
        """Return the records of each cluster of all pairs of which one was refused."""
        labels = cluster_labels(records, pa.concat_tables([self.edges, self.refused]))
        torn = np.unique(labels[positions(records, self.refused)[0]])
        return [records.filter(pa.array(labels == each)).to_pylist() for each in torn.tolist()]

    def trees(self, records: pa.Array, rank: NDArray[np.int64]) -> pa.Table:
        """Return by which pair each record hangs on its entity; see :func:`referralgraph.resolve.clusters.cluster_trees`."""
        return cluster_trees(records, rank, self.edges)


def join_records(kind: Kind, records: pa.Array, pairs: pa.Table, facts: pa.Table, decided: Decided) -> Joined:
    """Put records together by pairs, without joining what contradicts, and as people decided.

    :param records: all record ids, sorted.
    :param pairs: as :data:`PAIR`, all of them among the records.
    :param facts: as :data:`FACT`.
    :param decided: what people decided.
    """
    judged, facts = _judged(records, decided, facts)
    edges, refused = without_contradictions(records, pairs, facts, STRONGEST[kind], judged)
    return Joined(pa.concat_tables([edges, judged]), refused)


def kind_of(because: str, probability: float) -> str:
    """Return of which strength a pair is, as far as it is told by why it was recognised and how probable it is."""
    if because != "evidence weighed":
        return because
    return next((band for floor, band in zip(_FLOORS, _BANDS, strict=False) if probability >= floor), _BANDS[-1])


def contested(records: pa.Array, pairs: pa.Table, joined: Joined, named: Iterable[str]) -> pa.Table:
    """Return the pairs of those clusters that would be others without a judgement, or by another one.

    These are clusters of all pairs, the refused ones included, of which one was refused or of which a judgement names a record: who is
    one in them is told by all their pairs. Elsewhere every pair stands, and the tree tells.

    :param records: all record ids, sorted.
    :param pairs: as :data:`PAIR`, before any was refused.
    :param joined: what stands of them.
    :param named: records that judgements name.
    """
    left, right = positions(records, pairs)
    decided = positions(records, joined.edges.filter(pc.equal(joined.edges.column("because"), DECIDED)))
    labels = labels_of(len(records), np.r_[left, decided[0]], np.r_[right, decided[1]])
    told = np.zeros(int(labels.max(initial=-1)) + 1, np.bool_)
    told[labels[positions(records, joined.refused)[0]]] = True
    found = pc.index_in(pa.array(sorted(set(named)), pa.string()), records).drop_null().to_numpy()
    told[labels[found.astype(np.int64)]] = True
    return pairs.filter(pa.array(told[labels[left]]))


def publish_joined(connection: duckdb.DuckDBPyConnection, kind: Kind, pairs: pa.Table, facts: pa.Table) -> None:
    """Make the table ``..._told``: of records the pairs they are in (of :func:`contested`) and what contradicts others, as JSON.

    :param facts: as :data:`FACT`; of organisations their records tell it anyway.
    """
    connection.register("contested_pair", pairs)
    connection.register("told_fact", facts if kind == "person" else facts.slice(0, 0))
    connection.execute(f"""CREATE OR REPLACE TEMP TABLE {kind}_told AS
        WITH sided AS (
            SELECT * FROM contested_pair UNION SELECT other, record_id, because, probability, proof, kind FROM contested_pair
        ),
        pairs AS (
            SELECT record_id,
                CAST(to_json(list(struct_pack(other, because, probability, proof, kind) ORDER BY other, proof, because))
                    AS VARCHAR) AS pairs
            FROM sided GROUP BY record_id
        ),
        facts AS (
            SELECT record_id, CAST(to_json(list([topic, value] ORDER BY topic, value)) AS VARCHAR) AS facts
            FROM (SELECT DISTINCT record_id, topic, value FROM told_fact) GROUP BY record_id
        )
        SELECT coalesce(pairs.record_id, facts.record_id) AS record_id, pairs, facts
        FROM pairs FULL JOIN facts ON facts.record_id = pairs.record_id""")
    for name in ("contested_pair", "told_fact"):
        connection.unregister(name)


def _judged(records: pa.Array, decided: Decided, facts: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Return the pairs that people decided to be one, and the facts with what they decided not to be."""
    known = set(records.to_pylist()) if decided.together or decided.apart else set()
    judged = pa.Table.from_pylist(
        [{"record_id": one, "other": other, "because": DECIDED, "probability": 1.0, "proof": f"decided {one} {other}",
          "kind": "decided"} for one, other in decided.together if known.issuperset((one, other))], PAIR)  # fmt: skip
    apart = pa.Table.from_pylist(
        [{"record_id": record, "topic": f"{JUDGED} {judgement} {one} {other}", "value": record}
         for one, other, judgement in decided.apart if {one, other} <= known for record in (one, other)], FACT)  # fmt: skip
    return judged, pa.concat_tables([facts.cast(FACT), apart])
