"""Where do we stand? The workspace, its loads, its revision and what is stale."""

from __future__ import annotations

from referralgraph.answers.base import Coverage, SourceDate
from referralgraph.answers.status import LoadStatus, StatusAnswer
from referralgraph.errors import NotFound
from referralgraph.graph.revision import Revision
from referralgraph.graph.store import open_store
from referralgraph.records.workspace import Workspace
from referralgraph.settings import read_settings


def workspace_status(workspace: Workspace, store_uri: str | None = None) -> StatusAnswer:
    """Return what is loaded, what is built, and what is newer than the revision.

    :param workspace: the workspace; an empty one is an answer too.
    :param store_uri: the store; the embedded one by default.
    """
    settings = read_settings(workspace.settings_file)
    store = open_store(workspace, store_uri)
    try:
        revision: Revision | None = store.current()
    except NotFound:
        revision = None
    finally:
        store.close()
    built = set(revision.loads) if revision else set()
    effective = {load.load for load in workspace.effective_loads()}
    loads = tuple(
        LoadStatus(
            load=each.load,
            source=each.source,
            file=each.file,
            owner=each.owner,
            loaded_at=each.loaded_at,
            retrieved_at=each.retrieved_at,
            records=each.records,
            quarantined=each.quarantined,
            reasons=each.reasons,
            unknown_words=each.unknown_words,
            built=each.load in built,
        )
        for each in workspace.loads()
    )
    coverage = None
    if revision:
        told = dict(revision.coverage)
        coverage = Coverage(**{**told, "sources": tuple(SourceDate(**each) for each in told["sources"])})
    return StatusAnswer(
        workspace=str(workspace.folder),
        store=store.uri,
        revision=revision.id if revision else None,
        built_at=revision.built_at if revision else None,
        me=settings.team.me,
        team=tuple(dict.fromkeys([*settings.team.members, *(load.owner for load in loads if load.owner)])),
        coverage=coverage,
        loads=loads,
        stale=_stale(revision, effective, built, settings.for_revision()),
    )


def _stale(revision: Revision | None, effective: set[str], built: set[str], settings: dict[str, object]) -> tuple[str, ...]:
    if not effective:
        return ("nothing is loaded: run `referralgraph load SOURCE FILE`",)
    if revision is None:
        return ("nothing is built: run `referralgraph build`",)
    told = []
    if newer := effective ^ built:
        loads = "1 load is" if len(newer) == 1 else f"{len(newer)} loads are"
        told.append(f"{loads} newer than the index: run `referralgraph build`")
    if revision.settings != settings:
        told.append("settings.toml has changed since the build: run `referralgraph build`")
    return tuple(told)
