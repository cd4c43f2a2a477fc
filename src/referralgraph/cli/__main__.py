"""Entry point: commands in, answers on stdout, messages on stderr, one exit code for each kind of trouble."""

from __future__ import annotations

import os
import sys

import typer
from typer.exceptions import Abort, Exit, TyperException

from referralgraph.cli.app import app
from referralgraph.errors import ReferralGraphError

_INTERRUPTED = 130


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr] # names in any script
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader, `head` for one, has seen enough
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code.

    :param arguments: as typed, without the program's name.
    """
    try:
        result = app(arguments, standalone_mode=False, prog_name="referralgraph")
    except ReferralGraphError as error:
        typer.echo(f"referralgraph: {error}", err=True)
        return error.exit_code
    except TyperException as error:
        error.show()
        return int(getattr(error, "exit_code", 2))
    except Exit as leave:
        return leave.exit_code
    except BrokenPipeError:
        return 0
    except (KeyboardInterrupt, Abort):
        typer.echo("referralgraph: interrupted; what was there before is unchanged", err=True)
        return _INTERRUPTED
    except OSError as error:
        typer.echo(f"referralgraph: {error.strerror or error}: {error.filename or ''}".rstrip(": "), err=True)
        return 4
    return int(result) if isinstance(result, int) else 0


if __name__ == "__main__":
    main()
