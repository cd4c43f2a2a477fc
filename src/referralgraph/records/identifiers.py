"""Ids of records: from the source and the source's own key, never from file, line or load order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from urllib.parse import unquote

_SEPARATOR = "\x1f"
_PROFILE = re.compile(r"(?i)(?:https?://)?(?:[a-z]{2,3}\.)?(linkedin\.com/(?:in|pub)|xing\.com/profile)/([^?#\s]+)")
DIGITS = 20  # 80 bits: one collision in 10^10 loads of 20 million records


def record_id(source: str, table: str, key: Sequence[str]) -> str:
    """Return the id of the record that a source knows by its key.

    The SQL of columnar loaders makes the same id: ``'r' || left(md5(concat_ws(chr(31), source, table, key...)), 20)``.

    :param source: name of the source.
    :param table: name of the record table.
    :param key: the source's own key, part by part.

    >>> record_id("offeneregister", "organisation", ["M1405_HRB8956"])
    'r0325f01a7ed6ce3a6cf8'
    """
    text = _SEPARATOR.join((source, table, *key))
    return "r" + hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:DIGITS]


def profile_address(url: str) -> str | None:
    """Return the one spelling of a person's profile address, or None if it is no profile of LinkedIn or Xing.

    Address books and exports write the same profile with and without ``www``, country, query and percent signs.

    :param url: web address as written.

    >>> profile_address("http://de.linkedin.com/in/J%C3%BCrgen-Vogt/?trk=x")
    'https://www.linkedin.com/in/jürgen-vogt'
    """
    match = _PROFILE.fullmatch(url.strip().split("?")[0].split("#")[0])
    if not match:
        return None
    place, slug = match.group(1).lower(), unquote(match.group(2)).lower().strip("/")
    return f"https://www.{place}/{slug}" if slug else None
