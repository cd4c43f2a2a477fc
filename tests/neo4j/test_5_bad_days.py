"""Bad days: one clear message each, no password in any of them, nothing lost."""

from __future__ import annotations

import socket
import traceback

import pytest

from referralgraph.cli.__main__ import run as command
from referralgraph.errors import DeadlineExceeded, QueryInvalid, StoreUnavailable
from referralgraph.graph.neo4j_connection import Connection, run

SECRET = "swordfish-hunter2"


def told(store) -> str:
    with pytest.raises(StoreUnavailable) as caught:
        store.current()
    text = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert SECRET not in text
    return str(caught.value)


def test_a_wrong_password(neo4j_server, opened, monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("NEO4J_PASSWORD", SECRET)
    assert "refuses the user name or the password" in told(opened(neo4j_server.uri))
    assert command(["--workspace", str(tmp_path), "--store", neo4j_server.uri, "status"]) == 5
    said = capsys.readouterr()
    assert "NEO4J_PASSWORD" in said.err
    assert SECRET not in said.err + said.out
    assert said.err.count("\n") == 1


def test_no_password_at_all(neo4j_server, opened, monkeypatch):
    monkeypatch.delenv("NEO4J_PASSWORD")
    assert "set NEO4J_USERNAME and NEO4J_PASSWORD" in told(opened(neo4j_server.uri))


def test_nobody_answers(opened, monkeypatch):
    monkeypatch.setenv("NEO4J_PASSWORD", SECRET)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        uri = f"neo4j://localhost:{probe.getsockname()[1]}"
    assert "doesn't answer" in told(opened(uri))


def test_something_else_listens(opened, monkeypatch):
    """A port that takes connections and says nothing in Bolt."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(5)
        import threading

        def close_at_once() -> None:
            while True:
                try:
                    other.accept()[0].close()
                except OSError:
                    return

        thread = threading.Thread(target=close_at_once)
        thread.start()
        message = told(opened(f"bolt://127.0.0.1:{other.getsockname()[1]}"))
        other.close()
        thread.join()
    assert "answer" in message


def test_a_missing_database(neo4j_server, opened, monkeypatch):
    monkeypatch.setenv("NEO4J_DATABASE", "elsewhere")
    assert "NEO4J_DATABASE" in told(opened(neo4j_server.uri))


@pytest.mark.parametrize("uri", [f"neo4j://neo4j:{SECRET}@localhost", f"http://neo4j:{SECRET}@localhost:7474", "ftp://localhost"])
def test_an_address_that_is_none(uri, tmp_path, capsys):
    assert command(["--workspace", str(tmp_path), "--store", uri, "status"]) == 2
    said = capsys.readouterr()
    assert SECRET not in said.err + said.out
    assert said.err.count("\n") == 1


def test_a_query_that_takes_too_long(neo4j_server):
    connection = Connection(neo4j_server.uri)
    slow = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(a * b) AS n"
    with pytest.raises(DeadlineExceeded, match=r"within 0\.5 s"):
        connection.read(lambda transaction: transaction.run(slow).data(), timeout=0.5)
    connection.close()


def test_reading_cannot_write(neo4j_server, ask):
    """Reads go out in read mode, which the server holds to; so they reach replicas in a cluster."""
    connection = Connection(neo4j_server.uri)
    with pytest.raises(Exception, match=r"[Ww]rit"):
        connection.read(lambda transaction: transaction.run("CREATE (:Intruder)").consume())
    connection.close()
    assert ask("MATCH (n:Intruder) RETURN count(*) AS n") == [{"n": 0}]


def test_a_query_of_ours_that_the_server_refuses(neo4j_server, monkeypatch):
    connection = Connection(neo4j_server.uri)
    with pytest.raises(QueryInvalid):
        connection.read(lambda transaction: transaction.run("MATCH (p RETURN p").data())
    with pytest.raises(QueryInvalid, match="there is no query read/nothing"):
        connection.read(lambda transaction: run(transaction, "read/nothing", {}))
    connection.close()


def test_a_server_that_is_too_old(neo4j_server, opened, monkeypatch):
    """Told from the server's own words, before anything is read; here the oldest that will do is of the far future."""
    monkeypatch.setattr("referralgraph.graph.neo4j_connection.OLDEST", (9999, 1))
    assert "needs Neo4j 9999.1 or newer" in told(opened(neo4j_server.uri))


@pytest.mark.parametrize("scheme", ["neo4j+s", "neo4j+ssc", "bolt+s"])
def test_a_scheme_that_the_server_does_not_speak(scheme, neo4j_server, tmp_path, capsys):
    """TLS where the server has none: one line, exit code 5."""
    uri = f"{scheme}://{neo4j_server.uri.partition('://')[2]}"
    assert command(["--workspace", str(tmp_path), "--store", uri, "status"]) == 5
    said = capsys.readouterr()
    assert "scheme" in said.err
    assert said.err.count("\n") == 1


def test_a_missing_database_ends_with_its_exit_code(neo4j_server, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("NEO4J_DATABASE", "elsewhere")
    assert command(["--workspace", str(tmp_path), "--store", neo4j_server.uri, "status"]) == 5
    said = capsys.readouterr()
    assert "'elsewhere'" in said.err
    assert said.err.count("\n") == 1
