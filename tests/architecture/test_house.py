"""What holds for every file of the house."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 400
DATA = ("*.json", "*.sql", "*.cypher", "*.po", "*.toml", "*.html", "*.css", "*.js", "*.lock", "py.typed")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_module_says_what_it_is(modules):
    without = [str(module.file) for module in modules if not ast.get_docstring(module.tree)]
    assert without == []


def test_no_file_is_too_long_to_read():
    files = [
        file
        for folder in ("src", "loaders", "cypher", "tools", "tests", "benchmarks")
        for ending in ("*.py", "*.sql", "*.cypher", "*.js", "*.css", "*.html")
        for file in (ROOT / folder).rglob(ending)
    ]
    lines = {str(file): len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert {file: count for file, count in lines.items() if count > LONGEST} == {}


def test_every_package_is_declared_and_each_declared_package_is_there(packages):
    declared = set(PROJECT["tool"]["setuptools"]["packages"])
    there = {
        ".".join([package, *file.parent.relative_to(folder).parts])
        for package, folder in packages.items()
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and not any(part.startswith(".") for part in file.parts)
    }
    assert there == declared


def test_every_data_file_goes_into_the_wheel(packages):
    patterns = PROJECT["tool"]["setuptools"]["package-data"]
    left_out = []
    for package, folder in packages.items():
        for file in folder.rglob("*"):
            if not any(fnmatch(file.name, pattern) for pattern in DATA):
                continue
            own = ".".join([package, *file.parent.relative_to(folder).parts])
            if not any(fnmatch(file.name, each) for name in ("*", own) for each in patterns.get(name, ())):
                left_out.append(str(file))
    assert left_out == []


def test_there_is_no_other_kind_of_file_that_the_wheel_would_forget(packages):
    other = [
        str(file)
        for folder in packages.values()
        for file in folder.rglob("*")
        if file.is_file()
        and file.suffix != ".py"
        and not any(part == "__pycache__" or part.startswith(".") for part in file.parts)
        and not any(fnmatch(file.name, pattern) for pattern in DATA)
    ]
    assert other == []


def test_the_library_does_not_print(modules):
    calls = [
        f"{module.file}:{node.lineno}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert calls == []


def test_every_exception_is_of_the_one_tree(modules):
    """Who catches ReferralGraphError has everything that is raised on purpose; ValueError stays for programmers."""
    strangers = [
        f"{module.file}:{node.lineno} {node.name}"
        for module in modules
        if module.name != "referralgraph.errors"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")  # caught where it was raised
        and any(isinstance(base, ast.Name) and base.id.endswith(("Error", "Exception")) for base in node.bases)
    ]
    assert strangers == []


def test_nothing_names_the_machine_it_was_written_on():
    folders = ("src", "loaders", "cypher", "docs", "tools", "benchmarks")
    marks = ("/" + "work/", "/" + "tmp/probe", "/" + "root/", "/" + "home/")
    found = []
    for folder in folders:
        for file in (ROOT / folder).rglob("*"):
            if file.is_file() and file.suffix in {
                ".py",
                ".sql",
                ".cypher",
                ".md",
                ".sh",
                ".toml",
                ".js",
                ".html",
                ".po",
            }:
                text = file.read_text(encoding="utf-8")
                found += [f"{file}: {mark}" for mark in marks if mark in text]
    assert found == []


def test_the_style_is_the_one_of_pyproject():
    told = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format", "concise", str(ROOT)],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout[-4000:]
