"""Answers: frozen models that carry their reasons and sources; the JSON of the command line is these as they are."""

from __future__ import annotations

from referralgraph.answers.base import Answer, Because, Coverage, EntityRef, PersonRef, Question, SourceDate, SourceRow
from referralgraph.answers.boards import BoardsAnswer
from referralgraph.answers.find import Candidate, FindAnswer
from referralgraph.answers.network import NetworkAnswer, NetworkEdge, NetworkNode
from referralgraph.answers.path import (
    BestPath,
    IntroductionPath,
    MissingAcquaintance,
    PathAnswer,
    PathReason,
    PathsAnswer,
    PathTie,
    Refusal,
)
from referralgraph.answers.show import ShowAnswer, ShownEvent, ShownLink, ShownRecord
from referralgraph.answers.status import LoadStatus, StatusAnswer

__all__ = [
    "Answer",
    "Because",
    "BestPath",
    "BoardsAnswer",
    "Candidate",
    "Coverage",
    "EntityRef",
    "FindAnswer",
    "IntroductionPath",
    "LoadStatus",
    "MissingAcquaintance",
    "NetworkAnswer",
    "NetworkEdge",
    "NetworkNode",
    "PathAnswer",
    "PathReason",
    "PathTie",
    "PathsAnswer",
    "PersonRef",
    "Question",
    "Refusal",
    "ShowAnswer",
    "ShownEvent",
    "ShownLink",
    "ShownRecord",
    "SourceDate",
    "SourceRow",
    "StatusAnswer",
]
