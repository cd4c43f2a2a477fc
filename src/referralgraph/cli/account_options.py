"""Options that the commands about accounts share."""

from __future__ import annotations

from typing import Annotated

import typer

AccountArgument = Annotated[str, typer.Argument(metavar="NAME", help="The account: its name, or that of its organisation.")]
PersonArgument = Annotated[str, typer.Argument(metavar="PERSON", help="An id, a name, NAME, CITY, or his position in the account.")]
AtOption = Annotated[str | None, typer.Option("--at", metavar="DATE", help="The day of the view, YYYY-MM-DD; now by default.")]
ReasonOption = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why.")]
NewOption = Annotated[bool, typer.Option("--new", help="Nobody of the register: a person of his own in this account.")]
CityOption = Annotated[str | None, typer.Option("--city", metavar="CITY", help="With --new: tells namesakes apart.")]
