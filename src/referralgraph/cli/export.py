"""Commands that hand data on: export, schema."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from referralgraph.cli.options import WorkspaceOption, open_workspace
from referralgraph.errors import UsageError


class Exported(StrEnum):
    """What can be exported."""

    records = "records"
    entities = "entities"
    ties = "ties"


class FileType(StrEnum):
    """In which form."""

    csv = "csv"
    parquet = "parquet"


def export(
    context: typer.Context,
    what: Annotated[Exported, typer.Argument(metavar="WHAT", help="What to write.")],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Folder for the files; made if it isn't there.")],
    file_type: Annotated[FileType, typer.Option("--file-type", help="Form of the files.")] = FileType.csv,
    workspace: WorkspaceOption = None,
) -> None:
    """Write records, entities or ties of the last build as files, one a table."""
    from referralgraph.build.export import export_tables

    for file, rows in export_tables(open_workspace(context, workspace), what.value, to, file_type.value):
        typer.echo(f"{file}: {rows:,} rows")


def schema(name: Annotated[str, typer.Argument(metavar="NAME", help="find, show, path, network or status.")]) -> None:
    """Print the JSON Schema of an answer."""
    import json

    from referralgraph import answers

    found: dict[str, type[answers.Answer]] = {
        "find": answers.FindAnswer,
        "show": answers.ShowAnswer,
        "path": answers.PathAnswer, "paths": answers.PathsAnswer,
        "network": answers.NetworkAnswer,
        "status": answers.StatusAnswer,
    }
    if name not in found:
        raise UsageError(f"no answer {name!r}; there are {', '.join(found)}")
    typer.echo(json.dumps(found[name].model_json_schema(by_alias=True, mode="serialization"), indent=2))
