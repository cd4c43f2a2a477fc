"""The walk through the demo: a fictional country made, loaded, built, asked and drawn, the way a user would."""

from __future__ import annotations

import shlex
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import typer

from referralgraph.cli.progress import Progress
from referralgraph.demo import Country, generate
from referralgraph.errors import UsageError
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace, write_text_atomically

_T = TypeVar("_T")
_MARK = "fictional.txt"  # what people decided is never overwritten: only a demo's own workspace is


def walk(directory: Path, companies: int, seed: int, folder: Path) -> None:
    """Make a country, load, build, ask and draw it, and say what was done and where the page is.

    :param directory: where the raw files go.
    :param companies: how many companies besides the story's.
    :param seed: of the country.
    :param folder: the workspace; an earlier demo in it is replaced.
    :raises UsageError: if there is a workspace that no demo has made.
    """
    from referralgraph.build import build
    from referralgraph.graph.store import open_store
    from referralgraph.questions.graph import ReferralGraph
    from referralgraph.render.network_page import write_network_page
    from referralgraph.render.output import write_paths
    from referralgraph.settings import change_team, read_settings

    workspace = Workspace(folder)
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).exists():
        raise UsageError(f"{folder} isn't a workspace that a demo has made: name another with --workspace")
    country = _timed("a fictional country", lambda: _generate(directory, companies, seed))
    shutil.rmtree(folder, ignore_errors=True)
    write_text_atomically(folder / _MARK, "Made by `referralgraph demo`, which may replace it.\n")
    change_team(
        workspace.settings_file, me=country.team.me, members=country.team.colleagues, organisation=country.team.company
    )
    _timed("load", lambda: _load(workspace, country))
    store = open_store(workspace)
    with Progress("building") as progress:
        revision = _timed(
            "build", lambda: build(workspace, store, read_settings(workspace.settings_file), step=progress.step)
        )
    store.close()
    question = next(each for each in country.questions if each.kind == "path" and each.people)
    graph = ReferralGraph.open(folder)
    typer.echo(f"\n$ referralgraph --workspace {shlex.quote(str(folder))} path --to {shlex.quote(question.to)}\n")
    answer = _timed("path", lambda: graph.path((), [question.to]))
    write_paths("table", answer)
    page = directory / "introduction.html"
    write_network_page(graph.path_network(answer), page)
    graph.close()
    typer.echo(
        f"\nRevision {revision.id}. The raw files are in {directory}, the truth about them in {directory / 'truth'}.\n"
        f"Open the page in a browser: {page.resolve()}"
    )


def _generate(directory: Path, companies: int, seed: int) -> Country:
    with Progress("making") as progress:
        return generate(directory, companies, seed, progress=lambda count: progress.rows("companies", count))


def _load(workspace: Workspace, country: Country) -> None:
    from referralgraph.loaders import source

    stated = datetime.combine(country.retrieved_at, datetime.min.time(), UTC)
    with Progress("loading") as progress:
        load_files(workspace, source("offeneregister"), [country.register], progress=progress.rows)
        for export in country.exports:
            load_files(
                workspace,
                source(export.source),
                [export.path],
                owner=export.owner,
                retrieved_at=stated,
                progress=progress.rows,
            )
        for listing in country.listings:
            load_files(workspace, source("table"), [listing.path], mapping=listing.mapping, progress=progress.rows)


def _timed(name: str, work: Callable[[], _T]) -> _T:
    began = time.monotonic()
    result = work()
    typer.echo(f"referralgraph: {name}: {time.monotonic() - began:.1f} s", err=True)
    return result
