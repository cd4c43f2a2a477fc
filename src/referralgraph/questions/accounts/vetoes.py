"""Who is never an introducer for an account: enemies, and people who aren't to be asked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from referralgraph.accounts.book import Account, Book, Member, Veto, records_in
from referralgraph.accounts.entries import ACCOUNT
from referralgraph.accounts.profile import Profile, profile
from referralgraph.answers.base import Because
from referralgraph.language import gettext as _
from referralgraph.questions.accounts.book import account_judgements, account_of
from referralgraph.questions.policy import Barred

if TYPE_CHECKING:
    from referralgraph.questions.context import Context


class Vetoes:
    """Whom accounts bar from introducing.

    A veto without an account holds for every question. One of an account, and the -2 of a stakeholder, hold when the question is
    about that account: it is named, or a target is one of its stakeholders or holds a mandate in one of its organisations.
    Only the accounts that may be concerned are read, so that a question doesn't pay for all the others.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._judgements = account_judgements(context)
        self._records: dict[str, set[str]] = {}  # by account: records that it names
        for each in self._judgements:
            if account := each.values.get("account"):
                self._records.setdefault(str(account), set()).update(records_in([each]))
        self._of_target: dict[str, set[str]] = {}
        self._books: dict[str | None, Book] = {}
        self._grounds: dict[str | None, dict[str, Because]] = {}

    def read(self, targets: Iterable[str]) -> None:
        """Read in one go who many targets are, and in which organisations they sit."""
        unread = sorted(set(targets) - self._of_target.keys()) if self._records else []
        if not unread:
            return
        people = self._context.people(unread)
        self._of_target.update({each: set(people[each]["records"]) if each in people else set() for each in unread})
        sits = self._context.store.read("read/mandates_of_person", [{"id": each} for each in unread])
        bodies = self._context.organisations(sorted({row["organisation"] for row in sits}))
        for row in sits:
            self._of_target[row["person"]].update(bodies[row["organisation"]]["records"])

    def barred(self, targets: Iterable[str], account: str | None = None) -> Barred:
        """Return who may not introduce to some targets, and why.

        :param targets: ids of the people to be reached.
        :param account: name or id of the account that the question is for.
        :raises NotFound: if no account is of that name.
        """
        grounds: dict[str, Because] = {}
        for each in self._accounts(set(targets), account):
            for entity, because in self._of(each).items():
                grounds.setdefault(entity, because)
        for entity, because in self._of(None).items():
            grounds.setdefault(entity, because)
        index = self._context.index
        return Barred({index.position(entity): partial(_given, because) for entity, because in sorted(grounds.items())})

    def _accounts(self, targets: set[str], named: str | None) -> list[str]:
        if named is not None:
            opened = [each for each in self._judgements if each.kind == ACCOUNT]
            return [account_of(Book(opened, {}), named).id]
        self.read(targets)
        touched = {record for each in targets for record in self._of_target.get(each, ())}
        return sorted(account for account, records in self._records.items() if records & touched)

    def _book(self, account: str | None) -> Book:
        """Return the book of one account, or of none: the vetoes that hold for all."""
        if account not in self._books:
            some = [each for each in self._judgements if each.values.get("account") == account or each.kind == "erasure"]
            self._books[account] = Book(some, self._context.entities_of(sorted(records_in(some))))
        return self._books[account]

    def _of(self, account: str | None) -> dict[str, Because]:
        if account not in self._grounds:
            book = self._book(account)
            found: dict[str, Because] = {}
            for each in book.accounts.values():
                for member in each.members:
                    because = never_asked(book, each, member, profile(each, member, self._context.settings.accounts))
                    if because and member.entity:
                        found[member.entity] = because
            name = next((each.name for each in book.accounts.values()), None)
            for veto in book.vetoes:
                if veto.entity and (account is None or book.accounts):  # an account that was taken back has no veto
                    found.setdefault(veto.entity, _marked(veto, name))
            self._grounds[account] = found
        return self._grounds[account]


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
