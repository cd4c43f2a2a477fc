"""The closed vocabularies: roles, kinds of organisation, contact and event.

A role says of itself whether it makes people know each other (two employees of a large firm don't, by that alone) and
whether who holds it decides for the organisation.
"""

from __future__ import annotations

from dataclasses import dataclass

from referralgraph.records.schema import table


@dataclass(frozen=True)
class Role:
    """One word of the role vocabulary.

    :param name: the word.
    :param decides: who holds it decides for the organisation, so ``--to COMPANY`` means him.
    :param ties: those who hold it together in one body know each other.
    :param words: how sources write it, folded to lower case.
    """

    name: str
    decides: bool
    ties: bool
    words: tuple[str, ...] = ()


ROLES: tuple[Role, ...] = (
    Role("managing_director", True, True, ("geschäftsführer", "geschäftsführerin", "managing director", "direktur")),
    Role("executive_board", True, True, ("vorstand", "vorstandsmitglied", "executive board", "direksi", "director")),
    Role("supervisory_board", False, True, ("aufsichtsrat", "supervisory board", "dewan komisaris", "komisaris")),
    Role("authorised_signatory", False, True, ("prokurist", "prokuristin", "authorised signatory", "prokura")),
    Role("general_partner", True, True, ("persönlich haftender gesellschafter", "komplementär", "general partner")),
    Role("limited_partner", False, True, ("kommanditist", "limited partner")),
    Role("sole_proprietor", True, True, ("inhaber", "inhaberin", "sole proprietor", "owner", "pemilik")),
    Role("liquidator", False, True, ("liquidator", "liquidatorin", "abwickler")),
    Role("chair", True, True, ("vorsitzender", "vorsitzende", "vorsitz", "chair", "chairman", "chairwoman", "ketua")),
    Role("deputy_chair", True, True, (
        "stellvertretender vorsitzender", "stellvertretende vorsitzende", "deputy chair", "vice chair", "wakil ketua")),
    Role("president", True, True, ("präsident", "präsidentin", "president", "presiden")),
    Role("vice_president", True, True, ("vizepräsident", "vizepräsidentin", "vice president", "wakil presiden")),
    Role("secretary", False, True, ("schriftführer", "schriftführerin", "secretary", "company secretary", "sekretaris")),
    Role("treasurer", False, True, ("schatzmeister", "schatzmeisterin", "kassenwart", "treasurer", "bendahara")),
    Role("member", False, True, ("mitglied", "member", "anggota", "beisitzer", "beisitzerin")),
    Role("shareholder", False, True, ("gesellschafter", "gesellschafterin", "shareholder", "pemegang saham")),
    Role("employee", False, False, ("mitarbeiter", "mitarbeiterin", "employee", "karyawan")),
    Role("other", False, True),
)

ORGANISATION_KINDS = next(f for f in table("organisation").fields if f.name == "kind").words
CONTACT_KINDS = next(f for f in table("contact").fields if f.name == "kind").words
EVENT_KINDS = next(f for f in table("event").fields if f.name == "kind").words

_BY_WORD = {word: role for role in ROLES for word in (role.name, role.name.replace("_", " "), *role.words)}


def role_of_word(word: str) -> str:
    """Return the role a source's word stands for, ``other`` if the vocabulary doesn't know it.

    >>> role_of_word("Prokurist"), role_of_word("Ehrensenator")
    ('authorised_signatory', 'other')
    """
    role = _BY_WORD.get(word.strip().casefold())
    return role.name if role else "other"
