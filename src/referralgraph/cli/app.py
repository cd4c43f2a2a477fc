"""The commands and what their --help says; whatever is heavy is imported only inside them."""

from __future__ import annotations

from pathlib import Path
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
from referralgraph.cli.options import Place

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
    workspace: Annotated[
        Path | None,
        typer.Option(
            "--workspace",
            envvar="REFERRALGRAPH_WORKSPACE",
            metavar="DIR",
            help="The workspace folder; .referralgraph in this folder by default.",
        ),
    ] = None,
    store: Annotated[
        str | None,
        typer.Option(
            "--store",
            envvar="REFERRALGRAPH_STORE",
            metavar="URI",
            help="The store: embedded in the workspace by default.",
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    context.obj = Place(workspace, store)


app.command("demo")(data.demo)
app.command("sources")(data.sources)
app.command("load")(data.load)
app.command("build")(data.build)
app.command("status")(data.status)
app.command("find")(questions.find)
app.command("show")(questions.show)
app.command("path")(questions.path)
app.command("network")(questions.network)
app.command("boards")(boards.boards)
app.add_typer(accounts.account, name="account")
app.command("assess")(assessments.assess)
app.command("veto")(assessments.veto)
app.command("breadth")(breadth.breadth)
app.command("dependence")(dependence.dependence)
app.add_typer(outcomes.outcome, name="outcome")
app.command("multipliers")(multipliers.multipliers)
app.command("risk")(risk.risk)
app.command("ownership")(risk.ownership)
app.command("portfolio")(risk.portfolio)
app.command("review")(review.review)
app.command("export")(export.export)
app.command("server")(server.server)
app.command("schema")(export.schema)
