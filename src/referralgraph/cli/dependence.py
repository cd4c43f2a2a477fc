"""The command of the account team: dependence."""

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


def dependence(
    context: typer.Context,
    targets: Annotated[
        list[str], typer.Option("--to", metavar="TARGET", help="Accounts or targets: companies, people, or a file of them.")
    ],
    sources: Annotated[list[str] | None, typer.Argument(metavar="FROM", help="Who of us; my team and me by default.")] = None,
    introducers: Annotated[
        int, typer.Option("--introducers", metavar="N", min=0, help="So many of the most used introducers, besides our own people.")
    ] = 100,
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
    """Show what we lose when someone leaves: targets out of reach or below half, and who could take over."""
    from referralgraph.render.dependence import write_dependence, write_dependence_page

    graph = open_graph(context, workspace, store, viewer)
    with speaking(graph, language):
        answer = graph.dependence(
            targets, sources=sources or [], introducers=introducers, max_ties=max_ties, min_strength=min_strength,
            current_only=current_only, avoid=avoid or [], conflicts=conflicts, as_of=as_day(as_of), timeout=timeout)  # fmt: skip
        write_dependence(output.value, answer)
        if html is not None:
            write_dependence_page(answer, html, made=today())
            typer.echo(f"referralgraph: page written to {html}", err=True)
