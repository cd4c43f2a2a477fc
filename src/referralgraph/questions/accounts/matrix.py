"""Who of us looks after whom: the relationship matrix as entered, its faults, and the best one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from referralgraph.accounts.book import Account, Colleague
from referralgraph.accounts.entries import CELLS
from referralgraph.accounts.profile import Profile
from referralgraph.answers.account_matrix import MatrixAnswer, MatrixCell, MatrixColleague, MatrixProblem, MatrixRow
from referralgraph.answers.base import Because
from referralgraph.language import gettext as _
from referralgraph.language import number_text
from referralgraph.questions.accounts.book import People
from referralgraph.questions.accounts.texts import word_text
from referralgraph.score.leads import Ground, Ours, Pair, Theirs, most_junior, pair, propose
from referralgraph.score.settings import AccountSettings


class Matrix:
    """The matrix of one account.

    :param account: as entered.
    :param team: our people, columns.
    :param people: what the register knows of the rows.
    :param profiles: of each stakeholder by key.
    :param order: keys of the stakeholders in the order of the rows.
    """

    def __init__(
        self,
        account: Account,
        team: Sequence[Colleague],
        people: People,
        profiles: Mapping[str, Profile],
        order: Sequence[str],
        settings: AccountSettings,
    ) -> None:
        self._account, self._settings, self._people = account, settings, people
        self._members = [member for key in order if (member := account.member(key))]
        self._profiles = profiles
        self._ours = [
            Ours(
                each.name,
                each.rank,
                each.functions,
                each.colours,
                settings.most_leads if each.leads is None else each.leads,
                each.away,
            )
            for each in team
        ]
        self._theirs = [
            Theirs(
                member.key,
                people.rank(member),
                profiles[member.key].type,
                profiles[member.key].colours,
                profiles[member.key].role == "decision_maker",
                people.ties(member, team),
                {view.by: int(view.value) for view in member.views.get("relationship", ())},
                frozenset(colleague for (key, colleague), cell in account.cells.items() if key == member.key and cell.value == "not"),
            )
            for member in self._members
        ]
        self._junior = most_junior(self._ours)
        self._pairs = [[pair(ours, theirs, self._junior, settings) for ours in self._ours] for theirs in self._theirs]

    def answer(self) -> MatrixAnswer:
        """Return the matrix as entered with its faults, and the proposal with its own."""
        account = self._account
        entered = {(key, colleague): cell.value for (key, colleague), cell in account.cells.items()}
        able = [ours for ours in self._ours if not ours.away]
        nothing = None
        proposed: dict[tuple[str, str], str] = {}
        if not self._members:
            nothing = Because(code="no_stakeholders", parameters={}, text=_("nobody belongs to the account yet"))
        elif not able:
            nothing = Because(code="no_team", parameters={}, text=_("none of us is available as a lead"))
        else:
            leads = propose(self._pairs, [ours.limit for ours in self._ours])
            for row, theirs in enumerate(self._theirs):
                for column, ours in enumerate(self._ours):
                    proposed[theirs.key, ours.name] = "lead" if column == leads[row] else self._beside(self._pairs[row][column])
        return MatrixAnswer(
            account=account.id,
            team=tuple(self._colleague(ours, entered) for ours in self._ours),
            entered=self._rows(entered),
            problems=self._problems(entered) if entered else (),
            proposed=self._rows(proposed, reasons=True) if proposed else (),
            proposal_problems=self._problems(proposed) if proposed else (),
            nothing=nothing,
        )

    @staticmethod
    def _beside(found: Pair) -> str:
        """Return what a colleague gets who doesn't lead: ``may`` if something speaks for him and no rule against."""
        return "may" if found.value > 0 and not {"away", "should_not"}.intersection(found.rules) else "not"

    def _colleague(self, ours: Ours, entered: Mapping[tuple[str, str], str]) -> MatrixColleague:
        leads = sum(1 for (_key, name), cell in entered.items() if name == ours.name and cell == "lead")
        return MatrixColleague(
            name=ours.name,
            rank=ours.rank,
            functions=ours.functions,
            colours=ours.colours,
            limit=ours.limit,
            away=ours.away,
            leads=leads,
        )

    def _rows(self, cells: Mapping[tuple[str, str], str], *, reasons: bool = False) -> tuple[MatrixRow, ...]:
        rows = []
        for number, member in enumerate(self._members):
            found = []
            for column, ours in enumerate(self._ours):
                cell = cells.get((member.key, ours.name))
                scored = self._pairs[number][column]
                found.append(
                    MatrixCell(
                        colleague=ours.name,
                        cell=cell,
                        sign=CELLS.get(cell or "", ""),
                        value=scored.value if reasons else None,
                        reasons=(*(_ground(each) for each in scored.grounds), *(_rule(each) for each in scored.rules))
                        if reasons
                        else (),
                    )
                )
            profile = self._profiles[member.key]
            rows.append(
                MatrixRow(
                    stakeholder=member.id,
                    name=self._people.name(member),
                    position=member.position,
                    role=profile.role,
                    cells=tuple(found),
                )
            )
        return tuple(rows)

    def _problems(self, cells: Mapping[tuple[str, str], str]) -> tuple[MatrixProblem, ...]:
        found = []
        for member, theirs in zip(self._members, self._theirs, strict=True):
            leads = [ours for ours in self._ours if cells.get((member.key, ours.name)) == "lead"]
            name = self._people.name(member)
            if len(leads) != 1:
                found.append(MatrixProblem(stakeholder=member.id, because=_leads(name, [each.name for each in leads])))
            for lead in leads:
                found += [
                    MatrixProblem(stakeholder=member.id, colleague=lead.name, because=because)
                    for because in self._wrong(name, lead, theirs)
                ]
        for ours in self._ours:
            count = sum(1 for (_key, name), cell in cells.items() if name == ours.name and cell == "lead")
            if count > ours.limit:
                text = _("{colleague} leads {count} stakeholders, at most {limit} are set")
                found.append(
                    MatrixProblem(
                        colleague=ours.name,
                        because=Because(
                            code="too_many_leads",
                            parameters={"colleague": ours.name, "count": count, "limit": ours.limit},
                            text=text.format(colleague=ours.name, count=count, limit=ours.limit),
                        ),
                    )
                )
        return tuple(found)

    def _wrong(self, name: str, lead: Ours, theirs: Theirs) -> list[Because]:
        found = []
        strong = sorted(
            (
                (strength, other)
                for other, strength in theirs.ties.items()
                if other != lead.name and strength >= self._settings.strong_tie
            ),
            key=lambda pair: (-pair[0], pair[1]),
        )
        if strong and lead.name not in theirs.ties:
            strength, other = strong[0]
            text = _("{lead} has no tie to {name}, while {other} has a strong one ({strength})")
            found.append(
                Because(
                    code="lead_without_tie",
                    parameters={"lead": lead.name, "other": other, "strength": strength},
                    text=text.format(lead=lead.name, name=name, other=other, strength=number_text(strength, 2)),
                )
            )
        if theirs.decides and lead.name in self._junior:
            found.append(
                Because(
                    code="junior_lead",
                    parameters={"lead": lead.name},
                    text=_("{name} decides and is led by {lead}, the most junior of us").format(name=name, lead=lead.name),
                )
            )
        if lead.away:
            found.append(
                Because(
                    code="lead_away",
                    parameters={"lead": lead.name},
                    text=_("{lead} leads {name} and isn't available").format(name=name, lead=lead.name),
                )
            )
        return found


def _leads(name: str, leads: Sequence[str]) -> Because:
    if not leads:
        return Because(code="no_lead", parameters={}, text=_("nobody leads {name}").format(name=name))
    return Because(
        code="several_leads",
        parameters={"leads": list(leads)},
        text=_("{name} has {count} leads: {leads}").format(name=name, count=len(leads), leads=", ".join(leads)),
    )


def _ground(ground: Ground) -> Because:
    told = ground.parameters
    if ground.code == "tie":
        text = _("knows him: strength {strength}").format(strength=number_text(float(str(told["strength"])), 2))
    elif ground.code == "rank":
        text = _("rank {ours} of ours to rank {theirs} of theirs").format(ours=told["ours"], theirs=told["theirs"])
    elif ground.code == "function":
        text = _("of his function: {function}").format(function=word_text(str(told["function"])))
    elif ground.code == "relationship":
        text = _("own relationship {relationship}").format(relationship=told["relationship"])
    else:
        text = {
            "same": _("same colour"),
            "neighbouring": _("neighbouring colours"),
            "opposite": _("opposite colours, which get on less easily"),
        }[str(told["fit"])]
    return Because(code=ground.code, parameters={**told, "points": ground.points}, text=text)


def _rule(rule: str) -> Because:
    text = {
        "away": _("isn't available"),
        "should_not": _("should not, as the team entered it"),
        "junior": _("the most junior of us doesn't lead a decision-maker"),
    }[rule]
    return Because(code=rule, parameters={}, text=text)
