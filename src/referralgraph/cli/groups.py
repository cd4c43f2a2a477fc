"""Groups of options that many commands share: a command names a group, ``--help`` and the command line see its options."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

import typer

from referralgraph.cli.options import (
    AsOfOption,
    AvoidOption,
    ByOption,
    ConflictsOption,
    CurrentOnlyOption,
    FormatOption,
    HtmlOption,
    LanguageOption,
    MaxTiesOption,
    MinStrengthOption,
    OutputFormat,
    StoreOption,
    TimeoutOption,
    ViewerOption,
    WorkspaceOption,
    as_day,
    open_graph,
    speaking,
)

if TYPE_CHECKING:
    from referralgraph.questions.graph import ReferralGraph


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """Return the command with the options of its groups (dataclasses below) behind its own, as typer wants them."""
    hints = get_type_hints(command, include_extras=True)
    parameters = inspect.signature(command).parameters
    groups = {name: hints[name] for name in parameters if is_dataclass(hints[name])}
    own = [
        parameter.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY)
        for name, parameter in parameters.items()
        if name not in groups
    ]
    options = own + [option for group in reversed(groups.values()) for option in _options(group)]

    @wraps(command)
    def spread_out(**given: Any) -> None:
        gathered = {
            name: group(**{field.name: given.pop(field.name) for field in fields(group)}) for name, group in groups.items()
        }
        command(**given, **gathered)

    spread_out.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined] # as functools.wraps documents it
    spread_out.__annotations__ = {option.name: option.annotation for option in options}
    return spread_out


def _options(group: type) -> list[inspect.Parameter]:
    """Return the options of a group: its own first, then what it takes over, so that workspace and store come last."""
    hints = get_type_hints(group, include_extras=True)
    defaults = {field.name: inspect.Parameter.empty if field.default is MISSING else field.default for field in fields(group)}
    return [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=defaults[name], annotation=hints[name])
        for owner in group.__mro__ if is_dataclass(owner)
        for name in inspect.get_annotations(owner)
    ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Stored:
    """Which graph is meant; the context has what was said before the command."""

    context: typer.Context
    workspace: WorkspaceOption = None
    store: StoreOption = None

    def open(self, viewer: str | None = None) -> ReferralGraph:
        """Open the current revision on behalf of somebody."""
        return open_graph(self.context, self.workspace, self.store, viewer)


@dataclass(frozen=True, kw_only=True)
class Spoken(Stored):
    """In which language it is answered."""

    language: LanguageOption = None

    @contextmanager
    def graph(self, viewer: str | None = None) -> Iterator[ReferralGraph]:
        """Open the graph on behalf of somebody, and answer in his language within the block."""
        graph = self.open(viewer)
        with speaking(graph, self.language):
            yield graph


@dataclass(frozen=True, kw_only=True)
class Answered(Spoken):
    """How an answer is written."""

    output: FormatOption = OutputFormat.table

    @property
    def form(self) -> str:
        """Return the form of the answer on stdout: table, json or csv."""
        return self.output.value


@dataclass(frozen=True, kw_only=True)
class Question(Answered):
    """What every question takes: a page beside the answer, a day, a viewer."""

    html: HtmlOption = None
    as_of: AsOfOption = None
    viewer: ViewerOption = None

    @contextmanager
    def graph(self, viewer: str | None = None) -> Iterator[ReferralGraph]:
        """Open the graph for the viewer asked for, and answer in his language within the block."""
        with super().graph(viewer or self.viewer) as graph:
            yield graph

    @property
    def day(self) -> date | None:
        """Return the day as of which is asked.

        :raises UsageError: if it is none.
        """
        return as_day(self.as_of)

    def page(self, write: Callable[[Path], object]) -> None:
        """Write the page that goes with the answer, if one is wanted, and say where it is."""
        if self.html is not None:
            write(self.html)
            typer.echo(f"referralgraph: page written to {self.html}", err=True)


@dataclass(frozen=True, kw_only=True)
class TimedQuestion(Question):
    """A question that may take long: it answers within a time, and says what it could not prove by then."""

    timeout: TimeoutOption = None


@dataclass(frozen=True, kw_only=True)
class Entry(Answered):
    """What every entry of one of us takes."""

    by: ByOption = None

    @contextmanager
    def graph(self, viewer: str | None = None) -> Iterator[ReferralGraph]:
        """Open the graph on behalf of who says it, and answer in his language within the block."""
        with super().graph(viewer or self.by) as graph:
            yield graph


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which introductions count, by way of whom."""

    min_strength: MinStrengthOption = 0.01
    current_only: CurrentOnlyOption = False
    avoid: AvoidOption = None
    conflicts: ConflictsOption = None

    def keywords(self) -> dict[str, Any]:
        """Return the filters as the questions take them."""
        return {field.name: getattr(self, field.name) for field in fields(self)} | {"avoid": self.avoid or []}


@dataclass(frozen=True, kw_only=True)
class PathFilters(Filters):
    """Which introduction paths count."""

    max_ties: MaxTiesOption = 4
