"""Files of labelled rows as anybody writes them: separators, encodings, packed or not, and pairs in a file of labels."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq

_KEYS = ["unique_id", "id", "rec_id", "record_id", "recid", "row_id", "row", "uid", "customer_id", "person_id", "pid", "key"]
_ID = re.compile(r"(^|_)id(_?[a-z0-9]|_left|_right)?($|_)|(^|_)(rec|record|row)_?(id)?_?[12ablr]$|^(left|right|id[12ablr])$")
_SCORE = re.compile(r"score|^(is_)?(label|match(ed|es)?|same|duplicate|dup|true|truth|gold|class|y)$|probability")
_SAME = {"true", "yes", "y", "t", "match", "same", "duplicate", "ja", "positive"}


def read_files(files: Sequence[Path]) -> tuple[list[str], list[list[str]], list[str]]:
    """Return the columns of all files, the rows, and for each row the name of its file; what a file hasn't is empty."""
    columns: list[str] = []
    rows: list[list[str]] = []
    sources: list[str] = []
    for file in files:
        header, content = _read(file)
        header = [each if each and each not in header[:at] else f"{each or 'column'} ({at + 1})" for at, each in enumerate(header)]
        known = {plain(each): at for at, each in reversed(list(enumerate(columns)))}
        places = []
        for each in header:
            if plain(each) not in known or known[plain(each)] in places:
                known[plain(each)] = len(columns)
                columns.append(each)
            places.append(known[plain(each)])
        for row in content:
            told = dict(zip(places, row, strict=False))
            rows.append([told.get(at, "") for at in range(len(columns))])
            sources.append(file.name)
    return columns, [[*row, *[""] * (len(columns) - len(row))] for row in rows], sources


def truth_by_pairs(columns: Sequence[str], rows: Sequence[Sequence[str]], labels: Path, key: str | None) -> tuple[dict[str, str], str]:
    """Return the true entity of each row by pairs of ids in a file, and the column of the ids.

    :param key: column of the ids; found by its name if left out.
    """
    key = key or next((each for name in _KEYS for each in columns if plain(each) == name), None)
    if key is None or key not in columns:
        raise SystemExit(f"which column has the ids that the labels name? --id one of {', '.join(columns)}")
    place = list(columns).index(key)
    number = {row[place]: str(at) for at, row in enumerate(rows)}
    if len(number) < len(rows):
        raise SystemExit(f"{len(rows) - len(number)} ids of the column {key} are there twice: --id says which column the labels name")
    parent = {each: each for each in number.values()}

    def top(each: str) -> str:
        while parent[each] != each:
            parent[each] = parent[parent[each]]
            each = parent[each]
        return each

    names, pairs, _ = read_files([labels])
    ids = [at for at, name in enumerate(names) if _ID.search(plain(name)) and "source" not in plain(name)][:2]
    ids = ids if len(ids) == 2 else list(range(min(2, len(names))))
    scored = next((at for at, name in enumerate(names) if at not in ids and _SCORE.search(plain(name))), None)
    unknown = {row[at] for row in pairs for at in ids} - number.keys()
    if len(ids) < 2 or len(unknown) > len(pairs) / 2:
        raise SystemExit(f"{labels}: {len(unknown)} ids aren't in the column {key}, {', '.join(sorted(unknown)[:3])} among them: "
                         f"--id one of {', '.join(columns)}")  # fmt: skip
    for row in pairs:
        if (scored is None or _is_same(row[scored])) and not {row[at] for at in ids} & unknown:
            one, other = (top(number[row[at]]) for at in ids)
            parent[max(one, other)] = min(one, other)
    return {each: top(each) for each in parent}, key


def plain(name: str) -> str:
    """Return the name of a column as the lists have it: birthDate, Birth Date and birth-date are birth_date."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip().lstrip("\ufeff")).lower()
    for letter, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        parted = parted.replace(letter, written)
    return re.sub(r"\W+", "_", parted).strip("_")


def _is_same(text: str) -> bool:
    try:
        return float(text or 0) >= 0.5
    except ValueError:
        return text.strip().lower() in _SAME


def _read(file: Path) -> tuple[list[str], list[list[str]]]:
    if file.suffix == ".parquet":
        table = pq.read_table(file)
        cells = zip(*table.to_pydict().values(), strict=True)
        return list(table.column_names), [["" if each is None else str(each).strip() for each in row] for row in cells]
    text = _text(file)
    if text.lstrip()[:1] == "{":
        told = [json.loads(line) for line in text.splitlines() if line.strip()]
        header = list(dict.fromkeys(name for row in told for name in row))
        return header, [["" if row.get(name) is None else str(row[name]).strip() for name in header] for row in told]
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t|", key=first.count))
    header = [each.strip() for each in next(reader)]
    return header, [[cell.strip() for cell in row] for row in reader if any(cell.strip() for cell in row)]


def _text(file: Path) -> str:
    raw = file.read_bytes()
    if raw[:2] == b"\x1f\x8b":
        raw = gzip.decompress(raw)
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")  # as spreadsheets save
