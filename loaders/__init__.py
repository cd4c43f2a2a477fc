"""The sources that can be loaded: one module or folder each, all with the same shape.

A loader module holds ``SOURCE``, a :class:`~referralgraph.records.source.Source`, whose ``read(file, sink)`` reads one raw
file and hands its rows to the sink: good rows as records, bad rows to quarantine with line and reason. It raises
:class:`~referralgraph.errors.SourceError` only if the file as a whole isn't what it claims to be.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from referralgraph.errors import UsageError

if TYPE_CHECKING:
    from referralgraph.records.source import Source

NAMES = ("offeneregister", "linkedin", "vcard", "bods", "table")


def source(name: str) -> Source:
    """Return the source of that name.

    :raises UsageError: if there is none; the message lists those that there are.
    """
    if name not in NAMES:
        raise UsageError(f"there is no loader {name!r}; there are {', '.join(NAMES)}. "
                         "Any other CSV, Excel or Parquet file loads with: referralgraph load table FILE --mapping FILE")
    found: Source = import_module(f"referralgraph.loaders.{name}").SOURCE
    return found
