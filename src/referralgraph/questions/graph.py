"""The Python way to ask: four lines from a workspace to an introduction."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from referralgraph.answers import (
    AccountAnswer,
    BoardsAnswer,
    BreadthAnswer,
    DependenceAnswer,
    Entered,
    FindAnswer,
    MultipliersAnswer,
    NetworkAnswer,
    OutcomesAnswer,
    PathAnswer,
    PathsAnswer,
    ReviewAnswer,
    ReviewDone,
    ShowAnswer,
)
from referralgraph.graph.store import open_store
from referralgraph.language import language_in_use
from referralgraph.questions.boards import find_boards
from referralgraph.questions.breadth import find_breadth
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.credit import CreditQuestions
from referralgraph.questions.dependence import find_dependence
from referralgraph.questions.find import find_entities
from referralgraph.questions.multipliers import KNOWN_WELL, MultiplierLimits, find_multipliers
from referralgraph.questions.network import neighbourhood, paths_as_network
from referralgraph.questions.noted import with_notes
from referralgraph.questions.outcome_book import enter_outcome, list_outcomes, undo_outcome
from referralgraph.questions.path import PathLimits, best_path, find_paths
from referralgraph.questions.paths_each import find_paths_each
from referralgraph.questions.possible import with_possible
from referralgraph.questions.request import requests_of
from referralgraph.questions.review import judge_pair, review, take_apart, undo
from referralgraph.questions.review_sheet import decide_by_csv
from referralgraph.questions.show import show_entity
from referralgraph.records.workspace import Workspace
from referralgraph.settings import read_settings

if TYPE_CHECKING:
    from referralgraph.questions.accounts.facade import Accounts


class ReferralGraph(CreditQuestions):
    """One opened revision; its questions may be asked from many threads at once.

    :param context: the revision.
    :param viewer: on whose behalf is asked when a question doesn't say.
    """

    def __init__(self, context: Context, viewer: str | None = None) -> None:
        self._context = context
        self.viewer = context.me(viewer)

    @property
    def accounts(self) -> Accounts:
        """Accounts with their stakeholders, on what is judged about identity at this moment."""
        from referralgraph.questions.accounts.facade import Accounts  # with sheets, which an introduction doesn't wait for

        return Accounts(self.context, self.viewer)

    @classmethod
    def open(cls, workspace: str | Path, *, store: str | None = None, viewer: str | None = None) -> ReferralGraph:
        """Open the current revision of a workspace; see :func:`referralgraph.open`."""
        folder = Workspace(workspace)
        settings = read_settings(folder.settings_file) if folder.settings_file.exists() else None
        opened = open_store(folder, store)
        try:
            return cls(Context(opened, settings), viewer)
        except BaseException:
            opened.close()
            raise

    def path(
        self,
        sources: Sequence[str] = (),
        targets: Sequence[str] = (),
        *,
        k: int = 5,
        max_ties: int = 4,
        min_strength: float = 0.01,
        current_only: bool = False,
        avoid: Sequence[str] = (),
        as_of: date | None = None,
        viewer: str | None = None,
        timeout: float | None = None,
        account: str | None = None,
        conflicts: str | Path | None = None,
    ) -> PathAnswer:
        """Answer who can introduce the sources (by default our team) to the targets.

        :param sources: ids or names; ``Me`` is who asks.
        :param targets: ids or names of people, or of organisations for their current decision-makers.
        :param k: how many paths.
        :param max_ties: ties of the longest path, 1 to 6.
        :param min_strength: strength of the faintest path, 0 to 1.
        :param current_only: only reasons that aren't known to have ended.
        :param avoid: people and organisations that may not be in between.
        :param as_of: only what had begun by that day counts.
        :param viewer: on whose behalf.
        :param timeout: seconds; an answer that wasn't proven complete by then says so.
        :param account: whose vetoes hold; by default those of the accounts that the targets belong to.
        :param conflicts: a file of competitors and debtors: introducers who sit there are marked, and a way without them is shown.
        :raises NotFound: if nobody answers to a name.
        :raises Ambiguous: if several do.
        """
        listed = None if conflicts is None else Path(conflicts)
        limits = PathLimits(k, max_ties, min_strength, current_only, tuple(avoid), account, listed)
        return with_possible(
            self.context,
            self._asked(viewer, as_of, timeout),
            lambda context, asked: find_paths(context, asked, sources, targets, limits),
            lambda context, asked: best_path(context, asked, sources, targets, limits),
        )

    def paths_each(
        self,
        sources: Sequence[str] = (),
        targets: Sequence[str] = (),
        *,
        max_ties: int = 4,
        min_strength: float = 0.01,
        current_only: bool = False,
        avoid: Sequence[str] = (),
        as_of: date | None = None,
        viewer: str | None = None,
        timeout: float | None = None,
        account: str | None = None,
        conflicts: str | Path | None = None,
    ) -> PathsAnswer:
        """Answer with the best introduction to each of many targets by itself; parameters as those of :meth:`path`.

        :param targets: ids, names, organisations, or files that hold one a line.
        :returns: one entry a line, in their order; a line that names nobody says so.
        """
        listed = None if conflicts is None else Path(conflicts)
        limits = PathLimits(1, max_ties, min_strength, current_only, tuple(avoid), account, listed)
        return with_possible(
            self.context,
            self._asked(viewer, as_of, timeout),
            lambda context, asked: find_paths_each(context, asked, sources, targets, limits),
        )

    def boards(
        self,
        ours: Sequence[str],
        targets: Sequence[str] = (),
        *,
        k: int = 5,
        max_ties: int = 4,
        min_strength: float = 0.01,
        current_only: bool = False,
        avoid: Sequence[str] = (),
        conflicts: Path | None = None,
        as_of: date | None = None,
        viewer: str | None = None,
        timeout: float | None = None,
    ) -> BoardsAnswer:
        """Answer how the boards of our organisations are tied to those of the targets; parameters as those of :meth:`path`.

        :param ours: one or several of our organisations.
        :param targets: organisations, or files of them; none for the interlocks of ours with all others.
        :param k: how many links a target.
        :param conflicts: a file of competitors and debtors, whose seats are marked.
        """
        limits = PathLimits(k, max_ties, min_strength, current_only, tuple(avoid))
        return with_possible(
            self.context,
            self._asked(viewer, as_of, timeout),
            lambda context, asked: find_boards(context, asked, ours, targets, limits, conflicts),
        )

    def find(self, text: str, *, limit: int = 20) -> FindAnswer:
        """Answer who or what may be meant by a text, best match first."""
        context, asked = self.context, self._asked(None, None, None)
        return with_notes(context, lambda: find_entities(context, asked, text, limit=limit))

    def show(
        self,
        entity: str,
        *,
        identity: bool = False,
        as_of: date | None = None,
        viewer: str | None = None,
        timeout: float | None = None,
    ) -> ShowAnswer:
        """Answer what is known of an entity; with ``identity`` also the records it was made of.

        :raises DeadlineExceeded: if it can't be read within so many seconds.
        """
        context, asked = self.context.within(timeout), self._asked(viewer, as_of, timeout)
        return with_notes(context, lambda: show_entity(context, asked, entity, identity=identity))

    def review(self, *, limit: int = 20, viewer: str | None = None) -> ReviewAnswer:
        """Answer with the undecided identity pairs whose decision would change most, and with what was decided."""
        return review(self.context, self._asked(viewer, None, None), limit=limit)

    def judge(self, one: str, other: str, *, same: bool, by: str | None = None) -> ReviewDone:
        """Decide that two records (ids, or ids of entities) are one person or organisation, or that they aren't.

        :param by: who decides; the viewer by default.
        """
        return judge_pair(self.context, one, other, same=same, by=by or self.viewer)

    def take_apart(self, entity: str, records: Sequence[str], *, by: str | None = None) -> ReviewDone:
        """Decide that some records of an entity are somebody else's."""
        return take_apart(self.context, entity, records, by=by or self.viewer, viewer=self.viewer)

    def review_csv(self, file: Path, *, by: str | None = None) -> ReviewDone:
        """Decide the pairs of a CSV file whose column ``decision`` was filled in."""
        return decide_by_csv(self.context, file, by=by or self.viewer)

    def undo_identity(self, judgement: str | None = None, *, by: str | None = None) -> ReviewDone:
        """Take a judgement about identity back; without an id the last one of whoever undoes."""
        return undo(self.context, judgement, by=by or self.viewer)

    def network(
        self,
        entities: Sequence[str],
        *,
        as_of: date | None = None,
        viewer: str | None = None,
        timeout: float | None = None,
    ) -> NetworkAnswer:
        """Answer with the neighbourhood of entities, for the network page.

        :raises DeadlineExceeded: if it can't be read within so many seconds.
        """
        return with_possible(
            self.context,
            self._asked(viewer, as_of, timeout),
            lambda context, asked: neighbourhood(context.within(asked.timeout), asked, entities),
        )

    def requests(self, answer: PathAnswer, *, viewer: str | None = None) -> PathAnswer:
        """Return an answer with a forwardable request to the first introducer of each path, in the language in use."""
        as_of = date.fromisoformat(answer.question.as_of) if answer.question.as_of else None
        found = requests_of(self.context, self._asked(viewer, as_of, None), answer.paths)
        return answer.model_copy(update={"requests": found})

    def multipliers(
        self,
        targets: Sequence[str] = (),
        *,
        sources: Sequence[str] = (),
        profile: Path | None = None,
        least: int = 5,
        most: int | None = None,
        known_well: float = KNOWN_WELL,
        min_strength: float = 0.01,
        introducers: int = 0,
        current_only: bool = False,
        avoid: Sequence[str] = (),
        conflicts: Path | None = None,
        max_open: int | None = None,
        shown: int = 20,
        as_of: date | None = None,
        viewer: str | None = None,
        timeout: float | None = None,
    ) -> MultipliersAnswer:
        """Answer which few people outside the team open the most target companies.

        :param targets: companies, people, or files of them.
        :param sources: who of us may ask; the whole team by default.
        :param profile: a file of saved search profiles.
        :param least: how many multipliers.
        :param most: up to so many, as long as each adds a twentieth; `least` by default.
        :param known_well: strength of our tie to a multiplier, 0 to 1.
        :param min_strength: of our tie times his, 0 to 1.
        :param introducers: 0, or 1 to allow one more introducer before a multiplier.
        :param avoid: people and organisations that may not be counted on.
        :param conflicts: a file of competitors and debtors.
        :param max_open: nobody who has so many of our requests open.
        :param shown: companies told with evidence for each.
        """
        limits = MultiplierLimits(least, most or least, known_well, min_strength, introducers, current_only, tuple(avoid), shown)
        return with_possible(
            self.context,
            self._asked(viewer, as_of, timeout),
            lambda context, asked: find_multipliers(
                context, asked, sources, targets, limits, profile=profile, conflicts=conflicts, max_open=max_open
            ),
        )

    def dependence(
        self,
        targets: Sequence[str],
        *,
        sources: Sequence[str] = (),
        introducers: int = 100,
        max_ties: int = 4,
        min_strength: float = 0.01,
        current_only: bool = False,
        avoid: Sequence[str] = (),
        conflicts: Path | None = None,
        as_of: date | None = None,
        viewer: str | None = None,
        timeout: float | None = None,
    ) -> DependenceAnswer:
        """Answer what hangs on each of our people and on the most used introducers; parameters as those of :meth:`path`.

        :param targets: companies, people, or files of them.
        :param introducers: how many of the most used introducers are looked at.
        :param conflicts: a file of competitors and debtors, who introduce nobody.
        """
        limits = PathLimits(1, max_ties, min_strength, current_only, tuple(avoid))
        return with_possible(
            self.context,
            self._asked(viewer, as_of, timeout),
            lambda context, asked: find_dependence(
                context, asked, sources, targets, limits, introducers=introducers, conflicts=conflicts
            ),
        )

    def outcomes(self, *, as_of: date | None = None, viewer: str | None = None) -> OutcomesAnswer:
        """Answer what came of our requests: all outcomes, the load of introducers, success rates with intervals."""
        return list_outcomes(self.context, self._asked(viewer, as_of, None))

    def enter_outcome(
        self, outcome: str, introducer: str, target: str, *, at: date | None = None, note: str | None = None, by: str | None = None
    ) -> str:
        """Enter what came of asking somebody about somebody, and return the id of the judgement; it counts at once.

        :param outcome: asked, granted, refused, met, business or strangers.
        :param by: who enters it; the viewer by default.
        :raises NotFound: if nothing ties the two.
        """
        asked = self._asked(by, None, None)
        return enter_outcome(self.context, asked, outcome, introducer, target, by=asked.viewer, at=at, note=note).id

    def undo_outcome(self, judgement: str, *, by: str | None = None) -> str:
        """Take an outcome back and return the id of the undo; to undo that brings it back."""
        return undo_outcome(self.context, judgement, by=by or self.viewer).id

    def breadth(
        self, organisations: Sequence[str], *, current_only: bool = False, as_of: date | None = None, viewer: str | None = None
    ) -> BreadthAnswer:
        """Answer how broadly organisations are connected: their people, whom these know, and where those sit."""
        return with_possible(
            self.context,
            self._asked(viewer, as_of, None),
            lambda context, asked: find_breadth(context, asked, organisations, current_only=current_only),
        )

    def path_network(self, answer: PathAnswer, *, viewer: str | None = None) -> NetworkAnswer:
        """Return the introduction paths of an answer as a network with these paths lit."""
        as_of = date.fromisoformat(answer.question.as_of) if answer.question.as_of else None
        return paths_as_network(self.context, self._asked(viewer, as_of, None), answer)

    def account(self, name: str, *, as_of: date | None = None, viewer: str | None = None, since: date | None = None,
                policy: str | None = None) -> AccountAnswer:
        """Answer what is known of an account: stakeholders, disagreements, open questions, matrix and plans."""
        return self.accounts.show(name, as_of=as_of, viewer=viewer, since=since, policy=policy)

    def undo(self, judgement: str, *, by: str | None = None) -> Entered:
        """Take back a judgement of any kind; to take back an undo brings the judgement back."""
        return self.accounts.undo(judgement, by=by)

    def speaking(self) -> AbstractContextManager[None]:
        """Answer in the language of the workspace within a block."""
        return language_in_use(self.context.settings.language)

    def close(self) -> None:
        """Give back files and connections."""
        self.context.store.close()

    def _asked(self, viewer: str | None, as_of: date | None, timeout: float | None) -> Asked:
        return Asked(viewer or self.viewer, as_of, timeout)
