"""Sources that hold each person once: between two of them a record has one partner at most.

That two sources do so is learned: pairs within them are hardly ever likely, where those across often are. If m of their a and b
records have a partner, the odds of any two records being one before anything is compared are m / (a b); of two that are left without
another partner m / ((a - m) (b - m)). One matching of all records is as likely as the product of the odds of its pairs, and the
chance of a pair is that of all matchings that hold it. It is worked out by messages along the pairs, which is exact where candidates
don't run in circles (Bayati, Gamarnik, Katz, Nair and Tetali 2007, doi:10.1145/1250790.1250809, section 2). Of two candidates alike
each is as likely as the other, and neither is merged.

A pair that by itself is more likely not one gets no likelier because everybody else is taken.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from referralgraph.resolve.model import Linked
from referralgraph.resolve.scoring import weight_query

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

    from referralgraph.resolve.model import Model

_LIKELY_FROM = 0.8
_FEWEST_ACROSS = 50.0  # likely pairs between two sources
_SHARE_ACROSS = 0.05  # of the records of the smaller one
_SHARE_WITHIN = 0.01  # of the records of a source: so many likely pairs there are chance, and
_BY_CHANCE = 3.0  # of a small one so many
_OF_ACROSS = 0.02  # and so many for each across
_ROUNDS = 12
_SMALLEST = 1e-12
_LINKED = "CREATE OR REPLACE TEMP TABLE person_linked (record_id VARCHAR, other VARCHAR, code VARCHAR, bits DOUBLE)"


def lists_of_people(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return the sources that are lists of people, with their records: no address books, and no registers of seats.

    Who stands in an address book meets few of a register, and in a register a person has a row for each seat.
    From: ``person_feature``, ``mandate``.
    """
    return dict(
        connection.execute(
            """SELECT source, count(*) FROM person_feature
            LEFT JOIN (SELECT DISTINCT person FROM mandate WHERE role <> 'employee') AS seated ON person = record_id
            GROUP BY source HAVING NOT bool_or(is_contact OR person IS NOT NULL) ORDER BY source"""
        ).fetchall()
    )


def linked_sources(connection: duckdb.DuckDBPyConnection, model: Model, records: Mapping[str, int]) -> tuple[Linked, ...]:
    """Return the pairs of sources that hold each person once, in the order of their names.

    From: ``person_outcome``, ``person_sampled``, ``person_feature``.

    :param records: the :func:`lists_of_people`.
    """
    likely = {
        (one, other): float(count)
        for one, other, count in connection.execute(
            f"""SELECT least(l.source, r.source) AS one, greatest(l.source, r.source) AS other, sum(worth)
            FROM ({weight_query(model, "person_outcome")}) AS pair
            JOIN person_sampled AS sampled ON sampled.ordinal = pair.record_id
            JOIN person_feature AS l ON l.ordinal = pair.record_id
            JOIN person_feature AS r ON r.ordinal = pair.other
            WHERE probability >= {_LIKELY_FROM!r}
            GROUP BY ALL ORDER BY ALL"""
        ).fetchall()
    }
    once = [each for each in records if likely.get((each, each), 0.0) <= max(_BY_CHANCE, _SHARE_WITHIN * records[each])]
    found = []
    for (one, other), across in likely.items():
        if one == other or one not in once or other not in once:
            continue
        within = max(likely.get((each, each), 0.0) for each in (one, other))
        least = max(_FEWEST_ACROSS, _SHARE_ACROSS * min(records[one], records[other]))
        if across >= least and within <= _OF_ACROSS * across:
            partners = min(across, records[one], records[other])
            found.append(Linked(one, other, records[one], records[other], round(float(partners), 6)))
    return tuple(found)


def let_compete(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Let the candidates across linked sources compete: ``person_weight`` gets their chances.

    Makes the table ``person_linked`` with the bits that this adds to a pair, and why: on both sides there is ``only`` one candidate,
    or there are ``rivals``. A pair within such a source isn't expected at all (``once``).
    """
    connection.execute(_LINKED)
    if not model.linked_sources:
        return
    told = [(each.one, each.other, each.prior, each.left_over) for each in model.linked_sources]
    within = {name: size for each in model.linked_sources for name, size in ((each.one, each.records), (each.other, each.others))}
    told += [(name, name, math.log2(2.0 / size / max(1, size - 1)), 0.0) for name, size in sorted(within.items())]
    connection.execute("CREATE OR REPLACE TEMP TABLE linked_source (one VARCHAR, another VARCHAR, prior DOUBLE, left_over DOUBLE)")
    connection.executemany("INSERT INTO linked_source VALUES ($1, $2, $3, $4)", told)
    pairs = connection.sql(
        """WITH named AS (SELECT source, row_number() OVER (ORDER BY source) - 1 AS number, count(*) OVER () AS sources
            FROM (SELECT one AS source FROM linked_source UNION SELECT another FROM linked_source))
        SELECT pair.record_id, pair.other, l.ordinal * one.sources + another.number AS left_side,
            r.ordinal * one.sources + one.number AS right_side, l.source = r.source AS within, prior, left_over, pair.probability
        FROM person_weight AS pair
        JOIN person_feature AS l USING (record_id)
        JOIN person_feature AS r ON r.record_id = pair.other
        JOIN linked_source ON linked_source.one = least(l.source, r.source) AND linked_source.another = greatest(l.source, r.source)
        JOIN named AS one ON one.source = l.source
        JOIN named AS another ON another.source = r.source
        ORDER BY l.ordinal, r.ordinal"""
    ).to_arrow_table()
    column = {name: pairs.column(name).to_numpy() for name in pairs.column_names[2:]}
    before = np.clip(column["probability"], _SMALLEST, 1.0 - _SMALLEST)
    bits_before = np.log2(before / (1.0 - before))
    alone = bits_before + column["prior"] - model.prior
    raised = np.exp2(np.clip(alone + column["left_over"], -60.0, 60.0))
    chance, code = raised / (1.0 + raised), np.full(len(raised), "once", object)
    across = np.flatnonzero(~column["within"])
    chance[across], several = matched(column["left_side"][across], column["right_side"][across], raised[across])
    code[across] = np.where(several, "rivals", "only")
    unlikely = (alone < 0.0) | column["within"]
    chance[unlikely] = np.minimum(chance[unlikely], before[unlikely])
    after = np.clip(chance, _SMALLEST, 1.0 - _SMALLEST)
    connection.register("told_linked", pa.table({
        "record_id": pairs.column("record_id"), "other": pairs.column("other"), "code": pa.array(code, pa.string()),
        "bits": pa.array(np.log2(after / (1.0 - after)) - bits_before), "probability": pa.array(chance)}))  # fmt: skip
    connection.execute("INSERT INTO person_linked SELECT record_id, other, code, bits FROM told_linked")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE person_weight AS SELECT person_weight.* REPLACE "
        "(coalesce(told_linked.probability, person_weight.probability) AS probability) "
        "FROM person_weight LEFT JOIN told_linked USING (record_id, other)"
    )
    connection.unregister("told_linked")


def matched(
    left: NDArray[np.int64], right: NDArray[np.int64], odds: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the chance of each pair where nobody has two partners, and whether one of its sides has another candidate.

    :param left: what stands on the one side of each pair, a number; ``right`` on the other.
    :param odds: of the two being partners if nobody else were there.

    >>> matched(np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([9.0, 9.0, 1e6]))[0].round(2).tolist()
    [0.9, 0.0, 1.0]
    """
    sides = [np.unique(each, return_inverse=True)[1] for each in (left, right)]
    sizes = [int(each.max(initial=-1)) + 1 for each in sides]
    of_left, of_right = odds.copy(), odds.copy()
    for _ in range(_ROUNDS):
        of_left, of_right = (
            odds / (1.0 + np.maximum(0.0, np.bincount(sides[0], of_right, sizes[0])[sides[0]] - of_right)),
            odds / (1.0 + np.maximum(0.0, np.bincount(sides[1], of_left, sizes[1])[sides[1]] - of_left)),
        )
    belief = of_left * of_right / odds
    several = np.zeros(len(odds), np.bool_)
    for side, size in zip(sides, sizes, strict=True):
        several |= np.bincount(side, minlength=size)[side] > 1
    return belief / (1.0 + belief), several
