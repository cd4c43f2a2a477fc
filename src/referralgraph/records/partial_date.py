"""Dates that keep the precision of their source: a year, a month or a day."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime
from itertools import takewhile

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_ISO_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(:\d\d([.,]\d+)?)?( ?(Z|UTC|[+-]\d\d:?\d\d))?", re.ASCII)
_EMPTY = {"", "0", "0/0/00", "0/0/0000", "00/00/00", "00/00/0000", "0.0.00", "0.0.0000", "00.00.00", "00.00.0000",
          "0000-00-00", "-", "--", "n/a", "none", "null", "nan", "nat"}
_NO_YEAR = re.compile(r"--\d\d-?\d\d")
_YEARS = 1800, 2100  # what a mistyped date may be trusted with
_NO_END = {"0001", "9999"}  # years by which databases write "no date"
_PARTS = {"%d": 3, "%j": 3, "%m": 2, "%b": 2, "%B": 2}
_WORD = re.compile(r"[^\W\d_]{3,}\.?")
_UNSEPARATED = re.compile(r"%[A-Za-z]%[A-Za-z]")
_MONTH_NAMES = (
    "january januar januari jänner enero janvier gennaio janeiro",
    "february februar februari pebruari feber febrero février febbraio fevereiro",
    "march märz maret marzo mars maart março mrz",
    "april abril avril aprile",
    "may mai mei mayo maggio maio",
    "june juni junio juin giugno junho",
    "july juli julio juillet luglio julho",
    "august agustus agosto août augustus agt ags",
    "september septiembre septembre settembre setembro",
    "october oktober octubre octobre ottobre outubro",
    "november nopember noviembre novembre novembro",
    "december dezember desember diciembre décembre dicembre dezembro",
)


def _folded(word: str) -> str:
    bare = unicodedata.normalize("NFD", word.casefold())
    return "".join(mark for mark in bare if unicodedata.category(mark) != "Mn").strip(".")


def _months() -> dict[str, int]:
    """Month by its names and their beginnings of at least three letters; what may be two months is left out."""
    numbers: dict[str, set[int]] = {}
    for number, names in enumerate(_MONTH_NAMES, start=1):
        for name in map(_folded, names.split()):
            for length in range(3, len(name) + 1):
                numbers.setdefault(name[:length], set()).add(number)
    return {name: min(found) for name, found in numbers.items() if len(found) == 1}


_MONTHS = _months()


def is_partial_date(text: str) -> bool:
    """Say whether a text is a real date written ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    >>> is_partial_date("2011-02"), is_partial_date("2011-02-30")
    (True, False)
    """
    match = _PARTIAL.fullmatch(text)
    if not match:
        return False
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True


def parse_partial_date(text: str, formats: Sequence[str] = ()) -> str | None:
    """Read a date as a source writes it and keep its precision.

    Names of months (``%b``, ``%B``) are read in English, German, Indonesian, Spanish, French, Italian, Dutch and
    Portuguese, whatever the machine's language. Of two-digit years (``%y``) 69 to 99 are 1969 to 1999 and 00 to 68 are
    2000 to 2068: what can't lie in the future, as a birth date, is a century older, which the caller has to see to.

    :param text: the date as written; empty, ``0/0/00``, ``9999-12-31``, ``--03-22`` and the like are nothing.
    :param formats: ``strptime`` formats, tried after ISO; what a format lacks stays unknown. Of a date that two formats
        read differently only what they agree on is kept: ``03/04/2021`` by ``%d/%m/%Y`` and ``%m/%d/%Y`` is ``2021``.
        A format without a year is passed over: a day without its year is no date.
    :returns: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, or None for an empty date.
    :raises ValueError: if it is a date in none of the formats.

    >>> parse_partial_date("12 Mar 2021", ["%d %b %Y"]), parse_partial_date("03/2021", ["%m/%Y"])
    ('2021-03-12', '2021-03')
    """
    text = text.strip()
    if text.casefold() in _EMPTY or _NO_YEAR.fullmatch(text):
        return None
    moment = _ISO_MOMENT.fullmatch(text)
    found = moment.group(1) if moment else text
    if not is_partial_date(found):
        found = _agreed([each for pattern in formats if (each := _parsed(text, pattern))])
    if not found:
        where = f" in any of the formats {', '.join(formats)}" if formats else ""
        raise ValueError(f"{text!r} is not a date{where}")
    return None if found[:4] in _NO_END else found


def possible_part(text: str, formats: Sequence[str] = ()) -> str | None:
    """Return what can be true of a date that no calendar has: its month if only the day can't be, else its year.

    :param text: the date as written, in numbers.
    :param formats: ``strptime`` formats besides ISO; what they read differently isn't kept.

    >>> possible_part("1994-11-71"), possible_part("1939-13-19"), possible_part("77.11.1994", ["%d.%m.%Y"]), possible_part("soon")
    ('1994-11', '1939', '1994-11', None)
    """
    found = []
    for pattern in ("%Y-%m-%d", *formats):
        if sorted(re.findall("%.", pattern)) == ["%Y", "%d", "%m"]:
            digits = "{2}" if _UNSEPARATED.search(pattern) else "{1,2}"
            shape = re.escape(pattern).replace("%Y", r"(?P<year>\d{4})")
            shape = shape.replace("%m", rf"(?P<month>\d{digits})").replace("%d", rf"(?P<day>\d{digits})")
            if match := re.fullmatch(shape, text.strip(), re.ASCII):
                year, month = int(match["year"]), int(match["month"])
                if _YEARS[0] <= year <= _YEARS[1]:
                    found.append(f"{year}-{month:02}" if 1 <= month <= 12 else f"{year}")
    return _agreed(found) or None


def has_year(pattern: str) -> bool:
    """Say whether a ``strptime`` format reads a year, without which there is no date."""
    return "%Y" in pattern or "%y" in pattern


def _agreed(found: Sequence[str]) -> str:
    if len(set(found)) < 2:
        return found[0] if found else ""
    parts = zip(*(each.split("-") for each in found), strict=False)
    agreed = takewhile(lambda same: len(set(same)) == 1, parts)
    return "-".join(same[0] for same in agreed)


def _parsed(text: str, pattern: str) -> str | None:
    if not has_year(pattern) or any(mark in pattern and mark not in text for mark in "./,-"):
        return None
    if "%b" in pattern or "%B" in pattern:
        text = _WORD.sub(lambda word: f"{_MONTHS[_folded(word.group())]:02}" if _folded(word.group()) in _MONTHS
                         else word.group(), text)
        pattern = re.sub(r"%[bB]\.?", "%m", pattern)
    try:
        moment = datetime.strptime(text, pattern)
    except ValueError:
        return None
    # strptime reads 195611 by %Y%m%d as 1 January 1956.
    if _UNSEPARATED.search(pattern) and moment.strftime(pattern) != text:
        return None
    precision = max((parts for directive, parts in _PARTS.items() if directive in pattern), default=1)
    return "-".join(moment.date().isoformat().split("-")[:precision])


def first_day(text: str) -> date:
    """Return the first day that a partial date may mean.

    >>> first_day("2011-02")
    datetime.date(2011, 2, 1)
    """
    year, month, day = ([int(part) for part in text.split("-")] + [1, 1])[:3]
    return date(year, month, day)


def last_day(text: str) -> date:
    """Return the last day that a partial date may mean.

    >>> last_day("2011-02")
    datetime.date(2011, 2, 28)
    """
    parts = [int(part) for part in text.split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])
