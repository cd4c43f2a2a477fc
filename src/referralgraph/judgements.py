"""Judgements: what people decided, appended and never changed; to undo one is a judgement too."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from referralgraph.errors import NotFound, UsageError

UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one person decided at one moment.

    :param id: its own id, ``j-`` and 20 hexadecimal digits.
    :param kind: what is judged: ``identity``, ``assessment``, ``veto``, ``outcome``, ``consent``, ``erasure``, ``undo``, ...
    :param by: name of who judged.
    :param at: when, UTC, ISO 8601 to the second or finer.
    :param records: the records that it is about; never derived ids, which may change with the next build.
    :param values: what was decided, fields of the kind.
    """

    id: str
    kind: str
    by: str
    at: str
    records: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)

    def as_row(self) -> dict[str, Any]:
        """Return it as a store keeps it."""
        return {**asdict(self), "records": list(self.records), "values": dict(self.values)}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Judgement:
        """Return the judgement of a stored row; what a later version wrote besides is left aside."""
        return cls(
            id=str(row.get("id", "")), kind=str(row.get("kind", "")), by=str(row.get("by", "")), at=str(row.get("at", "")),
            records=tuple(row.get("records", ())), values=dict(row.get("values", {})))


def new_judgement(kind: str, *, by: str | None, at: datetime | None = None, records: Iterable[str] = (),
                  values: Mapping[str, Any] | None = None) -> Judgement:
    """Return a judgement with an id of its own; the store's ``append_judgements`` keeps it.

    :param kind: what is judged.
    :param by: name of who judges.
    :param at: when; now if left out.
    :param records: the records that it is about.
    :param values: what is decided.
    :raises UsageError: if nobody is named: a judgement without its author can't be checked.
    """
    moment = (at or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
    return Judgement(f"j-{secrets.token_hex(10)}", kind, author(by), moment.isoformat(), tuple(records), dict(values or {}))


def author(by: str | None) -> str:
    """Return the name of who judges.

    :raises UsageError: if nobody is named.
    """
    if not by or not by.strip():
        raise UsageError("who judges? Name yourself with --viewer NAME, or set team.me in settings.toml")
    return by.strip()


def undo_of(rows: Iterable[Mapping[str, Any]], judgement: str, *, by: str | None, at: datetime | None = None) -> Judgement:
    """Return the judgement that takes another one back.

    :param rows: all judgements of the store.
    :param judgement: id of the one to take back; to undo an undo brings the judgement back.
    :raises NotFound: if there is no such judgement, or it was taken back already.
    """
    stands = _standing(rows)
    if judgement not in {each.id for each in stands}:
        raise NotFound(f"there is no judgement {judgement} that stands; it may have been undone already")
    return new_judgement(UNDO, by=by, at=at, values={"judgement": judgement})


def standing(rows: Iterable[Mapping[str, Any]], kind: str | None = None) -> tuple[Judgement, ...]:
    """Return the judgements that nobody has taken back, in the order in which they were made.

    :param rows: all judgements of the store.
    :param kind: only of this kind; None for all but the undos themselves.
    """
    return tuple(each for each in _standing(rows) if each.kind == kind or (kind is None and each.kind != UNDO))


def _standing(rows: Iterable[Mapping[str, Any]]) -> list[Judgement]:
    undone: set[str] = set()
    kept = []
    for each in reversed([Judgement.from_row(row) for row in rows]):
        if each.id and each.id in undone:
            continue
        if each.kind == UNDO:
            undone.add(str(each.values.get("judgement", "")))
        kept.append(each)
    kept.reverse()
    return kept
