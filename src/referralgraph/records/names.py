"""Folding of names for comparison; the same functions as in names.sql, for single texts."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae", "œ": "oe", "ł": "l",
                           "đ": "d", "ı": "i"})
_NOT_A_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return a name in lower case without accents, its words parted by one blank.

    >>> fold("Jürgen Łoś-Groß")
    'juergen los gross'
    """
    lowered = unicodedata.normalize("NFC", text).lower().translate(_DIGRAPHS)
    bare = "".join(mark for mark in unicodedata.normalize("NFD", lowered) if unicodedata.category(mark) != "Mn")
    return _NOT_A_WORD.sub(" ", unicodedata.normalize("NFC", bare)).strip()


def name_key(text: str) -> str:
    """Return what is equal for all common ways to write one name.

    It also makes Manuel and Manul equal; use it to find candidates, never to show a name.

    >>> name_key("Hans-Jürgen Müller") == name_key("Hansjuergen Mueller") == name_key("Hans Jurgen Muller")
    True
    """
    return fold(text).replace("ae", "a").replace("oe", "o").replace("ue", "u").replace(" ", "")


def create_name_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the functions of names.sql known to a DuckDB connection."""
    connection.execute(_macros())


_UNDER_WAY = re.compile(r" (in|i) (liquidation|abwicklung|insolvenz|l|i|ins)$")


def organisation_key(text: str) -> str:
    """Return a company's name as people write it, without legal form, for finding it.

    >>> organisation_key("Wössner Beteiligungen GmbH & Co. KG")
    'wossnerbeteiligungen'
    """
    bare = " ".join(_legal_forms().sub(" ", _UNDER_WAY.sub("", fold(text))).split())
    key = bare.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace(" ", "")
    return key or name_key(text)


@cache
def _legal_forms() -> re.Pattern[str]:
    """Return the pattern of legal forms as names.sql declares it: the list stands there once."""
    found = re.search(r"'(\\b\(gesellschaft \(.*?\)\\b)'", _macros())
    if found is None:
        raise LookupError("names.sql declares no legal forms")
    return re.compile(found[1], re.ASCII)


@cache
def _macros() -> str:
    return resources.files("referralgraph.records").joinpath("names.sql").read_text(encoding="utf-8")
