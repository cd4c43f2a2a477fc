"""Does a linked failure foretell one, and is the model worth more than a company's own attributes? On register files.

    python benchmarks/risk.py FILE... [--draws 200] [--work DIR]

Files are register dumps as OffeneRegister publishes them (.jsonl, .bz2, .gz, .xz). They go through the product's own loader, its
records, its identity and its scoring code. On days half a year apart, companies are seen as they were known by then, and the first
dated liquidator row within the three years after is what is to be foreseen. It isn't insolvency. Everything used is dated before
what is predicted; a company's own status, liquidators and name play no part. Models are fitted on four fifths of the connected
components and measured on the last, in turn; intervals draw whole components (200 draws, seed 1).
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from referralgraph.loaders import source
from referralgraph.records.effective import write_effective_records
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.resolve import Learned, learn_models, resolve
from referralgraph.risk.panel import Panel, as_of_days, components, panel_of
from referralgraph.risk.table import RiskTable
from referralgraph.risk.trial import Trial, run_trial
from referralgraph.risk.write import write_risk_table
from referralgraph.score.measures import Interval
from referralgraph.score.risk import shipped_model
from referralgraph.settings import Settings

_FEW = 100  # events below which an interval says little


def main() -> None:
    """Load, resolve, look back, and print what was found; the last line is the summary."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--draws", type=int, default=200, help="draws of the bootstrap")
    parser.add_argument("--work", type=Path, help="folder for what is in between; a temporary one by default")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        run(arguments.files, arguments.work or Path(scratch), arguments.draws)


def run(files: list[Path], folder: Path, draws: int) -> Trial | None:
    """Walk from raw files to the figures, print and return them; None if nothing can be measured."""
    rules = shipped_model().rules
    with _timed("load"):
        workspace = Workspace(folder / "workspace")
        load_files(workspace, source("offeneregister"), files)
    with _timed("records and identity"):
        records, resolved, risk = (folder / name for name in ("records", "resolved", "risk"))
        for each in (records, resolved, risk, folder / "identity"):
            each.mkdir(parents=True, exist_ok=True)
        write_effective_records(workspace, workspace.effective_loads(), [], [], records)
        learned = Learned(folder / "identity")
        learn_models(records, learned, resolved)
        identity = Settings().identity
        thresholds = {name: getattr(identity, name) for name in ("merge_threshold", "false_merges", "possible_threshold")}
        resolve(records, resolved, {**thresholds, "team_organisation": ""}, learned=Learned(folder / "identity"))
    with _timed("links and events"):
        write_risk_table(records, resolved, risk)
        table = RiskTable(risk)
        days = as_of_days(table, rules)
    with _timed("looking back"):
        panel = panel_of(table, days, rules)
        component = components(table, rules)
    if not len(panel.company) or not panel.happened.any():
        print("summary: no dated event follows any day that can be asked about: nothing can be measured on these files")
        return None
    _describe(table, panel, component)
    with _timed("trial"):
        trial = run_trial(panel, table, component, times=draws)
    _print(trial)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GB", file=sys.stderr)
    print(_summary(trial))
    return trial


def _describe(table: RiskTable, panel: Panel, component: np.ndarray) -> None:
    days = ", ".join((date(1970, 1, 1) + timedelta(days=day)).isoformat() for day in panel.days)
    sizes = np.bincount(component[np.unique(panel.company)])
    print(f"{table.companies:,} organisations, {int((table.first_event < 2**31 - 1).sum()):,} with a dated event")
    print(f"as of {days}")
    print(f"largest component: {int(sizes.max()):,} companies")


def _print(trial: Trial) -> None:
    base = trial.events / trial.rows
    print(f"{trial.rows:,} rows of {trial.companies:,} companies in {trial.components:,} components; "
          f"{trial.events:,} events within three years ({100 * base:.2f} %)")
    print(f"linked to another company: {trial.linked_rows:,} rows, {trial.linked_events:,} events; with a recent failure there: "
          f"{trial.recent_rows:,} rows, {trial.recent_events:,} events")
    for few, what in ((trial.events, "events"), (trial.linked_events, "events among linked companies"),
                      (trial.recent_events, "events beside a recent failure")):
        if few < _FEW:
            print(f"FEW POSITIVES: only {few} {what}; the figures on them say little, look at their intervals")
    print(f"\n{'AUC on unseen companies':<40}{'all':>24}{'linked':>24}")
    for name, everywhere, linked in (
            ("own attributes (age, form, state)", trial.own, trial.own_linked),
            ("degree (linked companies)", trial.degree, trial.degree_linked),
            ("neighbours' weighted vote", trial.vote, None),
            ("  recent failures", None, trial.vote_linked),
            ("  and the kind of the companies", None, trial.kind_linked),
            ("own attributes and evidence", trial.model, trial.model_linked)):
        print(f"{name:<40}{_cell(everywhere):>24}{_cell(linked):>24}")
    print(f"\ngain over own attributes             {_signed(trial.gain)}")
    print(f"recent links: rate over all others   {trial.factor.text(2)}")
    print(f"  over linked companies that are clean {trial.factor_linked.text(2)}")
    print(f"  adjusted for own attributes        {trial.adjusted.text(2)}")
    print(f"lift of the highest tenth            {trial.lift:.2f}")
    print("\ntenths by foretold rate, after one shift to the rate of these files")
    print(f"{'rows':>12}{'foretold':>12}{'observed':>12}")
    for rows, foretold, observed in trial.tenths:
        print(f"{rows:>12,}{foretold:>12.4f}{observed:>12.4f}")
    print(f"mean error {trial.error:.4f}, largest {max(abs(told - seen) for _, told, seen in trial.tenths):.4f}\n")


def _summary(trial: Trial) -> str:
    few = " (FEW POSITIVES)" if min(trial.recent_events, trial.linked_events, trial.events) < _FEW else ""
    return (f"summary: recent-link factor {trial.factor.text(2)}, adjusted {trial.adjusted.text(2)}; AUC {trial.model.text()}, own "
            f"{trial.own.text()}, gain {_signed(trial.gain)}; linked: vote {trial.kind_linked.text()}, model "
            f"{trial.model_linked.text()}; decile error {trial.error:.4f}; {trial.events:,} events, {trial.recent_events:,} beside "
            f"a recent failure{few}")


def _cell(interval: Interval | None) -> str:
    return "" if interval is None else interval.text()


def _signed(interval: Interval) -> str:
    return f"{interval.value:+.4f} [{interval.low:+.4f}, {interval.high:+.4f}]"


@contextmanager
def _timed(name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(f"{name}: {time.perf_counter() - began:.1f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
