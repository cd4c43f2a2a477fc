"""The stores that every store must equal; each holds the same fictional country."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from referralgraph.graph.store import Store, open_store
from referralgraph.records.workspace import Workspace


@pytest.fixture(scope="session", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, demo_workspace: Path) -> Iterator[Store]:
    """A store with the country published, opened for reading."""
    uri = "embedded" if request.param == "embedded" else request.getfixturevalue("neo4j_published")
    opened = open_store(Workspace(demo_workspace), uri)
    yield opened
    opened.close()
