"""Interlocks of every board of a list of seats against plain SQL on the raw file.

    python benchmarks/boards_check.py SEATS.csv [--organisation COLUMN] [--person COLUMN]

The list has one seat a row, with a key and a name of the organisation, a key and a name of the person, and perhaps first and last day.
It is loaded with a mapping made here, built in a temporary workspace, and asked `boards ORG` for every organisation; the counts
must equal those of a self-join of the raw rows. Where identity joins or parts people otherwise than the list's keys, the boards
concerned are told apart: such a difference isn't one of counting.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from referralgraph.build import build
from referralgraph.graph.store import open_store
from referralgraph.loaders import source
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace
from referralgraph.settings import change_team, read_settings

MAPPING = """
[source]
name = "seats"
publisher = "a list of seats"
licence = "for measuring"
retrieved_at = {day}

[person]
key = ["{person}"]
full_name = "{person_name}"
{city}
[organisation]
key = ["{organisation}"]
name = "{organisation_name}"
identifier = "{organisation}"

[mandate]
role = {{ constant = "supervisory_board" }}
since = "{since}"
until = "{until}"
"""


def main() -> None:
    """Load, build, ask every board, and compare."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add_columns(parser)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        graph = built(told, Path(folder))
        _compare(told, graph)


def add_columns(parser: argparse.ArgumentParser) -> None:
    """Add the file and the names of its columns."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--organisation", default="organisation_number")
    parser.add_argument("--organisation-name", default="company")
    parser.add_argument("--person", default="person_id")
    parser.add_argument("--person-name", default="person")
    parser.add_argument("--since", default="first_month_seen")
    parser.add_argument("--until", default="last_month_seen")
    parser.add_argument("--day", default="2006-12-31")
    parser.add_argument("--city", default="", help="column of the person's city, if the list has one")


def built(told: argparse.Namespace, folder: Path) -> ReferralGraph:
    """Return the graph of a list of seats, built in a folder."""
    mapping = folder / "seats.toml"
    fields = {**vars(told), "city": f'city = "{told.city}"\n' if told.city else ""}
    mapping.write_text(MAPPING.format(**fields), encoding="utf-8")
    workspace = Workspace(folder / "workspace")
    change_team(workspace.settings_file, me="Nobody Inhere")
    load_files(workspace, source("table"), [told.file], mapping=mapping)
    store = open_store(workspace)
    began = time.perf_counter()
    build(workspace, store, read_settings(workspace.settings_file))
    store.close()
    print(f"built in {time.perf_counter() - began:.1f} s")
    return ReferralGraph.open(folder / "workspace")


def _compare(told: argparse.Namespace, graph: ReferralGraph) -> None:
    connection = duckdb.connect()
    connection.read_csv(str(told.file), all_varchar=True).create("raw")
    # the names of columns are those of whoever runs this on his own file
    seats = f'(SELECT DISTINCT "{told.organisation}" AS body, "{told.person}" AS person FROM raw)'  # noqa: S608
    joined = f"{seats} one JOIN {seats} other USING (person) WHERE one.body <> other.body"
    rows = connection.execute(f"SELECT one.body, other.body, count(*) FROM {joined} GROUP BY ALL").fetchall()  # noqa: S608
    expected: dict[str, dict[str, int]] = {}
    for one, other, count in rows:
        expected.setdefault(one, {})[other] = count
    bodies = [str(each[0]) for each in connection.execute(f'SELECT DISTINCT "{told.organisation}" FROM raw ORDER BY 1').fetchall()]  # noqa: S608
    key = {}
    for body in bodies:
        found = graph.context.entity(body)
        key[found.id] = body
    persons = _persons(told, graph, connection)
    same = pairs = 0
    different: list[str] = []
    began = time.perf_counter()
    for entity, body in key.items():
        answer = graph.boards([entity])
        counts = {key[each.organisation.id]: each.members for each in answer.interlocks}
        pairs += len(counts)
        if counts == expected.get(body, {}):
            same += 1
        else:
            different.append(body)
    seconds = time.perf_counter() - began
    print(f"{len(bodies)} boards, {pairs} interlocks, {seconds / len(bodies) * 1000:.1f} ms a board")
    print(f"{same} boards equal to SQL by the list's own keys of people, {len(different)} not")
    by_entity = _by_entity(told, connection, persons)
    unexplained = [
        body for body in different
        if {key[each.organisation.id]: each.members for each in graph.boards([body]).interlocks} != by_entity.get(body, {})
    ]  # fmt: skip
    print(f"of these {len(different) - len(unexplained)} are equal once a key stands for the person that identity makes of it; "
          f"{len(unexplained)} are not: {unexplained[:5]}")  # fmt: skip
    sys.exit(bool(unexplained))


def _persons(told: argparse.Namespace, graph: ReferralGraph, connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    """Return whom the graph takes each seat's person for: by file and line, from the mandates it holds."""
    numbered = connection.execute(
        f'SELECT row_number() OVER () + 1 AS line, "{told.organisation}", "{told.person}" FROM raw').fetchall()  # noqa: S608
    line_of = {int(line): (str(body), str(person)) for line, body, person in numbered}
    found: dict[tuple[str, str], str] = {}
    index = graph.context.index
    for position in range(len(index.organisation_ids)):
        entity = index.organisation(position)
        for row in graph.context.store.read("read/mandates_in_organisation", [{"id": entity}]):
            found[line_of[int(row["line"])]] = row["person"]
    return found


def _by_entity(
    told: argparse.Namespace, connection: duckdb.DuckDBPyConnection, persons: dict[tuple[str, str], str]
) -> dict[str, dict[str, int]]:
    members: dict[str, set[str]] = {}
    for (body, _person), entity in persons.items():
        members.setdefault(body, set()).add(entity)
    found: dict[str, dict[str, int]] = {}
    for one, people in members.items():
        for other, others in members.items():
            if one != other and (common := len(people & others)):
                found.setdefault(one, {})[other] = common
    return found


if __name__ == "__main__":
    main()
