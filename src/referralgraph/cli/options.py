"""Options that many commands share, each declared once."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from referralgraph.errors import UsageError

if TYPE_CHECKING:
    from referralgraph.questions.graph import ReferralGraph
    from referralgraph.records.workspace import Workspace
    from referralgraph.settings import Settings

DEFAULT_WORKSPACE = Path(".referralgraph")


class OutputFormat(StrEnum):
    """How an answer is written."""

    table = "table"
    json = "json"
    csv = "csv"


class Language(StrEnum):
    """In which language an answer is written: English, German or Indonesian."""

    en = "en"
    de = "de"
    id = "id"


WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        envvar="REFERRALGRAPH_WORKSPACE",
        metavar="DIR",
        help="The workspace folder; .referralgraph in this folder by default.",
    ),
]
StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store", envvar="REFERRALGRAPH_STORE", metavar="URI", help="The store: embedded in the workspace by default."
    ),
]
FormatOption = Annotated[OutputFormat, typer.Option("--format", help="How the answer is written to stdout.")]
HtmlOption = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Also write a picture as one page.")]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Only what had begun by this day counts: YYYY-MM-DD.")
]
ViewerOption = Annotated[
    str | None,
    typer.Option("--viewer", metavar="NAME", help="On whose behalf; private contacts of others don't count."),
]
ByOption = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who of us says it; me by default.")]
TimeoutOption = Annotated[
    float | None,
    typer.Option("--timeout", metavar="S", min=0.001, help="Seconds; what isn't proven complete by then says so."),
]
MaxTiesOption = Annotated[int, typer.Option("--max-ties", metavar="N", min=1, max=6, help="Ties of the longest path.")]
MinStrengthOption = Annotated[
    float, typer.Option("--min-strength", metavar="X", min=0, max=1, help="Strength of the faintest path.")
]
CurrentOnlyOption = Annotated[bool, typer.Option("--current-only", help="Only what isn't known to have ended.")]
AvoidOption = Annotated[
    list[str] | None, typer.Option("--avoid", metavar="ENTITY", help="Not by way of this person or body.")
]
ConflictsOption = Annotated[
    Path | None,
    typer.Option("--conflicts", metavar="FILE", help="Competitors and debtors, one a line, after a semicolon which of the two."),
]
LanguageOption = Annotated[
    Language | None,
    typer.Option("--lang", help="Language of tables and pages; the workspace's by default, else English."),
]


@dataclass
class Place:
    """Workspace and store as given before the command; a command's own options win."""

    workspace: Path | None = None
    store: str | None = None


def place(context: typer.Context, workspace: Path | None, store: str | None) -> Place:
    """Return which workspace and store a command means."""
    given: Place = context.find_object(Place) or Place()
    return Place(workspace or given.workspace or DEFAULT_WORKSPACE, store or given.store)


def open_workspace(context: typer.Context, workspace: Path | None) -> Workspace:
    """Return the workspace that a command means."""
    from referralgraph.records.workspace import Workspace

    return Workspace(place(context, workspace, None).workspace or DEFAULT_WORKSPACE)


def open_graph(context: typer.Context, workspace: Path | None, store: str | None, viewer: str | None) -> ReferralGraph:
    """Open the current revision for a question, and say on stderr if newer loads wait for a build."""
    from referralgraph.build.staleness import stale_loads
    from referralgraph.questions.graph import ReferralGraph
    from referralgraph.records.workspace import Workspace

    meant = place(context, workspace, store)
    graph = ReferralGraph.open(meant.workspace or DEFAULT_WORKSPACE, store=meant.store, viewer=viewer)
    newer = stale_loads(Workspace(meant.workspace or DEFAULT_WORKSPACE), graph.context.revision)
    if newer:
        loads = "1 load is" if len(newer) == 1 else f"{len(newer)} loads are"
        typer.echo(f"referralgraph: {loads} newer than the index: run `referralgraph build`", err=True)
    return graph


def speaking(graph: ReferralGraph, language: Language | None) -> AbstractContextManager[None]:
    """Answer in the language asked for, else in that of the workspace, within a block."""
    from referralgraph.language import language_in_use

    return graph.speaking() if language is None else language_in_use(language.value)


def settings_of(workspace: Workspace) -> Settings:
    """Return the settings of a workspace."""
    from referralgraph.settings import read_settings

    return read_settings(workspace.settings_file)


def today() -> date:
    """Return the day on which a page is made, where its reader lives."""
    return datetime.now().astimezone().date()


def as_day(text: str | None) -> date | None:
    """Return the day that a text names.

    :raises UsageError: if it is none.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no day: write it as YYYY-MM-DD") from error


def as_moment(text: str | None) -> datetime | None:
    """Return the moment (UTC) that a text names: a day, or a day and a time.

    :raises UsageError: if it is none.
    """
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no date: write it as YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ") from error
    from datetime import UTC

    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
