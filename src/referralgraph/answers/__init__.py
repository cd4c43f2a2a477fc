"""Answers: frozen models that carry their reasons and sources; the JSON of the command line is these as they are."""

from __future__ import annotations

from referralgraph.answers.account import (
    AccountAnswer,
    AccountLine,
    AccountsAnswer,
    Disagreement,
    Entered,
    HistoryAnswer,
    HistoryLine,
    ImportAnswer,
    MissingLead,
    MissingPerson,
    OpenQuestion,
    RowProblem,
    Stakeholder,
    VetoesAnswer,
    VetoLine,
)
from referralgraph.answers.account_matrix import MatrixAnswer, MatrixCell, MatrixProblem, MatrixRow
from referralgraph.answers.account_plan import PlanAnswer, PlanLine
from referralgraph.answers.base import Answer, Because, Coverage, EntityRef, PersonRef, Question, SourceDate, SourceRow
from referralgraph.answers.boards import BoardsAnswer
from referralgraph.answers.breadth import BreadthAnswer
from referralgraph.answers.dependence import DependenceAnswer
from referralgraph.answers.find import Candidate, FindAnswer
from referralgraph.answers.identity import Evidence, ReviewAnswer, ReviewDone, ReviewJudgement, ReviewPair, ReviewRecord, WeighedPair
from referralgraph.answers.multipliers import MultipliersAnswer
from referralgraph.answers.network import NetworkAnswer, NetworkEdge, NetworkNode
from referralgraph.answers.outcome import OutcomesAnswer
from referralgraph.answers.ownership import OwnedShare, OwnershipAnswer, OwnershipLink
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
from referralgraph.answers.portfolio import ConnectedClients, PortfolioAnswer, PortfolioChange, PortfolioRow, Unmatched
from referralgraph.answers.possible import ChangedFinding, PossibleChange
from referralgraph.answers.risk import RiskAnswer, RiskEntry, RiskEvent, RiskLink
from referralgraph.answers.risk_fit import RiskFitAnswer
from referralgraph.answers.show import ShowAnswer, ShownEvent, ShownLink, ShownPossible, ShownRecord
from referralgraph.answers.status import LoadStatus, StatusAnswer

__all__ = [
    "AccountAnswer",
    "AccountLine",
    "AccountsAnswer",
    "Answer",
    "Because",
    "BestPath",
    "BoardsAnswer",
    "BreadthAnswer",
    "Candidate",
    "ChangedFinding",
    "ConnectedClients",
    "Coverage",
    "DependenceAnswer",
    "Disagreement",
    "Entered",
    "EntityRef",
    "Evidence",
    "FindAnswer",
    "HistoryAnswer",
    "HistoryLine",
    "ImportAnswer",
    "IntroductionPath",
    "LoadStatus",
    "MatrixAnswer",
    "MatrixCell",
    "MatrixProblem",
    "MatrixRow",
    "MissingAcquaintance",
    "MissingLead",
    "MissingPerson",
    "MultipliersAnswer",
    "NetworkAnswer",
    "NetworkEdge",
    "NetworkNode",
    "OpenQuestion",
    "OutcomesAnswer",
    "OwnedShare",
    "OwnershipAnswer",
    "OwnershipLink",
    "PathAnswer",
    "PathReason",
    "PathTie",
    "PathsAnswer",
    "PersonRef",
    "PlanAnswer",
    "PlanLine",
    "PortfolioAnswer",
    "PortfolioChange",
    "PortfolioRow",
    "PossibleChange",
    "Question",
    "Refusal",
    "ReviewAnswer",
    "ReviewDone",
    "ReviewJudgement",
    "ReviewPair",
    "ReviewRecord",
    "RiskAnswer",
    "RiskEntry",
    "RiskEvent",
    "RiskFitAnswer",
    "RiskLink",
    "RowProblem",
    "ShowAnswer",
    "ShownEvent",
    "ShownLink",
    "ShownPossible",
    "ShownRecord",
    "SourceDate",
    "SourceRow",
    "Stakeholder",
    "StatusAnswer",
    "Unmatched",
    "VetoLine",
    "VetoesAnswer",
    "WeighedPair",
]
