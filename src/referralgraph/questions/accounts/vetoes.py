"""Who is never an introducer for an account: enemies, and people who aren't to be asked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from referralgraph.accounts.book import Account, Book, Member, Veto
from referralgraph.accounts.profile import Profile, profile
from referralgraph.answers.base import Because
from referralgraph.language import gettext as _
from referralgraph.questions.accounts.book import account_of, book_of
from referralgraph.questions.policy import Barred

if TYPE_CHECKING:
    from referralgraph.questions.context import Context


class Vetoes:
    """Whom accounts bar from introducing; read once for a question.

    A veto without an account holds for every question. One of an account, and the -2 of a stakeholder, hold when the question is
    about that account: it is named, or a target is one of its stakeholders or holds a mandate in one of its organisations.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._book = book_of(context)
        self._organisations = {entity for account in self._book.accounts.values() for entity, _name in account.organisations if entity}
        self._grounds: dict[str, dict[str, Because]] = {}
        self._bodies: dict[str, set[str]] = {}

    def read(self, targets: Iterable[str]) -> None:
        """Read in one go in which of the accounts' organisations many targets sit."""
        unread = sorted(set(targets) - self._bodies.keys()) if self._organisations else []
        self._bodies.update({each: set() for each in unread})
        for row in self._context.store.read("read/mandates_of_person", [{"id": each} for each in unread]) if unread else []:
            if row["organisation"] in self._organisations:
                self._bodies[row["person"]].add(row["organisation"])

    def barred(self, targets: Iterable[str], account: str | None = None) -> Barred:
        """Return who may not introduce to some targets, and why.

        :param targets: ids of the people to be reached.
        :param account: name or id of the account that the question is for.
        :raises NotFound: if no account is of that name.
        """
        meant = self._accounts(set(targets), account)
        grounds: dict[str, Because] = {}
        for each in meant:
            for entity, because in self._of(each).items():
                grounds.setdefault(entity, because)
        for veto in self._book.vetoes:
            if veto.entity and veto.account is None:
                grounds.setdefault(veto.entity, _marked(veto, None))
        index = self._context.index
        return Barred({index.position(entity): partial(_given, because) for entity, because in sorted(grounds.items())})

    def _of(self, account: Account) -> dict[str, Because]:
        if account.id not in self._grounds:
            found: dict[str, Because] = {}
            for member in account.members:
                because = never_asked(self._book, account, member, profile(account, member, self._context.settings.accounts))
                if because and member.entity:
                    found[member.entity] = because
            for veto in self._book.vetoes:
                if veto.entity and veto.account == account.id:
                    found.setdefault(veto.entity, _marked(veto, account.name))
            self._grounds[account.id] = found
        return self._grounds[account.id]

    def _accounts(self, targets: set[str], named: str | None) -> list[Account]:
        if named is not None:
            return [account_of(self._book, named)]
        self.read(targets)
        bodies = {body for each in targets for body in self._bodies.get(each, ())}
        return [
            account
            for account in self._book.accounts.values()
            if targets.intersection(member.entity for member in account.members if member.entity)
            or bodies.intersection(entity for entity, _name in account.organisations if entity)
        ]


def _given(because: Because) -> Because:
    return because


def never_asked(book: Book, account: Account, member: Member, found: Profile) -> Because | None:
    """Return why a stakeholder is never an introducer for his account, None if he may be one."""
    for veto in book.vetoes:
        if veto.key == member.key and veto.account in {None, account.id}:
            return _marked(veto, account.name if veto.account else None)
    if found.is_enemy:
        return Because(
            code="enemy",
            parameters={"account": account.name},
            text=_("is an enemy of ours in the account {account} (relationship -2)").format(account=account.name),
        )
    return None


def _marked(veto: Veto, account: str | None) -> Because:
    parameters = {"account": account, "by": veto.by, "at": veto.at[:10], "reason": veto.reason, "judgement": veto.judgement}
    where = _("for the account {account}").format(account=account) if account else _("for anything")
    text = _("not to be asked {where}, says {by} ({date})").format(where=where, by=veto.by, date=veto.at[:10])
    return Because(code="veto", parameters=parameters, text=f"{text}: {veto.reason}" if veto.reason else text)
