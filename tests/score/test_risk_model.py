"""The risk model, its file, and the measures that judge it."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from referralgraph.errors import SourceError
from referralgraph.score.logistic import clustered_covariance, fit_logistic
from referralgraph.score.measures import Ranking, calibration_error, deciles, intervals, rescaled
from referralgraph.score.risk import RiskModel, read_model, shipped_model, times, vote_parts


def test_the_shipped_model_stands_on_published_figures():
    """1.6 times for a recent failure, whose interval is 1.6 x [1.35, 3.03] / 2.1; nothing for anything else."""
    model = shipped_model()
    assert math.exp(model.weight("recent")) == pytest.approx(1.6, abs=1e-3)
    assert [round(math.exp(each), 2) for each in model.intervals["recent"]] == [1.03, 2.31]
    assert {name for name, weight in model.weights.items() if weight} == {"recent", "several"}
    assert (model.age, model.form, model.state) == ({}, {}, {})
    assert "2.1 [1.35, 3.03]" in model.report["recent_factor"]


def test_a_model_comes_back_from_its_file(tmp_path):
    model = replace(shipped_model(), name="mine", age={"below 1": 0.4})
    (tmp_path / "mine.json").write_text(model.to_json(), encoding="utf-8")
    assert read_model(tmp_path / "mine.json") == model


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 99}', json.dumps({"format": 1, "name": "x"}),
                                  shipped_model().to_json().replace('"recent": 0.47', '"recent": NaN'),
                                  shipped_model().to_json().replace('"base_rate": 0.03', '"base_rate": 3')])
def test_what_is_no_model_is_refused(tmp_path, text):
    (tmp_path / "bad.json").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"bad\.json"):
        read_model(tmp_path / "bad.json")


def test_a_model_that_is_not_there_is_named():
    with pytest.raises(SourceError, match="no such risk model"):
        read_model(Path("nowhere.json"))


@given(st.lists(st.floats(0, 1), max_size=6), st.floats(-1, 2), st.floats(-1, 2))
def test_parts_add_up_to_the_chance_of_one_and_of_more_votes(chances, recent, several):
    """By brute force over which votes are true."""
    model = RiskModel("m", "", 0.03, {"recent": recent, "several": several})
    total = 0.0
    for true in range(2 ** len(chances)):
        votes = [bool(true >> at & 1) for at in range(len(chances))]
        chance = math.prod(each if vote else 1 - each for each, vote in zip(chances, votes, strict=True))
        total += chance * (0.0 if not any(votes) else recent if sum(votes) == 1 else several)
    assert sum(vote_parts(model, chances)) == pytest.approx(total, abs=1e-9)


def test_times_its_peers():
    """At 3 %, 0.47 in log-odds is 1.57 times; nothing is exactly once."""
    assert times(0.03, 0.0, 0.47) == pytest.approx(1.5717, abs=1e-4)
    assert times(0.03, 0.3, 0.0) == 1.0


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans(), st.integers(0, 3)), min_size=1, max_size=40))
def test_the_auc_is_that_of_all_pairs(rows):
    score = np.array([row[0] for row in rows], float)
    happened = np.array([row[1] for row in rows])
    weight = np.array([row[2] for row in rows], float)
    pairs = [(a, b) for a in range(len(rows)) for b in range(len(rows)) if happened[a] and not happened[b]]
    total = sum(weight[a] * weight[b] for a, b in pairs)
    won = sum(weight[a] * weight[b] * (1.0 if score[a] > score[b] else 0.5 if score[a] == score[b] else 0.0) for a, b in pairs)
    found = Ranking(score, happened).auc(weight)
    assert math.isnan(found) if total == 0 else found == pytest.approx(won / total)


def test_a_fit_finds_the_rates_of_its_cells():
    """Two cells, 10 of 100 and 30 of 100: with a wide prior the weight is the difference of their log-odds."""
    fit = fit_logistic(np.array([[0.0], [1.0]]), np.array([100.0, 100.0]), np.array([10.0, 30.0]), np.array([1e3]))
    assert fit.weights == pytest.approx([math.log(10 / 90), math.log(30 / 70) - math.log(10 / 90)], abs=1e-3)


def test_a_prior_keeps_what_is_rarely_seen_where_it_was_expected():
    fit = fit_logistic(np.array([[0.0], [1.0]]), np.array([1000.0, 2.0]), np.array([30.0, 2.0]), np.array([0.1]), np.array([0.47]))
    assert fit.weights[1] == pytest.approx(0.47, abs=0.05)


def test_rows_of_one_cluster_are_one_witness():
    """100 of 400: the variance of the log-odds is 1 / (400 * 1/4 * 3/4) = 1/75; each told four times, it is that of 100 rows: 4/75."""
    happened = np.arange(400) % 16 < 4
    nothing, cell = np.zeros((1, 1)), np.zeros(400, np.int64)
    fit = fit_logistic(nothing, np.array([400.0]), np.array([100.0]), np.array([1.0]))
    alone, told_again = (
        clustered_covariance(fit, nothing, cell, happened, cluster)[0, 0] for cluster in (np.arange(400), np.arange(400) // 4)
    )
    assert fit.covariance[0, 0] == pytest.approx(1 / 75)
    assert alone == pytest.approx(1 / 75)
    assert told_again == pytest.approx(4 / 75)


def test_rates_are_rescaled_by_one_shift():
    log_odds = np.linspace(-4, 0, 1000)
    happened = np.arange(1000) % 20 == 0
    rates = rescaled(log_odds, happened)
    assert rates.mean() == pytest.approx(0.05, abs=1e-6)
    shift = np.log(rates / (1 - rates)) - log_odds
    assert np.ptp(shift) < 1e-6


def test_tenths_tell_foretold_and_observed():
    rate = np.repeat([0.1, 0.3], 500)
    happened = np.r_[np.arange(500) % 10 == 0, np.arange(500) % 10 < 3]
    tenths = deciles(rate, happened)
    assert [(rows, round(told, 6), round(seen, 6)) for rows, told, seen in tenths] == [(500, 0.1, 0.1), (500, 0.3, 0.3)]
    assert calibration_error(tenths) == pytest.approx(0)


def test_intervals_draw_whole_clusters():
    """Ten clusters of equal rows: the mean over clusters has the spread of ten values, not of a thousand."""
    cluster = np.repeat(np.arange(10), 100)
    value = np.repeat(np.arange(10.0), 100)
    (found,) = intervals(lambda weight: [float(np.average(value, weights=weight))], cluster, 500, 1)
    assert found.value == 4.5
    assert found.high - found.low == pytest.approx(2 * 1.96 * 2.87 / math.sqrt(10), rel=0.2)
