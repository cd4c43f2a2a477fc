"""The truth beside the country: which true person each row is, and the story with its answers."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

from referralgraph.demo.plot import Question
from referralgraph.demo.register import Entry

OFFICER_COLUMNS = ("line", "company_number", "position", "type", "name", "city", "person", "firm")
CONTACT_COLUMNS = ("owner", "source", "file", "line", "name", "company", "person", "company_number", "kind")
MEMBER_COLUMNS = ("file", "line", "body", "name", "person")


class OfficerTruth:
    """Writes one row for each seat in the register, as the register is written.

    Columns: line of the dump (from 1), company_number, position, type, name and city as written, the true `person`
    (empty for companies) and `firm`, the number of the company that holds the seat (empty for people, and where it is
    no company of this country).
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._zip = gzip.GzipFile(filename="", mode="wb", compresslevel=1, fileobj=self._file, mtime=0)
        self._line = 0
        self._write([OFFICER_COLUMNS])

    def __enter__(self) -> OfficerTruth:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._zip.close()
        self._file.close()

    def add(self, entries: Iterable[Entry]) -> None:
        """Write the seats of the next lines of the dump."""
        rows = []
        for entry in entries:
            self._line += 1
            for officer in entry.officers:
                rows.append(
                    (
                        str(self._line),
                        entry.number,
                        officer.position,
                        officer.type,
                        officer.name,
                        officer.city,
                        officer.person,
                        officer.firm,
                    )
                )
        self._write(rows)

    def _write(self, rows: Sequence[Sequence[str]]) -> None:
        self._zip.write(_csv(rows).encode())


def write_rows(path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a small truth file as CSV."""
    path.write_text(_csv([columns, *rows]), encoding="utf-8", newline="")


def write_story(path: Path, team: dict[str, object], questions: Sequence[Question]) -> None:
    """Write the story's questions and answers as JSON."""
    content = {"team": team, "questions": [asdict(question) for question in questions]}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _csv(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
