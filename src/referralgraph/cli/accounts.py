"""The command `account` and what stands below it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from referralgraph.cli import account_programme
from referralgraph.cli.account_options import (
    AccountArgument,
    AtOption,
    CityOption,
    NewOption,
    PersonArgument,
)
from referralgraph.cli.groups import Answered, Entry, Question, Spoken, spread
from referralgraph.cli.options import AsOfOption, ViewerOption, as_day


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
@spread
def show(
    asked: Question,
    name: AccountArgument,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Also who has moved since that day.")] = None,
    policy: Annotated[
        str | None,
        typer.Option("--policy", metavar="POLICY", help="average, best or responsible instead of the setting, for this answer."),
    ] = None,
) -> None:
    """Show the buying centre of an account: roles, scores, disagreements, open questions, matrix and plans."""
    from referralgraph.render.account_page import write_account_page
    from referralgraph.render.account_text import write_account

    with asked.graph() as graph:
        answer = graph.account(name, as_of=asked.day, since=as_day(since), policy=policy)
        asked.page(lambda file: write_account_page(answer, file))
        write_account(asked.form, answer)


@account.command("list")
@spread
def list_all(asked: Answered, as_of: AsOfOption = None) -> None:
    """List all accounts."""
    from referralgraph.render.account_text import write_accounts

    with asked.graph() as graph:
        write_accounts(asked.form, graph.accounts.list(as_of=as_day(as_of)))


@account.command("create")
@spread
def create(
    entry: Entry,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the account is called.")],
    organisations: Annotated[
        list[str] | None, typer.Option("--organisation", metavar="ORG", help="One of the customer's organisations; may be repeated.")
    ] = None,
    topic: Annotated[str | None, typer.Option("--topic", metavar="TEXT", help="What is being sold.")] = None,
    responsible: Annotated[
        str | None, typer.Option("--responsible", metavar="NAME", help="Who of us is responsible where no lead is entered.")
    ] = None,
) -> None:
    """Open an account, or change what is given of one that there is."""
    from referralgraph.render.account_text import write_entered

    with entry.graph() as graph:
        write_entered(
            entry.form,
            graph.accounts.desk(entry.by).open_account(name, organisations=organisations, topic=topic, responsible=responsible),
        )


@account.command("add")
@spread
def add(
    entry: Entry,
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
) -> None:
    """Add a person to the buying centre of an account, or change his position."""
    from referralgraph.render.account_text import write_entered

    with entry.graph() as graph:
        write_entered(
            entry.form,
            graph.accounts.desk(entry.by).add(
                name, person, position=position, outside=outside, rank=rank, new=new, city=city, gone=remove
            ),
        )


@account.command("same")
@spread
def same(
    entry: Entry,
    name: AccountArgument,
    person: PersonArgument,
    register: Annotated[str, typer.Argument(metavar="ENTITY", help="The person of the register that he is.")],
) -> None:
    """Say that a person added with --new is this person of the register."""
    from referralgraph.render.account_text import write_entered

    with entry.graph() as graph:
        write_entered(entry.form, graph.accounts.desk(entry.by).same(name, person, register))


@account.command("team")
@spread
def team(
    entry: Entry,
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
) -> None:
    """Say who of us works on an account, and what is known of him."""
    from referralgraph.render.account_text import write_entered

    with entry.graph() as graph:
        write_entered(
            entry.form,
            graph.accounts.desk(entry.by).set_colleague(
                name,
                colleague,
                {"rank": rank, "functions": functions, "colours": colours, "leads": leads, "away": away, "gone": remove},
            ),
        )


@account.command("template")
@spread
def template(
    spoken: Spoken,
    name: AccountArgument,
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="The sheet to write: .xlsx or .csv.")],
    viewer: ViewerOption = None,
) -> None:
    """Write a sheet for assessments, prefilled with the people whom the graph knows."""
    from referralgraph.render.account_sheet import write_template

    with spoken.graph(viewer) as graph:
        answer = graph.accounts.template(name)
        write_template(answer, to)
    typer.echo(f"referralgraph: {to} written, {len(answer.rows)} people", err=True)


@account.command("import")
@spread
def import_sheet(
    entry: Entry,
    name: AccountArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A filled template, or a relationship matrix: .xlsx or .csv.")],
    new: Annotated[bool, typer.Option("--new", help="Add people whom the register doesn't know as persons of their own.")] = False,
    at: AtOption = None,
) -> None:
    """Enter the assessments of a sheet; what can't be used is explained, the good rows arrive."""
    from referralgraph.render.account_text import write_import

    with entry.graph() as graph:
        answer = graph.accounts.read_sheet(name, file, by=entry.by, at=as_day(at), new=new)
        write_import(entry.form, answer)
    if answer.problems:
        raise typer.Exit(4)


account.command("matrix")(spread(account_programme.matrix))
account.command("plan")(spread(account_programme.plan))


@account.command("history")
@spread
def history(
    asked: Answered,
    name: AccountArgument,
) -> None:
    """Show everything that was ever entered about an account, also what was taken back."""
    from referralgraph.render.account_text import write_history

    with asked.graph() as graph:
        write_history(asked.form, graph.accounts.history(name))


@account.command("undo")
@spread
def undo(
    entry: Entry,
    judgement: Annotated[str, typer.Argument(metavar="ID", help="The entry to take back, as `account history` shows it.")],
) -> None:
    """Take back an entry; to take back an undo brings the entry back."""
    from referralgraph.render.account_text import write_entered

    with entry.graph() as graph:
        write_entered(entry.form, graph.accounts.undo(judgement, by=entry.by))
