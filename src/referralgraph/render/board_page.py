"""The pages of boards: the matrix with whom to ask about whom, and the evidence sheet of one pair."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from referralgraph.answers import NetworkAnswer, PathAnswer
from referralgraph.answers.boards import BoardsAnswer, BoardTarget
from referralgraph.language import gettext as _
from referralgraph.language import in_words, number_text
from referralgraph.render.board_text import KINDS
from referralgraph.render.charts import Bar, Cell, bars, heat_map
from referralgraph.render.network_picture import network_picture
from referralgraph.render.possible import possible_texts
from referralgraph.render.report import write_report

if TYPE_CHECKING:
    from markupsafe import Markup

PICTURED = 6
"""Links that are drawn: more than that cross each other."""
MANY = 3
"""Targets from which the page begins with all of them at a glance, and the rest is unfolded where somebody wants it."""
_BARS, _ROWS = 25, 30
_WIDE = 40  # members of a target beyond these make the picture unreadable; the list has them all


def write_boards_page(
    answer: BoardsAnswer, path: Path, *, made: date | None = None, network: NetworkAnswer | None = None
) -> None:
    """Write the page of boards: a matrix for each target, then whom of ours to ask about whom of theirs.

    :param path: the file; it is replaced.
    :param made: day on which the page is made, shown in its header.
    :param network: the strongest links with the bodies between them, lit; drawn below the matrices.
    """
    ours = ", ".join(each.name for each in answer.ours)
    title = _("Board to board: {ours}").format(ours=ours)
    if len(answer.targets) == 1 and answer.targets[0].organisation:
        title = _("Board to board: {ours} and {theirs}").format(ours=ours, theirs=answer.targets[0].organisation.name)
    elif not answer.targets:
        title = _("Interlocks of {ours}").format(ours=ours)
    places = {(each.target.id, each.ours.id, each.theirs.id): number for number, each in enumerate(answer.links, 1)}
    notes = [*possible_texts(answer), *(each.text for each in answer.unknown)]
    if not answer.complete:
        notes.append(_("Time ran out: stronger links may be missing."))
    write_report(
        path, "boards.html", title=title, question=answer.question, revision=answer.revision, coverage=answer.coverage, made=made,
        notes=notes, answer=answer, kinds={key: _(words) for key, words in KINDS.items()},
        matrices=[(each, _matrix(answer, each, places)) for each in answer.targets], overview=_overview(answer),
        many=len(answer.targets) >= MANY,
        picture=network_picture(
            network, title=_("The strongest links"), roots=[each.ours.id for each in answer.links if each.path][:PICTURED])
        if network is not None else None,
        chart=_interlock_chart(answer) if answer.interlocks else None,
    )  # fmt: skip


def _overview(answer: BoardsAnswer) -> list[Markup]:
    """Return all targets by our members, the best introduction of each into the whole board; the best targets first."""
    best: dict[int, dict[str, float]] = {}
    for place, target in enumerate(answer.targets):
        for cell in target.cells:
            known = best.setdefault(place, {})
            known[cell.ours] = max(cell.strength, known.get(cell.ours, 0.0))
    if len(answer.targets) < MANY or not best:
        return []
    order = sorted(best, key=lambda place: (-max(best[place].values()), place))
    pages = []
    for start in range(0, len(order), _ROWS):
        rows = order[start : start + _ROWS]
        cells = [
            [Cell(best[row][each.person.id], link=f"#target-{row + 1}") if each.person.id in best[row] else None
             for each in answer.members]
            for row in rows
        ]  # fmt: skip
        refs = [answer.targets[row].organisation for row in rows]
        pages.append(heat_map(
            [each.name if each else "" for each in refs], [each.person.name for each in answer.members], cells,
            title=_("All targets at a glance"),
            description=_("Rows are the targets, columns our members; the figure is the strength of the member's best introduction "
                          "into that board, 0 to 1."), legend=(_("faint"), _("strong"))))  # fmt: skip
    return pages


def _matrix(answer: BoardsAnswer, target: BoardTarget, places: dict[tuple[str, str, str], int]) -> Markup | None:
    if not target.cells or target.organisation is None or len(target.members) > _WIDE:
        return None
    known = {(cell.ours, cell.theirs): cell for cell in target.cells}
    marked = {member.person.id for member in target.members if member.marks}
    cells: list[list[Cell | None]] = []
    for ours in answer.members:
        row: list[Cell | None] = []
        for theirs in target.members:
            cell = known.get((ours.person.id, theirs.person.id))
            if cell is None:
                row.append(None)
                continue
            place = places.get((target.organisation.id, cell.ours, cell.theirs))
            row.append(Cell(
                cell.strength, hint=_(KINDS[cell.kind]), link=f"#link-{place}" if place else "",
                mark="!" if theirs.person.id in marked or ours.marks else ""))  # fmt: skip
        cells.append(row)
    return heat_map(
        [each.person.name for each in answer.members], [each.person.name for each in target.members], cells,
        title=_("Our board by that of {target}").format(target=target.organisation.name),
        description=_("Rows are our members, columns theirs; the figure is the strength of the best introduction, 0 to 1."),
        legend=(_("faint"), _("strong")),
    )  # fmt: skip


def _interlock_chart(answer: BoardsAnswer) -> Markup:
    return bars(
        [
            Bar(each.organisation.name, each.members, text=f"{number_text(each.members)} ({number_text(each.current)})",
                tone=1 if each.marks else 0, hint=", ".join(one.person.name for one in each.people[:8]))
            for each in answer.interlocks[:_BARS]
        ],
        title=_("Members in common"), axis=_("people who sit or sat in both; in brackets: those who are in both now"),
    )  # fmt: skip


def write_evidence_page(answer: PathAnswer, path: Path, ours: str, theirs: str, *, made: date | None = None) -> None:
    """Write the evidence sheet of one pair: every chain between them with every reason and source line.

    :param answer: the introductions from one of our members to one of theirs.
    :param ours: name of our member.
    :param theirs: name of theirs.
    """
    title = _("What ties {ours} to {theirs}").format(ours=ours, theirs=theirs)
    write_report(
        path, "evidence.html", title=title, question=answer.question, revision=answer.revision, coverage=answer.coverage, made=made,
        subtitle=_("Evidence for the conversation"), answer=answer, in_words=in_words,
        notes=possible_texts(answer),
    )  # fmt: skip
