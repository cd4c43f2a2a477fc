"""What nobody knows of a stakeholder, and how much the answer would change."""

from __future__ import annotations

from collections.abc import Mapping

ASKED_FIELDS = ("role", "relationship", "power", "interest", "influence", "satisfaction", "emotional_tie", "type", "colour")
# How far the answer can move what we do, as a share. A role decides whom to win; a relationship may be a veto; power and
# interest decide the segment; the rest only refines. Assumed; docs/method/stakeholders.md.
_SWING: Mapping[str, float] = {
    "role": 1.0,
    "relationship": 1.0,
    "power": 0.8,
    "interest": 0.8,
    "influence": 0.7,
    "satisfaction": 0.5,
    "emotional_tie": 0.5,
    "type": 0.25,
    "colour": 0.1,
}
_PAIRS = {"power": "interest", "interest": "power", "satisfaction": "emotional_tie", "emotional_tie": "satisfaction"}
_HIGHEST_ROLE, _HIGHEST_INFLUENCE = 4, 3


def change(field: str, known: Mapping[str, object], role_score: float | None, influence: float | None) -> float:
    """Return how much the answer to one question would change, 0 to 1.

    swing(field) x stake(stakeholder). The stake is the mean of his role (of 4) and his influence (of 3); what is unknown counts
    as the most that it can be, because it may turn out so. Of two fields that make a chart together, the second to be asked
    decides the segment, the first only halves the choice: it counts half while the other is unknown too.

    :param field: which nobody knows.
    :param known: the fields that somebody knows.
    :param role_score: 1 to 4; None if unknown, or a role without a number.
    :param influence: 1 to 3.
    """
    swing = _SWING[field]
    partner = _PAIRS.get(field)
    if partner and known.get(partner) is None:
        swing /= 2
    role = (_HIGHEST_ROLE if role_score is None else role_score) / _HIGHEST_ROLE
    power = (_HIGHEST_INFLUENCE if influence is None else influence) / _HIGHEST_INFLUENCE
    return round(swing * (role + power) / 2, 6)
