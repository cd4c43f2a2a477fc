"""The command of the head of sales: multipliers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from referralgraph.cli.groups import Filters, TimedQuestion
from referralgraph.cli.options import today
from referralgraph.errors import UsageError


def multipliers(
    asked: TimedQuestion,
    filters: Filters,
    targets: Annotated[
        list[str] | None, typer.Option("--targets", metavar="FILE", help="Target companies, one name or id a line; or one of them.")
    ] = None,
    profile: Annotated[
        Path | None,
        typer.Option("--profile", metavar="FILE", help="Saved search profiles (TOML): industry, size, place, role, phrases."),
    ] = None,
    sources: Annotated[
        list[str] | None, typer.Option("--from", metavar="NAME", help="Who of us may ask; the whole team by default.")
    ] = None,
    size: Annotated[str, typer.Option("--size", metavar="N..M", help="How many multipliers: 5, or 5..10.")] = "5..10",
    known_well: Annotated[
        float, typer.Option("--known-well", metavar="X", min=0, max=1, help="Strength of our own tie to a multiplier, at least.")
    ] = 0.25,
    introducers: Annotated[
        int, typer.Option("--introducers", metavar="N", min=0, max=1, help="1: one more introducer between us and him may stand.")
    ] = 0,
    max_open: Annotated[
        int | None, typer.Option("--max-open", metavar="N", min=1, help="Nobody who has N of our requests open.")
    ] = None,
    shown: Annotated[int, typer.Option("--companies", metavar="N", min=1, help="Companies told for each multiplier.")] = 20,
    briefings: Annotated[
        Path | None, typer.Option("--briefings", metavar="DIR", help="One page for each multiplier, to be handed to him.")
    ] = None,
) -> None:
    """Find the few people who open the most of a target list, and whom one of us knows well."""
    from referralgraph.render.multiplier_page import write_briefing, write_multipliers_page
    from referralgraph.render.multiplier_text import write_multipliers

    least, most = _range(size)
    with asked.graph() as graph:
        answer = graph.multipliers(
            targets or [], sources=sources or [], profile=profile, least=least, most=most, known_well=known_well,
            introducers=introducers, max_open=max_open, shown=shown, as_of=asked.day, timeout=asked.timeout, **filters.keywords())
        asked.page(lambda file: write_multipliers_page(answer, file, made=today()))
        if briefings is not None:
            briefings.mkdir(parents=True, exist_ok=True)
            for number, each in enumerate(answer.multipliers, 1):
                write_briefing(answer, each, briefings / f"briefing-{number}.html", made=today())
            typer.echo(f"referralgraph: {len(answer.multipliers)} briefings written to {briefings}", err=True)
        write_multipliers(asked.form, answer)


def _range(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,3})(?:\.\.(\d{1,3}))?", text.strip())
    if not found or not 1 <= int(found[1]) <= int(found[2] or found[1]):
        raise UsageError(f"--size is a number or a range, as 5 or 5..10, not {text!r}")
    return int(found[1]), int(found[2] or found[1])
