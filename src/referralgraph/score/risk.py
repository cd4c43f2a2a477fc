"""The risk model: own attributes times evidence, as a sum of log-odds whose parts can be told one by one."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from referralgraph.errors import SourceError

AGE_BANDS = (1.0, 2.0, 3.0, 5.0, 7.0, 10.0)  # upper ends in years
AGE_WORDS = ("below 1", "1 to 2", "2 to 3", "3 to 5", "5 to 7", "7 to 10", "10 and more")
FORMS = ("GmbH", "UG", "AG", "SE", "KG", "OHG", "e.K.", "GmbH & Co. KG", "UG & Co. KG", "Ltd & Co. KG", "Ltd", "HRA", "HRB")
BUCKETS = ("recent", "several", "old", "clean", "hub")
_FORMAT = 1


@dataclass(frozen=True)
class EvidenceRules:
    """What counts as evidence; part of a model, because its weights were measured under these rules.

    :param window_days: a failure within so many days before the day asked for is recent.
    :param horizon_days: the base rate is that of an event within so many days after.
    :param fewest_companies: a person with fewer companies links none.
    :param most_companies: a person with more is a nominee or a professional and links none.
    :param group_days: failures of one group within so many days are one event.
    """

    window_days: int = 1096
    horizon_days: int = 1096
    fewest_companies: int = 2
    most_companies: int = 20
    group_days: int = 180


@dataclass(frozen=True)
class RiskModel:
    """A frozen model.

    :param name: what it is called in answers.
    :param fitted_on: what its weights stand on, in words for people.
    :param base_rate: chance of an event within the horizon of an average company, used where the data at hand has too few.
    :param weights: log-odds by bucket of evidence: ``recent`` (one vote), ``several`` (two or more), ``old``, ``clean``, ``hub``;
        ``breadth`` for each doubling of the companies its people have, ``kind`` for how often companies like theirs fail.
    :param intervals: 95 % intervals of the weights, where they are known.
    :param age: log-odds by age band; ``form`` by legal form, ``state`` by state.
    :param rules: what counts as evidence.
    :param report: the training report: figures and where they come from.
    """

    name: str
    fitted_on: str
    base_rate: float
    weights: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    age: Mapping[str, float] = field(default_factory=dict)
    form: Mapping[str, float] = field(default_factory=dict)
    state: Mapping[str, float] = field(default_factory=dict)
    intercept: float | None = None
    rules: EvidenceRules = EvidenceRules()
    report: Mapping[str, Any] = field(default_factory=dict)

    def own(self, age: str, form: str, state: str) -> dict[str, float]:
        """Return the log-odds of a company's own attributes against the average company."""
        return {"age": self.age.get(age, 0.0), "form": self.form.get(form, 0.0), "state": self.state.get(state, 0.0)}

    def weight(self, name: str) -> float:
        """Return a weight, 0 for what the model doesn't know."""
        return float(self.weights.get(name, 0.0))

    def to_json(self) -> str:
        """Return the model as its file holds it."""
        return json.dumps({"format": _FORMAT, **asdict(self)}, indent=1, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str, file: Path | str) -> RiskModel:
        """Read a model file.

        :param file: its name, for the message.
        :raises SourceError: if it is none, or of another format.
        """
        try:
            values = json.loads(text)
            told = values.pop("format")
            if told != _FORMAT:
                raise SourceError(
                    f"a risk model of format {told}; this version reads {_FORMAT}",
                    file=file,
                    mend="Fit it again with `referralgraph risk fit`",
                )
            values["rules"] = EvidenceRules(**values.get("rules", {}))
            values["intervals"] = {name: tuple(each) for name, each in values.get("intervals", {}).items()}
            model = cls(**values)
            numbers = [model.base_rate, *model.weights.values(), *model.age.values(), *model.form.values(), *model.state.values()]
            if not all(isinstance(each, int | float) and math.isfinite(each) for each in numbers) or not 0 < model.base_rate < 1:
                raise ValueError("a weight is no number")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SourceError(f"not a risk model ({error})", file=file, mend="Fit one with `referralgraph risk fit`") from error
        return model


def shipped_model() -> RiskModel:
    """Return the model that ships with ReferralGraph; it was fitted on nothing but published figures."""
    text = resources.files("referralgraph.score").joinpath("risk_model.json").read_text(encoding="utf-8")
    return RiskModel.from_json(text, "risk_model.json")


def read_model(file: Path | None) -> RiskModel:
    """Return the model of a file, or the shipped one.

    :raises SourceError: if the file can't be read.
    """
    if file is None:
        return shipped_model()
    if not file.is_file():
        raise SourceError(
            "no such risk model", file=file, mend="Fit one with `referralgraph risk fit`, or take risk.model out of settings.toml"
        )
    return RiskModel.from_json(file.read_text(encoding="utf-8"), file)


def age_band(years: float | None) -> str:
    """Return the band of an age, nothing if it is unknown.

    >>> age_band(1.5), age_band(40), age_band(None)
    ('1 to 2', '10 and more', '')
    """
    if years is None:
        return ""
    return AGE_WORDS[sum(years >= end for end in AGE_BANDS)]


def form_word(form: str) -> str:
    """Return the form as the model knows it.

    >>> form_word("GmbH"), form_word("Versicherungsverein")
    ('GmbH', 'other')
    """
    return form if form in FORMS else "other"


def logit(rate: float) -> float:
    """Return the log-odds of a rate."""
    return math.log(rate / (1 - rate))


def rate_of(log_odds: float) -> float:
    """Return the rate of log-odds."""
    return 1 / (1 + math.exp(-log_odds))


def times(base_rate: float, before: float, more: float) -> float:
    """Return how many times likelier an event is with more log-odds than before.

    :param base_rate: rate of the average company.
    :param before: log-odds of the peers against the average company.
    :param more: log-odds of the evidence.
    """
    peers = logit(base_rate) + before
    return rate_of(peers + more) / rate_of(peers)


def vote_parts(model: RiskModel, chances: Sequence[float]) -> list[float]:
    """Return what each vote adds in log-odds, in the order given.

    The votes together weigh ``recent`` by the chance of exactly one true vote and ``several`` by that of two or more; each adds
    what it changes.

    :param chances: identity of each vote: the chance that it is true.

    >>> model = RiskModel("m", "", 0.03, {"recent": 0.5, "several": 0.75})
    >>> [round(each, 3) for each in vote_parts(model, [1.0, 0.5])]
    [0.5, 0.125]
    """
    none, one, before = 1.0, 0.0, 0.0
    parts = []
    for chance in chances:
        none, one = none * (1 - chance), one * (1 - chance) + none * chance
        now = model.weight("recent") * one + model.weight("several") * max(0.0, 1 - none - one)
        parts.append(now - before)
        before = now
    return parts
