"""The command `outcome`: what came of asking, and what to make of it."""

from __future__ import annotations

from typing import Annotated

import typer

from referralgraph.cli.account_options import AtOption, ByOption
from referralgraph.cli.options import (
    AsOfOption,
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

outcome = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Enter what came of asking for introductions, and see how often it helped."
)


@outcome.command("add")
def add(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="asked, granted, refused, met, business, or strangers: they don't know each other.")
    ],
    introducer: Annotated[str, typer.Argument(metavar="INTRODUCER", help="Who was asked.")],
    target: Annotated[str, typer.Argument(metavar="ABOUT", help="About whom.")],
    at: AtOption = None,
    by: ByOption = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="A sentence.")] = None,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Enter what came of asking somebody about somebody; it counts at once."""
    graph = open_graph(context, workspace, store, by)
    typer.echo(graph.enter_outcome(what, introducer, target, at=as_day(at), note=note, by=by))


@outcome.command("list")
def show(
    context: typer.Context,
    output: FormatOption = OutputFormat.table,
    html: HtmlOption = None,
    as_of: AsOfOption = None,
    viewer: ViewerOption = None,
    language: LanguageOption = None,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """List outcomes, the load of introducers, and success rates against what the strengths promised."""
    from referralgraph.render.outcome import write_outcomes, write_outcomes_page

    graph = open_graph(context, workspace, store, viewer)
    with speaking(graph, language):
        answer = graph.outcomes(as_of=as_day(as_of))
        write_outcomes(output.value, answer)
        if html is not None:
            write_outcomes_page(answer, html, made=today())
            typer.echo(f"referralgraph: page written to {html}", err=True)


@outcome.command("undo")
def undo(
    context: typer.Context,
    judgement: Annotated[str, typer.Argument(metavar="ID", help="Id of the outcome, or of an undo, which brings it back.")],
    by: ByOption = None,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Take an outcome back."""
    graph = open_graph(context, workspace, store, by)
    typer.echo(graph.undo_outcome(judgement, by=by))
