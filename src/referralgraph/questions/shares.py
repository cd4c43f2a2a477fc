"""Direct shares as the sources state them, read from the store level by level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Literal

from referralgraph.answers.base import Because, EntityRef, SourceRow
from referralgraph.answers.ownership import OwnershipLink
from referralgraph.language import gettext as _
from referralgraph.questions.context import Asked, Context
from referralgraph.records.partial_date import first_day, last_day
from referralgraph.score.ownership import Share

Row = dict[str, Any]
LinkKind = Literal["capital", "votes", "profit_transfer", "sole_proprietor", "partner"]
_MOST = 5_000  # companies; a picture or a person asks for far fewer
_WITHOUT_SHARE = frozenset({"shareholder", "limited_partner"})  # roles that tell of owners, not of how much


class DirectShares:
    """Shares of the companies that an answer is about.

    :param context: the revision.
    :param asked: viewer of the question.
    :param day: what had ended by that day, or hadn't begun, is left out.
    """

    def __init__(self, context: Context, asked: Asked, day: date) -> None:
        self._context, self._asked, self._day = context, asked, day
        self._links: dict[tuple[str, str, LinkKind], OwnershipLink] = {}
        self._read: set[str] = set()
        self._refs: dict[str, EntityRef] = {}
        self._person: set[str] = set()
        self._kinds: dict[str, str] = {}
        self._by_votes: set[str] = set()
        self._cut = False

    def read_above(self, company: str) -> None:
        """Read the owners of a company, their owners, and so on."""
        level = [company]
        while level:
            level = sorted({link.owner.id for link in self._owners_of(level) if link.owner_kind != "person"} - self._read)
            if len(self._read) + len(level) > _MOST:
                self._cut = True
                return

    def read_below(self, owner: str) -> list[str]:
        """Read what somebody owns, what that owns, and so on, each with all its owners; returns the companies."""
        level = [owner]
        found: list[str] = []
        seen = {owner}
        while level and len(found) < _MOST:
            queries = ("read/shareholdings_of_person", "read/shareholdings_of_organisation")
            rows = [row for each in level for row in self._context.store.read(queries[each.startswith("o-")], [{"id": each}])]
            if owner in level:
                rows += [row for row in self._context.store.read("read/mandates_of_person", [{"id": owner}]) if _tells_owner(row)]
            level = sorted({row["organisation"] for row in rows if self._holds(row)} - seen)
            seen.update(level)
            found += level
            self._owners_of(level)
        self._cut = bool(level)
        return sorted(each for each in found if any(link.owned.id == each for link in self._links.values()))

    def cash_flow(self) -> list[Share]:
        """Return the shares that cash flows by: of capital, of votes where no capital is stated."""
        return [
            Share(link.owner.id, link.owned.id, (link.low or 0.0) / 100, (100.0 if link.high is None else link.high) / 100)
            for link in self._links.values()
            if link.counts
        ]

    def votes(self) -> list[Share]:
        """Return the shares that control goes by: of votes, of capital where no votes are stated."""
        stated = {link.owned.id for link in self._links.values() if link.kind == "votes"}
        return [
            Share(link.owner.id, link.owned.id, (link.low or 0.0) / 100, (100.0 if link.high is None else link.high) / 100)
            for link in self._links.values()
            if link.kind == "votes" or (link.kind != "profit_transfer" and link.owned.id not in stated)
        ]

    def contracts(self) -> list[tuple[str, str]]:
        """Return profit-transfer agreements: parent, company."""
        return sorted({(link.owner.id, link.owned.id) for link in self._links.values() if link.kind == "profit_transfer"})

    def links(self) -> tuple[OwnershipLink, ...]:
        """Return every direct share."""
        return tuple(self._links[key] for key in sorted(self._links, key=lambda key: (key[1], key[0], key[2])))

    def ref(self, identifier: str) -> EntityRef:
        """Return an entity that stands in a link."""
        if identifier not in self._refs:
            rows = (self._context.people if identifier.startswith("p-") else self._context.organisations)([identifier])
            self._refs[identifier] = EntityRef(id=identifier, name=rows[identifier]["name"])
        return self._refs[identifier]

    def kinds(self, identifiers: Iterable[str]) -> dict[str, str]:
        """Return the kind of each entity."""
        unknown = [each for each in identifiers if each.startswith("o-") and each not in self._kinds]
        self._kinds |= {key: row["kind"] for key, row in self._context.organisations(unknown).items()}
        return {each: "person" if each.startswith("p-") else self._kinds[each] for each in identifiers}

    def has_owners(self, company: str) -> bool:
        """Return whether anybody is stated to own a share of a company."""
        return any(link.owned.id == company and link.kind != "profit_transfer" for link in self._links.values())

    def notes(self) -> tuple[Because, ...]:
        """Return what a reader must know of the shares."""
        notes = []
        if self._by_votes:
            names = ", ".join(sorted(self.ref(each).name for each in self._by_votes))
            notes.append(
                Because(
                    code="votes_for_capital",
                    parameters={"organisations": sorted(self._by_votes)},
                    text=_("no capital shares are stated of {companies}: shares of votes stand for them").format(companies=names),
                )
            )
        if self._cut:
            notes.append(
                Because(
                    code="cut",
                    parameters={"companies": _MOST},
                    text=_("there are more companies than are followed; what is beyond them is unknown here"),
                )
            )
        return tuple(notes)

    def _owners_of(self, companies: Sequence[str]) -> list[OwnershipLink]:
        """Read the owners of companies that haven't been read yet."""
        wanted = [{"id": each} for each in companies if each not in self._read]
        self._read.update(companies)
        read = self._context.store.read
        visible = self._context.visible(self._asked)
        rows = [
            {**row, "owner": row["person"], "owner_name": row["person_name"], "person_owner": True}
            for row in read("read/shareholders_of_organisation", wanted)
        ]
        rows += [
            {**row, "owner": row["holder"], "owner_name": row["holder_name"], "person_owner": False}
            for row in read("read/organisation_shareholders_of_organisation", wanted)
        ]
        stated = {row["organisation"] for row in rows if self._holds(row)}
        rows += [
            {
                **row,
                "owner": row["person"],
                "owner_name": row["person_name"],
                "person_owner": True,
                "share_minimum": None,
                "share_maximum": None,
                "kind": "sole_proprietor" if row["role"] == "sole_proprietor" else "partner",
            }
            for row in read("read/mandates_in_organisation", [each for each in wanted if each["id"] not in stated])
            if _tells_owner(row)
        ]
        grouped: dict[tuple[str, str, LinkKind], list[Row]] = {}
        for row in rows:
            if visible(row) and self._holds(row):
                grouped.setdefault((row["owner"], row["organisation"], row["kind"]), []).append(row)
        capital = {owned for _owner, owned, kind in grouped if kind != "votes" and kind != "profit_transfer"}
        proprietors = [owned for _owner, owned, kind in grouped if kind == "sole_proprietor"]
        found = []
        for key, each in sorted(grouped.items()):
            owner, owned, kind = key
            if kind == "votes" and owned not in capital:
                self._by_votes.add(owned)
            counts = kind != "profit_transfer" and (kind != "votes" or owned not in capital)
            link = self._link(key, each, counts, proprietors.count(owned) == 1)
            self._refs[owner] = link.owner
            self._links[key] = link
            found.append(link)
        return found

    def _link(self, key: tuple[str, str, LinkKind], rows: Sequence[Row], counts: bool, alone: bool) -> OwnershipLink:
        """Return one link: of several sources the one that spoke last counts, and its lots add up."""
        newest = max(row["retrieved_at"] for row in rows)
        source = min(row["source"] for row in rows if row["retrieved_at"] == newest)
        used = [row for row in rows if row["retrieved_at"] == newest and row["source"] == source]
        low = high = None
        if key[2] == "sole_proprietor" and alone:
            low = high = 100.0  # a sole proprietor owns his firm
        elif any(row["share_minimum"] is not None or row["share_maximum"] is not None for row in used):
            low = sum(row["share_minimum"] or 0.0 for row in used)
            high = None if any(row["share_maximum"] is None for row in used) else sum(row["share_maximum"] for row in used)
        return OwnershipLink(
            owner=EntityRef(id=key[0], name=used[0]["owner_name"]),
            owner_kind="person" if used[0]["person_owner"] else "company",
            owned=self.ref(key[1]),
            kind=key[2],
            low=low,
            high=high,
            counts=counts,
            since=min((row["since"] for row in used if row["since"]), default=None),
            sources=tuple(
                SourceRow(source=row["source"], file=row["file"], line=row["line"], as_written=row["name_as_written"]) for row in used
            ),
        )

    def _holds(self, row: Row) -> bool:
        """Return whether a share had begun by the day and hadn't ended; one without dates is known from when it was stated."""
        if row["since"]:
            if first_day(row["since"]) > self._day:
                return False
        elif not row["until"] and str(row["retrieved_at"])[:10] > self._day.isoformat():
            return False
        return not row["until"] or last_day(row["until"]) > self._day


def _tells_owner(row: Row) -> bool:
    return row["role"] == "sole_proprietor" or row["role"] in _WITHOUT_SHARE
