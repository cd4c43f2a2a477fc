"""What a newcomer reads first is true: two commands, links that lead somewhere, files that are there."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import referralgraph

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_readme_has_exactly_two_set_up_commands():
    assert re.findall(r"^    (make .*)$", README, re.MULTILINE) == ["make demo", "make test"]
    assert not re.search(r"^    (pip|python -m venv|git clone|apt|brew)\b", README, re.MULTILINE)


@pytest.mark.parametrize("command", ["demo", "test", "soak"])
def test_the_makefile_has_the_commands(command):
    assert re.search(rf"^{command}:\n\t@tools/setup\.sh", MAKEFILE, re.MULTILINE)
    told = subprocess.run(["make", "--dry-run", command], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "tools/setup.sh" in told.stdout


def test_the_check_of_every_change_is_the_same_command():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make test" in script
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), f"{page.name} names {target}"


def test_the_commands_of_the_readme_exist(tmp_path):
    import typer.main

    from referralgraph.cli.app import app

    commands = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined] # a group of commands
    named = set(re.findall(r"^    (?:\$ |\.venv/bin/)referralgraph (\w+)", README, re.MULTILINE))
    assert named
    assert named <= commands


def test_pins_name_versions_and_no_registry():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9_.+!]+", line) for line in lines if line and line[0] != "#")


def test_every_dependency_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    pinned = {line.partition("==")[0].lower().replace("_", "-") for line in
              (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()}  # fmt: skip
    names = {re.match(r"[A-Za-z0-9_.-]+", each)[0].lower() for each in wanted}  # type: ignore[index] # each has a name
    assert names <= pinned


def test_the_changelog_has_this_version():
    assert f"## [{referralgraph.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
