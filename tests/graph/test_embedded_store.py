"""The embedded store: publishing is one switch, a published file is never written again, judgements are safe."""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import ladybug
import pytest

from referralgraph.cli.__main__ import run
from referralgraph.errors import NotFound, ReferralGraphError, UsageError
from referralgraph.graph.revision import Revision
from referralgraph.graph.store import open_store
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.workspace import Workspace


@pytest.fixture
def copy(demo_workspace: Path, tmp_path: Path) -> Workspace:
    """A workspace of one's own with the country published."""
    return Workspace(shutil.copytree(demo_workspace, tmp_path / "workspace"))


def publish_again(workspace: Workspace, identifier: str) -> Revision:
    """Publish the same tables under another id, as a second build would."""
    store = open_store(workspace)
    index = workspace.folder / "index-to-publish"
    shutil.copytree(store.index_folder(), index)
    revision = replace(store.current(), id=identifier)
    store.publish(revision, next(workspace.stages.glob("graph-*")), index)
    store.close()
    return revision


def fingerprint(folder: Path) -> dict[str, tuple[str, int]]:
    return {
        str(file.relative_to(folder)): (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_a_published_revision_is_never_written_again(copy: Workspace) -> None:
    """Questions of every kind and a second publication leave its files as they were: hash and time of change."""
    before = fingerprint(copy.current_revision())
    folder = copy.current_revision()
    graph = ReferralGraph.open(copy.folder)
    answer = graph.path((), ["Leonhard Vrederkamp, Ostermühl"])
    graph.show(answer.paths[0].people[1].id, identity=True)
    graph.path_network(answer)
    graph.find("Kaltenmoor")
    publish_again(copy, "0" * 16)
    graph.close()
    assert "graph.lbdb" in before
    assert fingerprint(folder) == before


def test_a_reader_sees_the_old_revision_or_the_new_one(copy: Workspace) -> None:
    """While another is published, every reader that opens gets a whole one; who had opened keeps the old."""
    old = open_store(copy).current().id
    early = ReferralGraph.open(copy.folder)
    seen: set[str] = set()
    wrong: list[Exception] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                graph = ReferralGraph.open(copy.folder)
                answer = graph.path((), ["Leonhard Vrederkamp, Ostermühl"], k=1)
                seen.add(answer.revision)
                assert answer.paths[0].strength == pytest.approx(0.091125)
                graph.close()
            except (ReferralGraphError, AssertionError, OSError) as error:
                wrong.append(error)
                return

    reader = threading.Thread(target=read)
    reader.start()
    new = publish_again(copy, "f" * 16).id
    late = ReferralGraph.open(copy.folder).path((), ["Leonhard Vrederkamp, Ostermühl"], k=1)
    stop.set()
    reader.join()
    assert wrong == []
    assert seen <= {old, new}
    assert late.revision == new
    assert early.path((), ["Leonhard Vrederkamp, Ostermühl"], k=1).revision == old


def test_publishing_that_fails_changes_nothing(copy: Workspace) -> None:
    """Tables that can't be read: the old revision is current and nothing half-made is left."""
    store = open_store(copy)
    old, listing = store.current(), sorted(copy.revisions.iterdir())
    index = copy.folder / "index-to-publish"
    index.mkdir()
    with pytest.raises(OSError, match="nowhere"):
        store.publish(replace(old, id="a" * 16), copy.folder / "nowhere", index)
    assert open_store(copy).current() == old
    assert sorted(copy.revisions.iterdir()) == listing


def test_judgements_survive_a_line_that_was_cut_off(copy: Workspace) -> None:
    """Two judgements are safe; a third that was killed while it was written was never acknowledged: left out."""
    store = open_store(copy)
    made = [{"kind": "veto", "text": 'Ostermühl "quoted"\n'}, {"kind": "outcome", "number": 1}]
    store.append_judgements(made)
    file = next(copy.judgements.iterdir())
    whole = file.read_bytes()
    torn = json.dumps({"kind": "Ostermühl"}, ensure_ascii=False).encode()
    for cut in range(1, len(torn)):
        file.write_bytes(whole + torn[:cut])
        assert open_store(copy).judgements() == made
    later = {"kind": "veto", "text": "after the kill"}
    open_store(copy).append_judgements([later])
    assert open_store(copy).judgements() == [*made, later]


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.current(),
        lambda store: store.index_folder(),
        lambda store: store.read("read/person", [{"id": "p"}]),
    ],
)
def test_an_empty_workspace_says_what_to_do(tmp_path: Path, ask: Callable[[object], object]) -> None:
    """Nothing was loaded or built."""
    with pytest.raises(NotFound, match="referralgraph"):
        ask(open_store(Workspace(tmp_path)))


def test_an_unknown_store_is_refused_without_telling_its_password(tmp_path: Path) -> None:
    """The message names the scheme alone."""
    with pytest.raises(UsageError) as raised:
        open_store(Workspace(tmp_path), "ftp://me:secret@host")
    assert "secret" not in str(raised.value)


def test_a_graph_of_another_version_says_to_build_again(copy: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """As an older version left it: without a column that the queries ask for, and without the name of its schema."""
    whole = copy.current_revision()
    publish_again(copy, "0" * 16)
    shutil.rmtree(whole)
    folder = copy.current_revision()
    with ladybug.Database(str(folder / "graph.lbdb")) as database, ladybug.Connection(database) as connection:
        connection.execute("ALTER TABLE Person DROP influence_score")
    told = json.loads((folder / "revision.json").read_text(encoding="utf-8"))
    del told["schema"]
    (folder / "revision.json").write_text(json.dumps(told), encoding="utf-8")
    question = ["show", "Leonhard Vrederkamp, Ostermühl", "--workspace", str(copy.folder)]
    assert run(question) == 5
    message = capsys.readouterr().err
    assert "another version of ReferralGraph" in message
    assert "`referralgraph build`" in message
    assert "Traceback" not in message
    assert run(["build", "--workspace", str(copy.folder)]) == 0
    assert run(question) == 0


def test_an_index_that_lacks_a_file_of_today_says_to_build_again(copy, capsys):
    """As an older version left it: links without what is read today; `path` marks failed firms by it and must not leave that out."""
    next(copy.revisions.glob("*/index/risk/company_known.npy")).unlink()
    assert run(["--workspace", str(copy.folder), "path", "--to", "Leonhard Vrederkamp, Ostermühl"]) == 5
    message = capsys.readouterr().err
    assert "another version of ReferralGraph" in message
    assert "referralgraph build" in message
