"""Where a stakeholder stands: the power-interest matrix, the fan principle, and the colours of communication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from referralgraph.language import translatable

if TYPE_CHECKING:
    from referralgraph.score.settings import AccountSettings

SEGMENTS = {
    "A": translatable("keep satisfied"),
    "B": translatable("intensive care"),
    "C": translatable("monitor"),
    "D": translatable("keep informed"),
}
FAN_CLASSES = ("fan", "sympathiser", "mercenary", "captive", "opponent", "enemy")
WHEEL = ("red", "yellow", "green", "blue")  # neighbours on the wheel get on more easily than opposites


@dataclass(frozen=True, slots=True)
class Segment:
    """A place in the power-interest matrix.

    :param letter: A, B, C or D; None for somebody on the line, who is in none of them.
    :param on_the_line: the axes on whose cut he stands.
    :param between: the segments that he stands between; one letter if he stands in it.
    """

    letter: str | None
    on_the_line: tuple[str, ...]
    between: tuple[str, ...]


def segment(power: float | None, interest: float | None, settings: AccountSettings) -> Segment | None:
    """Return the segment of somebody; None unless both are known.

    A: power high, interest low. B: both high. C: both low. D: interest high, power low. High is above the cut, low below it.

    :param power: 0 to 10.
    :param interest: in the topic, not in us, 0 to 10.
    """
    if power is None or interest is None:
        return None
    powers, interests = _sides(power, settings.power_cut), _sides(interest, settings.interest_cut)
    letters = {(True, False): "A", (True, True): "B", (False, False): "C", (False, True): "D"}
    between = tuple(sorted(letters[one, other] for one in powers for other in interests))
    line = tuple(name for name, sides in (("power", powers), ("interest", interests)) if len(sides) == 2)
    return Segment(between[0] if len(between) == 1 else None, line, between)


def fan_class(satisfaction: float | None, emotional_tie: float | None, says_so: bool | None, settings: AccountSettings) -> str | None:
    """Return the class of the fan principle; None unless satisfaction and tie are known.

    A fan is very satisfied, very tied *and says so*; who doesn't say so is a sympathiser, however high his values.

    :param satisfaction: 0 to 10.
    :param emotional_tie: 0 to 10.
    :param says_so: whether he speaks for us to others; unknown counts as no.
    """
    if satisfaction is None or emotional_tie is None:
        return None
    satisfied, tied = satisfaction >= settings.satisfied_from, emotional_tie >= settings.tied_from
    if satisfied and tied:
        very = satisfaction >= settings.very_satisfied_from and emotional_tie >= settings.very_tied_from
        return "fan" if very and says_so else "sympathiser"
    if satisfied:
        return "mercenary"
    if tied:
        return "captive"
    return "enemy" if satisfaction <= settings.very_dissatisfied_to else "opponent"


def colour_fit(ours: tuple[str, ...], theirs: tuple[str, ...]) -> str | None:
    """Return whether two people get on easily by their colours: ``same``, ``neighbouring``, ``opposite``; None if unknown.

    The first colours decide; a second colour that equals a first one softens an opposite to neighbouring.
    It is a hint for who might go, never a score of a person.

    :param ours: first and second colour of our colleague, as far as they are known.
    :param theirs: those of the stakeholder.
    """
    if not ours or not theirs:
        return None
    distance = abs(WHEEL.index(ours[0]) - WHEEL.index(theirs[0])) % 4
    if distance == 0:
        return "same"
    if distance == 2:
        return "neighbouring" if theirs[0] in ours[1:] or ours[0] in theirs[1:] else "opposite"
    return "neighbouring"


def _sides(value: float, cut: float) -> tuple[bool, ...]:
    return (False, True) if value == cut else (value > cut,)
