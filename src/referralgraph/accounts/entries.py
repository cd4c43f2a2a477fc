"""What people enter about accounts, each as a judgement: kinds, ids, and the names of their values."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from referralgraph.judgements import Judgement
from referralgraph.records.names import fold

ACCOUNT = "account"  # an account is opened or changed: name, topic, organisations, responsible
COLLEAGUE = "account_colleague"  # one of our people in an account: rank, functions, colours, leads, away
STAKEHOLDER = "stakeholder"  # somebody belongs to the buying centre, with a position; or no longer
ASSESSMENT = "assessment"  # one colleague's view of one stakeholder
CELL = "relationship_cell"  # one cell of the relationship matrix
PLAN = "plan_item"  # one line of a plan, or a change of it
VETO = "veto"  # somebody isn't to be asked, for an account or for any
SAME = "stakeholder_identity"  # a person whom a user had added by himself is this person of the register
KINDS = (ACCOUNT, COLLEAGUE, STAKEHOLDER, ASSESSMENT, CELL, PLAN, VETO, SAME)

CELLS = {"lead": "***", "may": "*", "not": "-"}
PLANS: Mapping[str, tuple[str, ...]] = {
    "relationship": ("stakeholder", "contact", "occasion", "message", "questions", "avoid", "date", "status"),
    "marketing": ("kind", "date", "content", "recipient", "sender", "result", "status"),
    "activity": ("date", "topic", "stakeholder", "responsible", "result", "status"),
}
MARKETING_KINDS = ("event", "material", "ad_hoc")
STATUSES = ("open", "done", "cancelled")


@dataclass(frozen=True, slots=True)
class Who:
    """The person that a judgement is about.

    :param records: his records in the register or an address book; none for a person whom a user added by himself.
    :param own: id of such a person, within one account.
    :param name: as he was called when he was entered; shown where the register no longer has him.
    """

    records: tuple[str, ...]
    own: str | None
    name: str

    def values(self) -> dict[str, Any]:
        """Return what a judgement keeps of him besides his records."""
        return {"name": self.name, **({"own": self.own} if self.own else {})}

    @classmethod
    def of(cls, judgement: Judgement) -> Who:
        """Return whom a judgement is about."""
        return cls(judgement.records, judgement.values.get("own"), str(judgement.values.get("name", "")))


def account_id(name: str) -> str:
    """Return the id of the account of a name: whoever opens an account of that name means the same one."""
    return "a-" + _digest(fold(name))


def own_id(account: str, name: str, city: str | None = None) -> str:
    """Return the id of a person whom a user adds to an account by himself."""
    return "x-" + _digest(account, fold(name), fold(city or ""))


def stakeholder_id(account: str, key: str) -> str:
    """Return the id of a stakeholder: one person in one account."""
    return "s-" + _digest(account, key)


def entity_of_records(records: Iterable[str], entity_of: Mapping[str, str]) -> tuple[str | None, bool]:
    """Return the entity that most of some records belong to now, and whether they have come apart.

    Identity follows the newest build; what a colleague said stays with the records that he said it of.

    :param entity_of: the entity of each record that still exists.
    """
    found = [entity_of[record] for record in records if record in entity_of]
    if not found:
        return None, False
    return min(set(found), key=lambda each: (-found.count(each), each)), len(set(found)) > 1


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:20]
