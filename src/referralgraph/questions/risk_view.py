"""The risk table of an opened revision: kept open, and the neighbourhoods of the days asked for last."""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from referralgraph.errors import NotFound
from referralgraph.risk.neighbourhood import Neighbourhood
from referralgraph.risk.regrouped import Regrouped, regroup
from referralgraph.risk.stored import StoredRate, stored_model, stored_rate
from referralgraph.risk.table import RiskTable
from referralgraph.score.risk import RiskModel

if TYPE_CHECKING:
    from referralgraph.questions.context import Context

_KEPT = 3
WITHDRAWN = "event_withdrawn"


def withdrawn_events(context: Context) -> frozenset[str]:
    """Return the ids of event records that a judgement has withdrawn."""
    return frozenset(record for each in context.judgements(WITHDRAWN) for record in each.records)


class RiskView:
    """Read access to the risk table of one revision; safe to share between threads.

    :param folder: where the revision keeps it.
    :param judged: people who are others than the build made them.
    """

    def __init__(self, folder: Path, judged: Regrouped | None = None) -> None:
        self._folder = folder
        self._judged = judged or Regrouped()
        self._lock = threading.Lock()
        self._opening = threading.Lock()
        self._tables: OrderedDict[frozenset[str], RiskTable] = OrderedDict()
        self._around: OrderedDict[tuple[int, frozenset[str]], Neighbourhood] = OrderedDict()

    @property
    def is_there(self) -> bool:
        """Whether the revision holds links and failures; one that was built before they were kept doesn't."""
        return (self._folder / "risk.json").exists()

    @cached_property
    def model(self) -> RiskModel:
        """The model that the revision was built with."""
        self.table(frozenset())
        return stored_model(self._folder)

    @cached_property
    def rate(self) -> StoredRate:
        """The base rate of the data at hand."""
        return stored_rate(self._folder)

    @cached_property
    def day(self) -> int:
        """The last day on which any source stated anything."""
        return self.table(frozenset()).day

    def table(self, withdrawn: frozenset[str]) -> RiskTable:
        """Return links and events without those that were withdrawn."""
        with self._opening:
            if withdrawn not in self._tables:
                table = RiskTable(self._folder, withdrawn)
                regroup(table, self._judged)
                self._tables[withdrawn] = table  # two dozen files, which most questions need
                while len(self._tables) > _KEPT:
                    self._tables.popitem(last=False)
            self._tables.move_to_end(withdrawn)
            return self._tables[withdrawn]

    def around(self, day: int, withdrawn: frozenset[str]) -> Neighbourhood:
        """Return what was known by a day.

        :param withdrawn: ids of event records that a judgement has withdrawn.
        """
        with self._lock:
            key = (day, withdrawn)
            if key not in self._around:
                self._around[key] = Neighbourhood(self.table(withdrawn), day, self.model.rules)
                while len(self._around) > _KEPT:
                    self._around.popitem(last=False)
            self._around.move_to_end(key)
            return self._around[key]

    @staticmethod
    def position(around: Neighbourhood, organisation: str) -> int:
        """Return the number of an organisation.

        :raises NotFound: if the revision has no such organisation.
        """
        ids = around.table.organisation_ids
        at = int(np.searchsorted(ids, organisation.encode()))
        if at >= len(ids) or ids[at] != organisation.encode():
            raise NotFound(f"there is no entity {organisation} in this revision")
        return at
