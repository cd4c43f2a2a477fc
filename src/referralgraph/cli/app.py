"""The commands and what their --help says; whatever is heavy is imported only inside them."""

from __future__ import annotations

from typing import Annotated

import typer

from referralgraph import __version__
from referralgraph.cli import (
    accounts,
    assessments,
    boards,
    breadth,
    data,
    dependence,
    export,
    multipliers,
    outcomes,
    questions,
    review,
    risk,
    server,
)
from referralgraph.cli.groups import spread
from referralgraph.cli.options import Place, StoreOption, WorkspaceOption

app = typer.Typer(
    name="referralgraph",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Who can introduce me, and why: introduction paths from public registers and your own contacts.",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"referralgraph {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    context.obj = Place(workspace, store)


app.command("demo")(spread(data.demo))
app.command("sources")(spread(data.sources))
app.command("load")(spread(data.load))
app.command("build")(spread(data.build))
app.command("status")(spread(data.status))
app.command("find")(spread(questions.find))
app.command("show")(spread(questions.show))
app.command("path")(spread(questions.path))
app.command("network")(spread(questions.network))
app.command("boards")(spread(boards.boards))
app.add_typer(accounts.account, name="account")
app.command("assess")(spread(assessments.assess))
app.command("veto")(spread(assessments.veto))
app.command("breadth")(spread(breadth.breadth))
app.command("dependence")(spread(dependence.dependence))
app.add_typer(outcomes.outcome, name="outcome")
app.command("multipliers")(spread(multipliers.multipliers))
app.command("risk")(spread(risk.risk))
app.command("ownership")(spread(risk.ownership))
app.command("portfolio")(spread(risk.portfolio))
app.command("review")(spread(review.review))
app.command("export")(spread(export.export))
app.command("server")(spread(server.server))
app.command("schema")(spread(export.schema))
