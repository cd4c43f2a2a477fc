"""Introducers in a conflict: on the user's list, or with a firm that has just failed; and the way without them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

import numpy as np

from referralgraph.answers.base import Because, EntityRef
from referralgraph.answers.conflicts import ConflictMark
from referralgraph.language import gettext as _
from referralgraph.language import in_words
from referralgraph.questions.conflicts import barred_by_conflict, conflict_marks, read_conflicts
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.policy import Barred
from referralgraph.questions.risk_facts import RiskFacts
from referralgraph.questions.risk_view import withdrawn_events
from referralgraph.risk.failed import failed_firms
from referralgraph.risk.neighbourhood import RECENT
from referralgraph.risk.table import RiskTable

_EPOCH = date(1970, 1, 1)


class PathConflicts:
    """What keeps an introducer from being asked lightly.

    :param file: a list of competitors and debtors, as for :func:`referralgraph.questions.conflicts.read_conflicts`.
    """

    def __init__(self, context: Context, asked: Asked, file: Path | None) -> None:
        self._context, self._asked = context, asked
        self.listed = read_conflicts(context, asked, file)

    def marks(self, people: Iterable[str]) -> tuple[ConflictMark, ...]:
        """Return the marks of some people, each with its reason."""
        wanted = list(dict.fromkeys(people))
        listed = conflict_marks(self._context, self._asked, self.listed, wanted)
        return tuple(mark for person in wanted for mark in (*listed.get(person, ()), *self._failed(person)))

    def barred(self) -> list[Barred]:
        """Return the grounds by which the policy keeps all such people out."""
        grounds = [barred_by_conflict(self._context, self._asked, self.listed)] if self.listed.entities else []
        if self._table is not None:
            around = self._context.risk.around(self._day, withdrawn_events(self._context))
            people = np.unique(around.pairs.person[(around.status == RECENT) & ~around.hub[around.pairs.person]])
            ours = {self._context.index.position(each) for each in self._context.team.values()}
            grounds.append(Barred({each: self._because(each) for each in people.tolist() if each not in ours}))
        return grounds

    def _failed(self, person: str) -> Iterable[ConflictMark]:
        if self._table is None:
            return
        for firm in failed_firms(self._table, self._context.index.position(person), self._day, self._context.risk.model.rules):
            company = str(self._table.organisation_ids[firm.company].decode())
            event = self._facts.first_event(company)
            if event is None:
                continue
            ref = self._facts.organisation(company)
            yield ConflictMark(
                person=EntityRef(id=person, name=self._facts.person(person).name),
                organisation=ref,
                kind=event.kind,
                current=firm.left > self._day,
                text=_("linked to {company}: {event} since {day}").format(
                    company=ref.name, event=in_words(event.kind), day=event.date
                ),
            )

    def _because(self, position: int) -> Callable[[], Because]:
        def because() -> Because:
            mark = next(iter(self._failed(self._context.index.person(position))), None)
            return Because(code="failed_firm", parameters={}, text=mark.text if mark else _("linked to a firm that has failed"))

        return because

    @cached_property
    def _table(self) -> RiskTable | None:
        """Links and events; nothing in a revision that was built before they were kept."""
        view = self._context.risk
        return view.table(withdrawn_events(self._context)) if view.is_there else None

    @cached_property
    def _day(self) -> int:
        return self._context.risk.day if self._asked.as_of is None else (self._asked.as_of - _EPOCH).days

    @cached_property
    def _facts(self) -> RiskFacts:
        told = (_EPOCH + timedelta(days=self._day)).isoformat()
        return RiskFacts(self._context, self._asked, told, withdrawn_events(self._context))
