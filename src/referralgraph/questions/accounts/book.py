"""The book of accounts of an opened revision: judgements of this moment laid over the people of the revision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from referralgraph.accounts.book import Account, Book, Colleague, Member, records_in
from referralgraph.accounts.entries import ACCOUNT, KINDS, VETO
from referralgraph.errors import Ambiguous, NotFound
from referralgraph.index.reasons import Filter
from referralgraph.judgements import Judgement, standing
from referralgraph.questions.context import Asked, Context, Row, may_see
from referralgraph.records.names import fold
from referralgraph.records.vocabulary import ROLES

_RANKS = {"supervisory_board": 5, "authorised_signatory": 4}
_DECIDES = frozenset(role.name for role in ROLES if role.decides)


def book_of(context: Context, as_of: date | None = None, account: str | None = None) -> Book:
    """Return the book as it stands now.

    :param as_of: views and matrix cells dated later don't count.
    :param account: name or id of the one account that is wanted, with the vetoes that hold for it; None for all.
    :raises NotFound: if there is no such account.
    """
    judgements = account_judgements(context)
    if account is not None:
        wanted = account_of(Book([each for each in judgements if each.kind == ACCOUNT], {}), account).id
        judgements = [each for each in judgements if each.values.get("account") == wanted or each.kind == "erasure"
                      or (each.kind == VETO and not each.values.get("account"))]  # fmt: skip
    return Book(judgements, context.entities_of(sorted(records_in(judgements))), as_of)


def account_judgements(context: Context) -> list[Judgement]:
    """Return the judgements that books are made of and that stand now."""
    wanted = {*KINDS, "erasure"}
    return [each for each in standing(context.store.judgements()) if each.kind in wanted]


def account_of(book: Book, text: str) -> Account:
    """Return the account that a text names: its name in any spelling, its id, or the name of its only organisation.

    :raises NotFound: if there is none.
    :raises Ambiguous: if several accounts are about the organisation.
    """
    wanted = fold(text)
    for account in book.accounts.values():
        if text.strip() == account.id or (wanted and fold(account.name) == wanted):
            return account
    found = [each for each in book.accounts.values() if wanted in {fold(name) for _, name in each.organisations}]
    if len(found) == 1:
        return found[0]
    if found:
        raise Ambiguous(text, [f"{each.id}  {each.name}" for each in found])
    there = ", ".join(each.name for each in sorted(book.accounts.values(), key=lambda each: (each.name, each.id)))
    raise NotFound(
        f"there is no account {text!r}"
        + (f"; there are: {there}" if there else "")
        + f". `referralgraph account create {text!r} --organisation ORG` opens one"
    )


def today_of(asked: Asked) -> date:
    """Return the day on which a question is asked: the one asked for, else today."""
    return asked.as_of or datetime.now(UTC).date()


@dataclass(frozen=True)
class Person:
    """What the register knows of a stakeholder, as far as the viewer may see it."""

    row: Row
    mandates: tuple[Row, ...]


class People:
    """People of the register in one account; each is read once.

    :param asked: whose private contacts count.
    :param account: whose organisations give ranks.
    """

    def __init__(self, context: Context, asked: Asked, account: Account) -> None:
        self._context, self._asked, self._account = context, asked, account
        ids = sorted({member.entity for member in account.members if member.entity})
        self.rows = {key: row for key, row in context.people(ids).items() if may_see(row, asked.viewer)}
        own = {entity for entity, _ in account.organisations if entity}
        self._mandates: dict[str, list[Row]] = {}
        for row in context.store.read("read/mandates_of_person", [{"id": each} for each in ids]):
            if row["organisation"] in own and may_see(row, asked.viewer) and asked.has_begun(row["since"]) and asked.is_current(row):
                self._mandates.setdefault(row["person"], []).append(row)

    def name(self, member: Member) -> str:
        """Return the name of a stakeholder: as the register has it, if the viewer may see that, else as it was entered."""
        row = self.rows.get(member.entity or "")
        return str(row["name"]) if row else member.name

    def mandates(self, member: Member) -> list[Row]:
        """Return his current mandates in the account's organisations."""
        return self._mandates.get(member.entity or "", [])

    def rank(self, member: Member) -> int | None:
        """Return his rank: as it was entered, else by the highest mandate in the account's organisations."""
        if member.rank is not None:
            return member.rank
        ranks = [5 if row["role"] in _DECIDES else _RANKS.get(row["role"], 0) for row in self.mandates(member)]
        return max(ranks, default=0) or None

    def ties(self, member: Member, colleagues: Iterable[Colleague]) -> dict[str, float]:
        """Return how strongly each of our people is tied to him, as far as the viewer may know."""
        if member.entity not in self.rows:
            return {}
        index, chosen = self._context.index, self._filter()
        neighbours = dict(index.neighbours(index.position(str(member.entity)), chosen))
        found = {}
        for colleague in colleagues:
            entity = self._context.team.get(colleague.name)
            if entity and entity != member.entity and (strength := neighbours.get(index.position(entity))):
                found[colleague.name] = float(strength)
        return found

    def _filter(self) -> Filter:
        return self._context.filter(self._asked)


def team_of(context: Context, account: Account) -> tuple[Colleague, ...]:
    """Return our people in an account: those entered for it, else the team and everyone who assessed or leads somebody."""
    told = {each.name: each for each in account.team}
    names = set(told) or {*context.team, *(each.by for member in account.members for each in member.assessments)}
    names |= {colleague for _, colleague in account.cells}
    found = [told.get(name, Colleague(name)) for name in names]
    return tuple(sorted(found, key=lambda each: (-(each.rank or 0), each.name)))
