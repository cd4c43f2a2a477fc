"""Who sits in organisations: their decision-makers and boards, read for a whole list at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from referralgraph.questions.context import Asked, Context, Row, may_see
from referralgraph.records.vocabulary import ROLES

SITS = frozenset(role.name for role in ROLES if role.ties)
_NO_TIES = frozenset(role.name for role in ROLES if not role.ties)
_DECIDES = frozenset(role.name for role in ROLES if role.decides)
_BOARD = frozenset({"supervisory_board", "secretary", "treasurer"})
_DEEPEST = 3  # GmbH & Co. KG: the general partner's managers decide; more than three levels decide for nobody


@dataclass(frozen=True, slots=True)
class _Seat:
    person: str
    role: str
    sits: bool


class Seats:
    """The seats that a viewer may see and that had begun by the day asked for, now or on that day.

    :param organisations: ids of those that will be asked about; others are read when they are.
    """

    def __init__(self, context: Context, asked: Asked, organisations: Iterable[str] = ()) -> None:
        self._context, self._asked = context, asked
        self._of: dict[str, list[_Seat]] = {}
        self._deciding: dict[str, list[str]] = {}  # organisations that decide for an organisation
        self._whole: set[str] = set()  # read with all that decide for them
        self._read(organisations)

    def decision_makers(self, organisation: str) -> list[str]:
        """Return the people in deciding roles, also those of a company that holds one.

        If the source knows nobody in a deciding role, everyone with a current mandate; if there is none, everyone known.
        """
        self._read([organisation])
        return self._deciders(organisation, 0)

    def board(self, organisation: str) -> list[str]:
        """Return the decision-makers and the supervisory board; if the source knows neither, whoever else it names."""
        self._read([organisation])
        sitting = [each for each in self._of[organisation] if each.sits]
        watching = [each.person for each in sitting if each.role in _BOARD]
        deciding = any(each.role in _DECIDES for each in sitting)
        others = self._deciders(organisation, 0) if deciding or not watching else []
        return list(dict.fromkeys([*others, *watching]))

    def holding(self, organisation: str, roles: Collection[str]) -> list[str]:
        """Return who holds one of some roles."""
        self._read([organisation])
        return list(dict.fromkeys(each.person for each in self._of[organisation] if each.sits and each.role in roles))

    def _deciders(self, organisation: str, depth: int) -> list[str]:
        seats = [each for each in self._of[organisation] if each.role not in _NO_TIES]
        deciding = [each.person for each in seats if each.sits and each.role in _DECIDES]
        if depth < _DEEPEST:
            for holder in self._deciding[organisation]:
                deciding += self._deciders(holder, depth + 1)
        return list(dict.fromkeys(deciding or [each.person for each in seats if each.sits] or [each.person for each in seats]))

    def _read(self, organisations: Iterable[str]) -> None:
        """Read organisations that haven't been, and those that decide for them, and so on."""
        wanted = list(dict.fromkeys(each for each in organisations if each not in self._whole))
        self._whole.update(wanted)
        for depth in range(_DEEPEST + 1):
            if not wanted:
                return
            unread = [each for each in wanted if each not in self._of]
            self._read_level(unread)
            if depth == _DEEPEST:
                break
            self._read_holders([each for each in wanted if each not in self._deciding])
            wanted = list(dict.fromkeys(holder for each in wanted for holder in self._deciding[each]))

    def _read_level(self, organisations: list[str]) -> None:
        self._of.update({each: [] for each in organisations})
        for row in self._context.store.read("read/seats_in_organisation", [{"id": each} for each in organisations]):
            if may_see(row, self._asked.viewer) and self._asked.has_begun(row["since"]):
                self._of[row["organisation"]].append(_Seat(row["person"], row["role"], self._asked.is_current(row)))

    def _read_holders(self, organisations: list[str]) -> None:
        self._deciding.update({each: [] for each in organisations})
        for row in self._context.store.read("read/organisation_mandates_in_organisation", [{"id": each} for each in organisations]):
            if row["role"] in _DECIDES and row["holder"] != row["organisation"] and self._sits(row):
                self._deciding[row["organisation"]].append(row["holder"])
        for each in organisations:
            self._deciding[each] = list(dict.fromkeys(self._deciding[each]))

    def _sits(self, row: Row) -> bool:
        return self._asked.is_current(row) and self._asked.has_begun(row["since"])
