"""The way from loaded records to a published revision."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from referralgraph import __version__
from referralgraph.build.accounts import account_judgements, write_account_tables
from referralgraph.build.coverage import coverage_of
from referralgraph.build.stage import code_hash, run_stage
from referralgraph.errors import NotFound
from referralgraph.graph.revision import Revision, revision_id
from referralgraph.graph.schema import schema_id
from referralgraph.graph.store import Store
from referralgraph.graph.tables import write_graph_tables
from referralgraph.identity import IDENTITY
from referralgraph.index.compiled import warm
from referralgraph.index.influence import library, write_influence
from referralgraph.index.possible import write_possible
from referralgraph.index.split import write_split
from referralgraph.index.write import write_index
from referralgraph.index.write_names import write_names
from referralgraph.judgements import standing
from referralgraph.records.effective import write_effective_records
from referralgraph.records.workspace import Load, Workspace
from referralgraph.resolve import Compared, Learned, keep_members, keep_roots, learn_models, resolve, split_ids
from referralgraph.risk.publish import publish_risk
from referralgraph.score.risk import read_model
from referralgraph.settings import Settings
from referralgraph.ties import derive_ties

_KEPT = 2  # the current revision and the one before: a reader that opened it just now still finds it
_COMPILED_FROM = 50_000  # ties; below, questions are answered before machine code would be loaded
Step = Callable[[str], None]


def team_names(settings: Settings, owners: set[str]) -> tuple[str, ...]:
    """Return the names of our people: those of the settings and everyone whose contacts were loaded."""
    told = {settings.team.me, *settings.team.members, *owners}
    return tuple(sorted(name for name in told if name))


def owners_in(workspace: Workspace, loads: Iterable[Load]) -> set[str]:
    """Return whose contacts and interactions a table states by a column of its own, as an export of a team's CRM does."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    files = [workspace.records / load.load / f"{name}.parquet" for load in loads for name in ("contact", "interaction")]
    return {
        owner for file in files if file.exists() for owner in pc.unique(pq.read_table(file, columns=["owner"]).column(0)).to_pylist()
    }


def build(workspace: Workspace, store: Store, settings: Settings, *, retrain: bool = False, step: Step = lambda text: None,
          progress: Callable[[str, int], None] = lambda table, rows: None) -> Revision:
    """Build everything that was loaded into one revision and publish it.

    :param workspace: where the loads are.
    :param store: where to publish.
    :param settings: team and constants.
    :param retrain: learn the identity model anew; else the one that was learned first stays.
    :param step: told the name of each stage as it begins.
    :param progress: told the table that is being published and how many of its rows are there.
    :returns: the revision; the current one if nothing has changed.
    :raises NotFound: if nothing is loaded.
    :raises StoreBusy: if somebody else is building.
    """
    with store.building():
        loads = workspace.effective_loads()
        if not loads:
            raise NotFound("nothing is loaded yet: run `referralgraph load SOURCE FILE` first")
        team = team_names(settings, {load.owner for load in loads if load.owner} | owners_in(workspace, loads))
        judgements = standing(store.judgements())
        suppressed = sorted({record for each in judgements if each.kind == "erasure" for record in each.records})
        step("records")
        records, records_hash, _ = run_stage(
            workspace, "records",
            {"loads": sorted(load.load for load in loads), "team": team, "suppressed": suppressed,
             "code": code_hash("referralgraph.records")},
            lambda folder: write_effective_records(workspace, loads, team, suppressed, folder))
        step("resolve")
        learned = Learned(workspace.identity)
        if retrain or not learned.is_learned("person"):
            with workspace.new_folder(workspace.stages / f"learning-{records_hash}") as scratch:
                learn_models(records, learned, scratch)
            shutil.rmtree(workspace.stages / f"learning-{records_hash}", ignore_errors=True)
            learned = Learned(workspace.identity)
        identity: dict[str, float | int | str] = {
            "merge_threshold": settings.identity.merge_threshold, "false_merges": settings.identity.false_merges,
            "possible_threshold": settings.identity.possible_threshold,
            "team_organisation": settings.team.organisation or ""}
        decided = [each for each in judgements if each.kind == IDENTITY]
        former = workspace.identity / "roots.parquet"
        resolved, resolved_hash, _ = run_stage(
            workspace, "resolve",
            {"records": records_hash, "settings": identity, "model": learned.id, "judgements": [each.as_row() for each in decided],
             "code": code_hash("referralgraph.resolve")},
            lambda folder: resolve(records, folder, identity, learned=learned, judgements=decided, former=former,
                                   compared=Compared(workspace.identity / "compared", learned.id)))
        step("ties")
        ties, ties_hash, _ = run_stage(
            workspace, "ties",
            {"resolved": resolved_hash, "settings": asdict(settings.ties), "betweenness": library(),
             "code": code_hash("referralgraph.ties", "referralgraph.index")},
            lambda folder: _make_ties(records, resolved, folder, settings))
        step("accounts")
        entered = account_judgements(judgements)
        accounts, accounts_hash, _ = run_stage(
            workspace, "accounts",
            # without an entry nothing of it depends on the records, and the graph isn't made anew for a setting
            {"resolved": resolved_hash if entered else "", "judgements": [each.as_row() for each in entered],
             "settings": asdict(settings.accounts) if entered else {},
             "code": code_hash("referralgraph.accounts", "referralgraph.score")},
            lambda folder: write_account_tables(entered, resolved, settings.accounts, folder))
        step("graph")
        graph, graph_hash, _ = run_stage(
            workspace, "graph",
            {"ties": ties_hash, "accounts": accounts_hash,
             "code": code_hash("referralgraph.graph", "referralgraph.cypher.schema", "referralgraph.cypher.write")},
            lambda folder: _make_graph(records, resolved, ties, accounts, folder))
        step("risk")
        model = read_model(workspace.folder / settings.risk.model if settings.risk.model else None)
        risk, risk_hash, _ = run_stage(
            workspace, "risk",
            {"resolved": resolved_hash, "model": model.to_json(), "code": code_hash("referralgraph.risk", "referralgraph.score")},
            lambda folder: publish_risk(records, resolved, folder, model))
        revision = Revision(
            id=revision_id({"graph": graph_hash, "risk": risk_hash, "settings": settings.for_revision(),
                            "judgements": [each.as_row() for each in judgements]}),
            built_at=datetime.now(UTC).replace(microsecond=0, tzinfo=None).isoformat(),
            version=__version__, loads=tuple(sorted(load.load for load in loads)), settings=settings.for_revision(),
            coverage=asdict(coverage_of(records, resolved, ties)), decided=tuple(each.id for each in decided),
            schema=schema_id())
        step("publish")
        index = workspace.stages / "index"
        shutil.rmtree(index, ignore_errors=True)
        shutil.copytree(ties / "index", index)
        for part in ("names", "possible"):
            shutil.copytree(graph / part, index / part)
        shutil.copytree(risk, index / "risk")
        write_split(split_ids(resolved, workspace.identity), index)
        store.publish(revision, graph, index, progress=progress)
        keep_roots(resolved, former)
        keep_members(resolved, workspace.identity)
        shutil.rmtree(index, ignore_errors=True)
        _sweep(workspace)
        return store.current()


def _make_ties(records: Path, resolved: Path, folder: Path, settings: Settings) -> None:
    derive_ties(records, resolved, folder, settings.ties)
    (folder / "index").mkdir()
    if write_index(resolved, folder, folder / "index", settings.ties) >= _COMPILED_FROM:
        warm()  # once an installation: no question on a large graph waits for the compiler
    write_influence(folder / "index", folder)


def _make_graph(records: Path, resolved: Path, ties: Path, accounts: Path, folder: Path) -> None:
    write_graph_tables(records, resolved, ties, accounts, folder)
    write_names(folder, folder / "names")
    write_possible(folder, resolved, ties, folder / "possible")


def _sweep(workspace: Workspace) -> None:
    """Delete the graph and index of old embedded revisions; judgements and loads are never touched."""
    if not workspace.current.exists():
        return
    current = workspace.current_revision()
    others = sorted((each for each in workspace.revisions.glob("*") if each != current and not each.name.startswith(".")),
                    key=lambda each: each.stat().st_mtime)
    for old in others[: max(0, len(others) - (_KEPT - 1))]:
        shutil.rmtree(old, ignore_errors=True)
