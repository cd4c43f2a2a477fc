"""Folding of names for comparison; the same functions as in names.sql, for single texts."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from anyascii import anyascii

if TYPE_CHECKING:
    import duckdb

_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae", "œ": "oe", "ł": "l",
                           "đ": "d", "ı": "i", "ς": "σ"})
_NOT_A_WORD = re.compile(r"[\W_]+")


def latin(text: str) -> str:
    """Return a text with the letters of other scripts than Latin spelt out in Latin ones.

    >>> latin("Смирнов & Müller")
    'Smirnov & Müller'
    """
    if text.isascii():
        return text
    spelt = _patterns()["other_scripts"].sub(_spelt_out, unicodedata.normalize("NFC", text))
    return spelt if any(mark.isalnum() for mark in spelt) else text


def fold(text: str) -> str:
    """Return a name in lower case, in Latin letters without accents, its words parted by one blank.

    >>> fold("Jürgen Łoś-Groß")
    'juergen los gross'
    """
    lowered = unicodedata.normalize("NFC", latin(text)).lower().translate(_DIGRAPHS)
    bare = "".join(mark for mark in unicodedata.normalize("NFD", lowered) if unicodedata.category(mark)[0] != "M")
    return _NOT_A_WORD.sub(" ", unicodedata.normalize("NFC", bare)).strip()


def name_key(text: str) -> str:
    """Return what is equal for all common ways to write one name.

    It also makes Manuel and Manul equal; use it to find candidates, never to show a name.

    >>> name_key("Hans-Jürgen Müller") == name_key("Hansjuergen Mueller") == name_key("Hans Jurgen Muller")
    True
    """
    return _without_digraphs(fold(text))


def create_name_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the functions of names.sql known to a new DuckDB connection."""
    from duckdb.func import PythonUDFType

    connection.create_function("spelt_out", _spelt_out_all, ["VARCHAR"], "VARCHAR", type=PythonUDFType.ARROW)
    connection.execute(_macros())


def organisation_key(text: str) -> str:
    """Return a company's name as people write it, without legal form, for finding it.

    >>> organisation_key("Wössner Beteiligungen GmbH & Co. KG")
    'wossnerbeteiligungen'
    """
    patterns = _patterns()
    bare = patterns["legal_form_anywhere"].sub(" ", patterns["winding_up"].sub("", fold(text)))
    bare = patterns["legal_form_in_front"].sub("", " ".join(bare.split()))
    return _without_digraphs(patterns["legal_form_at_end"].sub("", bare)) or name_key(text)


def _spelt_out(mark: re.Match[str]) -> str:
    """Spell out a letter; one without a sound of its own, as the soft sign, is left out, and what is no letter stays."""
    written = mark.group()
    if unicodedata.category(written)[0] not in "LM":
        return written
    return "".join(each for each in anyascii(written) if each.isalnum())


def _spelt_out_all(texts: Any) -> Any:
    import pyarrow as pa

    return pa.array([None if text is None else latin(text) for text in texts.to_pylist()], pa.string())


def _without_digraphs(folded: str) -> str:
    return folded.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace(" ", "")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns of names.sql by name: the lists stand there once."""
    found = re.findall(r"MACRO (\w+)\(\) AS\s+'((?:[^']|'')*)';", _macros())
    return {name: re.compile(_as_python(pattern), re.ASCII) for name, pattern in found}


def _as_python(pattern: str) -> str:
    return re.sub(r"\\x\{(\w+)\}", lambda code: chr(int(code.group(1), 16)), pattern.replace("''", "'"))


@cache
def _macros() -> str:
    return resources.files("referralgraph.records").joinpath("names.sql").read_text(encoding="utf-8")
