"""The command of the board member: boards."""

from __future__ import annotations

from typing import Annotated

import typer

from referralgraph.cli.groups import PathFilters, TimedQuestion
from referralgraph.cli.options import today
from referralgraph.errors import UsageError


def boards(
    asked: TimedQuestion,
    filters: PathFilters,
    ours: Annotated[list[str], typer.Argument(metavar="OURS", help="One or several of our organisations.")],
    targets: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="TARGET", help="A company, or a file of them; left out: all others by common members."),
    ] = None,
    pair: Annotated[
        tuple[str, str] | None,
        typer.Option("--pair", metavar="HER HIM", help="Only these two, with every source line: for the conversation."),
    ] = None,
    k: Annotated[int, typer.Option("-k", metavar="K", min=1, help="How many links a target.")] = 5,
) -> None:
    """Show how our boards are tied to theirs: whom of ours to ask about whom of theirs."""
    from referralgraph.render.board_page import PICTURED, write_boards_page, write_evidence_page
    from referralgraph.render.board_text import write_boards
    from referralgraph.render.output import write_paths

    if pair is not None and targets:
        raise UsageError("--pair asks about two people; leave out --to or --pair")
    with asked.graph() as graph:
        if pair is not None:
            sheet = graph.path(
                [pair[0]], [pair[1]], k=k, as_of=asked.day, timeout=asked.timeout, **filters.keywords())
            names = [graph.context.entity(each, viewer=graph.viewer).name for each in pair]
            asked.page(lambda file: write_evidence_page(sheet, file, names[0], names[1], made=today()))
            write_paths(asked.form, sheet)
        else:
            answer = graph.boards(
                ours, targets or [], k=k, as_of=asked.day, timeout=asked.timeout, **filters.keywords())
            lit = answer.strongest(PICTURED)
            asked.page(lambda file: write_boards_page(
                answer, file, made=today(), network=graph.path_network(lit) if lit.paths else None))
            write_boards(asked.form, answer)
