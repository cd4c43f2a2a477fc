"""Commands that ask: find, show, path, network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from referralgraph.cli.groups import Answered, PathFilters, TimedQuestion
from referralgraph.cli.options import today
from referralgraph.errors import UsageError

if TYPE_CHECKING:
    from referralgraph.answers import NetworkAnswer


def find(
    asked: Answered,
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="A name, NAME, CITY, some words of a name, or a register number.")
    ],
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="How many candidates.")] = 20,
) -> None:
    """Find people and organisations by name or number."""
    from referralgraph.render.output import write_find

    with asked.graph() as graph:
        write_find(asked.form, graph.find(text, limit=limit))


def show(
    asked: TimedQuestion,
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="An id, a register number, a name, or NAME, CITY.")],
    identity: Annotated[bool, typer.Option("--identity", help="Also the records it was made of, and why.")] = False,
) -> None:
    """Show what is known of a person or an organisation, with its sources."""
    from referralgraph.render.output import write_show

    with asked.graph() as graph:
        answer = graph.show(entity, identity=identity, as_of=asked.day, timeout=asked.timeout)
        if identity:
            from referralgraph.render.identity_page import write_identity_page

            asked.page(lambda file: write_identity_page(answer, file, made=today()))
        else:
            asked.page(lambda file: _write_page(graph.network([answer.id], as_of=asked.day, timeout=asked.timeout), file))
        write_show(asked.form, answer)


def path(
    asked: TimedQuestion,
    filters: PathFilters,
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
    account: Annotated[
        str | None, typer.Option("--account", metavar="NAME", help="For this account, whose vetoes hold; the targets' by default.")
    ] = None,
    each: Annotated[bool, typer.Option("--each", help="Each target by itself: the best introduction to every one.")] = False,
    request: Annotated[
        bool, typer.Option("--request", help="Also a short text to each first introducer, to be sent or forwarded as it is.")
    ] = False,
) -> None:
    """Find who can introduce me: the strongest introduction paths, with reasons and sources."""
    from referralgraph.render.output import write_paths, write_paths_each

    if each and (asked.html is not None or request):
        raise UsageError("--html and --request belong to one question; leave out --each")
    with asked.graph() as graph:
        if each:
            write_paths_each(asked.form, graph.paths_each(
                sources or [], targets, account=account, as_of=asked.day, timeout=asked.timeout, **filters.keywords()))
            return
        answer = graph.path(
            sources or [], targets, k=k, account=account, as_of=asked.day, timeout=asked.timeout, **filters.keywords())
        if request:
            answer = graph.requests(answer)
        asked.page(lambda file: _write_page(graph.path_network(answer), file))
        write_paths(asked.form, answer)


def network(
    asked: TimedQuestion,
    entities: Annotated[list[str], typer.Argument(metavar="ENTITY", help="Ids, register numbers or names.")],
) -> None:
    """Show the neighbourhood of people and organisations as an interactive page."""
    from referralgraph.render.output import write_network

    with asked.graph() as graph:
        answer = graph.network(entities, as_of=asked.day, timeout=asked.timeout)
        asked.page(lambda file: _write_page(answer, file))
        write_network(asked.form, answer)


def _write_page(answer: NetworkAnswer, file: Path) -> None:
    from referralgraph.language import language_now
    from referralgraph.render.network_page import write_network_page

    write_network_page(answer, file, language=language_now())
