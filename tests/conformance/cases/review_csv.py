"""A sheet with a decision, one left open, and a row that can't be used; what it decided is taken back."""

from __future__ import annotations

import tempfile
from pathlib import Path


def cases(sample):
    def work(graph):
        one, other, third, fourth = (graph.context.records_of(each)[0] for each in sample.people[4:8])
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "review.csv"
            rows = [("decision", "one_record", "other_record"), ("no", one, other), ("", third, fourth), ("perhaps", one, third)]
            file.write_text("".join(f"{','.join(row)}\n" for row in rows), encoding="utf-8")
            done = graph.review_csv(file, by="Mara Wiesentau")
        graph.undo_identity(done.judgements[0], by="Mara Wiesentau")
        return done

    yield work
    yield {"file": Path("no-such-sheet.csv")}
