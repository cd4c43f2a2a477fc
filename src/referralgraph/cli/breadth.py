"""The command breadth."""

from __future__ import annotations

from typing import Annotated

import typer

from referralgraph.cli.options import (
    AsOfOption,
    CurrentOnlyOption,
    FormatOption,
    HtmlOption,
    LanguageOption,
    OutputFormat,
    StoreOption,
    ViewerOption,
    WorkspaceOption,
    as_day,
    open_graph,
    speaking,
    today,
)


def breadth(
    context: typer.Context,
    organisations: Annotated[list[str], typer.Argument(metavar="ORG", help="Organisations, or files of them.")],
    current_only: CurrentOnlyOption = False,
    output: FormatOption = OutputFormat.table,
    html: HtmlOption = None,
    as_of: AsOfOption = None,
    viewer: ViewerOption = None,
    language: LanguageOption = None,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Show how broadly companies are connected: their people, whom these know, and where those sit."""
    from referralgraph.render.breadth import write_breadth, write_breadth_page

    graph = open_graph(context, workspace, store, viewer)
    with speaking(graph, language):
        answer = graph.breadth(organisations, current_only=current_only, as_of=as_day(as_of))
        write_breadth(output.value, answer)
        if html is not None:
            write_breadth_page(answer, html, made=today())
            typer.echo(f"referralgraph: page written to {html}", err=True)
