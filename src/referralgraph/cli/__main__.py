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
        _tell(str(error))
        return error.exit_code
    except TyperException as error:
        _show_usage(error)
        return error.exit_code
    except Exit as leave:
        result = leave.exit_code
    except BrokenPipeError:
        return 0
    except SystemExit as leave:
        # typer leaves with 1 when the reader of a pipe has gone, but `| head` isn't a mistake of anybody
        if isinstance(leave.__context__, BrokenPipeError):
            return 0
        raise
    except (KeyboardInterrupt, Abort):
        result = _INTERRUPTED
    except OSError as error:
        _tell(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "))
        return 4
    if result == _INTERRUPTED:
        _tell("interrupted; what was there before is unchanged")
    return int(result) if isinstance(result, int) else 0


def _tell(message: str) -> None:
    """Say what is wrong on stderr; names in it come from files, so nothing in them may steer the terminal."""
    from referralgraph.render.table import plain  # render imports every answer, which --help never needs

    typer.echo("\n".join(plain(line) for line in f"referralgraph: {message}".split("\n")), err=True)


def _show_usage(error: TyperException) -> None:
    show = getattr(error, "show", None)
    if show is None:
        _tell(error.format_message())
    else:
        show()


if __name__ == "__main__":
    main()
