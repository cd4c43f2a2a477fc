"""Commands of the credit team: risk, ownership, portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

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
)
from referralgraph.errors import UsageError

if TYPE_CHECKING:
    from referralgraph.questions.graph import ReferralGraph


def risk(
    context: typer.Context,
    entities: Annotated[
        list[str], typer.Argument(metavar="ENTITY...", help="Companies or owners; or `withdraw EVENT`, `undo JUDGEMENT`.")
    ],
    because: Annotated[
        str | None, typer.Option("--because", metavar="TEXT", help="With withdraw: why the event doesn't count.")
    ] = None,
    output: FormatOption = OutputFormat.table,
    html: HtmlOption = None,
    as_of: AsOfOption = None,
    viewer: ViewerOption = None,
    language: LanguageOption = None,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Say whether companies sit in a bad neighbourhood, because of exactly which links, and what would clear it."""
    from referralgraph.render.output import write_told
    from referralgraph.render.risk_text import HEADINGS, risk_rows, risk_text

    graph = open_graph(context, workspace, store, viewer)
    if entities[0] in {"withdraw", "undo"}:
        _judge(graph, entities, because, viewer)
        return
    if because is not None:
        raise UsageError("--because belongs to `risk withdraw EVENT`")
    with speaking(graph, language):
        answer = graph.risk(entities, as_of=as_day(as_of))
        write_told(output.value, answer, answer.coverage, HEADINGS, risk_rows(answer), risk_text(answer))


def _judge(graph: ReferralGraph, words: list[str], because: str | None, viewer: str | None) -> None:
    if len(words) != 2:
        raise UsageError(f"name one {'event' if words[0] == 'withdraw' else 'judgement'}: referralgraph risk {words[0]} ID")
    if words[0] == "withdraw":
        judgement = graph.withdraw_event(words[1], because=because, viewer=viewer)
        typer.echo(f"{judgement}: event {words[1]} is withdrawn; take it back with `referralgraph risk undo {judgement}`")
    else:
        typer.echo(f"{graph.undo(words[1], by=viewer).judgements[0]}: judgement {words[1]} is taken back")
