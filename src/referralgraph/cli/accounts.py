"""The command `account` and what stands below it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

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

AccountArgument = Annotated[str, typer.Argument(metavar="NAME", help="The account: its name, or that of its organisation.")]
PersonArgument = Annotated[str, typer.Argument(metavar="PERSON", help="An id, a name, NAME, CITY, or his position in the account.")]
ByOption = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who of us says it; me by default.")]
AtOption = Annotated[str | None, typer.Option("--at", metavar="DATE", help="The day of the view, YYYY-MM-DD; now by default.")]
ReasonOption = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why.")]
NewOption = Annotated[bool, typer.Option("--new", help="Nobody of the register: a person of his own in this account.")]
CityOption = Annotated[str | None, typer.Option("--city", metavar="CITY", help="With --new: tells namesakes apart.")]


class AccountGroup(TyperGroup):
    """`account NAME` shows the account, `account` alone lists all; the words below it are commands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read a first word that is no command as the name of an account."""
        if not args:
            args = ["list"]
        elif args[0] not in self.commands and args[0] != "--help":
            args = ["show", *args]
        return super().parse_args(ctx, args)


account = typer.Typer(
    cls=AccountGroup,
    rich_markup_mode=None,
    help="Show an account: who decides, who is for us, who looks after whom, what is next. `account NAME` is `account show NAME`.",
)


@account.command("show")
def show(
    context: typer.Context,
    name: AccountArgument,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Also who has moved since that day.")] = None,
    policy: Annotated[
        str | None,
        typer.Option("--policy", metavar="POLICY", help="average, best or responsible instead of the setting, for this answer."),
    ] = None,
    output: FormatOption = OutputFormat.table,
    html: HtmlOption = None,
    as_of: AsOfOption = None,
    viewer: ViewerOption = None,
    language: LanguageOption = None,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Show the buying centre of an account: roles, scores, disagreements, open questions, matrix and plans."""
    from referralgraph.render.account_text import write_account

    graph = open_graph(context, workspace, store, viewer)
    with speaking(graph, language):
        answer = graph.account(name, as_of=as_day(as_of), since=as_day(since), policy=policy)
        write_account(output.value, answer)
        if html is not None:
            from referralgraph.render.account_page import write_account_page

            write_account_page(answer, html)
            typer.echo(f"referralgraph: page written to {html}", err=True)


@account.command("list")
def list_all(
    context: typer.Context,
    output: FormatOption = OutputFormat.table,
    as_of: AsOfOption = None,
    language: LanguageOption = None,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """List all accounts."""
    from referralgraph.render.account_text import write_accounts

    graph = open_graph(context, workspace, store, None)
    with speaking(graph, language):
        write_accounts(output.value, graph.accounts.list(as_of=as_day(as_of)))


@account.command("create")
def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the account is called.")],
    organisations: Annotated[
        list[str] | None, typer.Option("--organisation", metavar="ORG", help="One of the customer's organisations; may be repeated.")
    ] = None,
    topic: Annotated[str | None, typer.Option("--topic", metavar="TEXT", help="What is being sold.")] = None,
    responsible: Annotated[
        str | None, typer.Option("--responsible", metavar="NAME", help="Who of us is responsible where no lead is entered.")
    ] = None,
    by: ByOption = None,
    output: FormatOption = OutputFormat.table,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Open an account, or change what is given of one that there is."""
    from referralgraph.render.account_text import write_entered

    graph = open_graph(context, workspace, store, by)
    write_entered(
        output.value, graph.accounts.desk(by).open_account(name, organisations=organisations, topic=topic, responsible=responsible)
    )


@account.command("add")
def add(
    context: typer.Context,
    name: AccountArgument,
    person: PersonArgument,
    position: Annotated[str | None, typer.Option("--position", metavar="TEXT", help="His position, as CEO.")] = None,
    rank: Annotated[str | None, typer.Option("--rank", metavar="1-5", help="1 most junior, 5 top management.")] = None,
    outside: Annotated[bool | None, typer.Option("--outside/--inside", help="Not a person of the customer.")] = None,
    new: NewOption = False,
    city: CityOption = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="He no longer belongs to it; what was said of him stays in the history.")
    ] = False,
    by: ByOption = None,
    output: FormatOption = OutputFormat.table,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Add a person to the buying centre of an account, or change his position."""
    from referralgraph.render.account_text import write_entered

    graph = open_graph(context, workspace, store, by)
    write_entered(
        output.value,
        graph.accounts.desk(by).add(name, person, position=position, outside=outside, rank=rank, new=new, city=city, gone=remove),
    )


@account.command("same")
def same(
    context: typer.Context,
    name: AccountArgument,
    person: PersonArgument,
    register: Annotated[str, typer.Argument(metavar="ENTITY", help="The person of the register that he is.")],
    by: ByOption = None,
    output: FormatOption = OutputFormat.table,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Say that a person added with --new is this person of the register."""
    from referralgraph.render.account_text import write_entered

    graph = open_graph(context, workspace, store, by)
    write_entered(output.value, graph.accounts.desk(by).same(name, person, register))


@account.command("team")
def team(
    context: typer.Context,
    name: AccountArgument,
    colleague: Annotated[str, typer.Argument(metavar="COLLEAGUE", help="One of our people.")],
    rank: Annotated[str | None, typer.Option("--rank", metavar="1-5", help="1 most junior, 5 top management.")] = None,
    functions: Annotated[
        list[str] | None, typer.Option("--function", metavar="D|T|C|P", help="Whose language he speaks; may be repeated.")
    ] = None,
    colours: Annotated[
        list[str] | None, typer.Option("--colour", metavar="COLOUR", help="First colour, then second: red, yellow, green, blue.")
    ] = None,
    leads: Annotated[int | None, typer.Option("--leads", metavar="N", min=0, help="How many stakeholders he may lead.")] = None,
    away: Annotated[bool | None, typer.Option("--away/--back", help="Not available as a lead; or again.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="No longer in this account.")] = False,
    by: ByOption = None,
    output: FormatOption = OutputFormat.table,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Say who of us works on an account, and what is known of him."""
    from referralgraph.render.account_text import write_entered

    graph = open_graph(context, workspace, store, by)
    write_entered(
        output.value,
        graph.accounts.desk(by).set_colleague(
            name, colleague, {"rank": rank, "functions": functions, "colours": colours, "leads": leads, "away": away, "gone": remove}
        ),
    )


@account.command("template")
def template(
    context: typer.Context,
    name: AccountArgument,
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="The sheet to write: .xlsx or .csv.")],
    viewer: ViewerOption = None,
    language: LanguageOption = None,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Write a sheet for assessments, prefilled with the people whom the graph knows."""
    from referralgraph.render.account_sheet import write_template

    graph = open_graph(context, workspace, store, viewer)
    with speaking(graph, language):
        answer = graph.accounts.template(name)
        write_template(answer, to)
    typer.echo(f"referralgraph: {to} written, {len(answer.rows)} people", err=True)


@account.command("import")
def import_sheet(
    context: typer.Context,
    name: AccountArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A filled template, or a relationship matrix: .xlsx or .csv.")],
    new: Annotated[bool, typer.Option("--new", help="Add people whom the register doesn't know as persons of their own.")] = False,
    by: ByOption = None,
    at: AtOption = None,
    output: FormatOption = OutputFormat.table,
    language: LanguageOption = None,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Enter the assessments of a sheet; what can't be used is explained, the good rows arrive."""
    from referralgraph.render.account_text import write_import

    graph = open_graph(context, workspace, store, by)
    with speaking(graph, language):
        answer = graph.accounts.read_sheet(name, file, by=by, at=as_day(at), new=new)
        write_import(output.value, answer)
    if answer.problems:
        raise typer.Exit(4)


@account.command("matrix")
def matrix(
    context: typer.Context,
    name: AccountArgument,
    lead: Annotated[list[str] | None, typer.Option("--lead", metavar="PERSON=COLLEAGUE", help="Enter ***: he leads.")] = None,
    may: Annotated[list[str] | None, typer.Option("--may", metavar="PERSON=COLLEAGUE", help="Enter *: he may.")] = None,
    should_not: Annotated[list[str] | None, typer.Option("--not", metavar="PERSON=COLLEAGUE", help="Enter -: he should not.")] = None,
    empty: Annotated[list[str] | None, typer.Option("--empty", metavar="PERSON=COLLEAGUE", help="Take a cell out.")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Enter the proposed matrix as it is.")] = False,
    by: ByOption = None,
    at: AtOption = None,
    output: FormatOption = OutputFormat.table,
    as_of: AsOfOption = None,
    viewer: ViewerOption = None,
    language: LanguageOption = None,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Show who of us looks after whom: as entered, what is wrong with it, and the best matrix; or enter cells."""
    from referralgraph.render.account_text import write_matrix

    graph = open_graph(context, workspace, store, viewer)
    entered = [
        (*_pair(each), word)
        for word, given in (("lead", lead), ("may", may), ("not", should_not), (None, empty))
        for each in given or []
    ]
    if accept:
        entered += [(row.stakeholder, cell.colleague, cell.cell) for row in graph.accounts.matrix(name).proposed for cell in row.cells]
    if entered:
        graph.accounts.desk(by, as_day(at)).cells(name, entered)
    with speaking(graph, language):
        write_matrix(output.value, graph.accounts.matrix(name, as_of=as_day(as_of)))


@account.command("plan")
def plan(
    context: typer.Context,
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
    output: FormatOption = OutputFormat.table,
    as_of: AsOfOption = None,
    viewer: ViewerOption = None,
    language: LanguageOption = None,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Show relationship plan, marketing plan and activity plan, with what is overdue; or enter a line of one."""
    from referralgraph.render.account_text import write_import, write_plan

    if add_to and change:
        raise UsageError("--add or --change, not both")
    graph = open_graph(context, workspace, store, viewer)
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
    if source is not None:
        with speaking(graph, language):
            read = graph.accounts.read_plan(name, source, plan=add_to, by=by)
            write_import(output.value, read)
        if read.problems:
            raise typer.Exit(4)
        return
    if add_to or change:
        graph.accounts.desk(by).plan(name, add_to, fields, item=change, stakeholder=stakeholder)
    elif stakeholder or any(each is not None for each in fields.values()):
        raise UsageError("say --add PLAN to enter a line, or --change ID to change one")
    with speaking(graph, language):
        answer = graph.accounts.plan(name, as_of=as_day(as_of))
        if to is not None:
            from referralgraph.render.account_sheet import write_plan_file

            write_plan_file(answer, to)
            typer.echo(f"referralgraph: plans written to {to}", err=True)
        write_plan(output.value, answer)


@account.command("history")
def history(
    context: typer.Context,
    name: AccountArgument,
    output: FormatOption = OutputFormat.table,
    language: LanguageOption = None,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Show everything that was ever entered about an account, also what was taken back."""
    from referralgraph.render.account_text import write_history

    graph = open_graph(context, workspace, store, None)
    with speaking(graph, language):
        write_history(output.value, graph.accounts.history(name))


@account.command("undo")
def undo(
    context: typer.Context,
    judgement: Annotated[str, typer.Argument(metavar="ID", help="The entry to take back, as `account history` shows it.")],
    by: ByOption = None,
    output: FormatOption = OutputFormat.table,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Take back an entry; to take back an undo brings the entry back."""
    from referralgraph.render.account_text import write_entered

    graph = open_graph(context, workspace, store, by)
    write_entered(output.value, graph.accounts.undo(judgement, by=by))


def _pair(text: str) -> tuple[str, str]:
    person, sign, colleague = text.rpartition("=")
    if not sign or not person.strip() or not colleague.strip():
        raise UsageError(f'{text!r}: write PERSON=COLLEAGUE, as in "CEO=Mara Wiesentau"')
    return person.strip(), colleague.strip()
