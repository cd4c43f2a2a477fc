"""Names of people taken apart, in the habits of registers and address books: titles, birth name, order, nicknames."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from referralgraph.records import titles


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PARTICLES = _words("""von zu zum zur vom van der den des de del della delle di da das dos do du d' ter ten te af av
    op in 't bin binti ibn al el la le lo und y e""")
_SHORT_NAMES = _PARTICLES | {"li", "wu", "xu", "ng"}
_STRONG_PARTICLES = _words("von zu zum zur vom van der den de del della dos du ter ten af bin binti ibn")
_NOBLE = _words("""freiherr freifrau freiin graf gräfin baron baronin baroness prinz prinzessin fürst fürstin edler
    edle ritter""")
_SHORTENED = {"frhr.": "Freiherr", "frhr": "Freiherr", "frfr.": "Freifrau", "frfr": "Freifrau", "v.": "von", "v.d.": "von der"}

_PRONOUNS = re.compile(r"(?i)(she|he|they|sie|er|her|him|them|dia|ella|él|elle|il)( ?/ ?\w+)+")
_BORN = re.compile(r"(?i:(?<!\w)(?:geborene[rn]?|geb\.))\s+|(?<!\w)(?:geb|née|né|nee|born)\s+")
_NICKNAME = re.compile(
    r"""(?<!\S)(?:\(([^()]{1,80})\)|["„“”«]([^"„“”«»]{1,80})["“”»]|['‘]([^'‘’()]{1,80})['’])(?=[\s,]|$)""")
_GLUED_TITLE = re.compile(r"(?i:(?<!\w)(dr|prof|drs|dra|drg|ir))\.(?=[^\W\d_][a-zäöüß]{2,})")
_LOOSE_HYPHEN = re.compile(r"(?<=\w) ?- (?=\w)|(?<=\w) -(?=\w)")
_NO_NAME = re.compile(r"[=<>{}\[\]\\;@#$%^*_~:]")  # formulas, markup, queries, addresses: kept as they are
_ASIDE = re.compile(r"\s*[|•·]\s*")
_LETTERS = re.compile(r"[^\W\d_]+")
_NO_VOWEL = re.compile(r"(?i)[^aeiouyäöüàáâéèêíìóòôúùœæø]+")
# Zero-width and direction marks, variation selectors and skin tones of emoji.
_INVISIBLE = dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF, 0xAD,
                            *range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400)))
_TYPED_FOR_ANOTHER = {0xB4: "'", 0x60: "'", 0x2122: None, 0x2120: None}  # accents for apostrophes; TM and SM marks
_LONGEST_WORD = 40  # letters; what is longer isn't a name typed in capitals


@dataclass(frozen=True)
class PersonName:
    """A person's name in its parts; a part that isn't known is None.

    :param given: given names, also the only name of a person who has one name.
    :param family: family name with nobility particles.
    :param birth: family name at birth.
    :param title: titles, degrees and forms of address split off, in their order.
    :param written: the name letter by letter as the source has it.
    :param others: nicknames and further names the text gives in brackets or quotation marks.
    """

    given: str | None
    family: str | None
    birth: str | None
    title: str | None
    written: str
    others: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Given and family name without titles."""
        return " ".join(part for part in (self.given, self.family) if part)

    def fields(self) -> dict[str, str | list[str] | None]:
        """Return the name as fields of the person table."""
        return {"name": self.name, "given_name": self.given, "family_name": self.family, "birth_name": self.birth,
                "other_names": list(self.others) or None, "title": self.title, "name_as_written": self.written}


def parse_person_name(written: str, given: str | None = None, family: str | None = None) -> PersonName:
    """Take a name apart without ever losing a letter of it: ``written`` stays as it is.

    Reads titles wherever they stand, ``SURNAME, Forename``, birth names (``geb.``, ``née``), nicknames in brackets,
    credentials after a comma and names in capitals. It is made for German, English and Indonesian habits; of two
    Spanish family names the first is taken for a given name, and a text that is no name (a formula, markup) is only
    split at its last blank.

    :param written: the whole name as the source has it.
    :param given: given names, if the source has them apart.
    :param family: family name, if the source has it apart.
    :returns: the parts; ``name`` is never empty unless ``written``, ``given`` and ``family`` all are.

    >>> parse_person_name("Connemann, Prof. Dr. med. Susan geborene Kugler").name
    'Susan Connemann'
    >>> parse_person_name("Bernd Doctor Walker").title
    'Dr.'
    """
    given, family = _tidy(given or ""), _tidy(family or "")
    if _is_plain(given) and _is_plain(family):
        return PersonName(given, family, None, None, written)
    parts = _Parts()
    if given and family:
        first, last = parts.take(given, ends_in_name=False), parts.take(family)
        if not (first and last):
            first, last = parts.split(first or last)
    else:
        text = given or family or _tidy(written)
        first, last = parts.split(text) if _NO_NAME.search(text) else parts.order(text)
        if family and not given and not last:
            first, last = last, first
    if not first and not last:
        first, last = [parts.birth or given or family or _tidy(written) or written.strip()], []
    first, last = _with_particles(*_recased(first, last))
    return PersonName(
        given=" ".join(first) or None, family=" ".join(last) or None, birth=parts.birth or None,
        title=" ".join(parts.titles) or None, written=written, others=tuple(dict.fromkeys(parts.others)),
    )


class _Parts:
    """What was split off a name while it is read."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.others: list[str] = []
        self.birth = ""

    def order(self, text: str) -> tuple[list[str], list[str]]:
        """Read a whole name; a comma parts family from given name unless only titles follow it."""
        text = self._without_asides(text)
        main, *rest = [part.strip() for part in text.split(",") if part.strip()] or [""]
        words = main.split()
        forenames, degrees = "", []
        for part in rest:
            if _BORN.match(part):
                self._take_birth_name(_BORN.sub("", part, count=1))
            elif forenames or not words or titles.are_titles(part, main_in_capitals=main.isupper()):
                degrees.append(part)
            else:
                forenames = part
        shouted = _leading_capitals(words)
        if forenames:
            last = self._names(main)
            first = self._names(forenames, ends_in_name=False)
        elif shouted:
            first, last = self._names(" ".join(words[shouted:])), self._names(" ".join(words[:shouted]))
        else:
            first, last = self._with_birth_name(main)
        for part in degrees:
            self._credentials(part)
        return first, last

    def take(self, text: str, *, ends_in_name: bool = True) -> list[str]:
        """Read a given or a family name that the source keeps apart; what follows a comma is decoration."""
        if _NO_NAME.search(text):
            return text.split()
        main, *rest = [part.strip() for part in self._without_asides(text).split(",") if part.strip()] or [""]
        names = self._names(main, ends_in_name=ends_in_name)
        for part in rest:
            self._credentials(part)
        return names

    def split(self, words: Sequence[str] | str) -> tuple[list[str], list[str]]:
        """Part words into given and family name; nobility particles belong to the family name."""
        words = words.split() if isinstance(words, str) else list(words)
        start = len(words) - 1
        while start > 1 and _joins_family(words[start - 1], words):
            start -= 1
        return (words, []) if start < 1 else (words[:start], words[start:])

    def _with_birth_name(self, text: str) -> tuple[list[str], list[str]]:
        match = _BORN.search(text)
        before = text[:match.start()].split() if match else []
        if not match or not before:
            return self.split(self._names(text))
        after = self._take_birth_name(text[match.end():])
        if after:
            return self._plain(before), self._plain(after)
        return self.split(self._plain(before))

    def _names(self, text: str, *, ends_in_name: bool = True) -> list[str]:
        """Name words of a text; titles and a birth name go to their places."""
        match = _BORN.search(text)
        if not match:
            return self._plain(text.split(), ends_in_name=ends_in_name)
        return self._plain([*text[:match.start()].split(), *self._take_birth_name(text[match.end():])])

    def _take_birth_name(self, text: str) -> list[str]:
        """Keep the birth name, one word with its particles, and return the words behind it."""
        words = text.split()
        end = 0
        while end < len(words) - 1 and words[end].casefold() in _PARTICLES | _NOBLE:
            end += 1
        if words and not words[0][0].isdigit():
            self.birth = " ".join(words[:end + 1])
        return words[end + 1:]

    def _plain(self, words: Sequence[str], *, ends_in_name: bool = True) -> list[str]:
        names, found = titles.split_titles(words, ends_in_name=ends_in_name)
        self.titles += found
        return names

    def _credentials(self, text: str) -> None:
        if titles.are_titles(text, main_in_capitals=False):
            self.titles += titles.spelt_out(text.split())

    def _without_asides(self, text: str) -> str:
        main, *asides = _ASIDE.split(_LOOSE_HYPHEN.sub("-", _GLUED_TITLE.sub(r"\1. ", text.replace(".(", ". ("))))
        for aside in asides:
            self._credentials(aside)
        rest = _NICKNAME.sub(self._nickname, main)
        return " ".join(rest.split()) if rest.strip(" ,") else main

    def _nickname(self, match: re.Match[str]) -> str:
        inside = next(group for group in match.groups() if group is not None).strip()
        if titles.is_degree_kind(inside) or (match.start() == 0 and match.end() == len(match.string)):
            return match.group()
        if _BORN.match(inside):
            self._take_birth_name(_BORN.sub("", inside, count=1))
        elif titles.are_titles(inside, main_in_capitals=False):
            self.titles += titles.spelt_out(inside.replace(",", " ").split())
        elif inside and not _PRONOUNS.fullmatch(inside):
            self.others.append(inside)
        return " "


def _is_plain(word: str) -> bool:
    """Say whether a given or family name is one ordinary word, as most are: nothing to take off."""
    return word.isalpha() and not word.isupper() and not titles.is_title(word) and not _BORN.match(word + " ")


def _with_particles(first: list[str], last: list[str]) -> tuple[list[str], list[str]]:
    """Bring the particles of nobility to the family name, spelt out: ``Bruchfeld, Carl Frhr. v.``."""
    start = len(first)
    while last and start > 1 and _is_particle(first[start - 1]):
        start -= 1
    family = [*first[start:], *last]
    return first[:start], [word for each in family[:-1] for word in _SHORTENED.get(each.casefold(), each).split()] + family[-1:]


def _is_particle(word: str) -> bool:
    return word.casefold() in _NOBLE | _STRONG_PARTICLES | _SHORTENED.keys() and not word.isupper()  # "V." is an initial


def _joins_family(word: str, words: Sequence[str]) -> bool:
    folded = word.casefold()
    if folded in _NOBLE:
        return True
    # "Ben", "Al" and "La" are also given names: written with a capital, only unmistakable particles count.
    return folded in _PARTICLES and (word.islower() or folded in _STRONG_PARTICLES or " ".join(words).isupper())


def _leading_capitals(words: Sequence[str]) -> int:
    """Count the words of ``DUPONT Jean``'s family name; 0 if it isn't written that way."""
    count = next((at for at, word in enumerate(words) if not word.isupper()), len(words))
    if not 0 < count < len(words) or any(word.isupper() for word in words[count:]):
        return 0
    initials = any(len(word) < 3 or "." in word for word in words[:count])
    return 0 if initials or any(titles.is_title(word) for word in words) else count


def _tidy(text: str) -> str:
    """Return a text without emoji, control and direction marks, its blanks single."""
    if text.isascii():
        return " ".join(text.split())
    normal = unicodedata.normalize("NFKC", text.translate(_TYPED_FOR_ANOTHER)).translate(_INVISIBLE)
    kept = "".join(" " if unicodedata.category(mark) in {"So", "Cc", "Co", "Cn", "Cs"} else mark for mark in normal)
    return " ".join(kept.split()) or " ".join(text.split())


def _recased(first: list[str], last: list[str]) -> tuple[list[str], list[str]]:
    words = first + last
    if any(_NO_NAME.search(word) for word in words) or not any(word.isupper() for word in words):
        return first, last
    letters = sum(mark.isalpha() for word in words for mark in word)
    if letters <= 3:
        return first, last
    all_capitals = all(word.isupper() or not any(mark.isalpha() for mark in word) for word in words)
    recased = [_capitalised(word, at, all_capitals) for at, word in enumerate(words)]
    return recased[:len(first)], recased[len(first):]


def _capitalised(word: str, at: int, all_capitals: bool) -> str:
    bare = re.sub(r"\W", "", word)
    initials = "." in word or (len(bare) < 3 and not (all_capitals and word.casefold() in _SHORT_NAMES))
    if not word.isupper() or len(word) > _LONGEST_WORD or initials or (len(bare) == 3 and _NO_VOWEL.fullmatch(bare)):
        return word
    if at and all_capitals and word.casefold() in _STRONG_PARTICLES:
        return word.lower()
    capitalised = _LETTERS.sub(lambda part: part.group()[0] + part.group()[1:].lower().replace("i\u0307", "i"), word)
    return re.sub(r"\bMc([a-z])", lambda part: "Mc" + part.group(1).upper(), capitalised)
