"""Which pairs wait for a decision, what speaks for and against them, and what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from referralgraph.answers.base import Because, SourceRow
from referralgraph.answers.identity import ReviewAnswer, ReviewDone, ReviewJudgement, ReviewPair, ReviewRecord
from referralgraph.errors import NotFound, UsageError
from referralgraph.identity import IDENTITY, Decided, decide, sides_of
from referralgraph.index.possible import PossiblePair, PossiblePairs
from referralgraph.judgements import author, new_judgement, undo_of
from referralgraph.language import gettext as _
from referralgraph.questions.context import Asked, Context, may_see
from referralgraph.questions.weighed import is_decided, weighed

Row = dict[str, Any]


def review(context: Context, asked: Asked, *, limit: int = 20) -> ReviewAnswer:
    """Answer with the undecided pairs whose decision would change most, and everything that was decided.

    :param limit: how many pairs at most.
    """
    decided = decide(context.judgements(IDENTITY))
    pairs: list[ReviewPair] = []
    for each in possible_pairs(context):
        if len(pairs) >= limit:
            break
        if not is_decided(decided, each.record, each.other) and (shown := _pair(context, asked, each)) is not None:
            pairs.append(shown)
    return ReviewAnswer(
        question=asked.question("review", limit=limit),
        revision=context.revision.id,
        waiting=context.coverage.waiting,
        pairs=tuple(pairs),
        judgements=_judgements(context, decided),
    )


def possible_pairs(context: Context) -> list[PossiblePair]:
    """Return the published pairs of the revision, those first whose decision would change most."""
    return PossiblePairs(context.index.folder / "possible").first()


def judge_pair(context: Context, one: str, other: str, *, same: bool, by: str | None) -> ReviewDone:
    """Decide that two records are one person or organisation, or that they aren't; questions obey at once.

    :param one: id of a record, or of an entity for its first record.
    :raises NotFound: if there is no such record.
    :raises UsageError: if both are one record, or nobody is named.
    """
    one, other = record_of(context, one), record_of(context, other)
    if one == other:
        raise UsageError("a record can't be judged against itself: name two")
    rows = {row["id"]: row for row in context.store.read("read/record", [{"id": one}, {"id": other}])}
    if rows[one]["record_table"] != rows[other]["record_table"]:
        raise UsageError("one is a person and the other an organisation: they can't be one")
    return _keep(context, [[one, other]] if same else [[one], [other]], by)


def take_apart(context: Context, entity: str, records: Sequence[str], *, by: str | None, viewer: str | None = None) -> ReviewDone:
    """Decide that some records of a person or organisation are somebody else.

    :param entity: id or name.
    :param records: ids of the records that are another's.
    :raises NotFound: if a record isn't one of the entity's.
    """
    found = context.entity(entity, viewer=viewer)
    own = set(context.records_of(found.id))
    strange = sorted(set(records) - own)
    if strange:
        raise NotFound(f"{', '.join(strange)}: no record of {found.name} ({found.id}); `show {found.id} --identity` lists them")
    rest = sorted(own - set(records))
    if not records or not rest:
        raise UsageError("name some of the records, not none and not all: they become one person, the others stay")
    return _keep(context, [rest, sorted(set(records))], by)


def undo(context: Context, judgement: str | None, *, by: str | None) -> ReviewDone:
    """Take a judgement about identity back: the one named, or the last one of whoever undoes.

    :raises NotFound: if there is none.
    :raises UsageError: if nobody is named.
    """
    who = author(by)
    mine = [each for each in context.judgements(IDENTITY) if each.by == who]
    if judgement is None and not mine:
        raise NotFound(f"nothing to undo: {who} has decided no pair that stands; `review --judgements` lists all")
    made = undo_of(context.store.judgements(), judgement or mine[-1].id, by=by)
    context.store.append_judgements([made.as_row()])
    return ReviewDone(judgements=(made.id,))


def record_of(context: Context, text: str) -> str:
    """Return the record that a text names: its id, or the first record of an entity's id.

    :raises NotFound: if there is none.
    """
    text = text.strip()
    records = context.records_of(context.entity(text).id) if text.startswith(("p-", "o-")) else (text,)
    if not records or not context.entities_of([records[0]]):
        raise NotFound(f"there is no record {text} in this revision; `show NAME --identity` lists records")
    return records[0]


def _keep(context: Context, sides: list[list[str]], by: str | None) -> ReviewDone:
    made = new_judgement(IDENTITY, by=by, records=[record for side in sides for record in side], values={"sides": sides})
    context.store.append_judgements([made.as_row()])
    return ReviewDone(judgements=(made.id,), problems=tuple(conflicts(context, [made.id])))


def conflicts(context: Context, made: Iterable[str]) -> list[Because]:
    """Return what the judgements just made overrule."""
    ids = set(made)
    return [
        Because(
            code="conflict",
            parameters={"judgement": older.id, "by": older.by, "at": older.at, "overruled_by": newer.id},
            text=_("contradicts what {by} decided on {day} ({judgement}): the newer one counts, undo either to change that").format(
                by=older.by, day=older.at[:10], judgement=older.id
            ),
        )
        for older, newer in decide(context.judgements(IDENTITY)).overruled
        if newer.id in ids or older.id in ids
    ]


def _pair(context: Context, asked: Asked, pair: PossiblePair) -> ReviewPair | None:
    rows = {row["id"]: row for row in context.store.read("read/record", [{"id": pair.record}, {"id": pair.other}])}
    if len(rows) < 2 or not all(may_see(row, asked.viewer) for row in rows.values()):
        return None
    one, other = rows[pair.record], rows[pair.other]
    if one["entity"] == other["entity"]:
        return None
    return ReviewPair(
        one=_record(context, asked, one),
        other=_record(context, asked, other),
        because=pair.because,
        text=_(pair.because.replace("_", " ")),
        probability=pair.probability,
        changes=pair.changes,
        counted=pair.counted,
        weighed=weighed(one["record_table"], pair.evidence),
    )


def _record(context: Context, asked: Asked, row: Row) -> ReviewRecord:
    told: list[str] = []
    if row["record_table"] == "person":
        held = [each for each in context.store.read("read/mandates_of_person", [{"id": row["entity"]}]) if may_see(each, asked.viewer)]
        told = [f"{each['organisation_name']} ({_(each['role'].replace('_', ' '))})" for each in held]
        person = context.people([row["entity"]])[row["entity"]]
        told += [
            f"{_(name.replace('_', ' '))}: {person[name]}" for name in ("birth_date", "birth_name", "occupation") if person.get(name)
        ]
        told += [
            _("contact of {owner} ({where})").format(owner=each["owner"], where=_(each["kind"].replace("_", " ")))
            for each in context.store.read("read/contacts_with_person", [{"id": row["entity"]}])
            if may_see(each, asked.viewer)
        ]
    else:
        body = context.organisations([row["entity"]])[row["entity"]]
        told = [
            f"{_(name.replace('_', ' '))}: {body[name]}"
            for name in ("register_court", "register_number", "lei", "address", "website")
            if body.get(name)
        ]
        seats = context.store.read("read/mandates_in_organisation", [{"id": row["entity"]}])
        told += [f"{each['person_name']} ({_(each['role'].replace('_', ' '))})" for each in seats if may_see(each, asked.viewer)]
    return ReviewRecord(
        record_id=row["id"],
        entity=row["entity"],
        name=row["name_as_written"],
        city=row["city"],
        told=tuple(dict.fromkeys(told))[:6],
        source=SourceRow(source=row["source"], file=row["file"], line=row["line"], as_written=row["name_as_written"]),
    )


def _judgements(context: Context, decided: Decided) -> tuple[ReviewJudgement, ...]:
    overruled = {older.id: newer for older, newer in decided.overruled}
    found = []
    for each in context.judgements(IDENTITY):
        sides = sides_of(each)
        known = context.entities_of(record for side in sides for record in side)
        gone = [record for side in sides for record in side if record not in known]
        problem = None
        if each.id in overruled:
            newer = overruled[each.id]
            problem = Because(
                code="conflict",
                parameters={"overruled_by": newer.id},
                text=_("contradicted by {by} on {day} ({judgement})").format(by=newer.by, day=newer.at[:10], judgement=newer.id),
            )
        elif gone:
            problem = Because(
                code="records_gone",
                parameters={"records": gone},
                text=_("records that are gone: {records}; it counts again if they come back").format(records=", ".join(gone)),
            )
        found.append(
            ReviewJudgement(
                id=each.id,
                by=each.by,
                at=each.at,
                sides=sides,
                verdict="sides" if len(sides) > 2 or sum(map(len, sides)) > 2 else "same" if len(sides) == 1 else "different",
                counts=each.id not in overruled and len(known) > 1,
                problem=problem,
            )
        )
    return tuple(found)
