r"""Identity against the truth of a labelled file, beside plain Splink on the same file in the same run.

    python benchmarks/identity.py FILE... [--truth cluster] [--labels LABELS.csv] [--map given_name=first_name]...

The file goes the way of any table: `load table` with a mapping, `build`, `export records`. The mapping is made from the names of
the columns; `--map FIELD=COLUMN` says it where they don't tell (`--map address=street_number+address_1`; `--map city=` leaves
it out). Truth is a column of the file, a pattern on one (`--truth rec_id --pattern "(rec-\d+)"`), or pairs in a file of labels.
A file that mixes people with organisations has a column that tells them apart, found by its name and words or named
(`--kind type --person-words person,individual`); without one each row is judged by what it holds (a legal form, a register number, a
birth date). Separators, cp1252, German and Indonesian headings and several formats of dates are understood; what isn't is printed.

Several files, or what a column tells as the source of each row, are several sources if each seems to hold an entity once.

Printed: precision, recall and F1 by pairs and by clusters, and false merges: entities that hold several true ones, in 1,000. Where
each source holds each entity once, Splink is also run as its example of FEBRL 4 links two files (`link_only`).
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
from identity_mapping import Labelled, mapping_text, read_labelled
from identity_splink import plain_splink

from referralgraph.build import build
from referralgraph.build.export import export_tables
from referralgraph.graph.store import open_store
from referralgraph.loaders import source
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.settings import read_settings

THRESHOLDS = (0.5, 0.8, 0.95, 0.99)


@dataclass(frozen=True)
class Score:
    """How an identity compares with the truth.

    :param merged: pairs of records that were merged; ``right`` of them truly are one.
    :param same: pairs that truly are one.
    :param clusters: entities; ``exact`` of them hold one true entity's records, all of them.
    :param true_clusters: true entities.
    :param mixed: entities that hold records of several true ones.
    """

    merged: int
    right: int
    same: int
    clusters: int
    exact: int
    true_clusters: int
    mixed: int

    def line(self, name: str) -> str:
        """Return the figures as a row of a table."""
        pairs = _f1(self.right, self.merged, self.same)
        whole = _f1(self.exact, self.clusters, self.true_clusters)
        return (
            f"{name:24} pairs {pairs}   clusters {whole}   false merges in 1,000: {1000 * self.mixed / max(1, self.true_clusters):.2f}"
        )


def score(entity: Mapping[str, str], truth: Mapping[str, str]) -> Score:
    """Compare the entity of each record with its true one; both by the record's number."""
    cells = Counter((entity[each], truth[each]) for each in truth)
    found, true = Counter(entity[each] for each in truth), Counter(truth.values())
    of_entity: dict[str, set[str]] = defaultdict(set)
    for one, other in cells:
        of_entity[one].add(other)
    exact = sum(count == found[one] == true[other] for (one, other), count in cells.items())
    return Score(
        _pairs(found.values()),
        _pairs(cells.values()),
        _pairs(true.values()),
        len(found),
        exact,
        len(true),
        sum(len(each) > 1 for each in of_entity.values()),
    )


def identities(labelled: Labelled, folder: Path, *, threshold: float | None = None) -> dict[str, str]:
    """Load, build and export a labelled file and return the entity of each record by the line of its row."""
    workspace = Workspace(folder / "workspace")
    if threshold is not None:
        workspace.folder.mkdir(parents=True)
        workspace.settings_file.write_text(f"[identity]\nmerge_threshold = {threshold}\n", encoding="utf-8")
    for at, name in enumerate(dict.fromkeys(labelled.sources), start=1):
        table, mapping = folder / f"labelled-{at}.csv", folder / f"mapping-{at}.toml"
        mapping.write_text(mapping_text(labelled, f"labelled-{at}"), encoding="utf-8")
        with table.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["row", *labelled.columns])
            writer.writerows([number, *row] for number, row in enumerate(labelled.rows) if labelled.sources[number] == name)
        for load in load_files(workspace, source("table"), [table], mapping=mapping):
            if load.quarantined:
                print(f"  {load.quarantined} rows in quarantine: {load.reasons}")
    store = open_store(workspace)
    began = time.perf_counter()
    build(workspace, store, read_settings(workspace.settings_file))
    store.close()
    print(f"  build: {time.perf_counter() - began:.1f} s")
    entity = {}
    for file, _ in export_tables(workspace, "records", folder / "export", "parquet"):
        if file.stem in {"person", "organisation"}:
            rows = pq.read_table(file, columns=["source_key", "entity_id"]).to_pydict()
            entity |= dict(zip(rows["source_key"], rows["entity_id"], strict=True))
    return {str(number): entity.get(str(number), f"lost {number}") for number in range(len(labelled.rows))}


def main() -> None:
    """Run each file and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CSV or Parquet files that are one data set together")
    parser.add_argument("--truth", help="column that tells the true entity; found by its name if left out")
    parser.add_argument("--pattern", help="what of the truth column tells the entity, a regular expression with one group")
    parser.add_argument(
        "--labels", type=Path, help="CSV of pairs instead: ids of two rows, and a score (1 same, 0 not) if there is one"
    )
    parser.add_argument("--id", help="column of the ids that the labels name")
    parser.add_argument("--map", action="append", default=[], metavar="FIELD=COLUMN", help="mapping of a field")
    parser.add_argument("--fields", help="only these fields, parted by commas: name,city,birth_date")
    parser.add_argument("--kind", help="column that tells people from organisations")
    parser.add_argument("--person-words", default="person,individual,natural person,p", help="its words for people")
    parser.add_argument("--organisations", action="store_true", help="all rows are organisations")
    parser.add_argument("--threshold", type=float, help="merge threshold instead of the default")
    parser.add_argument("--without-splink", action="store_true", help="the product alone")
    asked = parser.parse_args()
    labelled = read_labelled(
        asked.files,
        truth=asked.truth,
        pattern=asked.pattern,
        labels=asked.labels,
        key=asked.id,
        told=asked.map,
        fields=asked.fields,
        kind=asked.kind,
        person_words=asked.person_words,
        organisations=asked.organisations,
    )
    print(
        f"{', '.join(each.name for each in asked.files)}: {len(labelled.rows)} rows, {len(set(labelled.truth.values()))} true entities"
    )
    print(f"  mapping: {labelled.describe()}")
    with tempfile.TemporaryDirectory() as name:
        found = identities(labelled, Path(name), threshold=asked.threshold)
    print(score(found, labelled.truth).line("ReferralGraph"))
    if not asked.without_splink:
        report_splink(labelled)


def report_splink(labelled: Labelled) -> None:
    """Print plain Splink at several thresholds."""
    for threshold, found in plain_splink(labelled, THRESHOLDS).items():
        print(score(found, labelled.truth).line(f"plain Splink at {threshold}"))
    once = Counter((labelled.sources[int(number)], entity) for number, entity in labelled.truth.items())
    if len(set(labelled.sources)) > 1 and set(once.values()) == {1}:  # whoever knows that links instead
        for threshold, found in plain_splink(labelled, THRESHOLDS, linked=True).items():
            print(score(found, labelled.truth).line(f"Splink, linking, at {threshold}"))


def _f1(right: int, found: int, same: int) -> str:
    precision, recall = right / found if found else 1.0, right / same if same else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"P {precision:.4f} R {recall:.4f} F1 {f1:.4f}"


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


__all__: Sequence[str] = ("Score", "identities", "score")

if __name__ == "__main__":
    main()
