"""Which rows of a labelled file are people and which organisations, by a column that says it or by what a row holds."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from identity_mapping import Labelled

GUESSED = "kind, guessed from the row"
_COLUMN = re.compile(
    r"kind|typ|schema|categor|kategorie|class|legal_?status|rechtsnatur|party|jenis|is_?(person|individual)|(^|_)art($|_)",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"^(natural|individual|human|private?|mensch|nat(ü|ue)rliche?|individu|orang)\b|\bperson(en)?$|^(people|ind|per)$"
)
_NO_PEOPLE = re.compile(r"juristisch|legal|corporate|non.?natural|firm|organi[sz]ation")
_FORM = re.compile(
    r"\b(g?gmbh|ag|kg|kgaa|ohg|ug|mbh|eg|e\.? ?v|e\.? ?k|se|gbr|partg|ltd|limited|inc|incorporated|llc|llp|lp|corp|corporation|plc|sa|"
    r"s\.a|sarl|sas|srl|spa|s\.p\.a|bv|b\.v|nv|n\.v|oy|ab|as|a/s|aps|pt|tbk|cv|company|gesellschaft|genossenschaft|verein|stiftung|"
    r"verband|holding|group|gruppe|bank|university|foundation|association)\b\.?(?!\S)",
    re.IGNORECASE,
)

_SOURCE = re.compile(r"^(source(_?(dataset|system|name|table|file))?|data_?(source|set)(_?name)?|system|file(_?name)?|quelle|sumber)$")
_MOST_SOURCES = 20


def find_sources(columns: Sequence[str], rows: Sequence[Sequence[str]], used: Collection[str]) -> int | None:
    """Return the place of the column that says from which source a row comes, None if there is none.

    :param used: columns that say something else.
    """
    for place, each in enumerate(columns):
        if each not in used and _SOURCE.match(re.sub(r"\W+", "_", each.strip().lower())):
            seen = {row[place].strip() for row in rows}
            if 1 < len(seen) <= _MOST_SOURCES and "" not in seen:
                return place
    return None


def holds_once(labelled: Labelled) -> bool:
    """Say whether the sources seem to hold each entity once, without looking at the truth: rows alike stand in different ones."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for number, source in enumerate(labelled.sources):
        name = " ".join(labelled.value(number, each) for each in ("full_name", "given_name", "family_name", "name")).lower()
        more = next(filter(None, (labelled.value(number, each) for each in ("birth_date", "emails", "phones", "address", "city"))), "")
        alike.setdefault((name, more), []).append(source)
    groups = [each for (name, more), each in alike.items() if len(each) > 1 and name.strip() and more]
    return bool(groups) and sum(len(set(each)) < len(each) for each in groups) <= len(groups) / 50


def find_kind(
    columns: Sequence[str], rows: Sequence[Sequence[str]], asked: str | None, words: Sequence[str]
) -> tuple[int, tuple[str, ...]] | None:
    """Return the place of the column that tells people from organisations, and its words for people; None if there is none.

    :param asked: the column, if it was named.
    :param words: words for people that were named.
    """
    places = [at for at, each in enumerate(columns) if (each == asked if asked else _COLUMN.search(each))]
    for place in places:
        seen = {row[place].strip().lower() for row in rows}
        people = {each for each in seen if each in words or (_PEOPLE.search(each) and not _NO_PEOPLE.search(each))}
        if re.search(r"is_?(person|individual)", columns[place], re.IGNORECASE):
            people |= seen & {"1", "true", "yes", "y", "ja"}
        if people and (asked or len(seen) <= 12) and (asked or people != seen):
            return place, tuple(sorted(people))
    return None


def guess_kind(labelled: Labelled, organisation: Mapping[str, Sequence[str]]) -> tuple[int, tuple[str, ...]] | None:
    """Say of each row whether it is a person by what it holds, in a new column; None if none looks like an organisation.

    A row with a birth date or a given name is a person; one with a legal form in its name, a register number or an LEI isn't, nor
    is one that has the name of an organisation and none of a person.

    :param organisation: columns of an organisation's fields.
    """
    person = labelled.fields.get("person", {})
    place = {each: at for at, each in enumerate(labelled.columns)}

    def holds(row: Sequence[str], fields: Mapping[str, Sequence[str]], *names: str) -> str:
        return " ".join(row[place[each]] for name in names for each in fields.get(name, ()) if row[place[each]].strip())

    own_names = {each for name in ("given_name", "family_name", "full_name") for each in person.get(name, ())}
    own_column = bool(own_names) and not own_names & set(organisation.get("name", ()))
    told = []
    for row in labelled.rows:
        name = holds(row, person, "given_name", "family_name", "full_name")
        if holds(row, person, "birth_date", "given_name"):
            told.append("person")
        elif holds(row, organisation, "register_number", "lei") or _FORM.search(name):
            told.append("organisation")
        else:
            told.append("organisation" if own_column and not name and holds(row, organisation, "name") else "person")
    if told.count("organisation") <= len(told) / 50:
        return None
    labelled.columns.append(GUESSED)
    for row, kind in zip(labelled.rows, told, strict=True):
        row.append(kind)
    return len(labelled.columns) - 1, ("person",)
