"""From the index's bare reasons to reasons that a person can check: roles, periods, sources, identity."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from referralgraph.answers.base import EntityRef, SourceRow
from referralgraph.answers.path import InteractionCount, PathReason, PathTie
from referralgraph.identity import DECIDED
from referralgraph.index.reasons import Filter
from referralgraph.index.told import IndexReason
from referralgraph.language import gettext as _
from referralgraph.language import number_text, translatable
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.outcomes import Outcomes
from referralgraph.records.partial_date import first_day, last_day
from referralgraph.records.vocabulary import ROLES

Row = dict[str, Any]
_CITED = 20  # of a hundred mails the latest are enough to check
_NO_TIES = frozenset(role.name for role in ROLES if not role.ties)
_CLOSENESS = (translatable("not at all"), translatable("slightly"), translatable("well"), translatable("very well"))
_INTERACTIONS = {
    "meeting": translatable("meetings: {days}, last {day}"),
    "call": translatable("calls: {days}, last {day}"),
    "mail": translatable("mails: {days}, last {day}"),
}


class Evidence:
    """Reads what stands behind the ties of one answer; each person is read from the store once.

    :param context: the revision.
    :param asked: viewer and date of the question.
    :param chosen: the filter of the question.
    """

    def __init__(self, context: Context, asked: Asked, chosen: Filter) -> None:
        self._context = context
        self._asked = asked
        self._chosen = chosen
        self._mandates: dict[str, list[Row]] = {}
        self._contacts: dict[tuple[str, str], list[Row]] = {}
        self._interactions: dict[tuple[str, str], list[Row]] = {}
        self._records: dict[str, Row] = {}
        self._found: dict[tuple[str, str], tuple[float, list[IndexReason]]] = {}
        self._ties: dict[tuple[str, str], PathTie] = {}
        self._outcomes = Outcomes(context, asked) if chosen.changes else None

    def read(self, chains: Sequence[Sequence[str]]) -> None:
        """Read what stands behind the ties of many paths in a few readings instead of some for each person.

        :param chains: the people of each path, by id.
        """
        pairs = dict.fromkeys(pair for chain in chains for pair in pairwise(chain))
        members: dict[str, None] = {}
        contacts: list[tuple[str, str]] = []
        met: list[tuple[str, str]] = []
        for one, other in pairs:
            for reason in self._of_tie(one, other)[1]:
                if reason.organisation is not None:
                    members |= {one: None, other: None}
                elif reason.kind == "contact":
                    contacts += ((one, other), (other, one))
                    met += ((one, other), (other, one)) if reason.interactions else ()
        self._read_held([each for each in members if each not in self._mandates])
        self._read_entries([pair for pair in dict.fromkeys(contacts) if pair not in self._contacts])
        self._read_met([pair for pair in dict.fromkeys(met) if pair not in self._interactions])
        self._read_links(chains)

    def tie(self, one: str, other: str) -> PathTie:
        """Return the tie of two people with its reasons and their sources."""
        if (one, other) not in self._ties:
            strength, found = self._of_tie(one, other)
            reasons = [self._reason(one, other, each) for each in found]
            outcome = self._outcomes.reason(one, other, strength) if self._outcomes and reasons else None
            self._ties[one, other] = PathTie(
                from_=one, to=other, strength=strength, reasons=(*reasons, *([outcome] if outcome else ()))
            )
        return self._ties[one, other]

    def _of_tie(self, one: str, other: str) -> tuple[float, list[IndexReason]]:
        if (one, other) not in self._found:
            index = self._context.index
            self._found[one, other] = index.tie(index.position(one), index.position(other), self._chosen)
        return self._found[one, other]

    def identity(self, person: str, before: PathTie, after: PathTie) -> tuple[float, tuple[tuple[str, str], ...]]:
        """Return the chance that the records of an introducer on his two sides are of one person, and what of it people decided.

        Each record hangs on another by which it was recognised; the chance is the product of the links between the
        two records that the strongest reasons stand on, the best pair of them. Decided is told by the two records of such a link.
        """
        left, right = self.records_behind(person, before), self.records_behind(person, after)
        if not left or not right or left & right:
            return 1.0, ()
        return max(
            (self._same(one, other) for one in sorted(left) for other in sorted(right)), key=lambda found: (found[0], -len(found[1]))
        )

    def decided(self, person: str, tie: PathTie) -> tuple[tuple[str, str], ...]:
        """Return which records of the target at the end of a tie people decided to be one with those that the tie stands on."""
        behind = sorted(self.records_behind(person, tie))
        rest = sorted(set(self._context.records_of(person)) - set(behind)) if behind else []
        nearest = (max((self._same(one, other) for one in behind), key=lambda found: (found[0], -len(found[1]))) for other in rest)
        return tuple(dict.fromkeys(pair for _chance, pairs in nearest for pair in pairs))

    def _reason(self, one: str, other: str, reason: IndexReason) -> PathReason:
        if reason.kind == "contact":
            return self._contact(one, other, reason)
        if reason.kind == "colleague":
            return PathReason(kind="colleague", strength=reason.strength, visibility="team", text=_("colleagues of our team"))
        body = reason.organisation or ""
        rows = {person: [row for row in self._held(person) if row["organisation"] == body] for person in (one, other)}
        every = rows[one] + rows[other]
        since = _as_written(every, "since", reason.since.isoformat() if reason.since else None)
        end = reason.end.isoformat() if reason.end else None
        until = None if reason.is_open else _as_written(every, "until", end, only_known=True)
        roles = (_role(rows[one]), _role(rows[other]))
        name = every[0]["organisation_name"] if every else body
        words = {
            "name": name,
            "one": _(roles[0].replace("_", " ")),
            "other": _(roles[1].replace("_", " ")),
            "period": _period(since, until, end),
        }
        return PathReason(
            kind="shared_mandate" if reason.kind == "shared_mandate" else "shared_shareholding",
            organisation=EntityRef(id=body, name=name),
            roles=roles,
            since=since,
            until=until,
            last_seen=end,
            strength=reason.strength,
            text=_("both in {name} ({one}, {other}) {period}").format(**words).strip(),
            sources=_sources(every),
        )

    def _contact(self, one: str, other: str, reason: IndexReason) -> PathReason:
        pairs = ((one, other), (other, one))
        rows = [row for pair in pairs for row in self._entries(*pair) if row["owner"] == reason.owner]
        met = [row for pair in pairs for row in self._met(*pair) if row["owner"] == reason.owner] if reason.interactions else []
        word = max((row["closeness"] for row in rows if row["closeness"] is not None), default=None)
        where = sorted({_(row["kind"].replace("_", " ")) for row in rows})
        if word is not None:
            where.append(_("own word: {closeness}").format(closeness=_(_CLOSENESS[word])))
        # a month or a year alone stands for a day in its middle, which nobody has written
        last = {kind: next((row["date"] for row in met if row["kind"] == kind), day.isoformat())
                for kind, _days, day in reason.interactions}  # fmt: skip
        where += [
            _(_INTERACTIONS[kind]).format(days=number_text(days), day=last[kind]) for kind, days, _day in reason.interactions
        ]
        return PathReason(
            kind="contact",
            since=min((row["since"] for row in rows if row["since"]), default=None),
            strength=reason.strength,
            owner=reason.owner,
            closeness=word,
            interactions=tuple(
                InteractionCount.model_validate({"kind": kind, "days": days, "last": last[kind]})
                for kind, days, _day in reason.interactions
            ),
            visibility="private" if reason.private else "team",
            text=_("contact of {owner} ({where})").format(owner=reason.owner, where="; ".join(where)),
            sources=_sources(rows) + _sources(met[:_CITED]),
        )

    def _held(self, person: str) -> list[Row]:
        """Return mandates and shareholdings of a person that had begun by the day asked for."""
        if person not in self._mandates:
            self._read_held([person])
        return self._mandates[person]

    def _read_held(self, people: Sequence[str]) -> None:
        read, wanted = self._context.store.read, [{"id": person} for person in people]
        self._mandates |= {person: [] for person in people}
        for row in read("read/mandates_of_person", wanted):
            if row["role"] not in _NO_TIES and self._asked.has_begun(row["since"]):
                self._mandates[row["person"]].append(row)
        for row in read("read/shareholdings_of_person", wanted):
            if self._asked.has_begun(row["since"]):
                self._mandates[row["person"]].append({**row, "role": "shareholder"})

    def _entries(self, owner: str, person: str) -> list[Row]:
        """Return how somebody stands in the address books of one of our people, as far as the viewer may see it."""
        if (owner, person) not in self._contacts:
            self._read_entries([(owner, person)])
        return self._contacts[owner, person]

    def _read_entries(self, pairs: Sequence[tuple[str, str]]) -> None:
        visible = self._context.visible(self._asked)
        self._contacts |= {pair: [] for pair in pairs}
        for row in self._context.store.read("read/contacts_between", self._by_ours(pairs)):
            if visible(row) and self._asked.has_begun(row["since"]):
                self._contacts[row["person"], row["other"]].append(row)

    def _met(self, owner: str, person: str) -> list[Row]:
        """Return when one of our people met, called or mailed somebody, latest first, as far as the viewer may see it."""
        if (owner, person) not in self._interactions:
            self._read_met([(owner, person)])
        return self._interactions[owner, person]

    def _read_met(self, pairs: Sequence[tuple[str, str]]) -> None:
        visible, until = self._context.visible(self._asked), self._asked.as_of or date.max
        found: dict[tuple[str, str], list[tuple[date, Row]]] = {pair: [] for pair in pairs}
        for row in self._context.store.read("read/interactions_between", self._by_ours(pairs)):
            day = _took_place(row)
            if visible(row) and day is not None and day <= until:
                found[row["person"], row["other"]].append((day, row))
        for pair, rows in found.items():
            rows.sort(key=lambda each: each[0], reverse=True)
            self._interactions[pair] = [row for _day, row in rows]

    def _by_ours(self, pairs: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
        """Return which of the pairs to read: only our own people have address books."""
        ours = set(self._context.team.values())
        return [{"owner": owner, "id": person} for owner, person in pairs if owner in ours]

    def _read_links(self, chains: Sequence[Sequence[str]]) -> None:
        """Read the records on both sides of the introducers that aren't the same, and what they were recognised by."""
        wanted: dict[str, None] = {}
        for chain in chains:
            for before, person, after in zip(chain, chain[1:], chain[2:], strict=False):
                left, right = (self.records_behind(person, self.tie(*pair)) for pair in ((before, person), (person, after)))
                if left and right and not left & right:
                    wanted |= dict.fromkeys(sorted(left | right))
        while wanted := {each: None for each in wanted if each not in self._records}:
            rows = self._context.store.read("read/record", [{"id": each} for each in wanted])
            self._records |= {row["id"]: row for row in rows}
            wanted = {row["link_to"]: None for row in rows if row["link_to"] is not None}

    def records_behind(self, person: str, tie: PathTie) -> frozenset[str]:
        """Return the records of a person that the strongest reason of a tie stands on."""
        if not tie.reasons:
            return frozenset()
        reason = tie.reasons[0]
        if reason.organisation is not None:
            body = reason.organisation.id
            return frozenset(row["holder_record"] for row in self._held(person) if row["organisation"] == body)
        owner = tie.to if tie.from_ == person else tie.from_
        met = self._met(owner, person) if reason.interactions else []
        return frozenset(row["person_record"] for row in (*self._entries(owner, person), *met))

    def _same(self, one: str, other: str) -> tuple[float, tuple[tuple[str, str], ...]]:
        left, right = self._chain(one), self._chain(other)
        common = next((record for record in left if record in right), None)
        if common is None:
            return 0.0, ()
        links: dict[str, float] = {}
        decided = []
        for chain in (left, right):
            for record in chain:
                if record == common:
                    break
                row = self._record(record)
                # one proof that holds for a whole group of records (a name in a place) is one chance, not many
                links[row["proof"]] = row["probability"]
                if row["because"] == DECIDED:
                    decided.append((record, str(row["link_to"])))
        return math.prod(links.values()), tuple(decided)

    def _chain(self, record: str) -> list[str]:
        chain = [record]
        while (link := self._record(chain[-1])["link_to"]) is not None:
            chain.append(link)
        return chain

    def _record(self, record: str) -> Row:
        if record not in self._records:
            self._records[record] = self._context.store.read("read/record", [{"id": record}])[0]
        return self._records[record]


def _took_place(row: Row) -> date | None:
    """Return the day that counts for a meeting, call or mail as ties/interaction_tie.sql has it; None if it was only planned."""
    first, last, stated = first_day(row["date"]), last_day(row["date"]), date.fromisoformat(row["retrieved_at"][:10])
    return None if first > stated else min(first + (last - first).days // 2 * timedelta(days=1), stated)


def _role(rows: Sequence[Row]) -> str:
    """Return the role to be named: a current one before a past one, then the one begun last."""
    ranked = sorted(rows, key=lambda row: (bool(row["current"]), row["since"] or "", row["role"]), reverse=True)
    return str(ranked[0]["role"]) if ranked else "other"


def _as_written(rows: Sequence[Row], column: str, day: str | None, *, only_known: bool = False) -> str | None:
    """Return a date as the source wrote it (perhaps a year only) instead of the day that stands for it."""
    if day is None:
        return None
    edge = first_day if column == "since" else last_day
    for row in rows:
        if row[column] and edge(row[column]).isoformat() == day:
            return str(row[column])
    return None if only_known else day


def _period(since: str | None, until: str | None, last_seen: str | None) -> str:
    if since and until:
        return _("from {since} to {until}").format(since=since, until=until)
    if since:
        return _("since {since}, last seen {seen}").format(since=since, seen=last_seen)
    if until:
        return _("until {until}").format(until=until)
    return _("last seen {seen}").format(seen=last_seen) if last_seen else ""


def _sources(rows: Sequence[Row]) -> tuple[SourceRow, ...]:
    found = {(row["source"], row["file"], row["line"], row.get("name_as_written")) for row in rows}
    return tuple(
        SourceRow(source=source, file=file, line=line, as_written=name)
        for source, file, line, name in sorted(found, key=lambda each: tuple(map(str, each)))
    )
