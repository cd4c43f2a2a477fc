"""Laws of loading on random registers: the order of loads doesn't matter, and twice is once."""

from __future__ import annotations

import json
import tempfile
import zlib
from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from referralgraph.loaders import source
from referralgraph.records.effective import write_effective_records
from referralgraph.records.load import load_files
from referralgraph.records.schema import TABLES
from referralgraph.records.workspace import Workspace

FEW_DAYS = st.sampled_from(["2009-01-01", "2012-06-30", "2015-03-31"])
OFFICERS = st.fixed_dictionaries(
    {"name": st.sampled_from(["Hanna Vogt", "Jan Doctor Ilg", "Roth GmbH, Ulm (Amtsgericht Ulm HRB 7).", ""]),
     "position": st.sampled_from(["Geschäftsführer", "Liquidator", "Ehrenvorsitz"]),
     "type": st.sampled_from(["person", "company"])},
    optional={"start_date": FEW_DAYS, "end_date": FEW_DAYS | st.just("2015-02-30")},
)
COMPANIES = st.fixed_dictionaries({
    "all_attributes": st.just({"_registerArt": "HRB", "_registerNummer": "1", "registrar": "Ulm"}),
    "company_number": st.sampled_from(["U1_HRB1", "U1_HRB2", "U1_HRB3"]),
    "current_status": st.sampled_from(["currently registered", "removed"]),
    "name": st.sampled_from(["Birkner GmbH", "Birkner AG i.L.", "Roth KG"]),
    "retrieved_at": st.sampled_from(["2017-01-01T00:00:00Z", "2018-01-01T00:00:00Z"]),
    "officers": st.lists(OFFICERS, max_size=4),
})
BROKEN = '{"company_number": "U1'
LINES = st.lists(COMPANIES.map(lambda each: json.dumps(each, ensure_ascii=False)) | st.just(BROKEN), max_size=4)
FILES = st.lists(LINES, min_size=2, max_size=3)
ANCHOR = json.dumps({"all_attributes": {}, "company_number": "U1_HRB9", "name": "Anker GmbH",
                     "retrieved_at": "2017-01-01T00:00:00Z"})


def effective(files: list[list[str]]) -> dict[str, list[dict[str, object]]]:
    """Load files in this order into a new workspace and return the records that count; each must count once."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder) / "workspace")
        for at, lines in enumerate(files):
            content = "".join(line + "\n" for line in [ANCHOR, *lines])
            path = Path(folder) / str(at) / f"{zlib.crc32(content.encode())}.jsonl"  # equal files have equal names
            path.parent.mkdir()
            path.write_text(content, encoding="utf-8")
            load_files(workspace, source("offeneregister"), [path])
        out = Path(folder) / "out"
        out.mkdir()
        write_effective_records(workspace, workspace.effective_loads(), [], [], out)
        found = {each.name: pq.read_table(out / f"{each.name}.parquet").to_pylist() for each in TABLES}
    for rows in found.values():
        assert len({row["record_id"] for row in rows}) == len(rows)
    return {name: sorted(rows, key=lambda row: str(row["record_id"])) for name, rows in found.items()}


@settings(max_examples=5, deadline=None)
@given(files=FILES, data=st.data())
def test_the_order_of_loads_does_not_matter_and_every_mandate_points_at_records(files, data):
    told = effective(files)
    assert effective(data.draw(st.permutations(files))) == told
    known = {row["record_id"] for name in ("person", "organisation") for row in told[name]}
    for row in told["mandate"]:
        assert {row["organisation"], row["person"] or row["holder_organisation"]} <= known


@settings(max_examples=5, deadline=None)
@given(files=FILES)
def test_loading_everything_twice_is_loading_it_once(files):
    assert effective(files + files) == effective(files)
