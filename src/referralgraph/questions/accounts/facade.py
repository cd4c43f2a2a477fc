"""Accounts from Python: ``graph.accounts``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from referralgraph.accounts.entries import KINDS
from referralgraph.answers.account import (
    AccountAnswer,
    AccountsAnswer,
    Entered,
    HistoryAnswer,
    HistoryLine,
    ImportAnswer,
    VetoesAnswer,
    VetoLine,
)
from referralgraph.answers.account_matrix import MatrixAnswer
from referralgraph.answers.account_plan import PlanAnswer
from referralgraph.answers.account_sheet import TemplateAnswer
from referralgraph.judgements import UNDO, Judgement, standing
from referralgraph.questions.accounts.book import account_of, book_of
from referralgraph.questions.accounts.desk import Desk
from referralgraph.questions.accounts.plan_sheet import read_plan
from referralgraph.questions.accounts.sheet import read_sheet
from referralgraph.questions.accounts.template import template_of
from referralgraph.questions.accounts.view import list_accounts, show_account
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.possible import with_possible


class Accounts:
    """The accounts of a store: asked by methods of this class, entered at a :class:`Desk`.

    :param context: the opened revision.
    :param viewer: on whose behalf, when a question doesn't say.
    """

    def __init__(self, context: Context, viewer: str | None) -> None:
        self._context, self._viewer = context, viewer

    def desk(self, by: str | None = None, at: date | None = None) -> Desk:
        """Return the desk where one colleague enters his views.

        :param by: his name; the viewer by default.
        :param at: the day of his view; now by default.
        """
        return Desk(self._context, by or self._viewer, at)

    def assess(self, account: str, stakeholder: str, *, by: str | None = None, at: date | None = None, reason: str | None = None,
               new: bool = False, **fields: object) -> Entered:
        """Enter one colleague's view of a stakeholder.

        :param account: name of the account.
        :param stakeholder: id, name, or position in the account.
        :param by: who says it; the viewer by default.
        :param at: the day of his view; now by default.
        :param reason: why.
        :param new: nobody of the register, if no stakeholder answers to the name: a person of his own in this account.
        :param fields: by name of the scale, as ``role="decision-maker"``, ``relationship=-1``, ``power=8``.
        :raises OffTheScale: for a value that isn't on its scale.
        """
        return self.desk(by, at).assess(account, stakeholder, fields, reason=reason, new=new)

    def veto(self, person: str, *, account: str | None = None, by: str | None = None, reason: str | None = None) -> Entered:
        """Enter that somebody isn't to be asked for an account; without one, for anything."""
        return self.desk(by).veto(person, account=account, reason=reason)

    def undo(self, judgement: str, *, by: str | None = None) -> Entered:
        """Take back an entry; to take back an undo brings the entry back."""
        return self.desk(by).undo(judgement)

    def list(self, *, as_of: date | None = None, viewer: str | None = None) -> AccountsAnswer:
        """Answer with all accounts, by name."""
        return list_accounts(self._context, self._asked(viewer, as_of))

    def show(
        self, name: str, *, as_of: date | None = None, viewer: str | None = None, since: date | None = None, policy: str | None = None
    ) -> AccountAnswer:
        """Answer what is known of an account; see :func:`referralgraph.questions.accounts.view.show_account`."""
        return with_possible(
            self._context,
            self._asked(viewer, as_of),
            lambda context, asked: show_account(context, asked, name, since=since, policy=policy),
        )

    def matrix(self, name: str, *, as_of: date | None = None, viewer: str | None = None) -> MatrixAnswer:
        """Answer with the relationship matrix: as entered, its faults, and the proposed one."""
        return show_account(self._context, self._asked(viewer, as_of), name, introductions=False).matrix

    def plan(self, name: str, *, as_of: date | None = None, viewer: str | None = None) -> PlanAnswer:
        """Answer with relationship plan, marketing plan and activity plan."""
        return show_account(self._context, self._asked(viewer, as_of), name, introductions=False).plan

    def history(self, name: str) -> HistoryAnswer:
        """Answer with everything that was ever entered about an account, also what was taken back."""
        account = account_of(book_of(self._context, account=name), name)
        every = [Judgement.from_row(row) for row in self._context.store.judgements()]
        rows = [each.as_row() for each in every]
        stands = {each.id for each in (*standing(rows), *standing(rows, UNDO))}
        ours = {each.id for each in every if each.kind in KINDS and each.values.get("account") == account.id}
        lines = []
        for each in every:
            of = each.values.get("judgement") if each.kind == UNDO else None
            if each.id in ours or of in ours:
                ours.add(each.id)
                about = str(of or each.values.get("name") or each.values.get("colleague") or "")
                values = {key: value for key, value in each.values.items() if key not in {"account", "name"}}
                lines.append(
                    HistoryLine(
                        id=each.id, kind=each.kind, by=each.by, at=each.at, about=about, values=values, stands=each.id in stands
                    )
                )
        return HistoryAnswer(
            question=Asked(self._viewer).question("history", account=account.id), account=account.id, lines=tuple(lines)
        )

    def vetoes(self) -> VetoesAnswer:
        """Answer with everyone who isn't to be asked, by name."""
        book = book_of(self._context)
        lines = [
            VetoLine(
                judgement=each.judgement,
                by=each.by,
                at=each.at[:10],
                reason=each.reason,
                name=each.name,
                person=each.entity,
                account=book.accounts[each.account].name if each.account in book.accounts else each.account,
            )
            for each in book.vetoes
        ]
        return VetoesAnswer(
            question=Asked(self._viewer).question("vetoes"), vetoes=tuple(sorted(lines, key=lambda each: (each.name, each.judgement)))
        )

    def template(self, name: str, *, viewer: str | None = None) -> TemplateAnswer:
        """Answer with the sheet for assessments, with the people whom the graph knows."""
        return template_of(self._context, self._asked(viewer, None), name)

    def read_sheet(self, name: str, file: Path, *, by: str | None = None, at: date | None = None, new: bool = False) -> ImportAnswer:
        """Enter the assessments or the relationship matrix of a CSV or Excel sheet.

        :param new: people whom the register doesn't know are added as persons of their own.
        """
        return read_sheet(self.desk(by, at), name, file, new=new)

    def read_plan(self, name: str, file: Path, *, plan: str | None = None, by: str | None = None) -> ImportAnswer:
        """Enter the lines of a CSV or Excel sheet of plans; a row with the id of a line changes it.

        :param plan: ``relationship``, ``marketing`` or ``activity``, where neither a column nor the headings tell.
        """
        return read_plan(self.desk(by), name, file, plan)

    def _asked(self, viewer: str | None, as_of: date | None) -> Asked:
        return Asked(viewer or self._viewer, as_of)
