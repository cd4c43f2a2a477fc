"""Who owns and controls whom, as the Beneficial Ownership Data Standard writes it: versions 0.4 and 0.2."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from referralgraph.loaders.bods.parties import organisation_of, person_of
from referralgraph.loaders.bods.statements import (
    History,
    Json,
    Statement,
    first_of_chain,
    histories,
    read_statements,
    those_that_count,
)
from referralgraph.records.identifiers import record_id
from referralgraph.records.partial_date import first_day, is_partial_date, last_day
from referralgraph.records.sink import RecordSink, Value
from referralgraph.records.source import RawFile, Source

_SHARES = {
    "shareholding": "capital",
    "votingRights": "votes",
    "rightsToProfitOrIncome": "profit_transfer",
    "nominator": "capital",
}
_ROLES = {
    "boardChair": "chair",
    "boardMember": "executive_board",
    "seniorManagingOfficial": "managing_director",
    "settlor": "other",
    "trustee": "other",
    "protector": "other",
    "beneficiaryOfLegalArrangement": "other",
    "nominee": "other",
}
_OLD_WORDS = {  # of 0.2, where they aren't merely written with hyphens
    "settlor-of-trust": "settlor",
    "trustee-of-trust": "trustee",
    "protector-of-trust": "protector",
    "beneficiary-of-trust": "beneficiaryOfLegalArrangement",
    "influence-or-control": "otherInfluenceOrControl",
}
Share = tuple[float | None, float | None]


class _Interest:
    """One interest of a relationship; raises ValueError with the reason if it can't be used."""

    def __init__(self, value: Json, statement: Statement) -> None:
        word = str(value.get("type") or "unknownInterest")
        self.word = _OLD_WORDS.get(word, _camel(word))
        self.as_written = word
        self.indirect = (value.get("directOrIndirect") or value.get("interestLevel")) == "indirect"
        self.low, self.high = _share(value.get("share"))
        self.since, self.until = _date(value, "startDate"), _date(value, "endDate")
        if statement.status == "closed" and not self.until:
            self.until = statement.date or None
        if self.since and self.until and first_day(self.since) > last_day(self.until):
            raise ValueError(f"its interest ends ({self.until}) before it begins ({self.since})")
        if self.since and statement.date and first_day(self.since) > last_day(statement.date):
            raise ValueError(f"its interest begins on {self.since}, after the statement of {statement.date}")


def read(file: RawFile, sink: RecordSink) -> None:
    """Read statements; later ones supersede earlier ones from their day on, and a chain told twice counts once.

    :param file: a JSON array of statements, or one statement a line.
    :param sink: gets people, organisations, shareholdings, and mandates of boards and trusts.
    :raises SourceError: if not one statement can be read.
    """
    every = read_statements(file, sink)
    statements = those_that_count(every)
    chain = first_of_chain(every)
    records: dict[str, tuple[str, str]] = {}
    for statement in statements:
        if statement.kind != "relationship":
            _add_party(statement, sink, records)
    nameless = {each.key for each in statements if each.kind != "relationship"} - records.keys()
    told = histories(every)
    relationships = [each for each in statements if each.kind == "relationship"]
    left_out = _told_twice(relationships, chain)
    nominators: dict[str | None, int] = {}
    for each in relationships:
        if any(isinstance(one, dict) and one.get("type") == "nominator" for one in _interests(each)):
            nominators[each.subject] = nominators.get(each.subject, 0) + 1
    for history in told:
        if history.statements[-1].key in left_out:
            continue
        relationship = _Relationship(sink, history)
        for each in history.statements:
            subject, party = (chain.get(end, end) if end else None for end in (each.subject, each.party))
            if party is None or party in nameless or subject in nameless:
                relationship.end(each)  # whose share nobody knows belongs to the part that is unknown
                continue
            missing = [end for end in (subject, party) if end not in records]
            if missing:
                sink.quarantine(
                    each.line,
                    f"{'the subject' if subject in missing else 'the interested party'} of this relationship "
                    "is in no statement of the file; load it together with them",
                    _quote(each),
                )
                continue
            relationship.add(each, records[str(subject)], records[party], party, nominators.get(each.subject) == 1)
        if history.replaced is not None:
            relationship.end(history.replaced)


class _Relationship:
    """What the statements of one relationship tell, in their order; records.effective ends what a later one tells otherwise."""

    def __init__(self, sink: RecordSink, history: History) -> None:
        self._sink, self._first = sink, history.statements[0]
        self._told: dict[tuple[str, str], dict[str, Value]] = {}

    def add(
        self, statement: Statement, subject: tuple[str, str], party: tuple[str, str], party_key: str, only_nominator: bool
    ) -> None:
        """Add what one statement tells, and the end of what earlier ones told and it doesn't."""
        if subject[0] != "organisation":
            self._quarantine(statement, "an interest in a person")
            return
        try:
            rows = self._rows(statement, only_nominator)
        except ValueError as error:
            self._quarantine(statement, str(error))
            return
        ends: dict[str, Value] = {
            "person" if party[0] == "person" else "holder_organisation": party[1], "organisation": subject[1]
        }
        self._key = [statement.key, party_key] if statement.is_old else [statement.key]
        if statement is self._first and statement.status == "updated":  # a file of changes alone: what isn't told any more has ended
            self._told = {("shareholding", kind): {"kind": kind, **ends} for kind in ("capital", "votes")}
        self.end(statement, rows)
        for (table, word), values in rows.items():
            self._sink.add(table, [*self._key, word], statement.line, {**values, **ends}, _moment(statement, self._sink))
            # of a share that has ended nothing but whose it was and its kind is told again
            kept = {name: value for name, value in values.items() if name in {"kind", "role", "role_as_written"}}
            self._told[table, word] = {**kept, **ends}

    def end(self, statement: Statement, but: Collection[tuple[str, str]] = ()) -> None:
        """Add the end of what was told before, as a statement says it that tells it no more."""
        day = _day(statement, self._sink)
        for table, word in sorted(self._told.keys() - set(but)):
            values = {**self._told[table, word], "until": day, "last_seen": day}
            self._sink.add(table, [*self._key, word], statement.line, values, _moment(statement, self._sink))

    def _rows(self, statement: Statement, only_nominator: bool) -> dict[tuple[str, str], dict[str, Value]]:
        rows: dict[tuple[str, str], dict[str, Value]] = {}
        for value in _interests(statement):
            interest = _Interest(value if isinstance(value, dict) else {}, statement)
            seen = interest.until or _day(statement, self._sink)
            dated: dict[str, Value] = {"since": interest.since, "until": interest.until, "last_seen": seen}
            if kind := _SHARES.get(interest.word):
                low, high = interest.low, interest.high
                if interest.word == "nominator" and low is None and high is None and only_nominator:
                    low = high = 100.0  # what the nominee holds is his whom he holds it for
                rows.setdefault(("shareholding", kind), {"kind": kind, "share_minimum": low, "share_maximum": high, **dated})
            elif role := _ROLES.get(interest.word):
                rows.setdefault(("mandate", interest.word), {"role": role, "role_as_written": interest.as_written, **dated})
            else:
                self._sink.unknown_word(interest.as_written)
        return rows

    def _quarantine(self, statement: Statement, reason: str) -> None:
        self._sink.quarantine(statement.line, reason, _quote(statement))


def _add_party(statement: Statement, sink: RecordSink, records: dict[str, tuple[str, str]]) -> None:
    table = "person" if statement.kind == "person" else "organisation"
    values = (person_of if table == "person" else organisation_of)(statement.details)
    if values is None:
        return  # a person or body that the publisher doesn't name
    if sink.add(table, [statement.key], statement.line, values, _moment(statement, sink)):
        records[statement.key] = table, record_id(sink.source, table, [statement.key])


def _told_twice(relationships: Sequence[Statement], chain: dict[str, str]) -> set[str]:
    """Return the keys of relationships that another one tells as well.

    A summary with components says the same as its chain. The chain counts if every link of it tells a share; else the summary
    does, and the links' shares are left out.
    """
    by_key = {each.key: each for each in relationships}
    left_out = set()
    for each in relationships:
        components = [by_key[key] for part in each.components if (key := chain.get(part, part)) in by_key]
        if not components:
            continue
        if all(_tells_a_share(link) for link in components):
            left_out.add(each.key)
        elif _tells_a_share(each):
            left_out |= {link.key for link in components}
    return left_out


def _tells_a_share(statement: Statement) -> bool:
    return any(
        isinstance(each, dict) and _camel(str(each.get("type"))) in _SHARES and each.get("share") for each in _interests(statement)
    )


def _interests(statement: Statement) -> Iterator[Any]:
    found = statement.details.get("interests")
    yield from found if isinstance(found, list) else []


def _share(value: Any) -> Share:
    if value is None:
        return None, None
    if not isinstance(value, dict):
        raise ValueError("its share is no object with exact, minimum or maximum")
    exact, low, high = (value.get(name) for name in ("exact", "minimum", "maximum"))
    if exact is not None:
        low = high = exact
    else:  # 0.4 writes open ends as numbers, 0.2 as flags beside the number
        low = low if low is not None else _number_only(value.get("exclusiveMinimum"))
        high = high if high is not None else _number_only(value.get("exclusiveMaximum"))
    for each in (low, high):
        if each is not None and (isinstance(each, bool) or not isinstance(each, int | float) or not 0 <= each <= 100):
            raise ValueError(f"its share is {each!r}, not between 0 and 100 per cent")
    if low is not None and high is not None and low > high:
        raise ValueError(f"its share is at least {low} and at most {high} per cent")
    return None if low is None else float(low), None if high is None else float(high)


def _number_only(value: Any) -> Any:
    return None if isinstance(value, bool) else value


def _date(value: Json, name: str) -> str | None:
    found = value.get(name)
    if not found:
        return None
    text = str(found)[:10]
    if not is_partial_date(text):
        raise ValueError(f"{name} is {found!r}, not a date")
    return text


def _moment(statement: Statement, sink: RecordSink) -> datetime:
    """Return when a statement was made: the later of two files' statements counts, whichever is loaded first."""
    try:
        return datetime.combine(last_day(statement.date), datetime.min.time()) if statement.date else sink.retrieved_at
    except ValueError:
        return sink.retrieved_at


def _day(statement: Statement, sink: RecordSink) -> str:
    return (statement.date or _moment(statement, sink).date().isoformat())[:10]


def _camel(word: str) -> str:
    head, *rest = word.split("-")
    return head + "".join(each.capitalize() for each in rest)


def _quote(statement: Statement) -> str:
    return json.dumps(statement.details, ensure_ascii=False)


SOURCE = Source(
    name="bods",
    publisher="any publisher of the Beneficial Ownership Data Standard (openownership.org)",
    licence="as the publisher says",
    patterns=("*.json", "*.jsonl", "*.json.gz"),
    read=read,
)
