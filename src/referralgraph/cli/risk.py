"""Commands of the credit team: risk, ownership, portfolio."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from referralgraph.cli.groups import Question
from referralgraph.cli.options import as_day, today
from referralgraph.errors import UsageError

if TYPE_CHECKING:
    from referralgraph.questions.graph import ReferralGraph


def risk(
    asked: Question,
    entities: Annotated[
        list[str],
        typer.Argument(metavar="ENTITY...", help="Companies or owners; or `fit`, `withdraw EVENT`, `undo JUDGEMENT`."),
    ],
    outcomes: Annotated[
        Path | None, typer.Option("--outcomes", metavar="FILE", help="With fit: companies and the day of what happened to each.")
    ] = None,
    to: Annotated[Path | None, typer.Option("--to", metavar="MODEL", help="With fit: where the model is written if it gains.")] = None,
    because: Annotated[
        str | None, typer.Option("--because", metavar="TEXT", help="With withdraw: why the event doesn't count.")
    ] = None,
) -> None:
    """Say whether companies sit in a bad neighbourhood, because of exactly which links, and what would clear it."""
    from referralgraph.render.credit_pages import write_risk_page
    from referralgraph.render.output import write_told
    from referralgraph.render.risk_text import HEADINGS, risk_rows, risk_text

    word = entities[0]
    for option, given, belongs in (("--outcomes", outcomes, "fit"), ("--to", to, "fit"), ("--because", because, "withdraw")):
        if given is not None and word != belongs:
            raise UsageError(f"{option} belongs to `risk {belongs}`")
    if word == "fit" and (outcomes is None or len(entities) > 1):
        raise UsageError("a model is fitted by: referralgraph risk fit --outcomes FILE --to MODEL")
    with asked.graph() as graph:
        if word in {"withdraw", "undo"}:
            _judge(graph, entities, because, asked.viewer)
            return
        if outcomes is not None:
            _fit(graph, asked.form, outcomes, to)
            return
        answer = graph.risk(entities, as_of=asked.day)
        asked.page(lambda file: write_risk_page(answer, file, made=today()))
        write_told(asked.form, answer, answer.coverage, HEADINGS, risk_rows(answer), risk_text(answer))


def ownership(
    asked: Question,
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="A company: who owns it. A person: what he owns.")],
) -> None:
    """Say who ultimately owns a company through chains and cycles, who controls it, and what is unknown."""
    from referralgraph.render.credit_pages import write_ownership_page
    from referralgraph.render.output import write_told
    from referralgraph.render.ownership_text import HEADINGS, ownership_rows, ownership_text

    with asked.graph() as graph:
        answer = graph.ownership(entity, as_of=asked.day)
        asked.page(lambda file: write_ownership_page(answer, file, made=today()))
        write_told(asked.form, answer, answer.coverage, HEADINGS, ownership_rows(answer), ownership_text(answer))


def portfolio(
    asked: Question,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="Customers: a table (id, register number, name, city, exposure), or one a line."),
    ],
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Also tell what has changed since this day: YYYY-MM-DD.")
    ] = None,
) -> None:
    """Rank customers by their neighbourhoods, tell what has changed, and which of them belong together."""
    from referralgraph.render.credit_pages import write_portfolio_page
    from referralgraph.render.output import write_told
    from referralgraph.render.portfolio_text import HEADINGS, portfolio_rows, portfolio_text

    with asked.graph() as graph:
        answer = graph.portfolio(file, since=as_day(since), as_of=asked.day)
        asked.page(lambda file: write_portfolio_page(answer, file, made=today()))
        write_told(asked.form, answer, answer.coverage, HEADINGS, portfolio_rows(answer), portfolio_text(answer))


def _fit(graph: ReferralGraph, form: str, outcomes: Path, to: Path | None) -> None:
    from referralgraph.render.output import write_told
    from referralgraph.render.portfolio_text import FIT_HEADINGS, fit_rows, fit_text

    answer = graph.risk_fit(outcomes, to)
    write_told(form, answer, answer.coverage, FIT_HEADINGS, fit_rows(answer), fit_text(answer))


def _judge(graph: ReferralGraph, words: list[str], because: str | None, viewer: str | None) -> None:
    if len(words) != 2:
        raise UsageError(f"name one {'event' if words[0] == 'withdraw' else 'judgement'}: referralgraph risk {words[0]} ID")
    if words[0] == "withdraw":
        judgement = graph.withdraw_event(words[1], because=because, viewer=viewer)
        typer.echo(f"{judgement}: event {words[1]} is withdrawn; take it back with `referralgraph risk undo {judgement}`")
    else:
        typer.echo(f"{graph.undo(words[1], by=viewer).judgements[0]}: judgement {words[1]} is taken back")
