"""Who owns this company, and what of it, through chains and cycles; and who controls it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from referralgraph.answers.base import Because, EntityRef
from referralgraph.answers.ownership import Control, OwnedShare, OwnershipAnswer
from referralgraph.language import gettext as _
from referralgraph.language import number_text
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.shares import DirectShares
from referralgraph.score.ownership import Effective, controlled_by, holdings_of, owners_of

THRESHOLDS = (75, 50, 25, 10)
_EPOCH = date(1970, 1, 1)
_TINY = 1e-7


def find_owners(context: Context, asked: Asked, text: str) -> OwnershipAnswer:
    """Answer who owns a company, or what a person owns.

    :param text: id, register number or name.
    :raises NotFound: if nobody answers to it.
    :raises Ambiguous: if several do.
    """
    found = context.entity(text, viewer=asked.viewer)
    day = asked.as_of or _EPOCH + timedelta(days=context.risk.day)
    direct = DirectShares(context, asked, day)
    answer = OwnershipAnswer(
        question=asked.question("ownership", entity=found.id),
        revision=context.revision.id,
        coverage=context.coverage,
        entity=EntityRef(id=found.id, name=found.name),
        kind=found.kind,
        day=day.isoformat(),
    )
    if found.kind == "person":
        return _held(direct, answer)
    direct.read_above(found.id)
    result = owners_of(found.id, direct.cash_flow())
    shares = {**result.owners, **result.passing}
    control = {each: _control(each, found.id, direct) for each in shares}
    kinds = direct.kinds(shares)
    answer = answer.model_copy(
        update={
            "owners": _told(direct, result.owners, control, kinds),
            "passing": _told(direct, result.passing, control, kinds),
            "unknown_low": 100 * result.unknown.low,
            "unknown_high": 100 * result.unknown.high,
            "links": direct.links(),
            "notes": (*_notes(direct, result.contradictory, result.closed), *direct.notes()),
        }
    )
    if not result.owners and not result.passing:
        why = Because(code="no_owners", text=_("no source states an owner: that is missing data, not a company without owners"))
        answer = answer.model_copy(update={"nothing": None if result.closed else why})
    return answer


def _held(direct: DirectShares, answer: OwnershipAnswer) -> OwnershipAnswer:
    owner = answer.entity.id
    below = direct.read_below(owner)
    held = holdings_of(owner, direct.cash_flow())
    surely, perhaps = controlled_by(owner, direct.votes(), direct.contracts())
    control: dict[str, Control | None] = {
        each: "controls" if each in surely else "may control" if each in perhaps else None for each in below
    }
    shares = {each: held.get(each, Effective(0.0, 0.0)) for each in below}
    nothing = None if held else Because(code="no_holdings", text=_("no source states a share of this person: that is missing data"))
    return answer.model_copy(
        update={
            "held": _told(direct, shares, control, direct.kinds(shares)),
            "links": direct.links(),
            "notes": direct.notes(),
            "nothing": nothing,
        }
    )


def _control(owner: str, company: str, direct: DirectShares) -> Control | None:
    surely, perhaps = controlled_by(owner, direct.votes(), direct.contracts())
    return "controls" if company in surely else "may control" if company in perhaps else None


def _told(
    direct: DirectShares, shares: Mapping[str, Effective], control: Mapping[str, Control | None], kinds: Mapping[str, str]
) -> tuple[OwnedShare, ...]:
    told = [
        OwnedShare(
            entity=direct.ref(each),
            kind=kinds[each],
            low=100 * share.low,
            high=100 * share.high,
            threshold=_reached(share.low),
            threshold_possible=_reached(share.high),
            control=control[each],
            owners_unknown=kinds[each] != "person" and not direct.has_owners(each),
        )
        for each, share in shares.items()
    ]
    return tuple(sorted(told, key=lambda each: (-each.low, -each.high, each.entity.name, each.entity.id)))


def _reached(share: float) -> int | None:
    return next((each for each in THRESHOLDS if 100 * share >= each - _TINY), None)


def _notes(direct: DirectShares, contradictory: Mapping[str, float], closed: Sequence[str]) -> list[Because]:
    notes = [
        Because(
            code="contradictory",
            parameters={"organisation": each, "total": 100 * total},
            text=_("the shares of {company} add up to {total} %: they contradict each other and are scaled to 100 %").format(
                company=direct.ref(each).name, total=number_text(100 * total, 1)
            ),
        )
        for each, total in sorted(contradictory.items())
    ]
    if closed:
        names = ", ".join(direct.ref(each).name for each in closed)
        if len(closed) == 1:
            text = _("{company} owns itself wholly: nobody outside is stated").format(company=names)
        else:
            text = _("{companies} own each other wholly: nobody outside is stated").format(companies=names)
        notes.append(
            Because(
                code="closed",
                parameters={"organisations": list(closed)},
                text=text,
            )
        )
    return notes
