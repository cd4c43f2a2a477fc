"""The command that decides who is who: pairs side by side, yes or no, from and to a spreadsheet, and back again."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from referralgraph.cli.groups import Answered
from referralgraph.cli.options import OutputFormat, ViewerOption
from referralgraph.errors import NotFound, UsageError

if TYPE_CHECKING:
    from referralgraph.answers import ReviewPair
    from referralgraph.questions.graph import ReferralGraph


def review(
    asked: Answered,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=5000, help="How many pairs.")] = 20,
    to_csv: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="Write the pairs as CSV for a spreadsheet, to fill in `decision`.")
    ] = None,
    from_csv: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Take the decisions (yes, no, or nothing) from such a file.")
    ] = None,
    same: Annotated[
        tuple[str, str] | None, typer.Option("--same", metavar="ONE OTHER", help="These two (ids of records or entities) are one.")
    ] = None,
    different: Annotated[
        tuple[str, str] | None, typer.Option("--different", metavar="ONE OTHER", help="These two are not one.")
    ] = None,
    apart: Annotated[
        str | None,
        typer.Option("--apart", metavar="ENTITY", help="Take an entity apart: the records named by --record are another's."),
    ] = None,
    record: Annotated[list[str] | None, typer.Option("--record", metavar="RECORD", help="A record for --apart.")] = None,
    undo: Annotated[
        str | None, typer.Option("--undo", metavar="JUDGEMENT", help="Take a decision back: its id, or `last` for your last one.")
    ] = None,
    judgements: Annotated[bool, typer.Option("--judgements", help="List what was decided, and what contradicts or is gone.")] = False,
    viewer: ViewerOption = None,
) -> None:
    """Decide which records are one person: undecided pairs, those first whose decision would change the most answers."""
    from referralgraph.render.review import write_done, write_judgements, write_review, write_review_csv

    given = [each for each in (to_csv, from_csv, same, different, apart, undo, judgements or None) if each]
    if len(given) > 1:
        raise UsageError("one thing at a time: --export, --import, --same, --different, --apart, --undo or --judgements")
    if record and not apart:
        raise UsageError("--record belongs to --apart ENTITY")
    with asked.graph(viewer) as graph:
        if from_csv:
            write_done(asked.form, graph.review_csv(from_csv))
        elif same or different:
            one, other = same or different or ("", "")
            write_done(asked.form, graph.judge(one, other, same=bool(same)))
        elif apart:
            write_done(asked.form, graph.take_apart(apart, record or []))
        elif undo:
            write_done(asked.form, graph.undo_identity(None if undo == "last" else undo))
        elif judgements:
            write_judgements(asked.form, graph.review(limit=1))
        elif to_csv:
            answer = graph.review(limit=limit)
            with to_csv.open("w", encoding="utf-8-sig", newline="") as stream:
                write_review_csv(csv.writer(stream), answer)
            typer.echo(f"referralgraph: {len(answer.pairs)} pairs written to {to_csv}", err=True)
        elif asked.output is OutputFormat.table:
            _ask(graph, limit)
        else:
            write_review(asked.form, graph.review(limit=limit))


def _ask(graph: ReferralGraph, limit: int) -> None:
    """Show pair after pair and take the decision of each; the end of the input ends it."""
    from referralgraph.language import gettext as _
    from referralgraph.render.review import write_pair

    answer = graph.review(limit=limit)
    if not answer.pairs:
        typer.echo(_("no pair waits for a decision"))
        return
    made: list[str] = []
    at = 0
    while at < len(answer.pairs):
        pair: ReviewPair = answer.pairs[at]
        write_pair(pair, at + 1, len(answer.pairs))
        typer.echo(_("one and the same? [y]es  [n]o  [s]kip  [u]ndo  [q]uit: "), nl=False, err=True)
        try:
            word = input().strip().lower()
        except EOFError:
            typer.echo("", err=True)
            break
        if word in {"q", "quit"}:
            break
        if word in {"u", "undo"}:
            at = _undo(graph, made, at)
            continue
        if word in {"y", "yes", "j", "ja", "ya", "n", "no", "nein", "tidak"}:
            done = graph.judge(pair.one.record_id, pair.other.record_id, same=word[0] in "yj")
            for problem in done.problems:
                typer.echo(f"referralgraph: {problem.text}", err=True)
            made.append(done.judgements[0])
        elif word not in {"s", "skip", ""}:
            typer.echo(_("y, n, s, u or q"), err=True)
            continue
        else:
            made.append("")
        at += 1
    decided = sum(bool(each) for each in made)
    typer.echo(_("{count} decided; questions obey at once, what is derived follows at the next build").format(count=decided))


def _undo(graph: ReferralGraph, made: list[str], at: int) -> int:
    if not made:
        typer.echo("referralgraph: nothing to undo in this session; `--undo last` takes back an earlier decision", err=True)
        return at
    last = made.pop()
    if last:
        try:
            graph.undo_identity(last)
        except NotFound as error:
            typer.echo(f"referralgraph: {error}", err=True)
    return at - 1
