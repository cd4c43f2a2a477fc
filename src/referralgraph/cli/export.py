"""Commands that hand data on: export, schema."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from referralgraph.cli.options import WorkspaceOption, open_workspace
from referralgraph.errors import UsageError

if TYPE_CHECKING:
    from referralgraph.records.workspace import Workspace


class Exported(StrEnum):
    """What can be exported."""

    records = "records"
    entities = "entities"
    ties = "ties"
    neo4j_import = "neo4j-import"


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
    """Write records, entities or ties of the last build as files, one a table; or the files of Neo4j's import tool."""
    from referralgraph.build.export import export_tables

    if what is Exported.neo4j_import:
        _export_for_import(open_workspace(context, workspace), to)
        return
    for file, rows in export_tables(open_workspace(context, workspace), what.value, to, file_type.value):
        typer.echo(f"{file}: {rows:,} rows")


def _export_for_import(folder: Workspace, to: Path) -> None:
    import shlex

    from referralgraph.build.neo4j_import import export_for_import, import_arguments

    for file, rows in export_for_import(folder, to):
        typer.echo(f"{file}: {rows:,} rows", err=True)
    typer.echo(f"neo4j-admin {shlex.join(import_arguments(to.absolute()))}")
    typer.echo(
        "referralgraph: run this on the stopped server, start it, then `referralgraph --store URI build` adds the index and "
        "publishes",
        err=True,
    )


def schema(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of which answer; a name that there isn't is told with all that are.")],
) -> None:
    """Print the JSON Schema of an answer."""
    import json

    from referralgraph import answers

    found: dict[str, type[answers.Answer]] = {
        "find": answers.FindAnswer,
        "account": answers.AccountAnswer, "accounts": answers.AccountsAnswer, "matrix": answers.MatrixAnswer,
        "plan": answers.PlanAnswer, "import": answers.ImportAnswer, "history": answers.HistoryAnswer,
        "show": answers.ShowAnswer,
        "path": answers.PathAnswer, "paths": answers.PathsAnswer,
        "network": answers.NetworkAnswer,
        "risk": answers.RiskAnswer, "risk-fit": answers.RiskFitAnswer, "ownership": answers.OwnershipAnswer,
        "portfolio": answers.PortfolioAnswer,
        "status": answers.StatusAnswer,
        "boards": answers.BoardsAnswer,
        "multipliers": answers.MultipliersAnswer,
        "dependence": answers.DependenceAnswer,
        "outcomes": answers.OutcomesAnswer,
        "breadth": answers.BreadthAnswer,
        "review": answers.ReviewAnswer,
    }
    if name not in found:
        raise UsageError(f"no answer {name!r}; there are {', '.join(found)}")
    typer.echo(json.dumps(found[name].model_json_schema(by_alias=True, mode="serialization"), indent=2))
