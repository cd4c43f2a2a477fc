"""What a credit team asks, in Python: risk, and events that a judgement withdraws."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from referralgraph.answers import RiskAnswer
from referralgraph.errors import NotFound
from referralgraph.judgements import new_judgement
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.risk import WITHDRAWN, assess_risk


class CreditQuestions:
    """Questions of a credit team; a part of :class:`referralgraph.questions.graph.ReferralGraph`."""

    context: Context
    viewer: str | None

    def risk(self, entities: Sequence[str], *, as_of: date | None = None, viewer: str | None = None) -> RiskAnswer:
        """Answer how the neighbourhood of each company compares with its peers', because of exactly which links.

        A person is answered with his companies and what happened to them, and is never scored.
        """
        return assess_risk(self.context, Asked(viewer or self.viewer, as_of), entities)

    def withdraw_event(self, event: str, *, because: str | None = None, viewer: str | None = None) -> str:
        """Judge that an event isn't true or not of that company; questions about risk don't see it any more.

        :param event: record of the event, as answers about risk tell it.
        :param because: why, for whoever reads the judgement.
        :returns: id of the judgement, to take it back with.
        :raises NotFound: if the revision has no such event.
        :raises UsageError: if nobody is named who judges.
        """
        if event.encode() not in self.context.risk.table(frozenset()).event_record:
            raise NotFound(f"there is no event {event} in this revision; `referralgraph risk COMPANY --format json` tells the ids")
        judged = new_judgement(WITHDRAWN, by=viewer or self.viewer, records=[event], values={"because": because or ""})
        self.context.store.append_judgements([judged.as_row()])
        return judged.id
