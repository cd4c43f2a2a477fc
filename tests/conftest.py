"""One small fictional country, loaded and built once for all tests that only ask."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from referralgraph.build import build
from referralgraph.demo import Country, generate
from referralgraph.graph.store import open_store
from referralgraph.loaders import source
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.settings import change_team, read_settings


@pytest.fixture(scope="session")
def demo_country(tmp_path_factory: pytest.TempPathFactory) -> Country:
    """Raw files of a country with 300 companies besides those of the story."""
    return generate(tmp_path_factory.mktemp("country"), companies=300, seed=7)


def load_country(workspace: Workspace, country: Country) -> None:
    """Load every raw file of a country the way the demo does."""
    stated = datetime.combine(country.retrieved_at, datetime.min.time(), UTC)
    change_team(workspace.settings_file, me=country.team.me, members=country.team.colleagues,
                organisation=country.team.company)
    load_files(workspace, source("offeneregister"), [country.register])
    for export in country.exports:
        load_files(workspace, source(export.source), [export.path], owner=export.owner, retrieved_at=stated)
    for listing in country.listings:
        load_files(workspace, source("table"), [listing.path], mapping=listing.mapping)


@pytest.fixture(scope="session")
def demo_workspace(tmp_path_factory: pytest.TempPathFactory, demo_country: Country) -> Path:
    """A workspace with the country loaded and built; tests only read it."""
    folder = tmp_path_factory.mktemp("workspace")
    workspace = Workspace(folder)
    load_country(workspace, demo_country)
    store = open_store(workspace)
    build(workspace, store, read_settings(workspace.settings_file))
    store.close()
    return folder


@pytest.fixture(scope="session")
def demo_graph(demo_workspace: Path) -> ReferralGraph:
    """The built country, opened for questions."""
    return ReferralGraph.open(demo_workspace)
