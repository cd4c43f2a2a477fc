"""The chance that two records are of one person, along the tree by which they were recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from referralgraph.risk.table import RiskTable

if TYPE_CHECKING:
    from numpy.typing import NDArray


def identity_of(table: RiskTable, left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return the chance for each pair of records: the product of the different proofs between the two.

    One proof that holds for a whole group of records (a name in a place) is one chance, not many. Records of different trees
    are none of one person: 0.

    :param left: positions of records.
    :param right: as many positions.
    """
    chance = np.ones(len(left))
    pairs, place = np.unique(np.stack([left, right], axis=1), axis=0, return_inverse=True)
    one, other = pairs[:, 0], pairs[:, 1]
    parent, probability, proof = table.record_parent, table.record_probability, table.record_proof
    of_pair = np.ones(len(pairs))
    above, beyond = parent[one], parent[other]
    same = one == other
    hangs = ~same & (above == other)
    of_pair[hangs] = probability[one[hangs]]
    holds = ~same & ~hangs & (beyond == one)
    of_pair[holds] = probability[other[holds]]
    beside = ~same & ~hangs & ~holds & (above == beyond) & (above >= 0)
    by_one_proof = beside & (proof[one] == proof[other])
    of_pair[beside] = probability[one[beside]] * probability[other[beside]]
    of_pair[by_one_proof] = np.minimum(probability[one[by_one_proof]], probability[other[by_one_proof]])
    for at in np.flatnonzero(~(same | hangs | holds | beside)):  # longer ways are rare
        of_pair[at] = _along_the_tree(table, int(one[at]), int(other[at]))
    chance[:] = of_pair[place.reshape(-1)]
    return chance


def _along_the_tree(table: RiskTable, one: int, other: int) -> float:
    left, right = _chain(table, one), _chain(table, other)
    common = next((record for record in left if record in right), None)
    if common is None:
        return 0.0
    links: dict[int, float] = {}
    for chain in (left, right):
        for record in chain[: chain.index(common)]:
            links[int(table.record_proof[record])] = float(table.record_probability[record])
    return float(np.prod(list(links.values())))


def _chain(table: RiskTable, record: int) -> list[int]:
    chain = [record]
    while (above := int(table.record_parent[chain[-1]])) >= 0:
        chain.append(above)
    return chain
