"""Commands that bring data in: demo, sources, load, build, status."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from referralgraph.cli.options import (
    FormatOption,
    LanguageOption,
    OutputFormat,
    StoreOption,
    WorkspaceOption,
    as_moment,
    open_workspace,
    place,
    settings_of,
)


def sources(output: FormatOption = OutputFormat.table) -> None:
    """List the loaders: publisher, licence and the files they read."""
    from referralgraph.loaders import NAMES, source
    from referralgraph.render.output import write_rows

    found = [source(name) for name in NAMES]
    write_rows(
        output.value,
        ["source", "publisher", "licence", "files"],
        [[each.name, each.publisher, each.licence, ", ".join(each.patterns)] for each in found],
    )


def load(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The loader: see `referralgraph sources`.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Raw files as the publisher wrote them.")],
    owner: Annotated[str | None, typer.Option("--owner", metavar="NAME", help="Whose contacts these are.")] = None,
    private: Annotated[
        bool, typer.Option("--private", help="Only the owner may see these contacts; else the team may.")
    ] = False,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping",
            metavar="FILE",
            help="Mapping of columns for the loader `table`: a TOML file, or the name of a shipped one.",
        ),
    ] = None,
    retrieved_at: Annotated[
        str | None,
        typer.Option(
            "--retrieved-at",
            metavar="DATE",
            help="When the source stated this; by default what the file says, else its date.",
        ),
    ] = None,
    complete: Annotated[bool, typer.Option("--complete", help="What these files don't mention is gone.")] = False,
    output: FormatOption = OutputFormat.table,
    workspace: WorkspaceOption = None,
) -> None:
    """Load raw files into the workspace; bad rows go to quarantine with their line."""
    from referralgraph.answers import LoadStatus
    from referralgraph.cli.progress import Progress
    from referralgraph.loaders import source as source_of
    from referralgraph.records.load import load_files
    from referralgraph.render.output import write_loads

    found = source_of(source)
    loaded = []
    with Progress("loading") as progress:
        for file in load_files(
            open_workspace(context, workspace),
            found,
            files,
            owner=owner,
            visibility="private" if private else "team",
            mapping=mapping,
            retrieved_at=as_moment(retrieved_at),
            complete=complete,
            progress=progress.rows,
        ):
            loaded.append(file)
    for each in loaded:
        for reason, count in each.reasons.items():
            typer.echo(f"referralgraph: {each.file}: {count} in quarantine: {reason}", err=True)
        if each.unknown_words:
            words = ", ".join(f"{word} ({count})" for word, count in list(each.unknown_words.items())[:8])
            typer.echo(f"referralgraph: {each.file}: roles outside the vocabulary, kept as written: {words}", err=True)
    write_loads(
        output.value,
        [
            LoadStatus(
                load=each.load, source=each.source, file=each.file, owner=each.owner, loaded_at=each.loaded_at,
                retrieved_at=each.retrieved_at, records=each.records, quarantined=each.quarantined,
                reasons=each.reasons, unknown_words=each.unknown_words, built=False,
            )
            for each in loaded
        ],
    )  # fmt: skip


def build(
    context: typer.Context,
    retrain: Annotated[
        bool, typer.Option("--retrain", help="Learn the identity model anew from what is loaded; else it stays as it was learned.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Publish into a Neo4j that holds another graph; that one stays as it is.")
    ] = False,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Build everything that was loaded into one revision and publish it."""
    from referralgraph.build import build as build_revision
    from referralgraph.cli.progress import Progress
    from referralgraph.graph.store import open_store

    folder = open_workspace(context, workspace)
    target = open_store(folder, place(context, workspace, store).store, force=force)
    try:
        with Progress("building") as progress:
            revision = build_revision(
                folder, target, settings_of(folder), retrain=retrain, step=progress.step, progress=progress.rows
            )
    finally:
        target.close()
    covered = revision.coverage
    typer.echo(
        f"revision {revision.id}: {covered['people']:,} people, {covered['organisations']:,} organisations, "
        f"{covered['ties']:,} ties; data to {covered['data_date'] or 'no date'}; "
        f"{covered['waiting']:,} identity pairs wait for a decision"
    )


def status(
    context: typer.Context,
    output: FormatOption = OutputFormat.table,
    language: LanguageOption = None,
    workspace: WorkspaceOption = None,
    store: StoreOption = None,
) -> None:
    """Show counts, coverage, quarantined rows, the revision, and what is newer than it."""
    from referralgraph.language import language_in_use
    from referralgraph.questions.status import workspace_status
    from referralgraph.render.output import write_status

    folder = open_workspace(context, workspace)
    with language_in_use(language.value if language else settings_of(folder).language):
        write_status(output.value, workspace_status(folder, place(context, workspace, store).store))


def demo(
    context: typer.Context,
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Where to make the country.")] = Path("demo-country"),
    companies: Annotated[
        int, typer.Option("--companies", metavar="N", min=1, max=5_000_000, help="How many companies.")
    ] = 2000,
    seed: Annotated[
        int, typer.Option("--seed", metavar="S", help="Another seed, another country with the same story.")
    ] = 1,
    workspace: Annotated[
        Path | None,
        typer.Option("--workspace", metavar="DIR", help="The workspace folder; DIR/workspace by default."),
    ] = None,
) -> None:
    """Make a fictional country as raw files, load it, build it, ask it and draw it."""
    from referralgraph.cli.walk import walk

    # A workspace named by the environment is the user's own: the demo never goes there, only where it is told to.
    source = context.parent.get_parameter_source("workspace") if context.parent else None
    if workspace is None and source is not None and source.name == "COMMANDLINE":
        workspace = place(context, None, None).workspace
    walk(directory, companies, seed, workspace or directory / "workspace")
