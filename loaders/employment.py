"""The company a contact says he works at: an organisation and a mandate, but only if it is one."""

from __future__ import annotations

from collections.abc import Sequence

from referralgraph.records.names import fold
from referralgraph.records.sink import RecordSink

# What people write where they have no employer. As an organisation it would make colleagues of all who write it.
_NO_EMPLOYER = frozenset(fold(words) for words in (
    "self-employed", "selfemployed", "freelance", "freelancer", "freelancing", "independent", "selbstständig",
    "selbständig", "freiberuflich", "freiberufler", "freiberuflerin", "wiraswasta", "pekerja lepas", "autónomo",
    "indépendant", "libero professionista", "retired", "im ruhestand", "rentner", "rentnerin", "pensionär", "pensiun",
    "unemployed", "n/a", "none", "privat", "private", "-",
))


def is_employer(company: str) -> bool:
    """Say whether a company field names an organisation.

    >>> is_employer("Weber Maschinenbau"), is_employer("Self-employed"), is_employer("--")
    (True, False, False)
    """
    return bool(company.strip("-–.?/ ")) and fold(company) not in _NO_EMPLOYER


def employer_key(company: str) -> str:
    """Return the key of a company of which a contact file knows nothing but the name."""
    return fold(company) or company


def add_employment(
    sink: RecordSink, line: int, person: str, person_key: Sequence[str], company: str, position: str | None
) -> None:
    """Add the company a person works at and his mandate there.

    :param sink: where to.
    :param line: 1-based line in the raw file.
    :param person: record of the person.
    :param person_key: the source's own key of the person.
    :param company: name of the company as written.
    :param position: what he says he does there.
    """
    key = employer_key(company)
    organisation = sink.add("organisation", [key], line, {"name": company, "kind": "company"})
    sink.add("mandate", [*person_key, key], line, {
        "person": person, "organisation": organisation, "role": "employee", "role_as_written": position or None,
        "last_seen": sink.retrieved_at.date().isoformat()})
