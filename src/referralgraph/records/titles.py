"""Titles, degrees and forms of address as they stand in names: German, English, Indonesian."""

from __future__ import annotations

import re
from collections.abc import Sequence


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PIECE = (r"dres|drs|dra|dr|univ|profin|prof|pd|apl|dipl|mag|h\.?c|e\.?h|med|dent|vet|phil|jur|iur|rer|nat|pol|oec|"
          r"habil|ing|wirtsch|wirt|kfm|kffr|inf|theol|agr|techn|sc|mult")
_COMPOUND = re.compile(rf"(?=.*(?:dr|prof|dipl|mag|ing))(?:(?:{_PIECE})[.\-]+)*(?:{_PIECE})\.?")
_DIPLOMA = re.compile(r"dipl(om)?([.\-].*)?|diplom[a-zäöüß]{4,}|doktor-?ingenieur(in)?")
_FULL_WORDS = _words("doctor doktor professor professorin privatdozent privatdozentin")
_ANYWHERE = _words("dr dres drs dra prof profin") | _FULL_WORDS
_WITH_POINT = _words("ing mag lic ir hj kh drg apt bacc bakk tn ny")
_BEFORE_TITLE = _words("pd ra rain stb wp apl ao em univ ir hj h")
_ADDRESS = _words("""mr mrs ms miss mx sir herr herrn frau bapak bpk ibu sdr sdri monsieur madame mme mlle señor
    señora sr sra sig dhr mevr hj haji hajjah""")
_FOLLOWERS = _words("""med dent vet jur iur rer oec oek habil hc eh mult ing kfm kffr betriebsw volksw wirt wirtsch
    theol techn agr publ ingenieur kaufmann kauffrau volkswirt volkswirtin betriebswirt betriebswirtin honoris causa
    utr pharm paed päd soz inform eth""")
# With a capital and no point, Phil, Nat and Pol are given names.
_FOLLOWERS_LOWER = _words("""phil nat pol sc scient h c e math phys chem psych biol geol inf arch des et hum cult
    forest mont soc troph disc""")
_DEGREE_KINDS = _words("fh ba univ uni tu th dh htl hons")

_CREDENTIALS = _words("""
    mba emba phd dphil edd dba msc bsc mas meng beng llm llb mll jd dds dmd rn cpa cfa caia frm pmp capm csm cspo
    pspo psm cissp cism cisa cipp acca aca fca cima cgma cma cia cfe cfp chfc clu phr sphr gphr shrm itil prince2
    cscp cpim esq peng mpa mph mfa bfa bba bcom mcom btech mtech mca mbbs facs frcs frcp mrcp obe mbe cbe kbe frsa
    fcipd mcipd aicp leed jr sr jnr snr iii shrm-cp shrm-scp pmi-acp pmi-rmp skom ssos spd sik sked spsi sfarm ssi
    shut skm skep sst smn sak sab msi mpd mkn mhum mkom mak mmt mkes mars sppd spog amd akt bakk cphr csca
""")
# Names too, so they count only with points or behind a comma.
_SHORT_CREDENTIALS = _words("""ma ba bs ms md do pe be ca qc kc mp jp ap sh se st sp spt mm mt mh ak lc sag
    sip sap mag med bed ii iv jun sen junior senior spa spb apt dipl""")
_POINTED = re.compile(r"[A-Za-z]{1,5}(\.[A-Za-z]{1,6})+\.?")
_CAPITALS = re.compile(r"[A-Z][A-Za-z]?[A-Z0-9\-]{1,8}[®™]?")
_INDONESIAN = _words("ir drs dra hj kh drg sh se st mm msi skom spd sag mh mt bapak ibu bpk")
_SPELT = {"doctor": "Dr.", "doktor": "Dr.", "professor": "Prof."}


def split_titles(words: Sequence[str], *, ends_in_name: bool = True) -> tuple[list[str], list[str]]:
    """Part the words of a name into name words and titles, both in their order.

    :param words: the words of a name, without commas.
    :param ends_in_name: the last word may be the family name ``Doctor``; not so in given names that stand apart.
    """
    names: list[str] = []
    found: list[str] = []
    after_title = False
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        is_last = ends_in_name and not following and len(names) < 2
        last_alone = is_last and _bare(word) in _FULL_WORDS and bool(names or not found)
        if (is_title(word) and not last_alone) or (_bare(word) in _BEFORE_TITLE and is_title(following)):
            after_title = True
        elif after_title and _follows(word):
            pass
        elif not names and following and _bare(word) in _ADDRESS and word[0].isupper():
            after_title = False
        else:
            names.append(word)
            after_title = False
            continue
        found.append(word)
    trailing: list[str] = []
    while len(names) > 1 and _is_credential(names[-1], len(names)):
        trailing.insert(0, names.pop())
    if _is_haji(names, found + trailing):
        found.append(names.pop(0))
    found += trailing
    if len(names) > 2 and names[0].isupper() and _bare(names[0]) in _CREDENTIALS:
        found.insert(0, names.pop(0))
    return names, spelt_out(found)


def is_title(word: str) -> bool:
    """Say whether a word is a title wherever it stands in a name.

    >>> is_title("Dipl.-Kfm."), is_title("Ing"), is_title("Dr.med.")
    (True, False, True)
    """
    folded = word.casefold()
    bare = _bare(word)
    if bare in _ANYWHERE or (folded.endswith(".") and bare in _WITH_POINT):
        return True
    return bool(_DIPLOMA.fullmatch(folded)) or (("." in word or "-" in word) and bool(_COMPOUND.fullmatch(folded)))


def are_titles(text: str, *, main_in_capitals: bool) -> bool:
    """Say whether a text that stands behind a comma or in brackets is nothing but titles.

    :param text: the text.
    :param main_in_capitals: the name before it is in capitals, so capitals alone are no sign of a degree.
    """
    words = text.replace(",", " ").replace("/", " ").split()
    return bool(words) and all(
        is_title(word) or _follows(word) or is_degree_kind(word) or _bare(word) in _CREDENTIALS | _SHORT_CREDENTIALS
        or bool(_POINTED.fullmatch(word)) or (not main_in_capitals and bool(_CAPITALS.fullmatch(word)))
        for word in words
    )


def is_degree_kind(text: str) -> bool:
    """Say whether a text in brackets tells the kind of school, as in ``Dipl.-Ing. (FH)``."""
    return _bare(text.strip("()")) in _DEGREE_KINDS


def spelt_out(words: Sequence[str]) -> list[str]:
    """Return titles in their usual spelling: ``Doctor`` as ``Dr.``."""
    return [_SPELT.get(word.casefold(), word) for word in words]


def _bare(word: str) -> str:
    return word.casefold().replace(".", "").strip(",")


def _follows(word: str) -> bool:
    bare = _bare(word).strip("-")
    if bare in _FOLLOWERS or (is_degree_kind(word) and word.startswith("(")):
        return True
    if bare in _FOLLOWERS_LOWER:
        return word.islower() or ("." in word and len(bare) > 1)
    return "." in word and bool(_COMPOUND.fullmatch("dr." + word.casefold())) and len(bare) > 1


def _is_credential(word: str, names: int) -> bool:
    """Say whether the last word of a name is a degree: only with points, or in capitals behind two names."""
    bare = _bare(word)
    if "." in word:
        return bare in _CREDENTIALS | _SHORT_CREDENTIALS
    if names < 3:
        return False
    if bare in _CREDENTIALS:
        return bare in {"jr", "sr", "esq"} or (word != word.capitalize() and word != word.lower())
    return (bare in {"ii", "iv"} and word.isupper()) or (bare in {"jun", "sen", "junior", "senior"} and word.islower())


def _is_haji(names: Sequence[str], found: Sequence[str]) -> bool:
    """Tell ``H. Ahmad Dahlan`` (Haji) from ``H. Müller`` and ``H. J. Müller`` (initials)."""
    if len(names) < 2 or names[0] != "H." or len(names[1].strip(".")) < 3:
        return False
    return len(names) > 2 or any(_bare(word) in _INDONESIAN for word in found)
