"""Lines of the German register dump as its publisher writes them, with the warts of the original; all names are invented."""

from __future__ import annotations

import json

RETRIEVED = "2018-06-29T17:08:09Z"
NOW = "2018-06-29"  # when the dump was made
POWERS = ("mit der Befugnis, im Namen der Gesellschaft mit sich im eigenen Namen oder als Vertreter eines Dritten "
          "Rechtsgeschäfte abzuschließen")


def company(
    number: str = "12", *, name: str = "Birkner Mühlenbau GmbH", court: str = "Eschwege", code: str = "M1405",
    section: str = "HRB", suffix: str = "", officers: list[dict[str, object]] | None = None,
    status: str = "currently registered", **more: object,
) -> str:
    """Return one company as the publisher writes it: keys in alphabetical order, empty ones left out."""
    attributes: dict[str, object] = {"_registerArt": section, "_registerNummer": number}
    if suffix:
        attributes["_registerNummerSuffix"] = suffix
    attributes |= {
        "additional_data": {"AD": False, "CD": False, "DK": True, "HD": True, "SI": False, "UT": True, "VÖ": True},
        "federal_state": "Hessen", "native_company_number": f"{court} {section} {number}",
        "registered_office": "Witzenhausen", "registrar": court,
    }
    row: dict[str, object] = {
        "all_attributes": attributes, "company_number": f"{code}_{section}{number}{suffix}", "current_status": status,
        "jurisdiction_code": "de", "name": name, "retrieved_at": RETRIEVED, **more,
    }
    if officers is not None:
        row["officers"] = officers
    return json.dumps(dict(sorted(row.items())), ensure_ascii=False)


def person(
    first: str, last: str, start: str | None = None, end: str | None = None, *, position: str = "Geschäftsführer",
    city: str | None = "Kassel", **other: object,
) -> dict[str, object]:
    about: dict[str, object] = {"firstname": first, "lastname": last, **other}
    if city:
        about["city"] = city
    if end:
        about["dismissed"] = True
    dates = {key: day for key, day in (("start_date", start), ("end_date", end)) if day}
    return {**dates, "name": f"{first} {last}", "other_attributes": about, "position": position, "type": "person"}


def firm(text: str, start: str | None = "2010-05-01", end: str | None = None) -> dict[str, object]:
    dates = {key: day for key, day in (("start_date", start), ("end_date", end)) if day}
    return {**dates, "name": text, "position": "Persönlich haftender Gesellschafter", "type": "company"}


def in_order(rows):
    """Return records in the order of their lines."""
    return sorted(rows, key=lambda row: row["line"])


def periods(found) -> list[tuple[object, object, object]]:
    rows = [(row["since"], row["until"], row["last_seen"]) for row in found["mandate"]]
    return sorted(rows, key=str)
