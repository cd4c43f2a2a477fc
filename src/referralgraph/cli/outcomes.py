"""The command `outcome`: what came of asking, and what to make of it."""

from __future__ import annotations

from typing import Annotated

import typer

from referralgraph.cli.account_options import AtOption
from referralgraph.cli.groups import Question, Stored, spread
from referralgraph.cli.options import ByOption, as_day, today

outcome = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Enter what came of asking for introductions, and see how often it helped."
)


@outcome.command("add")
@spread
def add(
    stored: Stored,
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="asked, granted, refused, met, business, or strangers: they don't know each other.")
    ],
    introducer: Annotated[str, typer.Argument(metavar="INTRODUCER", help="Who was asked.")],
    target: Annotated[str, typer.Argument(metavar="ABOUT", help="About whom.")],
    at: AtOption = None,
    by: ByOption = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="A sentence.")] = None,
) -> None:
    """Enter what came of asking somebody about somebody; it counts at once."""
    graph = stored.open(by)
    typer.echo(graph.enter_outcome(what, introducer, target, at=as_day(at), note=note, by=by))


@outcome.command("list")
@spread
def show(asked: Question) -> None:
    """List outcomes, the load of introducers, and success rates against what the strengths promised."""
    from referralgraph.render.outcome import write_outcomes, write_outcomes_page

    with asked.graph() as graph:
        answer = graph.outcomes(as_of=asked.day)
        asked.page(lambda file: write_outcomes_page(answer, file, made=today()))
        write_outcomes(asked.form, answer)


@outcome.command("undo")
@spread
def undo(
    stored: Stored,
    judgement: Annotated[str, typer.Argument(metavar="ID", help="Id of the outcome, or of an undo, which brings it back.")],
    by: ByOption = None,
) -> None:
    """Take an outcome back."""
    graph = stored.open(by)
    typer.echo(graph.undo_outcome(judgement, by=by))
