"""Boards as text and rows."""

from __future__ import annotations

from collections.abc import Sequence

from referralgraph.answers.boards import BoardLink, BoardsAnswer, BoardTarget
from referralgraph.language import gettext as _
from referralgraph.language import in_words, number_text, translatable
from referralgraph.render.output import write_answer_json, write_coverage, write_rows
from referralgraph.render.possible import write_possible
from referralgraph.render.table import write_table, write_text

KINDS = {
    "same_person": translatable("sits on both boards"),
    "direct": translatable("directly"),
    "bridge": translatable("over a bridge"),
}
_NO_TARGET, _LINES = {"not_found", "ambiguous", "duplicate"}, 10


def write_boards(form: str, answer: BoardsAnswer) -> None:
    """Write boards on stdout: the ranked list of links, or the interlocks of our own."""
    if form == "json":
        write_answer_json(answer)
    elif form == "csv":
        write_rows("csv", *(_interlock_rows(answer) if not answer.targets else _link_rows(answer)))
        write_possible(form, answer)
    else:
        _write_text(answer)
        write_coverage(answer.coverage, answer)


def _write_text(answer: BoardsAnswer) -> None:
    ours = ", ".join(each.name for each in answer.ours)
    write_text(_("Our board: {names}").format(names=ours))
    for member in answer.members:
        roles = ", ".join(dict.fromkeys(in_words(seat.role) for seat in member.seats if seat.current))
        write_text(f"{member.person.name} ({roles})" if roles else member.person.name, indent=2, hanging=2)
        for mark in member.marks:
            write_text(f"! {mark.text}", indent=4, hanging=2)
    write_text("")
    if answer.nothing is not None:
        write_text(answer.nothing.text)
    for number, link in enumerate(answer.links, 1):
        _write_link(number, link, several=len(answer.targets) > 1)
    left = 0
    for target in answer.targets:
        if target.nothing is not None and target.nothing.code in _NO_TARGET:
            left += 1
            if left > _LINES:
                continue
        _write_target(target)
    if left > _LINES:
        write_text(_("{n} further lines can't be answered; JSON lists them all").format(n=number_text(left - _LINES)))
    if answer.interlocks:
        rows = [
            [each.organisation.name, number_text(each.members), number_text(each.current),
             "; ".join(one.person.name for one in each.people[:6]), "; ".join(mark.text for mark in each.marks)]
            for each in answer.interlocks
        ]  # fmt: skip
        write_table([translatable("organisation"), translatable("members in common"), translatable("now"), translatable("people"),
                     translatable("note")], rows)  # fmt: skip
    for each in answer.unknown:
        write_text(each.text)
    if not answer.complete:
        write_text(_("Time ran out: stronger links may be missing."))


def _write_link(number: int, link: BoardLink, *, several: bool) -> None:
    ends = f"{link.ours.name} → {link.theirs.name}" if link.path else link.ours.name
    at = f", {link.target.name}" if several else ""
    write_text(f"{number}. {ends}{at}", hanging=3)
    when = _("current") if link.current else _("past")
    write_text(f"{_(KINDS[link.kind])}, {when}, {link.words} ({number_text(link.strength, 3)})", indent=3, hanging=2)
    if link.path is None:
        write_text(link.text, indent=3, hanging=2)
    for tie in link.path.ties if link.path else ():
        names = {each.id: each.name for each in link.path.people} if link.path else {}
        write_text(f"{names[tie.from_]} – {names[tie.to]} ({number_text(tie.strength, 2)})", indent=5, hanging=2)
        for reason in tie.reasons:
            sources = ", ".join(f"{row.file}:{row.line}" for row in reason.sources)
            write_text(f"{reason.text}  [{sources}]" if sources else reason.text, indent=7, hanging=2)
    for mark in link.marks:
        write_text(f"! {mark.person.name}: {mark.text}", indent=5, hanging=2)


def _write_target(target: BoardTarget) -> None:
    name = target.organisation.name if target.organisation else target.asked
    for link in target.company_links:
        write_text(f"{name}: {link.text}  [{', '.join(f'{row.file}:{row.line}' for row in link.sources)}]", hanging=2)
    shared = [f"{each.entity.name} ({each.links})" for each in target.in_common]
    if shared:
        write_text(_("{target}: the links have in common: {what}").format(target=name, what=", ".join(shared)), hanging=2)
    if target.refused is not None:
        chain = " → ".join(person.name for person in target.refused.people)
        told = f"{_('Refused')}: {chain} ({number_text(target.refused.strength, 3)}): {target.refused.because.text}"
        write_text(told, hanging=2)
    if target.nothing is not None:
        write_text(f"{name}: {target.nothing.text}", hanging=2)
    if target.nearest is not None:
        chain = " → ".join(person.name for person in target.nearest.people)
        write_text(_("Nearest, beyond the limits: {chain} ({strength})").format(
            chain=chain, strength=number_text(target.nearest.strength, 4)), indent=2, hanging=2)  # fmt: skip
    for each in target.would_help:
        write_text(_("It would help to know {name}, who knows {target}").format(name=each.person.name, target=each.target.name),
                   indent=2, hanging=2)  # fmt: skip


def _link_rows(answer: BoardsAnswer) -> tuple[Sequence[str], list[list[str | None]]]:
    headings = ["target", "ours", "theirs", "kind", "strength", "current", "since", "through", "roles", "marks", "source", "why not"]
    rows: list[list[str | None]] = [
        [each.target.name, each.ours.name, each.theirs.name, each.kind, repr(each.strength), "yes" if each.current else "no",
         each.since,
         " > ".join(one.name for one in each.through), ", ".join(each.roles), "; ".join(mark.text for mark in each.marks),
         "" if each.path is None else " | ".join(
             f"{row.file}:{row.line}" for tie in each.path.ties for reason in tie.reasons for row in reason.sources), None]
        for each in answer.links
    ]  # fmt: skip
    rows += [[each.asked, *[None] * 10, each.nothing.text] for each in answer.targets if each.nothing is not None]
    return headings, rows


def _interlock_rows(answer: BoardsAnswer) -> tuple[Sequence[str], list[list[str | None]]]:
    headings = ["organisation", "id", "members", "current", "person", "role here", "role there", "both now", "source"]
    return headings, [
        [each.organisation.name, each.organisation.id, str(each.members), str(each.current), one.person.name, one.here.role,
         one.there.role, "yes" if one.current else "no",
         " | ".join(f"{row.file}:{row.line}" for row in (*one.here.sources, *one.there.sources))]
        for each in answer.interlocks for one in each.people
    ]  # fmt: skip
