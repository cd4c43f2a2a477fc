"""The interlocks of one organisation: all others that people sit or sat in as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from referralgraph.answers.base import Because, EntityRef, PersonRef
from referralgraph.answers.boards import Interlock, Interlocker
from referralgraph.language import gettext as _
from referralgraph.questions.board_facts import Board, as_seat
from referralgraph.questions.conflicts import ConflictList, conflict_marks
from referralgraph.questions.context import Asked, Context, Row, may_see
from referralgraph.questions.policy import IntroducerPolicy
from referralgraph.questions.target_list import seats_of


def find_interlocks(
    context: Context, asked: Asked, ours: Sequence[Board], conflicts: ConflictList, policy: IntroducerPolicy, current_only: bool
) -> dict[str, Any]:
    """Return the interlocks of our organisations with all others, most common members first, equal ones by name and id.

    Everybody counts who holds or held any mandate here and there, each person once; ``current`` counts those who are in
    both now.
    """
    own = {organisation.id for organisation, _ in ours}
    sitting = {
        row["person"]
        for organisation in sorted(own) if organisation.startswith("o-")
        for row in context.store.read("read/mandates_in_organisation", [{"id": organisation}])
        if may_see(row, asked.viewer)
    }  # fmt: skip
    here: dict[str, list[Row]] = {}
    there: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for person in sorted(sitting):
        seats = seats_of(context, asked, person)
        here[person] = [row for row in seats if row["organisation"] in own]
        for row in seats if here[person] else ():  # an employee of ours sits on no board, nor who came after the day asked for
            if row["organisation"] not in own:
                there[row["organisation"]][person].append(row)
    people = context.people(sorted(here))
    marks = conflict_marks(context, asked, conflicts, sorted(here))
    found = []
    for organisation, holders in there.items():
        any_row = next(iter(holders.values()))[0]
        common = []
        for person, rows in holders.items():
            one, other = _newest(asked, here[person]), _newest(asked, rows)
            is_current = asked.is_current(one) and asked.is_current(other)
            if is_current or not current_only:
                name = people[person]
                common.append(Interlocker(
                    person=PersonRef(id=person, name=name["name"], city=name["city"]), here=as_seat(asked, one),
                    there=as_seat(asked, other), current=is_current, little=policy.because(context.index.position(person)),
                ))  # fmt: skip
        if common:
            common.sort(key=lambda each: (not each.current, each.person.name, each.person.id))
            found.append(Interlock(
                organisation=EntityRef(id=organisation, name=any_row["organisation_name"]), kind=any_row["organisation_kind"],
                members=len(common), current=sum(each.current for each in common), people=tuple(common),
                marks=tuple(mark for each in common for mark in marks.get(each.person.id, ())
                            if mark.organisation and mark.organisation.id == organisation),
            ))  # fmt: skip
    found.sort(key=lambda each: (-each.members, -each.current, each.organisation.name, each.organisation.id))
    nothing = None
    if not sitting:
        names = ", ".join(organisation.name for organisation, _ in ours)
        text = _("no source names a person in {name}: that is missing data, not a missing connection").format(name=names)
        nothing = Because(code="no_people", parameters={"organisations": sorted(own)}, text=text)
    elif not found:
        nothing = Because(code="no_interlock", parameters={}, text=_("nobody of this board is known to sit anywhere else"))
    return {"interlocks": tuple(found), "nothing": nothing}


def _newest(asked: Asked, rows: Sequence[Row]) -> Row:
    return max(rows, key=lambda row: (asked.is_current(row), row["since"] or "", row["record_id"]))
