"""The liberties people take with names on their profile: with their own, and with that of the company.

Nothing of the product is used here, so that it can't agree with itself.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

_FORMS = re.compile(
    r"""(?ix) [\s,.\-]* (?: \b(?:
        gesellschaft\ mit\ beschränkter\ haftung | gesellschaft\ mbh | g?gmbh | mbh | ug\ ?\(haftungsbeschränkt\) | ug
        | aktiengesellschaft | ag | kgaa | kommanditgesellschaft | kg | ohg | offene\ handelsgesellschaft
        | e\.?\ ?kfm | e\.?\ ?kfr
        | e\.?\ ?k | e\.?\ ?v | e\.?\ ?g | gbr | partg\ ?mbb | partg | partnerschaft | ltd | limited | se )\b\.?
        | (?:&|und|u\.|\+)\ ?co\b\.? ) [\s,.\-]* $"""
)
_OWNER = re.compile(r"(?i)[\s,\-]*\b(?:inh\.|inhaber(?:in)?:?)\s.*$")
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_BARE = str.maketrans("äöüÄÖÜ", "aouAOU") | {ord("ß"): "ss"}
_COMMON = re.compile(
    r"(?i)(firma|auto|autohaus|hotel|restaurant|gasthaus|apotheke|ingenieurbüro|architekturbüro|spedition|elektro|bau|"
    r"immobilien|druckerei|metzgerei|bäckerei|volksbank|sparkasse|raiffeisenbank|internationale?|dr\.?|ing\.?|"
    r"haus|studio|büro|salon|cafe|café|erste|neue|fritz|karl|hans|die|der|das|buchhandlung|weingut|werbeagentur|agentur)"
)


@dataclass(frozen=True)
class Written:
    """A person as he writes himself, and what is known of his company.

    :param former: former names of the company.
    :param city: town of the company.
    :param doctor: he has a title.
    :param born: family name at birth.
    :param mailbox: e-mail address.
    """

    given: str
    family: str
    company: str
    former: tuple[str, ...] = ()
    city: str = ""
    doctor: bool = False
    born: str = ""
    mailbox: str = ""


Habit = Callable[[Written, random.Random], Written | None]


def plain_company(name: str) -> str:
    """Return a company's name without owner's note and legal form."""
    text = _OWNER.sub("", name).strip()
    while (shorter := _FORMS.sub("", text).strip()) != text and shorter:
        text = shorter
    return text


def _company(change: Callable[[str], str]) -> Habit:
    def habit(who: Written, rng: random.Random) -> Written | None:
        changed = change(who.company).strip()
        return replace(who, company=changed) if changed and changed != who.company else None

    return habit


def _name(change: Callable[[str], str], family_too: bool = True) -> Habit:
    def habit(who: Written, rng: random.Random) -> Written | None:
        given, family = change(who.given), change(who.family) if family_too else who.family
        return replace(who, given=given, family=family) if (given, family) != (who.given, who.family) else None

    return habit


def _former(who: Written, rng: random.Random) -> Written | None:
    fitting = [name for name in who.former if plain_company(name).casefold() != plain_company(who.company).casefold()]
    return replace(who, company=plain_company(rng.choice(fitting))) if fitting else None


def _cut_short(who: Written, rng: random.Random) -> Written | None:
    words = plain_company(who.company).split()
    kept = 1
    # to the first word that tells something; people don't call their employer "Autohaus"
    while kept < len(words) and (_COMMON.fullmatch(words[kept - 1]) or not re.search(r"\w{3}", words[kept - 1])):
        kept += 1
    return replace(who, company=" ".join(words[:kept])) if kept < len(words) else None


def _first_two(who: Written, rng: random.Random) -> Written | None:
    words = plain_company(who.company).replace(" - ", " ").split()
    kept = 3 if len(words) > 2 and words[1] in {"&", "+", "und", "u."} else 2
    return replace(who, company=" ".join(words[:kept])) if kept < len(words) else None


def _added(*endings: str) -> Habit:
    def habit(who: Written, rng: random.Random) -> Written | None:
        return replace(who, company=f"{plain_company(who.company)} {rng.choice(endings)}")

    return habit


def _town_added(who: Written, rng: random.Random) -> Written | None:
    town = who.city.split(",")[0].split("/")[0]
    return replace(who, company=f"{plain_company(who.company)} {town}") if town and town not in who.company else None


def _no_marks(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", plain_company(text)).split())


def _and(text: str) -> str:
    return re.sub(r"\s*[&+]\s*|\s+u\.\s+", " und ", plain_company(text))


def _half_form(text: str) -> str:
    return re.sub(r"\s*(?:&|und|u\.|\+) ?Co\b.*$", "", text)


def _second_given_dropped(who: Written, rng: random.Random) -> Written | None:
    given = who.given.split()
    return replace(who, given=given[0]) if len(given) > 1 else None


def _second_given_short(who: Written, rng: random.Random) -> Written | None:
    given = who.given.split()
    return replace(who, given=f"{given[0]} {given[1][0]}.") if len(given) > 1 and len(given[1]) > 2 else None


def _only_second_given(who: Written, rng: random.Random) -> Written | None:
    given = who.given.split()
    return replace(who, given=given[1]) if len(given) > 1 and len(given[1]) > 2 else None


def _first_given_short(who: Written, rng: random.Random) -> Written | None:
    return replace(who, given=f"{who.given[0]}.")


def _half_surname(who: Written, rng: random.Random) -> Written | None:
    halves = who.family.split("-")
    return replace(who, family=rng.choice(halves)) if len(halves) == 2 and min(map(len, halves)) > 2 else None


def _surname_turned(who: Written, rng: random.Random) -> Written | None:
    halves = who.family.split("-")
    return replace(who, family="-".join(reversed(halves))) if len(halves) == 2 else None


def _joined(text: str) -> str:
    return re.sub(r"(\w)-(\w)", lambda match: match[1] + match[2].lower(), text)


def _titled(who: Written, rng: random.Random) -> Written | None:
    title = rng.choice(("Dr.", "Dr. ", "Prof. Dr.", "Dr. med.") if who.doctor else ("Dipl.-Ing.", "Dipl.-Kfm.", "Ing."))
    return replace(who, given=f"{title} {who.given}".replace("  ", " "))


def _degree(who: Written, rng: random.Random) -> Written | None:
    return replace(who, family=f"{who.family}, {rng.choice(('MBA', 'M.Sc.', 'LL.M.', 'PMP'))}")


def _birth_name(who: Written, rng: random.Random) -> Written | None:
    return replace(who, family=who.born) if who.born else None


def _birth_name_added(who: Written, rng: random.Random) -> Written | None:
    return replace(who, family=f"{who.family} (geb. {who.born})") if who.born else None


def _columns_swapped(who: Written, rng: random.Random) -> Written | None:
    return replace(who, given=who.family, family=who.given)


def _respelt(text: str) -> str:
    pairs = (("ph", "f"), ("th", "t"), ("Marc", "Mark"), ("Karl", "Carl"), ("Claus", "Klaus"), ("ai", "ay"))
    for old, new in pairs:
        if old in text:
            return text.replace(old, new, 1)
    return text


COMPANY_HABITS: dict[str, Habit] = {
    "company: as registered": lambda who, rng: who,
    "company: no legal form": _company(plain_company),
    "company: no & Co. KG": _company(_half_form),
    "company: former name": _former,
    "company: ue for ü": _company(lambda text: plain_company(text).translate(_SPELT_OUT)),
    "company: cut to first telling word": _cut_short,
    "company: cut to two words": _first_two,
    "company: Gruppe or Group added": _added("Gruppe", "Group", "Unternehmensgruppe"),
    "company: Holding or Deutschland added": _added("Holding", "Deutschland", "Germany"),
    "company: town added": _town_added,
    "company: no punctuation": _company(_no_marks),
    "company: und for &": _company(_and),
    "company: capitals": _company(lambda text: plain_company(text).upper()),
    "company: lower case": _company(lambda text: plain_company(text).lower()),
}
NAME_HABITS: dict[str, Habit] = {
    "name: as registered": lambda who, rng: who,
    "name: ue for ü": _name(lambda text: text.translate(_SPELT_OUT)),
    "name: u for ü": _name(lambda text: text.translate(_BARE)),
    "name: hyphen a blank": _name(lambda text: text.replace("-", " ")),
    "name: hyphen joined": _name(_joined),
    "name: second given name left out": _second_given_dropped,
    "name: second given name abbreviated": _second_given_short,
    "name: goes by second given name": _only_second_given,
    "name: given name abbreviated": _first_given_short,
    "name: half of a double surname": _half_surname,
    "name: double surname turned": _surname_turned,
    "name: title in first name": _titled,
    "name: degree behind": _degree,
    "name: birth name": _birth_name,
    "name: birth name added": _birth_name_added,
    "name: capitals": _name(str.upper),
    "name: lower case": _name(str.lower),
    "name: columns swapped": _columns_swapped,
    "name: another spelling of the given name": _name(_respelt, family_too=False),
}
# Rare habits are tried, but don't make up a sixth of the people as they would if drawn evenly.
RARE = {
    "name: birth name",
    "name: given name abbreviated",
    "name: columns swapped",
    "name: goes by second given name",
    "name: half of a double surname",
    "name: double surname turned",
    "name: another spelling of the given name",
}
DECORATION = {"name: title in first name", "name: degree behind", "name: birth name added", "name: columns swapped"}
_STARTS = (
    "Nordlicht",
    "Alpha",
    "Blaustein",
    "Kronos",
    "Vertex",
    "Silberweide",
    "Optima",
    "Terranova",
    "Quarzberg",
    "Helio",
)
_TRADES = (
    "Consulting",
    "Logistik",
    "Solutions",
    "Immobilien",
    "Software",
    "Bau",
    "Technik",
    "Service",
    "Management",
    "Handel",
)


def invented_company(who: Written, rng: random.Random) -> str:
    """Return a company that isn't in any register; now and then it bears the family's name."""
    start = who.family.split("-")[0] if rng.random() < 0.3 else rng.choice(_STARTS)
    return f"{start} {rng.choice(_TRADES)} {rng.choice(('GmbH', 'GmbH & Co. KG', 'AG', 'Group', 'e.K.', ''))}".strip()


def distorted(who: Written, rng: random.Random) -> tuple[Written, list[str]]:
    """Return a person as he might write himself: one liberty with the company, one or two with the name."""
    habits: list[str] = []
    for kinds, wanted in ((COMPANY_HABITS, 1), (NAME_HABITS, rng.choice((1, 1, 2)))):
        shuffled = sorted(kinds, key=lambda each: rng.random() + (0.35 if each in RARE else 0.0))
        chosen = [habit for habit in shuffled if kinds[habit](who, rng)][:wanted]
        # decoration comes last, so that nothing else takes a title for a given name
        for habit in sorted(chosen, key=lambda each: each in DECORATION):
            changed = kinds[habit](who, rng)
            if changed:
                who = changed
                habits.append(habit)
    return who, habits


def with_mailbox(who: Written, rng: random.Random) -> Written:
    """Return a person who names no employer but writes from a mailbox of his, or of a provider's, as one in five do.

    :param who: as he writes himself; his company as he writes it becomes the domain.
    """
    plain = re.sub(r"(?i)[.']|\bug \(haftungsbeschr(ä|ae)nkt\)", "", plain_company(who.company))
    words = re.findall(r"[a-z0-9]+", plain.lower().translate(_SPELT_OUT))
    domains = ["-".join(words), "".join(words), words[0] if words else ""]
    domain = rng.choice(("gmx.de", "gmail.com", "t-online.de")) if rng.random() < 0.2 else f"{rng.choice(domains)}.de"
    name = "".join(re.findall(r"[a-z]+", who.family.lower().translate(_SPELT_OUT)))
    return replace(who, company="", mailbox=f"{name}@{domain}")
