"""The files of the house, as the tests of its architecture see them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = {
    "referralgraph": ROOT / "src" / "referralgraph",
    "referralgraph.loaders": ROOT / "loaders",
    "referralgraph.cypher": ROOT / "cypher",
}


@dataclass(frozen=True)
class Module:
    """One Python file of the product."""

    name: str
    file: Path

    @property
    def part(self) -> str:
        """Return the part of the house it belongs to: `graph` for `referralgraph.graph.query`."""
        _, _, rest = self.name.partition(".")
        return rest.partition(".")[0] or "referralgraph"

    @cached_property
    def tree(self) -> ast.Module:
        """Return its syntax tree."""
        return ast.parse(self.file.read_text(encoding="utf-8"))

    def imported(self) -> Iterator[tuple[str, int]]:
        """Yield each module of the house that it imports anywhere, with the line."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                found = [node.module or ""]
                assert not node.level, f"{self.file}:{node.lineno}: a relative import"
                if node.module == "referralgraph":
                    found = [f"referralgraph.{alias.name}" for alias in node.names]
            else:
                continue
            yield from ((name, node.lineno) for name in found if name.partition(".")[0] == "referralgraph")


@pytest.fixture(scope="session")
def packages() -> dict[str, Path]:
    """Return the folders that become packages of the wheel."""
    return PACKAGES


@pytest.fixture(scope="session")
def modules() -> list[Module]:
    """Return every module of the product."""
    found = []
    for package, folder in PACKAGES.items():
        for file in sorted(folder.rglob("*.py")):
            parts = list(file.relative_to(folder).with_suffix("").parts)
            if parts[-1] == "__init__":
                parts.pop()
            found.append(Module(".".join([package, *parts]), file))
    assert len(found) > 80, "the tests look for the house in the wrong place"
    return found
