"""Telephone numbers as people write them, read by Google's rules of each country, so that two spellings of one number are equal."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    import duckdb
    from phonenumbers import PhoneNumber

_EXTENSION = re.compile(r"(?i)\b(durchwahl|dw\.?|nebenstelle|pesawat)\s*:?\s*(?=\d)")
_NOT_A_DIGIT = re.compile(r"\D+")
_LANGUAGES = ("en", "de", "id", "fr", "es", "it", "nl", "pl", "pt")
_FEWEST_DIGITS = 6


def create_telephones(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table ``telephone``: each text that stands as a number in the records, and the numbers that it tells.

    A number without its country's code is of the country of the record; if that isn't told, of the country that most of the
    source's numbers with a code are of, then of all numbers, then of the organisations. Each text is read once, however many
    records have it.

    :param connection: with the tables ``person`` and ``organisation``.
    """
    rows = connection.execute(
        "SELECT DISTINCT written, country, source "
        "FROM (SELECT unnest(phones) AS written, coalesce(country, '') AS country, source FROM person) "
        "WHERE written IS NOT NULL ORDER BY ALL"
    ).fetchall()
    regions = _Regions(rows, connection) if rows else None
    numbers: dict[tuple[str, str | None], list[str]] = {}
    told = []
    for written, country, source in rows:
        region = region_of(country) or (regions.of(source) if regions else None)
        if (written, region) not in numbers:
            numbers[written, region] = telephone_numbers(written, region)
        told.append(numbers[written, region])
    connection.register("told_telephones", pa.table({
        "written": pa.array([row[0] for row in rows], pa.string()), "country": pa.array([row[1] for row in rows], pa.string()),
        "source": pa.array([row[2] for row in rows], pa.string()), "numbers": pa.array(told, pa.list_(pa.string()))}))
    connection.execute("CREATE OR REPLACE TEMP TABLE telephone AS FROM told_telephones")


def telephone_numbers(written: str, region: str | None) -> list[str]:
    """Return the numbers that a text tells, in the form ``+496221123456``, an extension behind an ``x``.

    :param written: one number, or several in one cell.
    :param region: country of numbers without a country's code, ISO 3166 with two letters; None if nobody knows.
    :returns: in the order of the text; of a text that can't be read as a number its last nine digits, if it has six.

    >>> telephone_numbers("06221 / 12 34-56", "DE") == telephone_numbers("+49 (0)6221 123456", None)
    True
    >>> telephone_numbers("0812-3456-7890; (021) 555 1234 ext. 12", "ID")
    ['+6281234567890', '+62215551234x12']
    """
    import phonenumbers

    text = _EXTENSION.sub("ext. ", written.strip())
    if text.startswith("00"):
        text = f"+{text[2:].lstrip()}"
    try:
        alone = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        alone = None
    if alone is not None and phonenumbers.is_possible_number(alone):
        several = [alone]
    else:
        several = [each.number for each in phonenumbers.PhoneNumberMatcher(text, region, leniency=phonenumbers.Leniency.POSSIBLE)]
    if several:
        # an extension alone, or an emergency call, belongs to many
        long = [each for each in several if len(str(each.national_number)) >= _FEWEST_DIGITS]
        return list(dict.fromkeys(map(_plain, long)))
    digits = _NOT_A_DIGIT.sub("", written)[-9:]
    return [digits] if len(digits) >= _FEWEST_DIGITS else []


def region_of(country: str) -> str | None:
    """Return the two letters of a country as people write it, in one of nine languages; None if it is none of them.

    >>> region_of("Deutschland"), region_of("DEU"), region_of("id"), region_of("Jerman"), region_of("?")
    ('DE', 'DE', 'ID', 'DE', None)
    """
    return _countries().get(country.strip().casefold())


def _plain(number: PhoneNumber) -> str:
    import phonenumbers

    extension = number.extension
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + (f"x{extension}" if extension else "")


@cache
def _countries() -> dict[str, str]:
    from babel import Locale
    from babel.core import get_global

    def named(language: str) -> dict[str, str]:
        return {str(code): str(name) for code, name in Locale(language).territories.items()}

    told = {code for code in named("en") if len(code) == 2 and code.isalpha()}
    known = {code.casefold(): code for code in told}
    aliases = get_global("territory_aliases").items()
    known |= {str(alias).casefold(): str(codes[0]) for alias, codes in aliases if len(codes) == 1 and codes[0] in told}
    for language in reversed(_LANGUAGES):
        known |= {name.casefold(): code for code, name in named(language).items() if code in told}
    return known


class _Regions:
    """The country of numbers that don't tell it, by source."""

    def __init__(self, rows: list[tuple[str, str, str]], connection: duckdb.DuckDBPyConnection) -> None:
        self._by_source: dict[str, Counter[str]] = {}
        everywhere: Counter[str] = Counter()
        for written, _, source in rows:
            if region := _told_region(written):
                self._by_source.setdefault(source, Counter())[region] += 1
                everywhere[region] += 1
        countries = connection.execute(
            "SELECT country, count(*) FROM organisation WHERE country IS NOT NULL GROUP BY country ORDER BY count(*) DESC, country"
        ).fetchall()
        of_organisations = next((region for country, _ in countries if (region := region_of(country))), None)
        self._otherwise = _most(everywhere) or of_organisations

    def of(self, source: str) -> str | None:
        return _most(self._by_source.get(source, Counter())) or self._otherwise


def _most(counted: Counter[str]) -> str | None:
    return min(counted, key=lambda region: (-counted[region], region)) if counted else None


def _told_region(written: str) -> str | None:
    """Return the country of a number that has its code."""
    import phonenumbers

    text = written.strip()
    if not text.startswith(("+", "00")):
        return None
    for number in telephone_numbers(text, None):
        if number.startswith("+"):
            region = phonenumbers.region_code_for_country_code(phonenumbers.parse(number.split("x")[0], None).country_code or 0)
            return region if region not in ("ZZ", "001") else None
    return None
