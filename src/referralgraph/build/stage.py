"""Stages: derived folders that are made anew only when their inputs have changed."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from referralgraph.records.workspace import Workspace

_ENDINGS = (".py", ".sql", ".cypher", ".toml")


def code_hash(*packages: str) -> str:
    """Return the hash of the code of packages: a changed formula must not meet yesterday's rows."""
    digest = hashlib.sha256()
    for package in packages:
        for path, file in sorted(_files(resources.files(package), package)):
            digest.update(path.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _files(folder: Traversable, path: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        if entry.is_file() and entry.name.endswith(_ENDINGS):
            found.append((f"{path}/{entry.name}", entry))
    return found


def run_stage(workspace: Workspace, name: str, inputs: dict[str, Any], make: Callable[[Path], object]) -> tuple[Path, str, bool]:
    """Give the folder of a stage, made anew if its inputs have changed.

    :param workspace: the workspace.
    :param name: name of the stage.
    :param inputs: everything the stage depends on, hashes of files and code included.
    :param make: fills an empty folder.
    :returns: the folder, the hash of its inputs, and whether it was made anew.
    """
    digest = hashlib.sha256(json.dumps(inputs, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
    final = workspace.stages / f"{name}-{digest}"
    if final.exists():
        return final, digest, False
    with workspace.new_folder(final) as folder:
        make(folder)
    for old in workspace.stages.glob(f"{name}-*"):
        if old != final:
            shutil.rmtree(old, ignore_errors=True)
    return final, digest, True
