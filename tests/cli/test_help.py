"""Help is fast, complete and the same in docs/cli.md."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from referralgraph.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("numpy", "numba", "pandas", "duckdb", "ladybug", "neo4j", "splink", "pyarrow", "scipy")
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined] # a group of commands
BELOW = [
    (command, name)
    for command, each in typer.main.get_command(app).commands.items()  # type: ignore[attr-defined] # a group of commands
    for name in getattr(each, "commands", ())
]

HELPS = """
import contextlib, io, json, sys
from referralgraph.cli.__main__ import run
loaded = {}
for arguments in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.StringIO()) as told:
        code = run(arguments)
    assert code == 0 and "Usage: referralgraph" in told.getvalue(), (arguments, code, told.getvalue())
    loaded[" ".join(arguments)] = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps(loaded))
"""


def test_no_help_imports_what_is_heavy():
    """One process after the other help: what one had imported, the next would show too."""
    asked = [["--help"], *([command, "--help"] for command in COMMANDS)]
    told = subprocess.run(
        [sys.executable, "-c", HELPS, json.dumps(asked)], capture_output=True, text=True, check=True
    )
    for arguments, loaded in json.loads(told.stdout).items():
        assert not set(HEAVY) & set(loaded), f"{arguments} imports {sorted(set(HEAVY) & set(loaded))}"


def test_the_contract_has_its_commands():
    wanted = {"demo", "sources", "load", "build", "status", "find", "show", "path", "network", "export", "schema"}
    assert wanted <= set(COMMANDS)


def _section(page: str, command: str) -> str:
    found = re.search(rf"^## {command}\n(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE)
    assert found, f"docs/cli.md has no section on {command}"
    return found[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_documented(command):
    section = _section((ROOT / "docs" / "cli.md").read_text(encoding="utf-8"), command)
    for parameter in typer.main.get_command(app).commands[command].params:  # type: ignore[attr-defined] # a group
        if parameter.param_type_name == "option":
            for name in parameter.opts:
                assert re.search(rf"(?<![\w-]){name}(?![\w-])", section), f"{command} {name} is not in docs/cli.md"
        assert getattr(parameter, "help", None), f"{command} {parameter.name} has no help"


@pytest.mark.parametrize(("command", "name"), BELOW)
def test_every_option_below_a_command_is_documented(command, name):
    section = _section((ROOT / "docs" / "cli.md").read_text(encoding="utf-8"), command)
    for parameter in typer.main.get_command(app).commands[command].commands[name].params:  # type: ignore[attr-defined]
        for option in parameter.opts if parameter.param_type_name == "option" else ():
            assert re.search(rf"(?<![\w-]){option}(?![\w-])", section), f"{command} {name} {option} is not in docs/cli.md"
        assert getattr(parameter, "help", None), f"{command} {name} {parameter.name} has no help"


def test_the_page_of_commands_is_what_help_says():
    told = subprocess.run(
        [sys.executable, "-c", "from tools.help_pages import page; import sys; sys.stdout.write(page())"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    ).stdout  # fmt: skip
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert page == told, "run `python -m tools.help_pages`"
    assert page.count("    Usage: referralgraph") == len(COMMANDS) + len(BELOW) + 1


def test_a_question_takes_the_options_of_the_contract():
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined] # a group
    for question in ("find", "show", "path", "network"):
        options = {name for parameter in commands[question].params for name in parameter.opts}
        assert {"--format", "--lang", "--workspace", "--store"} <= options
    assert {"--to", "-k", "--max-ties", "--min-strength", "--current-only", "--avoid", "--html", "--as-of", "--viewer",
            "--timeout"} <= {name for parameter in commands["path"].params for name in parameter.opts}  # fmt: skip


def test_the_version(run):
    told = run("--version")
    assert told.code == 0
    assert re.fullmatch(r"referralgraph \d+\.\d+\.\d+\n", told.out)
