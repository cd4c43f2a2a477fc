"""Record tables: what every loader writes and everything after it reads."""

from __future__ import annotations

from referralgraph.records.schema import PROVENANCE, TABLES, Field, Table, table
from referralgraph.records.vocabulary import CONTACT_KINDS, EVENT_KINDS, ORGANISATION_KINDS, ROLES, Role, role_of_word

__all__ = [
    "CONTACT_KINDS",
    "EVENT_KINDS",
    "ORGANISATION_KINDS",
    "PROVENANCE",
    "ROLES",
    "TABLES",
    "Field",
    "Role",
    "Table",
    "role_of_word",
    "table",
]
