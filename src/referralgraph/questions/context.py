"""What every question stands on: one revision, read through its index and its store."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from referralgraph.answers.base import Because, Coverage, Question, SourceDate
from referralgraph.errors import Ambiguous, NotFound, StoreError, UsageError
from referralgraph.graph.ahead import ReadAheadStore
from referralgraph.graph.revision import Revision
from referralgraph.graph.schema import schema_id
from referralgraph.graph.store import EMBEDDED, Store
from referralgraph.graph.timed import TimedStore
from referralgraph.identity import IDENTITY
from referralgraph.index.names import Found, NameIndex
from referralgraph.index.overlaid import OverlaidIndex
from referralgraph.index.reasons import Filter
from referralgraph.index.revision import RevisionIndex
from referralgraph.index.split import read_split
from referralgraph.judgements import UNDO, Judgement, standing
from referralgraph.language import gettext as _
from referralgraph.questions.built_rows import BuiltRows
from referralgraph.questions.judged import Judged, judged_since
from referralgraph.questions.judged_links import regrouped
from referralgraph.questions.judged_names import JudgedNames
from referralgraph.questions.judged_store import JudgedStore
from referralgraph.questions.judged_ties import change_of
from referralgraph.questions.noted import note
from referralgraph.questions.pending import pending_since
from referralgraph.records.identifiers import record_id
from referralgraph.records.partial_date import first_day, last_day
from referralgraph.settings import Settings

if TYPE_CHECKING:
    from referralgraph.questions.risk_view import RiskView

_ENTITY_ID = re.compile(r"[po]-[0-9a-f]{20}")
_CHANGES_IDENTITY = (IDENTITY, UNDO)
Row = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """How a question is put, whatever it is about.

    :param viewer: on whose behalf; his private contacts count, those of others don't.
    :param as_of: only what had begun by that day counts; None for all that is known.
    :param timeout: seconds; None for as long as it takes.
    """

    viewer: str | None = None
    as_of: date | None = None
    timeout: float | None = None

    def has_begun(self, since: str | None) -> bool:
        """Return whether what began on a partial date had begun by the day asked for; an unknown date has."""
        return self.as_of is None or not since or first_day(since) <= self.as_of

    def is_current(self, row: Row) -> bool:
        """Return whether a mandate or shareholding isn't known to have ended, now or by the day asked for."""
        if row["current"] or self.as_of is None:
            return bool(row["current"])
        end = row["until"] or row["last_seen"]
        return bool(end) and last_day(end) >= self.as_of

    def question(self, kind: str, **parameters: Any) -> Question:
        """Return the question as the answer repeats it."""
        return Question(
            kind=kind, viewer=self.viewer, as_of=self.as_of.isoformat() if self.as_of else None, parameters=parameters
        )


class Context:
    """One opened revision; safe to share between threads.

    :param store: where it is published.
    :param settings: team, constants and language of the workspace; None for those that the revision was built with, as a
        colleague has them who knows nothing but the store's address.
    """

    def __init__(self, store: Store, settings: Settings | None) -> None:
        self.store = store
        self.revision: Revision = _of_today(store)
        self.settings = Settings.model_validate(self.revision.settings) if settings is None else settings
        folder = store.index_folder()
        self.index = RevisionIndex(folder)
        self.names: NameIndex | JudgedNames = NameIndex(folder / "names")
        self._entity_of: dict[str, str | None] = {}
        self.judged: Judged | None = None
        self._built: Context | None = None
        self._split: dict[str, list[str]] | None = None
        self._now: tuple[tuple[str, ...], Context] | None = None

    def within(self, seconds: float | None) -> Context:
        """Return the same revision, read for so many seconds from now and not longer; None for as long as it takes."""
        if seconds is None:
            return self
        _ = self.team  # read once for all questions, not once for each that is timed
        timed = copy(self)
        timed.store = cast("Store", TimedStore(self.store, seconds))
        return timed

    def ahead(self) -> tuple[Context, ReadAheadStore]:
        """Return the same revision for one question about many, and the store that it reads ahead with."""
        _ = self.team
        reading, store = copy(self), ReadAheadStore(self.store)
        reading.store = cast("Store", store)
        return reading, store

    @cached_property
    def risk(self) -> RiskView:
        """Links and failures of the revision, on any day."""
        from referralgraph.questions.risk_view import RiskView  # scipy and pyarrow, which an introduction doesn't need

        judged = None if self.judged is None else regrouped(self.built_rows, self.judged)
        return RiskView(self.index.folder / "risk", judged)

    @cached_property
    def pending(self) -> tuple[tuple[str, ...], ...]:
        """Of whom only the next build can tell whether others are one with them, after what was judged since this one."""
        return () if self.judged is None else pending_since(self.built_rows, self.judged)

    def now(self) -> Context:
        """Return what a question stands on now: this revision, and over it what was judged about identity since it was built.

        It is this context itself where nothing was; a question asks once, so that it stands on one state.
        """
        rows = self.store.judgements()
        made = tuple(str(row.get("id")) for row in rows if row.get("kind") in _CHANGES_IDENTITY)
        if self._now is None or self._now[0] != made:
            known = made or self.revision.decided
            judged = judged_since(self.built_rows, rows, self.revision.decided) if known else None
            self._now = made, self if judged is None else self._overlaid(judged)
        return self._now[1]

    @cached_property
    def built_rows(self) -> BuiltRows:
        """What the store says of the revision as it was built."""
        return BuiltRows(self.store)

    @property
    def built_index(self) -> RevisionIndex:
        """The index as it was built, whatever was judged since."""
        return (self._built or self).index

    def supposing(self, pairs: Iterable[tuple[str, str]]) -> Context:
        """Return what a question would stand on if some pairs of people were judged to be one, and everything else as it is.

        :param pairs: ids of people of the build.
        """
        supposed = [
            {"id": f"supposed {at}", "kind": IDENTITY, "values": {"sides": [[f"r{one[2:]}", f"r{other[2:]}"]]}}
            for at, (one, other) in enumerate(pairs)
        ]
        built = self._built or self
        judged = judged_since(built.built_rows, [*built.store.judgements(), *supposed], self.revision.decided)
        return self if judged is None else built._overlaid(judged)

    def _overlaid(self, judged: Judged) -> Context:
        """Return this context with some people and organisations joined or taken apart."""
        overlaid = copy(self)
        overlaid._built = self
        for known in ("team", "risk", "pending"):
            overlaid.__dict__.pop(known, None)
        overlaid._entity_of = {}
        overlaid.judged = judged
        if not judged.entities:  # nothing is another one, but may be after the next build
            return overlaid
        change = change_of(self.built_rows, self.index, judged, self.team)
        store = JudgedStore(self.store, self.built_rows, judged, change)
        overlaid.store = store
        overlaid.index = OverlaidIndex(self.index, change)
        overlaid.names = JudgedNames(self.names, judged, store) if isinstance(self.names, NameIndex) else self.names
        return overlaid

    @cached_property
    def coverage(self) -> Coverage:
        """What the revision knows at all."""
        told = dict(self.revision.coverage)
        told["sources"] = tuple(SourceDate(**each) for each in told["sources"])
        return Coverage(**told)

    @cached_property
    def team(self) -> dict[str, str]:
        """Id of each member of our team by name, me first."""
        names = [name for name in (self.settings.team.me, *self.settings.team.members) if name]
        names += [name for name in self.index.owners if name and name not in names]
        found = {}
        for name in names:
            entity = self.entity_of_record(record_id("team", "person", [name]))
            if entity:
                found[name] = entity
        return found

    def me(self, viewer: str | None) -> str | None:
        """Return the name of who asks: the viewer, the workspace's "me", or the only owner of contacts."""
        if viewer:
            return viewer
        if self.settings.team.me:
            return self.settings.team.me
        owners = [name for name in self.index.owners if name]
        return owners[0] if len(owners) == 1 else None

    def filter(
        self,
        asked: Asked,
        *,
        current_only: bool = False,
        kinds: Iterable[str] | None = None,
        avoid_organisations: Iterable[str] = (),
        outcomes: bool = True,
    ) -> Filter:
        """Return the index filter of a question.

        :param outcomes: what came of asking changes ties; false for the ties as the sources tell them.
        """
        from referralgraph.questions.outcomes import Outcomes  # it reads judgements by way of a context

        return self.index.filter(
            as_of=asked.as_of,
            current_only=current_only,
            kinds=kinds,
            avoid_organisations=avoid_organisations,
            viewer=asked.viewer,
            changes=Outcomes(self, asked).changes() if outcomes else (),
        )

    def entity_of_record(self, record: str) -> str | None:
        """Return the entity that a record belongs to, None if there is no such record."""
        rows = self.store.read("read/record", [{"id": record}])
        return str(rows[0]["entity"]) if rows else None

    def entity(
        self, text: str, kinds: tuple[str, ...] | None = None, *, viewer: str | None = None, near: bool = True
    ) -> Found:
        """Return the one entity that a text names: id, register number, name, or ``NAME, CITY``.

        An id that was merged into another leads to that one.

        :param kinds: ``person`` or kinds of organisations; None for all.
        :param viewer: on whose behalf; who stands in the private address book of another alone isn't there for him.
        :param near: whether to look for what is called alike when nobody is called so.
        :raises Ambiguous: if several answer to it; the message lists them.
        :raises NotFound: if none does; the message offers what is near.
        """
        text = text.strip()
        if not text:
            raise UsageError("an empty name: say whom or what you mean")
        if _ENTITY_ID.fullmatch(text):
            return self._entity_by_id(text, viewer)
        if text in self.team:
            return self._entity_by_id(self.team[text], viewer)
        found = [each for each in self.names.exactly(text, viewer=viewer) if kinds is None or each.kind in kinds]
        if len(found) == 1:
            return found[0]
        if found:
            raise Ambiguous(text, [_line(each) for each in found[:20]])
        alike = self.names.find(text, limit=5, kinds=kinds, viewer=viewer)[0] if near else []
        listed = "".join(f"\n  {_line(each)}" for each in alike)
        raise NotFound(
            f"nobody and nothing is called {text!r} in this revision"
            + (f"; near are:{listed}" if alike else ". `referralgraph find` looks for parts of names")
        )

    def of_ids(self, texts: Iterable[str], *, viewer: str | None = None) -> dict[str, Found]:
        """Return the entities of those texts that are ids, many at once; who isn't among them :meth:`entity` may still know."""
        ids = dict.fromkeys(each for each in texts if _ENTITY_ID.fullmatch(each) and not self._parts(each))
        rows = self.people([each for each in ids if each[0] == "p"]) | self.organisations([each for each in ids if each[0] == "o"])
        return {each: _found(rows[each]) for each in ids if each in rows and may_see(rows[each], viewer)}

    def _entity_by_id(self, entity: str, viewer: str | None) -> Found:
        parts = self._parts(entity)
        for redirected in (entity, self.entity_of_record("r" + entity[2:]), parts[0] if len(parts) == 1 else None):
            if redirected is None:
                continue
            kind = "read/person" if redirected.startswith("p-") else "read/organisation"
            rows = self.store.read(kind, [{"id": redirected}])
            if rows and rows[0]["id"] != redirected:  # joined with another since the build
                redirected = str(rows[0]["id"])
                rows = self.store.read(kind, [{"id": redirected}])
            if rows and may_see(rows[0], viewer):
                if len(parts) > 1:
                    note(self._taken_apart(entity, redirected, parts, viewer))
                return _found(rows[0])
        if len(parts) > 1:
            raise Ambiguous(entity, self._lines(parts, viewer), why="was taken apart and is now these")
        raise NotFound(f"there is no entity {entity} in this revision")

    def _parts(self, entity: str) -> list[str]:
        """Return who stands for an id of a former build, or for one that was judged since this one, today; none if that is plain."""
        if self._split is None:
            self._split = read_split(self.index.folder)
        of_member = self.judged.of_member if self.judged else {}
        parts = (part for each in self._split.get(entity, [entity]) for part in of_member.get(each, (each,)))
        found = list(dict.fromkeys(parts))
        return [] if found == [entity] else found

    def _taken_apart(self, entity: str, asked: str, parts: Sequence[str], viewer: str | None) -> Because:
        told = {line.partition(" ")[0]: line for line in self._lines(parts, viewer)}
        text = _("{id} was taken apart and is now: {parts}. This answer is about {asked}").format(
            id=entity, parts="; ".join(told.values()), asked=asked
        )
        return Because(code="taken_apart", parameters={"id": entity, "parts": list(told), "asked": asked}, text=text)

    def _lines(self, entities: Sequence[str], viewer: str | None) -> list[str]:
        """Return a line for each of several people or organisations whom the viewer may see, its id first."""
        rows = {**self.people([each for each in entities if each.startswith("p-")]),
                **self.organisations([each for each in entities if each.startswith("o-")])}  # fmt: skip
        seen = {each: rows[each] for each in entities if each in rows and may_see(rows[each], viewer)}
        return [_line(_found(row)) for row in seen.values()]

    def judgements(self, kind: str) -> tuple[Judgement, ...]:
        """Return the judgements of a kind that stand now, also those made since the revision was built."""
        return standing(self.store.judgements(), kind)

    def records_of(self, entity: str) -> tuple[str, ...]:
        """Return the records that an entity was made of, for a judgement about it."""
        rows = (self.people if entity.startswith("p-") else self.organisations)([entity])
        return tuple(rows[entity]["records"]) if entity in rows else ()

    def entities_of(self, records: Iterable[str]) -> dict[str, str]:
        """Return the entity that each record belongs to now; records that are gone are left out."""
        wanted = list(dict.fromkeys(records))
        unread = [each for each in wanted if each not in self._entity_of]
        found = {row["id"]: str(row["entity"]) for row in self.store.read("read/record", [{"id": each} for each in unread])}
        self._entity_of.update({each: found.get(each) for each in unread})  # a revision never changes
        return {each: entity for each in wanted if (entity := self._entity_of[each]) is not None}

    def people(self, ids: Sequence[str]) -> dict[str, Row]:
        """Return the people of some ids."""
        return self._rows("read/person", ids)

    def organisations(self, ids: Sequence[str]) -> dict[str, Row]:
        """Return the organisations of some ids."""
        return self._rows("read/organisation", ids)

    def _rows(self, query: str, ids: Sequence[str]) -> dict[str, Row]:
        rows = self.store.read(query, [{"id": each} for each in dict.fromkeys(ids)])
        return {row["id"]: row for row in rows}

    def visible(self, asked: Asked) -> Callable[[Row], bool]:
        """Return whether the viewer may see a row; see :func:`may_see`."""
        return lambda row: may_see(row, asked.viewer)


def _of_today(store: Store) -> Revision:
    """Return the current revision if its graph has the columns that the queries of today ask for.

    Told before anything is read: the embedded store would refuse a query, and a server would answer with less than there is.

    :raises StoreError: if another version built it.
    """
    revision = store.current()
    if revision.schema != schema_id():
        again = "referralgraph build" if store.uri == EMBEDDED else f"referralgraph --store {store.uri} build"
        raise StoreError(f"revision {revision.id} was built by another version of ReferralGraph than this one: run `{again}` "
                         "where the data is loaded")
    return revision


def may_see(row: Row, viewer: str | None) -> bool:
    """Return whether a viewer may see a row: what is public, what is shared with the team, and what is his own."""
    if row.get("visibility") == "private" and row["owner"] != viewer:
        return False
    return not row.get("only_for") or viewer in row["only_for"]


def _found(row: Row) -> Found:
    return Found(row["id"], row.get("kind", "person"), row["name"], row["city"], row["connections"], "exact")


def _line(found: Found) -> str:
    place = f", {found.city}" if found.city else ""
    return f"{found.id}  {found.name}{place} ({found.kind.replace('_', ' ')}, {found.connections} connections)"
