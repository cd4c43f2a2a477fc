"""What people decided about identity: records in sides, one person within a side, others across."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from referralgraph.judgements import Judgement

IDENTITY = "identity"
DECIDED = "somebody decided so"  # why two records are one


@dataclass(frozen=True)
class Decided:
    """Judgements as they count.

    :param counting: those that count, newest first.
    :param overruled: those that contradict a newer one, each with the newer one: they stay on record and don't count.
    :param gone: records that judgements name and nobody has any more, by judgement.
    :param together: pairs of records that are one.
    :param apart: pairs of records that aren't, each with the judgement that says so.
    """

    counting: tuple[Judgement, ...] = ()
    overruled: tuple[tuple[Judgement, Judgement], ...] = ()
    gone: tuple[tuple[Judgement, tuple[str, ...]], ...] = ()
    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str, str], ...] = ()

    def made(self, one: str, other: str) -> Judgement | None:
        """Return the newest judgement that counts and says that two records are one."""
        return next((each for each in self.counting for side in sides_of(each) if {one, other} <= set(side)), None)


def sides_of(judgement: Judgement) -> tuple[tuple[str, ...], ...]:
    """Return the sides of a judgement: each holds records of one person, no two sides the same person."""
    told = judgement.values.get("sides", ())
    return tuple(tuple(str(record) for record in side) for side in told if side) if isinstance(told, (list, tuple)) else ()


def decide(judgements: Iterable[Judgement], known: Collection[str] | None = None) -> Decided:
    """Return what judgements say together; of two that contradict, also by way of others, the newer one counts.

    :param judgements: those of the kind ``identity`` that stand, in the order in which they were made.
    :param known: records that there are; None if that isn't asked.
    """
    groups = _Groups()
    counting: list[Judgement] = []
    overruled, gone = [], []
    apart: list[tuple[str, str, Judgement]] = []
    for each in reversed([one for one in judgements if one.kind == IDENTITY]):
        sides = sides_of(each)
        missing = tuple(record for side in sides for record in side if known is not None and record not in known)
        if missing:
            gone.append((each, missing))
        sides = tuple(kept for side in sides if (kept := tuple(record for record in side if record not in missing)))
        against = _against(groups, apart, counting, sides)
        if against is not None:
            overruled.append((each, against))
            continue
        for side in sides:
            groups.join(side)
        apart += [(one[0], other[0], each) for at, one in enumerate(sides) for other in sides[:at]]
        counting.append(each)
    together = [(side[0], record) for each in counting for side in _known_sides(each, known) for record in side[1:]]
    return Decided(
        tuple(counting),
        tuple(overruled),
        tuple(gone),
        tuple(together),
        tuple((one, other, judgement.id) for one, other, judgement in apart),
    )


def _known_sides(judgement: Judgement, known: Collection[str] | None) -> list[tuple[str, ...]]:
    sides = [tuple(record for record in side if known is None or record in known) for side in sides_of(judgement)]
    return [side for side in sides if side]


def _against(
    groups: _Groups, apart: Sequence[tuple[str, str, Judgement]], newer: Sequence[Judgement], sides: Sequence[tuple[str, ...]]
) -> Judgement | None:
    """Return the newer judgement that this one contradicts, None if it fits."""
    tried = groups.copy()
    for side in sides:
        tried.join(side)
    for one, other, judgement in apart:
        if tried.of(one) == tried.of(other):
            return judgement
    heads = [tried.of(side[0]) for side in sides]
    double = next((head for at, head in enumerate(heads) if head in heads[:at]), None)
    if double is None:
        return None
    joining = (each for each in newer for side in sides_of(each) if len(side) > 1 and tried.of(side[0]) == double)
    return next(joining, newer[0] if newer else None)


class _Groups:
    """Records that were judged to be one."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def copy(self) -> _Groups:
        other = _Groups()
        other._parent = dict(self._parent)
        return other

    def of(self, record: str) -> str:
        while (parent := self._parent.get(record, record)) != record:
            record = parent
        return record

    def join(self, side: Sequence[str]) -> None:
        for record in side[1:]:
            one, other = sorted((self.of(side[0]), self.of(record)))
            self._parent[other] = one
