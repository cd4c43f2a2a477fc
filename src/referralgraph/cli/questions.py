"""Commands that ask: find, show, path, network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from referralgraph.cli.options import (
    AsOfOption,
    AvoidOption,
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
from referralgraph.errors import UsageError

if TYPE_CHECKING:
    from referralgraph.answers import NetworkAnswer


def find(
    context: typer.Context,
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="A name, NAME, CITY, some words of a name, or a register number.")
    ],
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="How many candidates.")] = 20,
    output: FormatOption = OutputFormat.table,
    language: LanguageOption = None,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Find people and organisations by name or number."""
    from referralgraph.render.output import write_find

    graph = open_graph(context, workspace, store, None)
    with speaking(graph, language):
        write_find(output.value, graph.find(text, limit=limit))


def show(
    context: typer.Context,
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="An id, a register number, a name, or NAME, CITY.")],
    identity: Annotated[bool, typer.Option("--identity", help="Also the records it was made of, and why.")] = False,
    output: FormatOption = OutputFormat.table,
    html: HtmlOption = None,
    as_of: AsOfOption = None,
    viewer: ViewerOption = None,
    timeout: TimeoutOption = None,
    language: LanguageOption = None,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Show what is known of a person or an organisation, with its sources."""
    from referralgraph.render.output import write_show

    graph = open_graph(context, workspace, store, viewer)
    with speaking(graph, language):
        answer = graph.show(entity, identity=identity, as_of=as_day(as_of), timeout=timeout)
        write_show(output.value, answer)
        if html is not None and identity:
            from referralgraph.render.evidence import write_waterfall_page

            pairs = write_waterfall_page(answer, html, language=graph.context.settings.language)
            typer.echo(f"referralgraph: the evidence of {pairs} pairs written to {html}", err=True)
        elif html is not None:
            _write_page(graph.network([answer.id], as_of=as_day(as_of), timeout=timeout), html)


def path(
    context: typer.Context,
    targets: Annotated[
        list[str],
        typer.Option(
            "--to", metavar="TO", help="Whom to reach: a person, a company (its decision-makers), or a file of them."
        ),
    ],
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="FROM", help="Who asks; my team and me by default.")
    ] = None,
    k: Annotated[int, typer.Option("-k", metavar="K", min=1, help="How many paths.")] = 5,
    max_ties: MaxTiesOption = 4,
    min_strength: MinStrengthOption = 0.01,
    current_only: CurrentOnlyOption = False,
    avoid: AvoidOption = None,
    account: Annotated[
        str | None, typer.Option("--account", metavar="NAME", help="For this account, whose vetoes hold; the targets' by default.")
    ] = None,
    conflicts: ConflictsOption = None,
    each: Annotated[bool, typer.Option("--each", help="Each target by itself: the best introduction to every one.")] = False,
    request: Annotated[
        bool, typer.Option("--request", help="Also a short text to each first introducer, to be sent or forwarded as it is.")
    ] = False,
    output: FormatOption = OutputFormat.table,
    html: HtmlOption = None,
    as_of: AsOfOption = None,
    viewer: ViewerOption = None,
    timeout: TimeoutOption = None,
    language: LanguageOption = None,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Find who can introduce me: the strongest introduction paths, with reasons and sources."""
    from referralgraph.render.output import write_paths, write_paths_each

    if each and (html is not None or request):
        raise UsageError("--html and --request belong to one question; leave out --each")
    graph = open_graph(context, workspace, store, viewer)
    with speaking(graph, language):
        if each:
            write_paths_each(output.value, graph.paths_each(
                sources or [], targets, max_ties=max_ties, min_strength=min_strength, current_only=current_only,
                avoid=avoid or [], as_of=as_day(as_of), timeout=timeout, account=account, conflicts=conflicts))
            return
        answer = graph.path(
            sources or [],
            targets,
            k=k,
            max_ties=max_ties,
            min_strength=min_strength,
            current_only=current_only,
            avoid=avoid or [],
            as_of=as_day(as_of),
            timeout=timeout,
            account=account,
            conflicts=conflicts,
        )
        if request:
            answer = graph.requests(answer)
        write_paths(output.value, answer)
        if html is not None:
            _write_page(graph.path_network(answer), html)


def network(
    context: typer.Context,
    entities: Annotated[list[str], typer.Argument(metavar="ENTITY", help="Ids, register numbers or names.")],
    html: HtmlOption = None,
    output: FormatOption = OutputFormat.table,
    as_of: AsOfOption = None,
    viewer: ViewerOption = None,
    timeout: TimeoutOption = None,
    language: LanguageOption = None,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Show the neighbourhood of people and organisations as an interactive page."""
    from referralgraph.render.output import write_network

    graph = open_graph(context, workspace, store, viewer)
    with speaking(graph, language):
        answer = graph.network(entities, as_of=as_day(as_of), timeout=timeout)
        write_network(output.value, answer)
        if html is not None:
            _write_page(answer, html)


def _write_page(answer: NetworkAnswer, file: Path) -> None:
    from referralgraph.language import language_now
    from referralgraph.render.network_page import write_network_page

    write_network_page(answer, file, language=language_now())
    typer.echo(f"referralgraph: page written to {file}", err=True)
