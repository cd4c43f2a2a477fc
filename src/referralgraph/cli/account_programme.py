"""The relationship programme of an account: who looks after whom, and the plans."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from referralgraph.cli.account_options import AccountArgument, AtOption
from referralgraph.cli.groups import Answered
from referralgraph.cli.options import AsOfOption, ByOption, ViewerOption, as_day
from referralgraph.errors import UsageError


def matrix(
    asked: Answered,
    name: AccountArgument,
    lead: Annotated[list[str] | None, typer.Option("--lead", metavar="PERSON=COLLEAGUE", help="Enter ***: he leads.")] = None,
    may: Annotated[list[str] | None, typer.Option("--may", metavar="PERSON=COLLEAGUE", help="Enter *: he may.")] = None,
    should_not: Annotated[list[str] | None, typer.Option("--not", metavar="PERSON=COLLEAGUE", help="Enter -: he should not.")] = None,
    empty: Annotated[list[str] | None, typer.Option("--empty", metavar="PERSON=COLLEAGUE", help="Take a cell out.")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Enter the proposed matrix as it is.")] = False,
    by: ByOption = None,
    at: AtOption = None,
    as_of: AsOfOption = None,
    viewer: ViewerOption = None,
) -> None:
    """Show who of us looks after whom: as entered, what is wrong with it, and the best matrix; or enter cells."""
    from referralgraph.render.account_text import write_matrix

    with asked.graph(viewer) as graph:
        entered = [
            (*_pair(each), word)
            for word, given in (("lead", lead), ("may", may), ("not", should_not), (None, empty))
            for each in given or []
        ]
        if accept:
            proposed = graph.accounts.matrix(name).proposed
            entered += [(row.stakeholder, cell.colleague, cell.cell) for row in proposed for cell in row.cells]
        if entered:
            graph.accounts.desk(by, as_day(at)).cells(name, entered)
        write_matrix(asked.form, graph.accounts.matrix(name, as_of=as_day(as_of)))


def plan(
    asked: Answered,
    name: AccountArgument,
    add_to: Annotated[
        str | None, typer.Option("--add", metavar="PLAN", help="Add a line to the relationship, marketing or activity plan.")
    ] = None,
    change: Annotated[str | None, typer.Option("--change", metavar="ID", help="Change the line of this id.")] = None,
    stakeholder: Annotated[str | None, typer.Option("--with", metavar="PERSON", help="The stakeholder it is about.")] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="DATE", help="When: YYYY-MM-DD.")] = None,
    status: Annotated[str | None, typer.Option("--status", metavar="STATUS", help="open, done, cancelled, or removed.")] = None,
    result: Annotated[str | None, typer.Option("--result", metavar="TEXT", help="What came of it (marketing, activity).")] = None,
    contact: Annotated[str | None, typer.Option("--contact", metavar="NAME", help="Who of us (relationship).")] = None,
    occasion: Annotated[str | None, typer.Option("--occasion", metavar="TEXT", help="On which occasion (relationship).")] = None,
    message: Annotated[str | None, typer.Option("--message", metavar="TEXT", help="Key message (relationship).")] = None,
    questions: Annotated[str | None, typer.Option("--questions", metavar="TEXT", help="What to ask (relationship).")] = None,
    avoid: Annotated[str | None, typer.Option("--avoid", metavar="TEXT", help="What not to touch (relationship).")] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="event, material or ad_hoc (marketing).")] = None,
    content: Annotated[str | None, typer.Option("--content", metavar="TEXT", help="What (marketing).")] = None,
    recipient: Annotated[str | None, typer.Option("--recipient", metavar="TEXT", help="For whom (marketing).")] = None,
    sender: Annotated[str | None, typer.Option("--sender", metavar="NAME", help="Who of us sends it (marketing).")] = None,
    topic: Annotated[str | None, typer.Option("--topic", metavar="TEXT", help="What about (activity).")] = None,
    responsible: Annotated[str | None, typer.Option("--responsible", metavar="NAME", help="Who of us does it (activity).")] = None,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Enter the lines of a sheet: .csv or .xlsx, as --to writes it.")
    ] = None,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Write the plans: .csv, .xlsx or .ics (calendar).")] = None,
    by: ByOption = None,
    as_of: AsOfOption = None,
    viewer: ViewerOption = None,
) -> None:
    """Show relationship plan, marketing plan and activity plan, with what is overdue; or enter a line of one."""
    from referralgraph.render.account_text import write_import, write_plan

    if add_to and change:
        raise UsageError("--add or --change, not both")
    fields = {
        "date": date,
        "status": status,
        "result": result,
        "contact": contact,
        "occasion": occasion,
        "message": message,
        "questions": questions,
        "avoid": avoid,
        "kind": kind,
        "content": content,
        "recipient": recipient,
        "sender": sender,
        "topic": topic,
        "responsible": responsible,
    }
    with asked.graph(viewer) as graph:
        if source is not None:
            read = graph.accounts.read_plan(name, source, plan=add_to, by=by)
            write_import(asked.form, read)
            if read.problems:
                raise typer.Exit(4)
            return
        if add_to or change:
            graph.accounts.desk(by).plan(name, add_to, fields, item=change, stakeholder=stakeholder)
        elif stakeholder or any(each is not None for each in fields.values()):
            raise UsageError("say --add PLAN to enter a line, or --change ID to change one")
        answer = graph.accounts.plan(name, as_of=as_day(as_of))
        if to is not None:
            from referralgraph.render.account_sheet import write_plan_file

            write_plan_file(answer, to)
            typer.echo(f"referralgraph: plans written to {to}", err=True)
        write_plan(asked.form, answer)


def _pair(text: str) -> tuple[str, str]:
    person, sign, colleague = text.rpartition("=")
    if not sign or not person.strip() or not colleague.strip():
        raise UsageError(f'{text!r}: write PERSON=COLLEAGUE, as in "CEO=Mara Wiesentau"')
    return person.strip(), colleague.strip()
