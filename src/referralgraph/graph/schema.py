"""Labels, relationship types and properties of the graph, declared once for every store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PropertyType = Literal["STRING", "STRING[]", "INT64", "DOUBLE", "BOOLEAN"]

_SOURCE: dict[str, PropertyType] = {
    "source": "STRING", "source_key": "STRING", "file": "STRING", "line": "INT64", "retrieved_at": "STRING", "licence": "STRING",
}


@dataclass(frozen=True)
class NodeTable:
    """A label and its properties; ``id`` is the key within a revision, whose id every store adds as ``revision``."""

    label: str
    properties: dict[str, PropertyType]


@dataclass(frozen=True)
class RelationshipTable:
    """A relationship type between two labels and its properties."""

    type: str
    start: str
    end: str
    properties: dict[str, PropertyType]

    @property
    def name(self) -> str:
        """Name of the file that holds its rows."""
        return f"{self.start}_{self.type}_{self.end}"


# `only_for` names those of our people in whose private address books alone something stands; it is empty where everybody
# may see it.
NODES: tuple[NodeTable, ...] = (
    NodeTable("Person", {
        "id": "STRING", "name": "STRING", "other_names": "STRING[]", "title": "STRING", "birth_name": "STRING",
        "birth_date": "STRING", "city": "STRING", "country": "STRING", "occupation": "STRING", "team": "BOOLEAN",
        "bodies": "INT64", "connections": "INT64", "records": "STRING[]", "only_for": "STRING[]"}),
    NodeTable("Organisation", {
        "id": "STRING", "name": "STRING", "kind": "STRING", "previous_names": "STRING[]", "part_of": "STRING",
        "legal_form": "STRING", "register_court": "STRING", "register_number": "STRING", "identifier": "STRING",
        "lei": "STRING", "industry_code": "STRING", "size": "INT64", "website": "STRING", "address": "STRING",
        "postcode": "STRING", "city": "STRING", "country": "STRING", "status": "STRING", "most_members": "INT64",
        "too_large": "BOOLEAN", "connections": "INT64", "records": "STRING[]"}),
    NodeTable("Event", {"id": "STRING", "kind": "STRING", "date": "STRING", "text": "STRING", **_SOURCE}),
    NodeTable("Record", {
        "id": "STRING", "table": "STRING", "entity": "STRING", "name_as_written": "STRING", "city": "STRING",
        "link_to": "STRING", "because": "STRING", "probability": "DOUBLE", "proof": "STRING", "only_for": "STRING[]", **_SOURCE}),
)

_MANDATE: dict[str, PropertyType] = {
    "record_id": "STRING", "holder_record": "STRING", "role": "STRING", "role_as_written": "STRING", "since": "STRING",
    "until": "STRING", "last_seen": "STRING", "current": "BOOLEAN", "name_as_written": "STRING",
    "only_for": "STRING[]", **_SOURCE}
_SHAREHOLDING: dict[str, PropertyType] = {
    "record_id": "STRING", "holder_record": "STRING", "kind": "STRING", "share_minimum": "DOUBLE", "share_maximum": "DOUBLE",
    "since": "STRING", "until": "STRING", "last_seen": "STRING", "current": "BOOLEAN", "name_as_written": "STRING",
    "only_for": "STRING[]", **_SOURCE}

RELATIONSHIPS: tuple[RelationshipTable, ...] = (
    RelationshipTable("MANDATE", "Person", "Organisation", _MANDATE),
    RelationshipTable("MANDATE", "Organisation", "Organisation", _MANDATE),
    RelationshipTable("SHAREHOLDING", "Person", "Organisation", _SHAREHOLDING),
    RelationshipTable("SHAREHOLDING", "Organisation", "Organisation", _SHAREHOLDING),
    RelationshipTable("CONTACT", "Person", "Person", {
        "record_id": "STRING", "person_record": "STRING", "owner": "STRING", "visibility": "STRING", "kind": "STRING",
        "since": "STRING", "closeness": "INT64", "name_as_written": "STRING", **_SOURCE}),
    RelationshipTable("INTERACTION", "Person", "Person", {
        "record_id": "STRING", "person_record": "STRING", "owner": "STRING", "visibility": "STRING", "kind": "STRING",
        "date": "STRING", **_SOURCE}),
    RelationshipTable("HAS_EVENT", "Organisation", "Event", {"record_id": "STRING"}),
    RelationshipTable("HAS_EVENT", "Person", "Event", {"record_id": "STRING"}),
    RelationshipTable("TIE", "Person", "Person", {
        "strength": "DOUBLE", "reasons": "INT64", "kinds": "STRING[]", "organisations": "STRING[]"}),
    RelationshipTable("WAITING", "Record", "Record", {"because": "STRING", "probability": "DOUBLE"}),
)
