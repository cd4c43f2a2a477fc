"""The server itself is killed, as by a power cut: what it acknowledged is there when it is back."""

from __future__ import annotations

import threading

import pytest

from referralgraph.build import build
from referralgraph.errors import StoreError, StoreUnavailable
from referralgraph.settings import change_team, read_settings


@pytest.fixture
def mortal(neo4j_server):
    """The server that the tests may kill; it is running again afterwards."""
    if neo4j_server.local is None:
        pytest.fail("killing the server needs one that the tests have started: pip install 'referralgraph[server]' and leave "
                    "REFERRALGRAPH_TEST_NEO4J_URI unset", pytrace=False)
    yield neo4j_server.local
    if neo4j_server.local.running() is None:
        neo4j_server.local.start()


def test_killed_while_building(mortal, empty, opened, builder, ask):
    """The build says so with one message; after a restart the old revision answers, judgements included, and a build completes."""
    store = opened(empty, builder)
    settings = read_settings(builder.settings_file)
    first = build(builder, store, settings)
    store.append_judgements([{"kind": "veto", "person": "p-1"}])
    change_team(builder.settings_file, members=("Somebody Else",))
    killed = threading.Event()

    def kill(table: str, rows: int) -> None:
        if table == "Person_MANDATE_Organisation":
            mortal.kill()
            killed.set()

    with pytest.raises((StoreUnavailable, StoreError)) as caught:
        build(builder, opened(empty, builder, lease_seconds=1.0), read_settings(builder.settings_file), progress=kill)
    assert killed.is_set()
    assert "answer" in str(caught.value) or "can't" in str(caught.value)
    mortal.start()
    reader = opened(empty)
    assert reader.current().id == first.id
    assert reader.judgements() == [{"kind": "veto", "person": "p-1"}]
    second = build(builder, opened(empty, builder), read_settings(builder.settings_file))
    assert opened(empty).current().id == second.id
    assert ask("MATCH (n) WHERE n.revision <> $id RETURN count(*) AS n", id=second.id) == [{"n": 0}]
    assert ask("MATCH ()-[t:TIE]->() RETURN count(*) AS n") == [{"n": second.coverage["ties"]}]
