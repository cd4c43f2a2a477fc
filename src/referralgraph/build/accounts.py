"""The accounts of a revision as tables: what all judgements up to now come to, for the nodes of the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from referralgraph.accounts.book import Account, Book, records_in
from referralgraph.accounts.entries import KINDS
from referralgraph.accounts.profile import Profile, profile
from referralgraph.judgements import Judgement
from referralgraph.records.identifiers import record_id
from referralgraph.score.settings import AccountSettings

Row = dict[str, Any]
_NUMBERS = {"stakeholders", "assessors", "role_score", "score_accounts"}
_SCORES = {
    "relationship_score", "relationship_average", "relationship_best", "relationship_responsible", "influence_score",
    "assessed_influence_score", "power", "interest"}
_COLUMNS: dict[str, tuple[str, ...]] = {
    "account": ("id", "name", "topic", "responsible", "stakeholders"),
    "stakeholder": (
        "id", "account", "account_name", "person", "name", "position", "outside", "role", "role_score", "type", "relationship_score",
        "relationship_average", "relationship_best", "relationship_responsible", "policy", "influence_score", "power", "interest",
        "segment", "fan_company", "fan_salesperson", "colour", "second_colour", "responsible", "assessors", "date"),
    "person_score": ("id", "role_score", "relationship_score", "assessed_influence_score", "score_policy", "score_date",
                     "score_account", "score_accounts"),
    "customer": ("from", "to", "name"), "influences": ("from", "to", "account"),
    "looks_after": ("from", "to", "cell", "colleague", "entered_by", "date"),
}  # fmt: skip


def account_judgements(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return those judgements that accounts are made of."""
    wanted = {*KINDS, "erasure"}
    return [each for each in judgements if each.kind in wanted]


def write_account_tables(judgements: Sequence[Judgement], resolved: Path, settings: AccountSettings, folder: Path) -> None:
    """Write accounts, stakeholders and the scores of people.

    A person's node can hold one score of a kind, but he may be a stakeholder of several accounts: it holds those of the account
    in which he was assessed last (of equal days, the first by id), and says which that is and in how many he is one.

    :param judgements: that stand, in the order in which they were entered.
    :param resolved: folder of the resolve stage: which entity a record belongs to.
    """
    colleagues = {str(each.values["colleague"]) for each in judgements if each.values.get("colleague")}
    team = {name: record_id("team", "person", [name]) for name in sorted(colleagues)}
    entity_of = _entities(resolved, records_in(judgements) | set(team.values()))
    book = Book(judgements, entity_of)
    rows: dict[str, list[Row]] = {name: [] for name in _COLUMNS}
    assessed: dict[str, list[tuple[str, str, Profile]]] = {}
    for account in book.accounts.values():
        rows["account"].append({"id": account.id, "name": account.name, "topic": account.topic, "responsible": account.responsible,
                                "stakeholders": len(account.members)})
        rows["customer"] += [{"from": account.id, "to": entity, "name": name} for entity, name in account.organisations if entity]
        ids = {member.key: member.id for member in account.members}
        for member in account.members:
            found = profile(account, member, settings)
            rows["stakeholder"].append(_stakeholder(account, member.key, found))
            rows["influences"] += [{"from": member.id, "to": ids[key], "account": account.id} for key in member.influences]
            if member.entity:
                assessed.setdefault(member.entity, []).append((found.date or "", account.id, found))
        rows["looks_after"] += [
            {"from": entity_of[team[colleague]], "to": ids[key], "cell": cell.value, "colleague": colleague, "entered_by": cell.by,
             "date": cell.at[:10]}
            for (key, colleague), cell in account.cells.items() if team[colleague] in entity_of]
    rows["person_score"] = [_score(entity, views) for entity, views in sorted(assessed.items())]
    _write(rows, folder)


def _stakeholder(account: Account, key: str, found: Profile) -> Row:
    member = account.member(key)
    assert member is not None  # noqa: S101 - the caller goes through the members
    place = found.segment
    return {
        "id": member.id, "account": account.id, "account_name": account.name, "person": member.entity, "name": member.name,
        "position": member.position, "outside": member.outside, "role": found.role, "role_score": found.role_score, "type": found.type,
        "relationship_score": found.relationship_score, "relationship_average": found.relationship["average"],
        "relationship_best": found.relationship["best"], "relationship_responsible": found.relationship["responsible"],
        "policy": found.policy, "influence_score": found.influence_score, "power": found.power, "interest": found.interest,
        "segment": (place.letter or "/".join(place.between)) if place else None, "fan_company": found.fan,
        "fan_salesperson": found.fan_salesperson, "colour": found.colour, "second_colour": found.second_colour,
        "responsible": found.responsible, "assessors": found.assessors, "date": found.date}


def _score(entity: str, views: list[tuple[str, str, Profile]]) -> Row:
    newest = max(day for day, _account, _found in views)
    day, account, found = min((each for each in views if each[0] == newest), key=lambda each: each[1])
    return {"id": entity, "role_score": found.role_score, "relationship_score": found.relationship_score,
            "assessed_influence_score": found.influence_score, "score_policy": found.policy, "score_date": day or None,
            "score_account": account, "score_accounts": len(views)}


def _entities(resolved: Path, records: set[str]) -> Mapping[str, str]:
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    found: dict[str, str] = {}
    if not records:
        return found
    wanted = sorted(records)
    for kind, name in (("p", "person_link"), ("o", "organisation_link")):
        table = pq.read_table(resolved / f"{name}.parquet", columns=["record_id", "root"],
                              filters=pc.field("record_id").isin(wanted))
        found.update({row["record_id"]: f"{kind}-{row['root'][1:]}" for row in table.to_pylist()})
    return found


def _write(rows: Mapping[str, list[Row]], folder: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for name, columns in _COLUMNS.items():
        fields = [(column, pa.int64() if column in _NUMBERS else pa.float64() if column in _SCORES
                   else pa.bool_() if column == "outside" else pa.string()) for column in columns]
        pq.write_table(pa.Table.from_pylist(rows[name], schema=pa.schema(fields)), folder / f"{name}.parquet")
