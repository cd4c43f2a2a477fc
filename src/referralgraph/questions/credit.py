"""What a credit team asks, in Python: risk, ownership, a portfolio, a model of one's own, and events that a judgement withdraws."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from referralgraph.answers import OwnershipAnswer, PortfolioAnswer, RiskAnswer, RiskFitAnswer
from referralgraph.errors import NotFound
from referralgraph.judgements import new_judgement
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.possible import with_possible


class CreditQuestions:
    """Questions of a credit team; a part of :class:`referralgraph.questions.graph.ReferralGraph`."""

    _context: Context
    viewer: str | None

    @property
    def context(self) -> Context:
        """What a question stands on now; judgements about identity count at once."""
        return self._context.now()

    def risk(self, entities: Sequence[str], *, as_of: date | None = None, viewer: str | None = None) -> RiskAnswer:
        """Answer how the neighbourhood of each company compares with its peers', because of exactly which links.

        A person is answered with his companies and what happened to them, and is never scored.
        """
        from referralgraph.questions.risk import assess_risk  # with scipy, which an introduction doesn't wait for

        return with_possible(
            self.context, Asked(viewer or self.viewer, as_of), lambda context, asked: assess_risk(context, asked, entities)
        )

    def ownership(self, entity: str, *, as_of: date | None = None, viewer: str | None = None) -> OwnershipAnswer:
        """Answer who ultimately owns a company and who controls it, or what a person owns."""
        from referralgraph.questions.ownership import find_owners

        return with_possible(
            self.context, Asked(viewer or self.viewer, as_of), lambda context, asked: find_owners(context, asked, entity)
        )

    def portfolio(
        self, file: str | Path, *, since: date | None = None, as_of: date | None = None, viewer: str | None = None
    ) -> PortfolioAnswer:
        """Answer which customers of a list sit in a bad neighbourhood, and which of them belong together.

        :param file: a table with a heading (id, register number, name, city, exposure), or one company a line.
        :param since: also tell what has changed since that day.
        :raises SourceError: if the file can't be read.
        """
        from referralgraph.questions.portfolio import rank_portfolio

        return with_possible(
            self.context, Asked(viewer or self.viewer, as_of), lambda context, asked: rank_portfolio(context, asked, Path(file), since)
        )

    def risk_fit(self, outcomes: str | Path, to: str | Path | None = None, *, viewer: str | None = None) -> RiskFitAnswer:
        """Fit a model to dated outcomes, say what it is worth, and write it to a file if it gains.

        :param outcomes: a table of companies with the day of what happened to each; rows without a day are companies to which
            nothing happened.
        :param to: where the model is written; without it nothing is.
        :raises SourceError: if the file can't be read, or holds too few usable outcomes.
        """
        from referralgraph.questions.risk_fit import fit_to_outcomes

        return fit_to_outcomes(self.context, Asked(viewer or self.viewer), Path(outcomes), None if to is None else Path(to))

    def withdraw_event(self, event: str, *, because: str | None = None, viewer: str | None = None) -> str:
        """Judge that an event isn't true or not of that company; questions about risk don't see it any more.

        :param event: record of the event, as answers about risk tell it.
        :param because: why, for whoever reads the judgement.
        :returns: id of the judgement, to take it back with.
        :raises NotFound: if the revision has no such event.
        :raises UsageError: if nobody is named who judges.
        """
        from referralgraph.questions.risk_view import WITHDRAWN

        if event.encode() not in self.context.risk.table(frozenset()).event_record:
            raise NotFound(f"there is no event {event} in this revision; `referralgraph risk COMPANY --format json` tells the ids")
        judged = new_judgement(WITHDRAWN, by=viewer or self.viewer, records=[event], values={"because": because or ""})
        self.context.store.append_judgements([judged.as_row()])
        return judged.id
