"""The desk where people enter what they know of accounts: each entry is a judgement, each can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from referralgraph.accounts import entries
from referralgraph.accounts.book import Account, Book, Member
from referralgraph.accounts.entries import Who, account_id, own_id
from referralgraph.accounts.scales import SCALE, parse, parse_day, parse_rank, parse_word
from referralgraph.answers.account import Entered
from referralgraph.answers.base import Because
from referralgraph.errors import Ambiguous, NotFound, OffTheScale, UsageError
from referralgraph.judgements import Judgement, new_judgement, undo_of
from referralgraph.questions.accounts.book import account_judgements, account_of, book_of
from referralgraph.questions.accounts.near import people_near
from referralgraph.questions.context import Asked, Context
from referralgraph.records.names import fold

_MOST_RECORDS = 20  # enough to know a person again after any number of merges


class Desk:
    """Where one colleague enters.

    :param context: the revision whose people are meant.
    :param by: name of who enters; a colleague of the team is recognised in any spelling.
    :param at: the day of his view; today if left out.
    """

    def __init__(self, context: Context, by: str | None, at: date | None = None) -> None:
        self.context = context
        self._asked = Asked(by)
        self.day = at
        self._at = None if at is None else datetime.combine(at, time(), UTC)
        self._book: Book | None = None
        self.by = self.colleague(by) if by and by.strip() else by

    @property
    def book(self) -> Book:
        """The book of the account that this desk looked at last, as it stood then."""
        if self._book is None:
            self._book = book_of(self.context)
        return self._book

    def account(self, name: str) -> Account:
        """Return the account of a name as it stands now, whoever has entered something since."""
        self._book = book_of(self.context, account=name)
        return account_of(self._book, name)

    def open_account(
        self, name: str, *, organisations: Sequence[str] | None = None, topic: str | None = None, responsible: str | None = None
    ) -> Entered:
        """Open an account, or change what is given of one that there is.

        :param organisations: ids, register numbers or names of the customer's organisations.
        :raises NotFound: if the register has no such organisation.
        """
        if not fold(name):
            raise UsageError("an account needs a name")
        values: dict[str, Any] = {"account": account_id(name), "name": name.strip()}
        if organisations is not None:
            found = [self.context.entity(each, viewer=self._asked.viewer) for each in organisations]
            people = [each.name for each in found if each.kind == "person"]
            if people:
                raise UsageError(f"{people[0]} is a person: an account is one or more organisations")
            values["organisations"] = [
                {"name": each.name, "records": list(self.context.records_of(each.id)[:_MOST_RECORDS])} for each in found
            ]
        if topic is not None:
            values["topic"] = topic
        if responsible is not None:
            values["responsible"] = self.colleague(responsible)
        return self.keep(values["account"], [self.judge(entries.ACCOUNT, values)], [name.strip()])

    def colleague(self, name: str) -> str:
        """Return the name of one of our people as the team writes it; a new name stands as given.

        One word is enough if it is a word of exactly one name: ``mara`` is Mara Wiesentau.
        """
        known = {*self.context.team, *self.context.index.owners, self.context.settings.team.me or ""}
        for each in account_judgements(self.context):
            known |= {each.by, str(each.values.get("colleague") or "")}
        wanted = fold(name)
        same = [each for each in sorted(known) if each and fold(each) == wanted]
        near = [each for each in sorted(known) if each and wanted in fold(each).split()]
        return same[0] if same else near[0] if len(near) == 1 else name.strip()

    def set_colleague(self, account: str, name: str, values: Mapping[str, Any]) -> Entered:
        """Enter one of our people in an account: rank, functions, colours, leads, away, gone.

        :raises OffTheScale: for a value that isn't on its scale.
        """
        found = self.account(account)
        told: dict[str, Any] = {"account": found.id, "colleague": self.colleague(name)}
        if values.get("rank") is not None:
            told["rank"] = parse_rank(values["rank"])
        if values.get("functions") is not None:
            told["functions"] = [parse("type", each) for each in values["functions"]]
        if values.get("colours") is not None:
            told["colours"] = [parse("colour", each) for each in values["colours"]]
        if values.get("leads") is not None:
            told["leads"] = int(values["leads"])
            if told["leads"] < 0:
                raise OffTheScale("leads", values["leads"], "0 or more")
        told.update({key: bool(values[key]) for key in ("away", "gone") if values.get(key) is not None})
        return self.keep(found.id, [self.judge(entries.COLLEAGUE, told)], [told["colleague"]])

    def add(
        self,
        account: str,
        person: str,
        *,
        position: str | None = None,
        outside: bool | None = None,
        rank: object = None,
        new: bool = False,
        city: str | None = None,
        gone: bool = False,
    ) -> Entered:
        """Enter that somebody belongs to an account, with his position; or that he no longer does."""
        found = self.account(account)
        who = self.who(found, person, new=new, city=city)
        values = {"position": position, "outside": outside, "rank": None if rank is None else parse_rank(rank), "gone": gone}
        told = {key: value for key, value in values.items() if value is not None}
        return self.keep(
            found.id, [self.judge(entries.STAKEHOLDER, {"account": found.id, **who.values(), **told}, who)], [self.described(who)]
        )

    def assess(
        self,
        account: str,
        person: str,
        fields: Mapping[str, object],
        *,
        reason: str | None = None,
        influences: Sequence[str] | None = None,
        position: str | None = None,
        new: bool = False,
        city: str | None = None,
    ) -> Entered:
        """Enter this colleague's view of one stakeholder; fields that are left out say nothing.

        :param fields: by name of the scale, as a person writes them; ``?`` withdraws what he said before.
        :param influences: stakeholders on whom this one has influence.
        :raises OffTheScale: for a value that isn't on its scale.
        """
        found = self.account(account)
        unknown = sorted(set(fields) - SCALE.keys())
        if unknown:
            raise UsageError(f"an assessment has no field {unknown[0]!r}; there are {', '.join(SCALE)}")
        said = {name: parse(name, value) for name, value in fields.items() if value is not None}
        if not said and influences is None and not reason:
            raise UsageError("an assessment of nothing: give at least one field, as in --role decision-maker")
        who = self.who(found, person, new=new, city=city)
        return self.keep(
            found.id,
            [self.assessment(found, who, said, reason=reason, influences=influences, position=position)],
            [self.described(who)],
        )

    def assessment(
        self,
        account: Account,
        who: Who,
        said: Mapping[str, Any],
        *,
        reason: str | None = None,
        influences: Sequence[str] | None = None,
        position: str | None = None,
    ) -> Judgement:
        """Return a view as a judgement, not yet kept."""
        values: dict[str, Any] = {"account": account.id, **who.values(), "fields": dict(said)}
        if reason:
            values["reason"] = reason
        if position:
            values["position"] = position
        if influences is not None:
            others = [self.who(account, each) for each in influences]
            values["influences"] = [{"records": list(other.records), **other.values()} for other in others]
        return self.judge(entries.ASSESSMENT, values, who)

    def cells(self, account: str, cells: Iterable[tuple[str, str, str | None]]) -> Entered:
        """Enter cells of the relationship matrix.

        :param cells: stakeholder, colleague, and ``lead``, ``may``, ``not`` (or ``***``, ``*``, ``-``); None empties the cell.
        """
        found = self.account(account)
        judgements, about = [], []
        for person, colleague, cell in cells:
            who = self.who(found, person)
            judgements.append(self.cell(found, who, colleague, cell))
            about.append(f"{self.described(who)} – {self.colleague(colleague)}")
        return self.keep(found.id, judgements, about)

    def cell(self, account: Account, who: Who, colleague: str, cell: str | None) -> Judgement:
        """Return one cell as a judgement, not yet kept.

        :raises OffTheScale: for another sign.
        """
        signs = (
            {sign: word for word, sign in entries.CELLS.items()}
            | {word: word for word in entries.CELLS}
            | {"–": "not", "−": "not", "should not": "not", "x": "not", "**": None}
        )
        word = None if cell is None else signs.get(cell.strip().lower())
        if cell is not None and word is None:
            raise OffTheScale("cell", cell, "*** lead, * may, - should not")
        return self.judge(
            entries.CELL, {"account": account.id, **who.values(), "colleague": self.colleague(colleague), "cell": word}, who
        )

    def plan(
        self,
        account: str,
        plan: str | None,
        fields: Mapping[str, str | None],
        *,
        item: str | None = None,
        stakeholder: str | None = None,
    ) -> Entered:
        """Enter a line of a plan, or change one.

        :param plan: ``relationship``, ``marketing`` or ``activity``; None to change a line.
        :param fields: those of the plan, see ``entries.PLANS``; what is left out stays.
        :param item: id of the line to change.
        :param stakeholder: whom it is about: by name, position or id.
        :raises NotFound: if there is no such line.
        """
        found = self.account(account)
        old = next((each for each in found.plan if each.id == item), None)
        if item is not None and old is None:
            raise NotFound(f"there is no line {item} in the plans of {found.name}")
        judgement = self.plan_line(found, old.plan if old else plan, fields, item=item, stakeholder=stakeholder)
        return self.keep(found.id, [judgement], [str(judgement.values["item"])])

    def plan_line(
        self,
        account: Account,
        plan: str | None,
        fields: Mapping[str, str | None],
        *,
        item: str | None = None,
        stakeholder: str | None = None,
    ) -> Judgement:
        """Return a line of a plan as a judgement, not yet kept."""
        if plan is None or plan not in entries.PLANS:
            raise OffTheScale("plan", plan, ", ".join(entries.PLANS))
        told = {name: value.strip() for name, value in fields.items() if value is not None and value.strip()}
        wrong = sorted(set(told) - set(entries.PLANS[plan]))
        if wrong:
            raise UsageError(f"the {plan} plan has no {wrong[0]}; it has {', '.join(entries.PLANS[plan])}")
        if "date" in told:
            told["date"] = parse_day(told["date"]).isoformat()
        for name, allowed in (("status", (*entries.STATUSES, "removed")), ("kind", entries.MARKETING_KINDS)):
            if name in told:
                told[name] = parse_word(name, told[name], allowed)
        for name in ("contact", "responsible", "sender"):
            if name in told:
                told[name] = self.colleague(told[name])
        who = self.who(account, stakeholder) if stakeholder else None
        judgement = self.judge(
            entries.PLAN, {"account": account.id, "plan": plan, "fields": told, **(who.values() if who else {})}, who
        )
        return replace(judgement, values={**judgement.values, "item": item or "i" + judgement.id[1:]})

    def veto(self, person: str, *, account: str | None = None, reason: str | None = None) -> Entered:
        """Enter that somebody isn't to be asked for an account, or without one for anything."""
        found = self.account(account) if account else None
        if found:
            who = self.who(found, person)
        else:
            entity = self.context.entity(person, ("person",), viewer=self._asked.viewer)
            who = Who(self.context.records_of(entity.id)[:_MOST_RECORDS], None, entity.name)
        values = {**who.values(), **({"account": found.id} if found else {}), **({"reason": reason} if reason else {})}
        return self.keep(found.id if found else None, [self.judge(entries.VETO, values, who)], [self.described(who)])

    def same(self, account: str, own: str, person: str) -> Entered:
        """Enter that a person whom a user had added by himself is this one of the register."""
        found = self.account(account)
        added = self.who(found, own)
        if added.own is None:
            raise UsageError(f"{own!r} is a person of the register already")
        entity = self.context.entity(person, ("person",), viewer=self._asked.viewer)
        who = Who(self.context.records_of(entity.id)[:_MOST_RECORDS], added.own, added.name)
        return self.keep(found.id, [self.judge(entries.SAME, {"account": found.id, **who.values()}, who)], [self.described(who)])

    def undo(self, judgement: str) -> Entered:
        """Take back an entry; to take back an undo brings the entry back.

        :raises NotFound: if it doesn't stand.
        """
        return self.keep(None, [undo_of(self.context.store.judgements(), judgement, by=self.by)], [judgement])

    def who(self, account: Account, text: str, *, new: bool = False, city: str | None = None) -> Who:
        """Return whom a text means: a stakeholder of the account by name, position or id, else a person of the register.

        :param new: nobody of the register: a person of his own in this account, whose identity nobody guesses.
        :raises Ambiguous: if several people answer to it.
        :raises NotFound: if nobody does; the message offers who is near.
        """
        if not text or not fold(text):
            raise UsageError("an empty name: say who is meant")
        known = self.members(account, text)
        if len(known) > 1:
            raise Ambiguous(
                text, [f"{each.entity or each.key}  {each.name}" + (f", {each.position}" if each.position else "") for each in known]
            )
        if known and not (new and city):
            member = known[0]
            return self._of_member(member)
        if new:
            return Who((), own_id(account.id, text, city), text.strip() + (f", {city}" if city else ""))
        try:
            found = self.context.entity(text, ("person",), viewer=self._asked.viewer)
        except Ambiguous:
            raise
        except NotFound:
            near = people_near(self.context, text, self._asked.viewer)
            raise NotFound(
                f"neither the account nor the register knows a person called {text!r}"
                + ("; near are:" + "".join(f"\n  {each}" for each in near) + "\nName one by his id" if near else "")
                + f". --new adds {text.strip()!r} to the account as a person of his own"
            ) from None
        return Who(self.context.records_of(found.id)[:_MOST_RECORDS], None, found.name)

    @staticmethod
    def members(account: Account, text: str) -> list[Member]:
        """Return the stakeholders that a text means: by id, else by name, else by position."""
        plain, wanted = text.strip(), fold(text)
        by_id = [each for each in account.members if plain in {each.id, each.key, each.entity}]
        by_name = [each for each in account.members if fold(each.name) == wanted]
        return by_id or by_name or [each for each in account.members if fold(each.position or "") == wanted]

    def _of_member(self, member: Member) -> Who:
        if member.entity:
            return Who(self.context.records_of(member.entity)[:_MOST_RECORDS], None, member.name)
        return Who((), member.key, member.name) if member.key.startswith("x-") else Who((member.key,), None, member.name)

    def judge(self, kind: str, values: Mapping[str, Any], who: Who | None = None) -> Judgement:
        """Return an entry of this colleague, not yet kept."""
        return new_judgement(kind, by=self.by, at=self._at, records=who.records if who else (), values=values)

    def keep(self, account: str | None, judgements: Sequence[Judgement], about: Sequence[str]) -> Entered:
        """Keep entries for ever and return how they can be taken back."""
        self.context.store.append_judgements([each.as_row() for each in judgements])
        self._book = None
        notes: tuple[Because, ...] = ()
        if judgements and self.by not in self.context.team:
            notes = (
                Because(
                    code="not_of_the_team",
                    parameters={"by": self.by},
                    text=f"{self.by} is no member of the team in the settings; the entry counts all the same",
                ),
            )
        return Entered(account=account, judgements=tuple(each.id for each in judgements), about=tuple(about), notes=notes)

    def described(self, who: Who) -> str:
        """Return a person with what tells him from his namesakes."""
        if not who.records:
            return f"{who.name} (added by hand, {who.own})"
        entities = sorted(set(self.context.entities_of(who.records).values()))
        rows = self.context.people(entities)
        return (
            "; ".join(f"{row['name']}{', ' + row['city'] if row['city'] else ''} ({key})" for key, row in sorted(rows.items()))
            or who.name
        )
