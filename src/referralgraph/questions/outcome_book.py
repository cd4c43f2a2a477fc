"""Entering what came of a request, and what came of all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime

from referralgraph.answers.base import EntityRef
from referralgraph.answers.outcome import Load, OutcomeLine, OutcomesAnswer, SuccessRate
from referralgraph.errors import NotFound, UsageError
from referralgraph.judgements import Judgement, new_judgement, undo_of
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.evidence import Evidence
from referralgraph.questions.outcomes import KIND, Outcome, Outcomes
from referralgraph.score.outcome import BAD, ENOUGH, GOOD, OUTCOMES, wilson

_RANGES = ((0.0, 0.1), (0.1, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0))


def enter_outcome(
    context: Context, asked: Asked, outcome: str, introducer: str, target: str, *, by: str | None, at: date | None = None,
    note: str | None = None,
) -> Judgement:
    """Enter what came of asking somebody about somebody; it counts at once.

    The judgement is about the records that their tie stands on, so that it stays right when identities change.

    :param outcome: asked, granted, refused, met, business or strangers ("they don't know each other").
    :param introducer: who was asked.
    :param target: about whom.
    :param by: who enters it.
    :param at: the day on which it came to that; now by default.
    :param note: a sentence.
    :raises UsageError: for another word, or if nobody is named who enters it.
    :raises NotFound: if nothing ties the two, so that there is nothing to judge.
    """
    if outcome not in OUTCOMES:
        raise UsageError(f"no outcome {outcome!r}; there are {', '.join(OUTCOMES)}")
    one, other = (context.entity(text, ("person",), viewer=asked.viewer) for text in (introducer, target))
    if one.id == other.id:
        raise UsageError(f"{one.name} can't introduce himself; name two people")
    chosen = context.filter(asked, outcomes=False)
    evidence = Evidence(context, asked, chosen)
    tie = evidence.tie(one.id, other.id)
    if not tie.reasons:
        raise NotFound(f"nothing in the data ties {one.name} to {other.name}, so there is no tie to judge; a new acquaintance of ours "
                       "comes in by loading an address book")  # fmt: skip
    sides = [
        sorted(evidence.records_behind(person, tie)) or list(context.records_of(person)) for person in (one.id, other.id)
    ]
    moment = None if at is None else datetime(at.year, at.month, at.day, 12, tzinfo=UTC)
    values = {"outcome": outcome, "introducer": sides[0], "target": sides[1], "promised": tie.strength, "kind": tie.reasons[0].kind}
    made = new_judgement(KIND, by=by, at=moment, records=[*sides[0], *sides[1]], values={**values, **({"note": note} if note else {})})
    context.store.append_judgements([made.as_row()])
    return made


def undo_outcome(context: Context, judgement: str, *, by: str | None) -> Judgement:
    """Take an outcome back; to take that back brings it back.

    :raises NotFound: if no such outcome stands.
    """
    known = {each.id for each in context.judgements(KIND)} | {each.id for each in context.judgements("undo")}
    if judgement not in known:
        raise NotFound(f"there is no outcome {judgement} that stands; `referralgraph outcome list` shows them")
    made = undo_of(context.store.judgements(), judgement, by=by)
    context.store.append_judgements([made.as_row()])
    return made


def list_outcomes(context: Context, asked: Asked) -> OutcomesAnswer:
    """Answer with all outcomes that stand, newest first, the load of introducers, and the success rates."""
    outcomes = Outcomes(context, asked)
    people = context.people(sorted({person for each in outcomes.all for person in (each.introducer, each.target) if person}))
    refs = {person: EntityRef(id=person, name=row["name"]) for person, row in people.items()}
    deciding = {each.judgement.id for each in outcomes.deciding().values()}
    resting, count, waiting = outcomes.resting(context.settings.introducer.most_asks), outcomes.asked_this_quarter(), outcomes.open()
    busy = sorted({*count, *waiting} & refs.keys(), key=lambda each: (-count[each], -waiting[each], each))
    return OutcomesAnswer(
        question=asked.question("outcomes"), revision=context.revision.id, coverage=context.coverage,
        lines=tuple(_line(each, refs, each.judgement.id in deciding) for each in reversed(outcomes.all)),
        loads=tuple(Load(introducer=refs[each], asked=count[each], open=waiting[each], rests=resting.get(each)) for each in busy),
        by_kind=_rates(outcomes.told, lambda each: str(each.judgement.values.get("kind", "other"))),
        by_strength=_rates(outcomes.told, _range_of),
    )  # fmt: skip


def _line(each: Outcome, refs: dict[str, EntityRef], stands: bool) -> OutcomeLine:
    values = each.judgement.values
    return OutcomeLine(
        id=each.judgement.id, outcome=each.word, introducer=refs.get(each.introducer or ""), target=refs.get(each.target or ""),
        by=each.judgement.by, at=each.day, note=values.get("note"), promised=values.get("promised"), kind=values.get("kind"),
        stands=stands)  # fmt: skip


def _range_of(each: Outcome) -> str:
    promised = float(each.judgement.values.get("promised", 0.0))
    low, high = next(((low, high) for low, high in _RANGES if low <= promised < high), _RANGES[-1])
    return f"{low:.1f}–{high:.1f}"


def _rates(outcomes: Iterable[Outcome], group: Callable[[Outcome], str]) -> tuple[SuccessRate, ...]:
    """Return success rates by group; each pair of introducer and target counts once, as it was first promised."""
    pairs: dict[tuple[str | None, str | None], list[Outcome]] = defaultdict(list)
    for each in outcomes:
        pairs[each.introducer, each.target].append(each)
    grouped: dict[str, list[list[Outcome]]] = defaultdict(list)
    for history in pairs.values():
        grouped[group(history[0])].append(history)
    found = []
    for name, histories in sorted(grouped.items()):
        decided = [each for each in histories if any(one.word in GOOD | BAD for one in each)]
        granted = sum(next(one.word for one in reversed(each) if one.word in GOOD | BAD) in GOOD for each in decided)
        low, high = wilson(granted, len(decided)) if len(decided) >= ENOUGH else (None, None)
        promised = [float(each[0].judgement.values.get("promised", 0.0)) for each in histories]
        found.append(SuccessRate(
            group=name, requests=len(histories), decided=len(decided), granted=granted,
            rate=granted / len(decided) if len(decided) >= ENOUGH else None, low=low, high=high,
            promised=sum(promised) / len(promised)))  # fmt: skip
    return tuple(found)
