"""The command breadth."""

from __future__ import annotations

from typing import Annotated

import typer

from referralgraph.cli.groups import Question
from referralgraph.cli.options import CurrentOnlyOption, today


def breadth(
    asked: Question,
    organisations: Annotated[list[str], typer.Argument(metavar="ORG", help="Organisations, or files of them.")],
    current_only: CurrentOnlyOption = False,
) -> None:
    """Show how broadly companies are connected: their people, whom these know, and where those sit."""
    from referralgraph.render.breadth import write_breadth, write_breadth_page

    with asked.graph() as graph:
        answer = graph.breadth(organisations, current_only=current_only, as_of=asked.day)
        asked.page(lambda file: write_breadth_page(answer, file, made=today()))
        write_breadth(asked.form, answer)
