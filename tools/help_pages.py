"""Write the help of each command into docs/cli.md: `python -m tools.help_pages`; what stands around it is by hand."""

from __future__ import annotations

import re
from pathlib import Path

import typer
import typer.main

from referralgraph.cli.app import app

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
_WIDTH = 100
_BLOCK = re.compile(r"(<!-- help of (?P<command>[\w ]+) -->\n)(?:\n    .*|\n)*?(?=\n\S|\Z)")


def helps() -> dict[str, str]:
    """Return what ``--help`` says of the program itself and of each command."""
    program = typer.main.get_command(app)
    above = typer.Context(program, info_name="referralgraph", terminal_width=_WIDTH, max_content_width=_WIDTH)
    told = {"referralgraph": program.get_help(above)}
    for name, command in program.commands.items():  # type: ignore[attr-defined] # the program is a group of commands
        context = typer.Context(command, info_name=name, parent=above, terminal_width=_WIDTH, max_content_width=_WIDTH)
        told[name] = command.get_help(context)
        for below, each in getattr(command, "commands", {}).items():  # a command that is a group itself
            inner = typer.Context(each, info_name=below, parent=context, terminal_width=_WIDTH, max_content_width=_WIDTH)
            told[f"{name} {below}"] = each.get_help(inner)
    return told


def page() -> str:
    """Return the page with the help as it is now in each block that is marked for it."""
    told = helps()

    def block(match: re.Match[str]) -> str:
        lines = told[match["command"]].rstrip().splitlines()
        return match[1] + "\n" + "".join(f"    {line}".rstrip() + "\n" for line in lines)

    return _BLOCK.sub(block, PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
