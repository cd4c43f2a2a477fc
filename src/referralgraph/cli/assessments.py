"""The commands `assess` and `veto`: what one of us says of a stakeholder."""

from __future__ import annotations

from typing import Annotated

import typer

from referralgraph.cli.account_options import AtOption, CityOption, NewOption, ReasonOption
from referralgraph.cli.groups import Entry
from referralgraph.cli.options import as_day
from referralgraph.errors import UsageError

_TEN = "0 to 10."


def assess(
    entry: Entry,
    person: Annotated[str | None, typer.Argument(metavar="PERSON", help="An id, a name, or his position in the account.")] = None,
    account: Annotated[str | None, typer.Option("--account", metavar="NAME", help="The account.")] = None,
    role: Annotated[
        str | None,
        typer.Option(
            "--role",
            metavar="ROLE",
            help="4 sponsor or champion, 3 decision-maker, 2 recommender or coach, 1 user, influencer, gatekeeper.",
        ),
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--type", metavar="D|T|C|P", help="Department, technology, commercial, purchasing.")
    ] = None,
    relationship: Annotated[
        str | None, typer.Option("--relationship", metavar="-2..2", help="2 supporter, 1 good, 0 neutral, -1 bad, -2 enemy.")
    ] = None,
    influence: Annotated[str | None, typer.Option("--influence", metavar="1-3", help="3 high, 2 medium, 1 low.")] = None,
    power: Annotated[str | None, typer.Option("--power", metavar="0-10", help=_TEN)] = None,
    interest: Annotated[str | None, typer.Option("--interest", metavar="0-10", help="In the topic, not in us: 0 to 10.")] = None,
    satisfaction: Annotated[str | None, typer.Option("--satisfaction", metavar="0-10", help="With the company: 0 to 10.")] = None,
    emotional_tie: Annotated[str | None, typer.Option("--emotional-tie", metavar="0-10", help="To the company: 0 to 10.")] = None,
    says_so: Annotated[str | None, typer.Option("--says-so", metavar="yes|no", help="He speaks for the company to others.")] = None,
    satisfaction_salesperson: Annotated[
        str | None, typer.Option("--satisfaction-salesperson", metavar="0-10", help="With the salesperson: 0 to 10.")
    ] = None,
    emotional_tie_salesperson: Annotated[
        str | None, typer.Option("--emotional-tie-salesperson", metavar="0-10", help="To the salesperson: 0 to 10.")
    ] = None,
    says_so_salesperson: Annotated[
        str | None, typer.Option("--says-so-salesperson", metavar="yes|no", help="He speaks for the salesperson to others.")
    ] = None,
    colour: Annotated[str | None, typer.Option("--colour", metavar="COLOUR", help="red, yellow, green or blue.")] = None,
    second_colour: Annotated[str | None, typer.Option("--second-colour", metavar="COLOUR", help="The second one.")] = None,
    influences: Annotated[
        list[str] | None,
        typer.Option("--influences", metavar="PERSON", help="A stakeholder on whom he has influence; may be repeated."),
    ] = None,
    position: Annotated[str | None, typer.Option("--position", metavar="TEXT", help="His position, as CEO.")] = None,
    reason: ReasonOption = None,
    new: NewOption = False,
    city: CityOption = None,
    undo: Annotated[str | None, typer.Option("--undo", metavar="ID", help="Take back this assessment.")] = None,
    at: AtOption = None,
) -> None:
    """Enter my view of a stakeholder; every field is optional, ? withdraws one, the newest of each colleague counts."""
    from referralgraph.render.account_text import write_entered

    with entry.graph() as graph:
        if undo is not None:
            write_entered(entry.form, graph.accounts.undo(undo, by=entry.by))
            return
        if person is None or account is None:
            raise UsageError("say who is assessed, and for which account: assess PERSON --account NAME")
        fields = {
            "role": role,
            "type": kind,
            "relationship": relationship,
            "influence": influence,
            "power": power,
            "interest": interest,
            "satisfaction": satisfaction,
            "emotional_tie": emotional_tie,
            "says_so": says_so,
            "satisfaction_salesperson": satisfaction_salesperson,
            "emotional_tie_salesperson": emotional_tie_salesperson,
            "says_so_salesperson": says_so_salesperson,
            "colour": colour,
            "second_colour": second_colour,
        }
        write_entered(
            entry.form,
            graph.accounts.desk(entry.by, as_day(at)).assess(
                account, person, fields, reason=reason, influences=influences, position=position, new=new, city=city
            ),
        )


def veto(
    entry: Entry,
    person: Annotated[str | None, typer.Argument(metavar="PERSON", help="Who isn't to be asked: an id or a name.")] = None,
    account: Annotated[
        str | None, typer.Option("--account", metavar="NAME", help="For this account alone; for anything by default.")
    ] = None,
    reason: ReasonOption = None,
    undo: Annotated[str | None, typer.Option("--undo", metavar="ID", help="Take back this veto.")] = None,
    at: AtOption = None,
) -> None:
    """Mark a person as not to be asked for an introduction; without PERSON, list all who are."""
    from referralgraph.render.account_text import write_entered, write_vetoes

    with entry.graph() as graph:
        if undo is not None:
            write_entered(entry.form, graph.accounts.undo(undo, by=entry.by))
        elif person is None:
            write_vetoes(entry.form, graph.accounts.vetoes())
        else:
            write_entered(entry.form, graph.accounts.desk(entry.by, as_day(at)).veto(person, account=account, reason=reason))
