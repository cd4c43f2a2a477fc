"""The command server: a local Neo4j for people without Docker."""

from __future__ import annotations

from typing import Annotated

import typer

from referralgraph.cli.options import WorkspaceOption, open_workspace


def server(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", metavar="N", min=1024, max=65535, help="Port of Bolt.")] = 7687,
    memory: Annotated[
        str, typer.Option("--memory", metavar="SIZE", help="Heap of the server, as Java writes it: 512m, 2g.")
    ] = "512m",
    stop: Annotated[bool, typer.Option("--stop", help="Stop the server of this workspace, and leave.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Run a local Neo4j without Docker until Ctrl-C; its data stay in the workspace."""
    import re
    import signal

    from referralgraph.cli.progress import Progress
    from referralgraph.errors import UsageError
    from referralgraph.server import LICENCE, LONG_TERM, LocalServer, fetch_artefacts
    from referralgraph.server.artefacts import missing_bytes

    if not re.fullmatch(r"[1-9]\d*[kmgKMG]", memory):
        raise UsageError(f"--memory {memory!r} is no size: write 512m or 2g")
    home = open_workspace(context, workspace).folder / "neo4j"
    if stop:
        stopped = LocalServer(home, ()).stop()
        typer.echo("stopped" if stopped else "no server of this workspace is running", err=True)
        return
    if missing := missing_bytes():
        typer.echo(f"referralgraph: fetching Neo4j {LONG_TERM.version}, {missing / 1e6:,.0f} MB, once.\nLicence: {LICENCE}.", err=True)
    with Progress("fetching") as progress:
        files = fetch_artefacts(lambda done, total: progress.rows("bytes", done))
    local = LocalServer(home, files, port=port, memory=memory)
    password = local.prepare()
    if password is not None:
        typer.echo(
            f"referralgraph: this is shown once; keep it:\n  export NEO4J_USERNAME=neo4j NEO4J_PASSWORD={password}", err=True
        )

    def leave(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, leave)
    try:
        local.start()
        typer.echo(
            f"Neo4j {LONG_TERM.version} answers at {local.uri}, from this computer only; Ctrl-C stops it.\n"
            f"Use it with: referralgraph --store {local.uri} build"
        )
        code = local.wait()
        typer.echo(f"referralgraph: Neo4j ended with code {code}; see {home / 'logs'}", err=True)
        raise typer.Exit(5)
    except KeyboardInterrupt:
        typer.echo("referralgraph: stopping", err=True)
    finally:
        signal.signal(signal.SIGTERM, before)
        local.stop()
