"""Who owns what, in words and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator

from referralgraph.answers.ownership import OwnedShare, OwnershipAnswer, OwnershipLink
from referralgraph.language import gettext as _
from referralgraph.language import in_words, number_text, translatable
from referralgraph.render.path_text import Line
from referralgraph.render.table import Row

HEADINGS = ["owner", "owner id", "of", "of id", "kind", "low", "high", "threshold", "control", "since", "source"]
_CONTROL = {"controls": translatable("controls"), "may control": translatable("may control")}


def ownership_text(answer: OwnershipAnswer) -> Iterator[Line]:
    """Yield the lines of an answer."""
    yield Line(f"{answer.entity.name}  ({in_words(answer.kind)}, {answer.entity.id})")
    if answer.nothing:
        yield Line(answer.nothing.text, 1, 1)
    if answer.owners:
        yield Line(_("ultimate owners, through all chains:"), 1)
        yield from (_share(each) for each in answer.owners)
    if answer.unknown_high is not None and (answer.unknown_high > 0 or answer.owners):
        unknown = share_text(answer.unknown_low, answer.unknown_high)
        yield Line(_("{share}  nobody is stated to own this").format(share=unknown), 2, 4)
    if answer.passing:
        yield Line(_("through these companies:"), 1)
        yield from (_share(each) for each in answer.passing)
    if answer.held:
        yield Line(_("owns, through all chains:"), 1)
        yield from (_share(each) for each in answer.held)
    if answer.links:
        yield Line(_("direct shares, as stated:"), 1)
        yield from (Line(link_text(each), 2, 4) for each in answer.links)
    for note in answer.notes:
        yield Line(_("note: {text}").format(text=note.text), 1, 1)
    yield Line(
        _(
            "As of {day}. Control: who holds, with the companies he controls, more than half of the votes, or has a profit-transfer "
            "agreement. Thresholds 10, 25, 50, 75 %. Method: {method}"
        ).format(day=answer.day, method=answer.method)
    )


def ownership_rows(answer: OwnershipAnswer) -> list[Row]:
    """Return one row an ultimate owner or holding, the unknown remainder, then one a direct share."""
    rows: list[Row] = []
    for kind, shares in (("ultimate", answer.owners), ("passing", answer.passing), ("held", answer.held)):
        for each in shares:
            pair = (each.entity, answer.entity) if kind != "held" else (answer.entity, each.entity)
            ends = [pair[0].name, pair[0].id, pair[1].name, pair[1].id]
            threshold = str(each.threshold) if each.threshold else None
            rows.append([*ends, kind, repr(each.low), repr(each.high), threshold, each.control, None, None])
    if answer.unknown_high is not None:
        of = [answer.entity.name, answer.entity.id]
        rows.append([None, None, *of, "unknown", repr(answer.unknown_low), repr(answer.unknown_high), None, None, None, None])
    for link in answer.links:
        ends = [link.owner.name, link.owner.id, link.owned.name, link.owned.id]
        shares_told = [None if each is None else repr(each) for each in (link.low, link.high)]
        rows.append([*ends, f"direct {link.kind}", *shares_told, None, None, link.since, _sources(link)])
    return rows


def share_text(low: float | None, high: float | None) -> str:
    """Return a share or a band in per cent: "37.5 %", "25 to 50 %"."""
    if low is None and high is None:
        return _("share not stated")
    least, most = low or 0.0, 100.0 if high is None else high
    if abs(most - least) < 0.005:
        return _("{share} %").format(share=_number(least))
    return _("{low} to {high} %").format(low=_number(least), high=_number(most))


def link_text(link: OwnershipLink) -> str:
    """Return a direct share in words."""
    since = f", {_('since')} {link.since}" if link.since else ""
    share = share_text(link.low, link.high)
    return f"{link.owner.name} → {link.owned.name}: {share} ({in_words(link.kind)}{since}) [{_sources(link)}]"


def _share(each: OwnedShare) -> Line:
    told = [in_words(each.kind)]
    if each.threshold:
        told.append(_("at least {threshold} %").format(threshold=each.threshold))
    elif each.threshold_possible:
        told.append(_("perhaps {threshold} % or more").format(threshold=each.threshold_possible))
    if each.control:
        told.append(_(_CONTROL[each.control]))
    if each.owners_unknown:
        told.append(_("its own owners aren't stated"))
    return Line(f"{share_text(each.low, each.high)}  {each.entity.name} ({', '.join(told)})", 2, 4)


def _number(value: float) -> str:
    return number_text(value, 0 if abs(value - round(value)) < 0.005 else 2 if abs(10 * value - round(10 * value)) > 0.05 else 1)


def _sources(link: OwnershipLink) -> str:
    return ", ".join(dict.fromkeys(f"{row.file}:{row.line}" for row in link.sources))
