"""Wheel and sdist: everything in them, installed into an empty environment, and the whole way walked there."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {"src/referralgraph": "referralgraph", "loaders": "referralgraph/loaders", "cypher": "referralgraph/cypher"}
LEFT_BEHIND = {"__pycache__"}


def command(*arguments: object, cwd: Path, **environment: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "REFERRALGRAPH"))}
    told = subprocess.run(
        [str(each) for each in arguments], capture_output=True, text=True, check=False, cwd=cwd, env=kept | environment
    )
    assert told.returncode == 0, told.stdout[-2000:] + told.stderr[-4000:]
    return told.stdout


def sources() -> set[str]:
    """Return every file that the wheel must have, by its place there."""
    return {
        f"{place}/{file.relative_to(ROOT / folder).as_posix()}"
        for folder, place in FOLDERS.items()
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and not any(part in LEFT_BEHIND or part.startswith(".") for part in file.parts)
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sdist, and the wheel made from the sdist as installers make it."""
    place = tmp_path_factory.mktemp("dist")
    # Without isolation: setuptools is one of the pinned test packages, so that no download is needed.
    command(sys.executable, "-m", "build", "--no-isolation", "--outdir", place, ROOT, cwd=place)
    return place


def only(place: Path, pattern: str) -> Path:
    (found,) = place.glob(pattern)
    return found


def test_the_wheel_has_every_file_and_nothing_else(built):
    with zipfile.ZipFile(only(built, "*.whl")) as wheel:
        names = {name for name in wheel.namelist() if not name.split("/")[0].endswith(".dist-info")}
    assert names == sources()
    assert "referralgraph/py.typed" in names
    assert {name.rpartition(".")[2] for name in names} >= {"py", "sql", "cypher", "po", "toml", "html", "css", "js"}


def test_the_wheel_says_what_it_is(built):
    with zipfile.ZipFile(only(built, "*.whl")) as wheel:
        (metadata,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
        text = wheel.read(metadata).decode()
        assert any(name.endswith("/LICENSE") for name in wheel.namelist())
    assert "\nLicense-Expression: Apache-2.0\n" in text
    assert "\nRequires-Python: <3.15,>=3.11\n" in text
    assert "igraph" not in text
    assert "Unidecode" not in text


def test_the_sdist_can_be_built_again(built):
    with tarfile.open(only(built, "*.tar.gz")) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for file in sources():
        place = next(each for each in sorted(FOLDERS.values(), reverse=True) if file.startswith(f"{each}/"))
        folder = next(folder for folder, each in FOLDERS.items() if each == place)
        assert f"{folder}/{file.removeprefix(place + '/')}" in names
    assert {"pyproject.toml", "README.md", "LICENSE"} <= names


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an environment with the wheel; its dependencies it finds where the tests have them."""
    place = tmp_path_factory.mktemp("empty") / "environment"
    venv.create(place, with_pip=False, symlinks=os.name != "nt")
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = Path(command(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=place).strip())
    command(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "--quiet",
            "--disable-pip-version-check", only(built, "*.whl"), cwd=place)  # fmt: skip
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def test_the_installed_program_walks_the_demo(installed, tmp_path):
    """Of its own size, as a newcomer runs it: the target is one person, and his path is the one worked out by hand."""
    files = "import referralgraph, referralgraph.loaders as l; print(referralgraph.__file__, l.__file__)"
    where = command(installed, "-c", files, cwd=tmp_path)
    assert str(installed.parent.parent) in where
    assert str(ROOT / "loaders") not in where
    program = installed.with_name("referralgraph.exe" if os.name == "nt" else "referralgraph")
    told = command(program, "demo", "country", cwd=tmp_path, COLUMNS="200")
    assert "1. Mara Wiesentau → Torsten Quellbrink → Friederike Moosgrund" in told
    assert (tmp_path / "country" / "introduction.html").stat().st_size > 100_000
    german = command(
        program, "--workspace", "country/workspace", "find", "Vrederkamp, Ostermühl", "--lang", "de", cwd=tmp_path
    )
    assert "Verbindungen" in german


def test_the_installed_loaders_have_their_mappings(installed, tmp_path):
    (tmp_path / "contacts.csv").write_text(
        "First Name,Last Name,Organization Name,E-mail 1 - Value\nNova,Ankerfrau,Ankerwerk GmbH,nova@example.com\n",
        encoding="utf-8",
    )
    program = installed.with_name("referralgraph.exe" if os.name == "nt" else "referralgraph")
    told = command(program, "load", "table", "contacts.csv", "--mapping", "google_contacts", "--owner", "Me",
                   "--format", "json", cwd=tmp_path)  # fmt: skip
    assert '"contact": 1' in told
