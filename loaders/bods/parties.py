"""People and bodies of BODS statements as records."""

from __future__ import annotations

from typing import Any

from referralgraph.loaders.bods.statements import Json
from referralgraph.records.names import fold
from referralgraph.records.partial_date import is_partial_date
from referralgraph.records.person_name import parse_person_name
from referralgraph.records.sink import Value

_BODIES = {"state": "public_body", "stateBody": "public_body"}


def person_of(details: Json) -> dict[str, Value] | None:
    """Return the fields of a person, None if the publisher doesn't name one.

    :param details: the statement's details; several names are told by their type, the legal one first.
    """
    names = [each for each in _list(details, "names") if isinstance(each, dict) and _full(each)]
    if not names:
        return None
    names.sort(key=lambda each: {"legal": 0, "individual": 0, "": 1}.get(str(each.get("type") or ""), 2))
    main = names[0]
    parsed = parse_person_name(_full(main), str(main.get("givenName") or ""), str(main.get("familyName") or ""))
    others = [*parsed.others, *(_full(each) for each in names[1:])]
    birth = str(details.get("birthDate") or "")[:10]
    address = next((each for each in _list(details, "addresses") if isinstance(each, dict) and each.get("type") == "residence"), {})
    country = address.get("country")
    return {
        "name": parsed.name,
        "given_name": parsed.given,
        "family_name": parsed.family,
        "name_as_written": _full(main),
        "birth_name": parsed.birth,
        "title": parsed.title,
        "other_names": list(dict.fromkeys(others)) or None,
        "birth_date": birth if is_partial_date(birth) else None,
        "postcode": address.get("postCode"),
        "country": country.get("code") if isinstance(country, dict) else country,
    }


def organisation_of(details: Json) -> dict[str, Value] | None:
    """Return the fields of an entity, None if the publisher doesn't name one.

    :param details: the statement's details.
    """
    name = str(details.get("name") or "").strip()
    kind = details.get("entityType")
    if isinstance(kind, dict):
        kind = kind.get("type")
    if not name or kind in {"unknownEntity", "anonymousEntity"}:
        return None
    numbers = [each for each in _list(details, "identifiers") if isinstance(each, dict) and each.get("id")]
    lei = next((str(each["id"]) for each in numbers if "LEI" in str(each.get("scheme") or "").upper()), None)
    own = next((each for each in numbers if "LEI" not in str(each.get("scheme") or "").upper()), None)
    office = str(own.get("scheme") or own.get("schemeName") or "") if own else ""
    place = details.get("jurisdiction") or details.get("incorporatedInJurisdiction")
    address = next((each for each in _list(details, "addresses") if isinstance(each, dict)), {})
    return {
        "name": name,
        "kind": _BODIES.get(str(kind), "company"),
        "previous_names": [str(each) for each in _list(details, "alternateNames") if each and fold(str(each)) != fold(name)] or None,
        "legal_form": "arrangement" if kind == "arrangement" else None,
        "register_court": office or None,
        "register_number": str(own["id"]) if own else None,
        "identifier": " ".join(filter(None, (office, str(own["id"])))) if own else None,
        "lei": lei,
        "address": address.get("address"),
        "postcode": address.get("postCode"),
        "country": str(place.get("code") or "")[:2] or None if isinstance(place, dict) else None,
    }


def _full(name: Json) -> str:
    return str(name.get("fullName") or " ".join(str(name.get(part) or "") for part in ("givenName", "familyName"))).strip()


def _list(details: Json, name: str) -> list[Any]:
    found = details.get(name)
    return found if isinstance(found, list) else []
