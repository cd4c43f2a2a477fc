"""Labels, relationship types and properties of the graph, declared once for every store."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
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
        "bodies": "INT64", "connections": "INT64", "records": "STRING[]", "only_for": "STRING[]",
        # as assessed in the account that was assessed last; every account's own scores are on its Stakeholder nodes
        "role_score": "INT64", "relationship_score": "DOUBLE", "assessed_influence_score": "DOUBLE", "score_policy": "STRING",
        "score_date": "STRING", "score_account": "STRING", "score_accounts": "INT64",
        # in the whole graph, computed at build; the method is JSON
        "influence_score": "DOUBLE", "betweenness": "DOUBLE", "influence_method": "STRING"}),
    NodeTable("Organisation", {
        "id": "STRING", "name": "STRING", "kind": "STRING", "previous_names": "STRING[]", "part_of": "STRING",
        "legal_form": "STRING", "register_court": "STRING", "register_number": "STRING", "identifier": "STRING",
        "lei": "STRING", "industry_code": "STRING", "size": "INT64", "website": "STRING", "address": "STRING",
        "postcode": "STRING", "city": "STRING", "country": "STRING", "status": "STRING", "most_members": "INT64",
        "too_large": "BOOLEAN", "connections": "INT64", "records": "STRING[]"}),
    NodeTable("Event", {"id": "STRING", "kind": "STRING", "date": "STRING", "text": "STRING", **_SOURCE}),
    NodeTable("Record", {
        "id": "STRING", "table": "STRING", "entity": "STRING", "name_as_written": "STRING", "city": "STRING",
        "link_to": "STRING", "because": "STRING", "probability": "DOUBLE", "proof": "STRING",
        "evidence": "STRING", "attributes": "STRING", "pairs": "STRING", "facts": "STRING", "only_for": "STRING[]", **_SOURCE}),
    NodeTable("Account", {
        "id": "STRING", "name": "STRING", "topic": "STRING", "responsible": "STRING", "stakeholders": "INT64"}),
    NodeTable("Stakeholder", {
        "id": "STRING", "account": "STRING", "account_name": "STRING", "person": "STRING", "name": "STRING", "position": "STRING",
        "outside": "BOOLEAN", "role": "STRING", "role_score": "INT64", "type": "STRING", "relationship_score": "DOUBLE",
        "relationship_average": "DOUBLE", "relationship_best": "DOUBLE", "relationship_responsible": "DOUBLE", "policy": "STRING",
        "influence_score": "DOUBLE", "power": "DOUBLE", "interest": "DOUBLE", "segment": "STRING", "fan_company": "STRING",
        "fan_salesperson": "STRING", "colour": "STRING", "second_colour": "STRING", "responsible": "STRING", "assessors": "INT64",
        "date": "STRING"}),
)

_MANDATE: dict[str, PropertyType] = {
    "record_id": "STRING", "holder_record": "STRING", "organisation_record": "STRING", "role": "STRING", "role_as_written": "STRING",
    "since": "STRING", "until": "STRING", "last_seen": "STRING", "current": "BOOLEAN", "name_as_written": "STRING",
    "only_for": "STRING[]", **_SOURCE}
_SHAREHOLDING: dict[str, PropertyType] = {
    "record_id": "STRING", "holder_record": "STRING", "organisation_record": "STRING", "kind": "STRING", "share_minimum": "DOUBLE",
    "share_maximum": "DOUBLE", "since": "STRING", "until": "STRING", "last_seen": "STRING", "current": "BOOLEAN",
    "name_as_written": "STRING", "only_for": "STRING[]", **_SOURCE}

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
    RelationshipTable("HAS_EVENT", "Organisation", "Event", {"record_id": "STRING", "of_record": "STRING"}),
    RelationshipTable("HAS_EVENT", "Person", "Event", {"record_id": "STRING", "of_record": "STRING"}),
    RelationshipTable("TIE", "Person", "Person", {
        "strength": "DOUBLE", "reasons": "INT64", "kinds": "STRING[]", "organisations": "STRING[]"}),
    RelationshipTable("CUSTOMER", "Account", "Organisation", {"name": "STRING"}),
    RelationshipTable("STAKEHOLDER_IN", "Stakeholder", "Account", {"position": "STRING"}),
    RelationshipTable("IS_PERSON", "Stakeholder", "Person", {"name": "STRING"}),
    RelationshipTable("INFLUENCES", "Stakeholder", "Stakeholder", {"account": "STRING"}),
    RelationshipTable("LOOKS_AFTER", "Person", "Stakeholder", {
        "cell": "STRING", "colleague": "STRING", "entered_by": "STRING", "date": "STRING"}),
    RelationshipTable("WAITING", "Record", "Record", {"because": "STRING", "probability": "DOUBLE", "evidence": "STRING"}),
)


@cache
def schema_id() -> str:
    """Return a name of what is declared here: a graph of another one lacks columns that the queries ask for."""
    tables: tuple[NodeTable | RelationshipTable, ...] = (*NODES, *RELATIONSHIPS)
    declared = [asdict(each) for each in tables]
    return hashlib.sha256(json.dumps(declared, sort_keys=True).encode()).hexdigest()[:16]
