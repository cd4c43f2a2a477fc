"""How the tests of the command line run it: as typed, with stdout and stderr apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from referralgraph.cli.__main__ import run as run_command


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Return a function that runs a command in an empty folder, in a terminal of so many columns."""
    monkeypatch.chdir(tmp_path)
    for name in ("REFERRALGRAPH_WORKSPACE", "REFERRALGRAPH_STORE"):
        monkeypatch.delenv(name, raising=False)

    def run_it(*arguments: str | Path, columns: int = 80) -> Ran:
        monkeypatch.setenv("COLUMNS", str(columns))
        capsys.readouterr()
        code = run_command([str(each) for each in arguments])
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return run_it


@pytest.fixture
def ask(run: Run, demo_workspace: Path) -> Run:
    """Return a function that runs a command on the built country."""

    def ask_it(*arguments: str | Path, columns: int = 80) -> Ran:
        return run("--workspace", demo_workspace, *arguments, columns=columns)

    return ask_it
