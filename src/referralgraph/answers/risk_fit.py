"""Answer to "what is a model worth that is fitted to our own outcomes?"."""

from __future__ import annotations

from pydantic import Field

from referralgraph.answers.base import Answer, Coverage, Question
from referralgraph.answers.portfolio import Unmatched


class Figure(Answer):
    """A figure with its 95 % interval; nothing where the rows don't allow one."""

    name: str
    value: float | None
    low: float | None
    high: float | None


class Tenth(Answer):
    """A tenth of the rows by foretold rate."""

    rows: int
    foretold: float
    observed: float


class RiskFitAnswer(Answer):
    """What a model is worth on companies and years that it hasn't seen, and whether it was written."""

    question: Question
    revision: str
    coverage: Coverage
    outcomes: int = Field(description="dated outcomes of companies that the revision knows")
    rows: int = Field(description="rows that were tested on: companies at risk, counted on each day")
    events: int
    recent_events: int = Field(description="of them, events beside a recent failure")
    train_days: tuple[str, ...]
    test_days: tuple[str, ...]
    horizon_days: int
    figures: tuple[Figure, ...]
    lift: float | None = Field(description="rate of the tenth foretold highest over that of all")
    calibration_error: float
    tenths: tuple[Tenth, ...]
    gains: bool
    written: str | None = Field(default=None, description="the model file; nothing if the model was refused or no file was named")
    text: str
    weights: dict[str, float]
    unmatched: tuple[Unmatched, ...] = ()
