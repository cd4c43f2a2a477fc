"""The scales of an assessment: which values a field may have, how people write them, and what is refused.

Neeb (2022) after Becker and Daschmann (fan principle), Sieck (TERP) and the power-interest matrix. Lenient in form (a word in
three languages, a number, a decimal comma), strict in value: what isn't on the scale is refused with the values that are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from referralgraph.errors import OffTheScale
from referralgraph.records.names import fold

ROLE_NUMBERS: Mapping[str, int | None] = {
    "sponsor": 4,
    "champion": 4,
    "decision_maker": 3,
    "recommender": 2,
    "coach": 2,
    "user": 1,
    "influencer": None,
    "gatekeeper": None,
}
RELATIONSHIPS: Mapping[int, str] = {2: "supporter", 1: "good", 0: "neutral", -1: "bad", -2: "enemy"}
INFLUENCES: Mapping[int, str] = {3: "high", 2: "medium", 1: "low"}
TYPES: Mapping[str, str] = {
    "D": "department",
    "T": "technology or IT",
    "C": "commercial or finance",
    "P": "purchasing",
}
COLOURS = ("red", "yellow", "green", "blue")
WITHDRAWN = frozenset({"?", "unknown", "unbekannt", "tidak diketahui", "tidak tahu"})

_WORDS: Mapping[str, Mapping[str, str]] = {
    "role": {
        "4": "sponsor", "3": "decision_maker", "2": "recommender", "1": "user", "decider": "decision_maker",
        "foerderer": "sponsor", "fuersprecher": "champion", "entscheider": "decision_maker", "entscheiderin": "decision_maker",
        "empfehler": "recommender", "empfehlerin": "recommender", "anwender": "user", "anwenderin": "user", "nutzer": "user",
        "nutzerin": "user", "beeinflusser": "influencer", "beeinflusserin": "influencer", "torwaechter": "gatekeeper",
        "torwaechterin": "gatekeeper", "penyokong": "sponsor", "jagoan": "champion", "pengambil keputusan": "decision_maker",
        "pemberi rekomendasi": "recommender", "pelatih": "coach", "pengguna": "user", "pemengaruh": "influencer",
        "penjaga gerbang": "gatekeeper",
    },
    "type": {
        "department": "D", "fachabteilung": "D", "fachbereich": "D", "departemen": "D", "bagian": "D",
        "technology": "T", "it": "T", "technology or it": "T", "technik": "T", "teknologi": "T", "ti": "T",
        "commercial": "C", "finance": "C", "commercial or finance": "C", "kaufmaennisch": "C", "finanzen": "C", "keuangan": "C",
        "komersial": "C", "purchasing": "P", "procurement": "P", "einkauf": "P", "pembelian": "P", "pengadaan": "P",
    },
    "relationship": {
        "supporter": "2", "good": "1", "neutral": "0", "bad": "-1", "enemy": "-2", "unterstuetzer": "2", "gut": "1",
        "schlecht": "-1", "feind": "-2", "pendukung": "2", "baik": "1", "netral": "0", "buruk": "-1", "musuh": "-2",
    },
    "influence": {
        "high": "3", "medium": "2", "low": "1", "hoch": "3", "mittel": "2", "niedrig": "1", "gering": "1", "tinggi": "3",
        "sedang": "2", "rendah": "1",
    },
    "colour": {
        "rot": "red", "gelb": "yellow", "gruen": "green", "blau": "blue", "merah": "red", "kuning": "yellow", "hijau": "green",
        "biru": "blue",
    },
    "says_so": {
        "yes": "yes", "true": "yes", "1": "yes", "x": "yes", "ja": "yes", "ya": "yes", "no": "no", "false": "no", "0": "no",
        "nein": "no", "tidak": "no",
    },
    "rank": {},
}  # fmt: skip


_OTHER_WORDS: Mapping[str, str] = {
    "offen": "open",
    "terbuka": "open",
    "planned": "open",
    "geplant": "open",
    "direncanakan": "open",
    "erledigt": "done",
    "selesai": "done",
    "abgesagt": "cancelled",
    "canceled": "cancelled",
    "dibatalkan": "cancelled",
    "entfernt": "removed",
    "relationship plan": "relationship", "beziehungsplan": "relationship", "rencana hubungan": "relationship",
    "marketing plan": "marketing", "marketingplan": "marketing", "rencana pemasaran": "marketing",
    "activity plan": "activity", "aktivitaetenplan": "activity", "rencana aktivitas": "activity",
    "veranstaltung": "event",
    "acara": "event",
    "unterlagen": "material",
    "materi": "material",
    "anlassbezogen": "ad_hoc",
}


@dataclass(frozen=True, slots=True)
class Scale:
    """One field of an assessment.

    :param name: of the field.
    :param form: which scale it is on: ``role``, ``type``, ``relationship``, ``influence``, ``ten``, ``says_so`` or ``colour``.
    """

    name: str
    form: str

    @property
    def numeric(self) -> bool:
        """Whether its values can be averaged."""
        return self.form in {"relationship", "influence", "ten"}

    @property
    def allowed(self) -> str:
        """The values that it may have, as a message lists them."""
        return _ALLOWED[self.form]


SCALES: tuple[Scale, ...] = (
    Scale("role", "role"),
    Scale("type", "type"),
    Scale("relationship", "relationship"),
    Scale("influence", "influence"),
    Scale("power", "ten"),
    Scale("interest", "ten"),
    Scale("satisfaction", "ten"),
    Scale("emotional_tie", "ten"),
    Scale("says_so", "says_so"),
    Scale("satisfaction_salesperson", "ten"),
    Scale("emotional_tie_salesperson", "ten"),
    Scale("says_so_salesperson", "says_so"),
    Scale("colour", "colour"),
    Scale("second_colour", "colour"),
)
SCALE: Mapping[str, Scale] = {scale.name: scale for scale in SCALES}

_ALLOWED: Mapping[str, str] = {
    "role": "4 sponsor or champion, 3 decision-maker, 2 recommender or coach, 1 user, influencer, gatekeeper",
    "type": "D department, T technology or IT, C commercial or finance, P purchasing",
    "relationship": "2 supporter, 1 good, 0 neutral, -1 bad, -2 enemy",
    "influence": "3 high, 2 medium, 1 low",
    "ten": "a number from 0 to 10",
    "says_so": "yes, no",
    "colour": ", ".join(COLOURS),
    "rank": "a whole number from 1 (most junior) to 5 (top management)",
}


def parse(name: str, written: object) -> Any:
    """Return the value that somebody wrote for a field; None if he withdraws what he said before (``?``, ``unknown``).

    :param name: of a scale.
    :param written: a word in English, German or Indonesian, or a number, as a person or a sheet has it.
    :raises OffTheScale: if the field has no such value.

    >>> parse("role", "Decision-maker"), parse("role", 2), parse("relationship", "−2"), parse("power", "7,5"), parse("type", "einkauf")
    ('decision_maker', 'recommender', -2, 7.5, 'P')
    """
    scale = SCALE[name]
    if isinstance(written, str) and (written.strip() == "?" or fold(written) in WITHDRAWN):
        return None
    try:
        return read_value(scale.form, written)
    except ValueError:
        raise OffTheScale(name, written, scale.allowed) from None


def parse_rank(written: object) -> int:
    """Return a rank, from 1 (most junior) to 5 (top management).

    :raises OffTheScale: if it is none.
    """
    try:
        return int(read_value("rank", written))
    except ValueError:
        raise OffTheScale("rank", written, _ALLOWED["rank"]) from None


def parse_day(written: object) -> date:
    """Return a day: YYYY-MM-DD, DD.MM.YYYY, or a day as a sheet has it.

    :raises OffTheScale: if it is none.
    """
    if isinstance(written, datetime):
        return written.date()
    if isinstance(written, date):
        return written
    text = str(written).strip()
    if found := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
        text = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    try:
        return date.fromisoformat(text[:10] if re.fullmatch(r"\d{4}-\d\d-\d\d[T ][\d:.Z]+", text) else text)
    except ValueError:
        raise OffTheScale("date", written, "a day as YYYY-MM-DD or DD.MM.YYYY") from None


def parse_word(name: str, written: str, allowed: Sequence[str]) -> str:
    """Return which of some words is meant.

    :raises OffTheScale: if none is.
    """
    word = _OTHER_WORDS.get(fold(written), fold(written).replace(" ", "_"))
    if word not in allowed:
        raise OffTheScale(name, written, ", ".join(allowed))
    return word


def read_value(form: str, written: object) -> Any:
    """Return the value of one form.

    :raises ValueError: if it has no such value.
    """
    text = _text(written)
    word = _WORDS.get(form, {}).get(fold(text)) if fold(text) and not text.lstrip("+-").isdecimal() else None
    if form in {"relationship", "influence", "rank"}:
        number = _number(word or text)
        limits = {"relationship": (-2, 2), "influence": (1, 3), "rank": (1, 5)}[form]
        if number != int(number) or not limits[0] <= number <= limits[1]:
            raise ValueError
        return int(number)
    if form == "ten":
        number = _number(text)
        if not 0 <= number <= 10:
            raise ValueError
        return int(number) if number == int(number) else number
    if form == "type":
        found = word or (text.upper() if text.upper() in TYPES else None)
    elif form == "role":
        if text.endswith((".0", ",0")):
            text = text[:-2]
        found = _WORDS["role"].get(text) or word or fold(text).replace(" ", "_")
        found = found if found in ROLE_NUMBERS else None
    elif form == "says_so":
        said = _WORDS["says_so"].get(fold(text))
        if said is None:
            raise ValueError
        return said == "yes"
    else:
        found = word or fold(text)
        found = found if found in COLOURS else None
    if found is None:
        raise ValueError
    return found


def role_number(role: str | None) -> int | None:
    """Return the number of a role; influencer and gatekeeper have none."""
    return ROLE_NUMBERS.get(role) if role else None


def _text(written: object) -> str:
    if isinstance(written, bool):
        return "yes" if written else "no"
    if isinstance(written, float) and written == int(written if math.isfinite(written) else 0):
        return str(int(written))
    return str(written).strip().replace("\u2212", "-").replace("\u2013", "-")


def _number(text: str) -> float:
    number = float(text.replace(",", "."))
    if not math.isfinite(number) or "_" in text:
        raise ValueError
    return number
