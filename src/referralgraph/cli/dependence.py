"""The command of the account team: dependence."""

from __future__ import annotations

from typing import Annotated

import typer

from referralgraph.cli.groups import PathFilters, TimedQuestion
from referralgraph.cli.options import today


def dependence(
    asked: TimedQuestion,
    filters: PathFilters,
    targets: Annotated[
        list[str], typer.Option("--to", metavar="TARGET", help="Accounts or targets: companies, people, or a file of them.")
    ],
    sources: Annotated[list[str] | None, typer.Argument(metavar="FROM", help="Who of us; my team and me by default.")] = None,
    introducers: Annotated[
        int, typer.Option("--introducers", metavar="N", min=0, help="So many of the most used introducers, besides our own people.")
    ] = 100,
) -> None:
    """Show what we lose when someone leaves: targets out of reach or below half, and who could take over."""
    from referralgraph.render.dependence import write_dependence, write_dependence_page

    with asked.graph() as graph:
        answer = graph.dependence(
            targets, sources=sources or [], introducers=introducers, as_of=asked.day, timeout=asked.timeout, **filters.keywords())
        asked.page(lambda file: write_dependence_page(answer, file, made=today()))
        write_dependence(asked.form, answer)
