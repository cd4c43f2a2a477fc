"""The story's companies as register entries, and what the story asks and must be answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from referralgraph.demo import story
from referralgraph.demo.officers import FLAGS, Officer
from referralgraph.demo.register import Entry, offered
from referralgraph.demo.story import Figure, House

STORY_RETRIEVED_AT = "2026-09-30T06:00:00Z"


@dataclass(frozen=True)
class Question:
    """A question on the country with its answer worked out by hand (docs/demo.md has the arithmetic).

    `kind` is the command that asks it (path, boards, risk) or what must hold of identities: `apart` for two who are
    never one, `possible` for two who are one in truth but stay two until a person decides. `start` is empty where the
    team asks. `people` is the expected chain (for risk, nothing), `ties` the strength of each of its ties, `strength`
    their product, `via` what each tie rests on. `refused` is a chain that must be refused with `code`; `evidence` the
    companies that a risk answer must name.
    """

    name: str
    kind: str
    start: tuple[str, ...]
    to: str
    people: tuple[str, ...] = ()
    ties: tuple[float, ...] = ()
    via: tuple[str, ...] = ()
    strength: float | None = None
    refused: tuple[str, ...] = ()
    code: str = ""
    evidence: tuple[str, ...] = ()


def _names(*figures: Figure) -> tuple[str, ...]:
    return tuple(figure.name for figure in figures)


QUESTIONS: tuple[Question, ...] = (
    Question(
        name="bridge",
        kind="path",
        start=(),
        to=story.LEONHARD.entity,
        people=_names(story.MARA, story.TORSTEN, story.FRIEDERIKE, story.ALBRECHT, story.LEONHARD),
        ties=(0.5, 0.45, 0.9, 0.45),
        via=("address book of Mara Wiesentau", story.INTRALOGISTICS, story.MOOSGRUND.name, story.PRESIDIUM),
        strength=0.091125,
        refused=_names(story.JONAS, story.RUPRECHT, story.LEONHARD),
        code="hub",
    ),
    Question(
        name="bridge to a company",
        kind="path",
        start=(),
        to=story.KALTENMOOR.name,
        people=_names(story.MARA, story.TORSTEN, story.FRIEDERIKE, story.ALBRECHT, story.LEONHARD),
        ties=(0.5, 0.45, 0.9, 0.45),
        via=("address book of Mara Wiesentau", story.INTRALOGISTICS, story.MOOSGRUND.name, story.PRESIDIUM),
        strength=0.091125,
    ),
    Question(
        name="second way",
        kind="path",
        start=(story.SRI.name,),
        to=story.LEONHARD.entity,
        people=_names(story.SRI, story.KARTIKA, story.ULRICH, story.LEONHARD),
        ties=(0.3, 0.225, 0.45),
        via=("LinkedIn of Sri Wahyuningsih", story.HAFENTECHNIK.name, story.PRESIDIUM),
        strength=0.030375,
    ),
    Question(
        name="homonym",
        kind="apart",
        start=(story.OTHER_LEONHARD.entity,),
        to=story.LEONHARD.entity,
        people=_names(story.SRI, story.OTHER_LEONHARD),
        ties=(0.3,),
        via=("LinkedIn of Sri Wahyuningsih",),
        strength=0.3,
    ),
    Question(
        name="married name",
        kind="possible",
        start=(story.ANNEGRET.entity,),
        to=story.ANNEGRET_MARRIED.entity,
    ),
    Question(
        name="boards",
        kind="boards",
        start=(story.HUBWERK.name,),
        to=story.NORDKAI.name,
        people=_names(story.BERNADETTE, story.WENDELIN),
        ties=(0.45,),
        via=(story.LOAD_SAFETY,),
        strength=0.45,
    ),
    Question(
        name="insolvent neighbourhood",
        kind="risk",
        start=(),
        to=story.BAULOGISTIK.name,
        evidence=tuple(house.name for house in story.WOUND_UP),
    ),
    Question(
        name="wound up in one day",
        kind="risk",
        start=(),
        to=story.GROUP[0].name,
        evidence=tuple(house.name for house in story.GROUP),
    ),
)


def story_entries() -> list[Entry]:
    """Return the story's companies in the order of the story; numbers count from 1 at either of its courts."""
    given: Counter[tuple[str, str]] = Counter()
    numbers: dict[str, str] = {}
    made = []
    for house in story.HOUSES:
        given[house.court.code, house.section] += 1
        digits = str(given[house.court.code, house.section])
        numbers[house.name] = digits
        made.append(
            Entry(
                court=house.court,
                section=house.section,
                digits=digits,
                name=house.name,
                town=house.court.name,
                removed=house.removed,
                officers=tuple(_officer(seat, numbers) for seat in house.seats),
                former=(),
                address=f"Speicherstraße {given.total()}, 00{900 + len(house.court.name)} {house.court.name}.",
                retrieved_at=STORY_RETRIEVED_AT,
                offered=offered(removed=house.removed, drawn=0.0),
                stem=house.stem,
            )
        )
    return made


def _officer(seat: story.Seat, numbers: dict[str, str]) -> Officer:
    starts = (seat.start,) if seat.start else ()
    ends = (seat.end,) if seat.end else ()
    if isinstance(seat.holder, House):
        house = seat.holder
        digits = numbers[house.name]
        # Filled up with zeros, as some courts write it: the same company nevertheless.
        court = house.court.name
        name = f"{house.name}, {court} (Amtsgericht {court} {house.section} {digits.zfill(6)}), {FLAGS[3]}."
        firm = f"{house.court.code}_{house.section}{digits}{house.court.suffix}"
        return Officer(0, "company", seat.position, name, "", "", "", "", "", "", starts, ends, firm=firm)
    figure = seat.holder
    last = f"Doctor {figure.family}" if figure.doctor else figure.family
    return Officer(
        row=0,
        type="person",
        position=seat.position,
        name=f"{figure.given} {last}",
        first=figure.given,
        last=last,
        city=figure.city,
        flag="",
        title="",
        maiden=figure.maiden,
        starts=starts,
        ends=ends,
        person=figure.key,
    )
