"""The command of the board member: boards."""

from __future__ import annotations

from typing import Annotated

import typer

from referralgraph.cli.options import (
    AsOfOption,
    AvoidOption,
    ConflictsOption,
    CurrentOnlyOption,
    FormatOption,
    HtmlOption,
    LanguageOption,
    MaxTiesOption,
    MinStrengthOption,
    OutputFormat,
    StoreOption,
    TimeoutOption,
    ViewerOption,
    WorkspaceOption,
    as_day,
    open_graph,
    speaking,
    today,
)
from referralgraph.errors import UsageError


def boards(
    context: typer.Context,
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
    max_ties: MaxTiesOption = 4,
    min_strength: MinStrengthOption = 0.01,
    current_only: CurrentOnlyOption = False,
    avoid: AvoidOption = None,
    conflicts: ConflictsOption = None,
    output: FormatOption = OutputFormat.table,
    html: HtmlOption = None,
    as_of: AsOfOption = None,
    viewer: ViewerOption = None,
    timeout: TimeoutOption = None,
    language: LanguageOption = None,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Show how our boards are tied to theirs: whom of ours to ask about whom of theirs."""
    from referralgraph.render.board_page import PICTURED, write_boards_page, write_evidence_page
    from referralgraph.render.board_text import write_boards
    from referralgraph.render.output import write_paths

    if pair is not None and targets:
        raise UsageError("--pair asks about two people; leave out --to or --pair")
    graph = open_graph(context, workspace, store, viewer)
    with speaking(graph, language):
        if pair is not None:
            sheet = graph.path(
                [pair[0]], [pair[1]], k=k, max_ties=max_ties, min_strength=min_strength, current_only=current_only,
                avoid=avoid or [], as_of=as_day(as_of), timeout=timeout)  # fmt: skip
            write_paths(output.value, sheet)
            if html is not None:
                names = [graph.context.entity(each, viewer=graph.viewer).name for each in pair]
                write_evidence_page(sheet, html, names[0], names[1], made=today())
        else:
            answer = graph.boards(
                ours, targets or [], k=k, max_ties=max_ties, min_strength=min_strength, current_only=current_only,
                avoid=avoid or [], conflicts=conflicts, as_of=as_day(as_of), timeout=timeout)  # fmt: skip
            write_boards(output.value, answer)
            if html is not None:
                lit = answer.strongest(PICTURED)
                write_boards_page(answer, html, made=today(), network=graph.path_network(lit) if lit.paths else None)
    if html is not None:
        typer.echo(f"referralgraph: page written to {html}", err=True)
