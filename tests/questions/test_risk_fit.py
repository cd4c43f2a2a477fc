"""A model of one's own: fitted where failures travel, refused where they don't, bad outcomes told."""

from __future__ import annotations

import random
import shutil
from datetime import date, timedelta

import numpy as np
import pytest

from referralgraph.build import build
from referralgraph.errors import SourceError
from referralgraph.graph.store import open_store
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.workspace import Workspace
from referralgraph.score.risk import read_model
from referralgraph.settings import read_settings

PAIRS = 1000
BEGIN, END = date(2008, 1, 1), date(2024, 5, 31)


def failures():
    """Return a day of failure, or None, for two companies of each person: the second follows the first seven times in ten.

    Of those that don't follow, an UG (every other one) fails five times in twenty, a GmbH once.
    """
    dice = random.Random(4)
    span = (END - BEGIN).days - 400
    for number in range(PAIRS):
        first = BEGIN + timedelta(days=400 + dice.randrange(span - 400)) if dice.random() < 0.6 else None
        second = None
        if first and dice.random() < 0.7:
            second = min(first + timedelta(days=200 + dice.randrange(700)), END)
        elif dice.random() < (0.25 if number % 2 else 0.05):
            second = BEGIN + timedelta(days=400 + dice.randrange(span))
        yield first, second


def second_name(number):
    return f"Zweite {number} {'UG (haftungsbeschränkt)' if number % 2 else 'GmbH'}"


@pytest.fixture(scope="module")
def country(tmp_path_factory, town_in):
    """A register without liquidators: the outcomes are the bank's own; the first failures of each pair are events in it."""
    town = town_in(tmp_path_factory.mktemp("country"))
    outcomes = []
    for number, (first, second) in enumerate(failures()):
        boss = town.officer(f"Vorname{number} Nachname{number}", "2008-01-01")
        gone = [town.officer("Lutz Ende", first.isoformat(), role="Liquidator")] if first else []
        town.company(f"Erste {number} GmbH", boss, *gone)
        town.company(second_name(number), boss)
        outcomes.append((second_name(number), second.isoformat() if second else ""))
    town.graph().close()
    return ReferralGraph.open(town.folder / "workspace"), outcomes


def written(folder, rows):
    file = folder / "outcomes.csv"
    file.write_text("name;default date\n" + "".join(f"{name};{day}\n" for name, day in rows), encoding="utf-8")
    return file


def test_a_model_is_written_where_the_evidence_gains(country, tmp_path):
    """The second company follows the first: the gain is above zero, and the model gives a recent failure far more than 1.6."""
    graph, outcomes = country
    answer = graph.risk_fit(written(tmp_path, outcomes), tmp_path / "ours.json")
    assert answer.gains
    gain = next(figure for figure in answer.figures if figure.name == "gain")
    assert 0 < gain.low < gain.value < gain.high
    assert max(answer.train_days) < min(answer.test_days)
    model = read_model(tmp_path / "ours.json")
    assert model.weight("recent") > 1.0
    assert model.report["events"] == answer.events
    assert sum(tenth.rows for tenth in answer.tenths) == answer.rows


def test_own_attributes_are_fitted_and_used(country, tmp_path):
    """An UG fails oftener: the model says so, and after a build with it `risk` and `portfolio` tell each company's peers.

    `Zweite 1` and `Zweite 2` are asked about on the first day, when nothing has failed: the evidence is equal.
    """
    graph, outcomes = country
    graph.risk_fit(written(tmp_path, outcomes), tmp_path / "ours.json")
    model = read_model(tmp_path / "ours.json")
    assert model.form["UG"] - model.form["GmbH"] > 0.2
    workspace = Workspace(shutil.copytree(graph.context.store.workspace.folder, tmp_path / "workspace"))
    workspace.settings_file.write_text(f'[risk]\nmodel = "{tmp_path / "ours.json"}"\n', encoding="utf-8")
    store = open_store(workspace)
    build(workspace, store, read_settings(workspace.settings_file))
    store.close()
    ours = ReferralGraph.open(workspace.folder)
    asked = [second_name(2), second_name(1)]
    answered = ours.risk(asked, as_of=BEGIN + timedelta(days=300))
    told = answered.entries
    assert answered.model.name == "outcomes"
    assert [part.value for entry in told for part in entry.own if part.code == "form"] == ["GmbH", "UG"]
    assert told[0].own_times < told[1].own_times
    assert told[1].own_times / told[0].own_times == pytest.approx(np.exp(model.form["UG"] - model.form["GmbH"]), rel=0.1)
    (tmp_path / "customers.csv").write_text("name\n" + "\n".join(asked) + "\n", encoding="utf-8")
    ranked = ours.portfolio(tmp_path / "customers.csv", as_of=BEGIN + timedelta(days=300)).rows
    assert [row.asked for row in ranked] == asked[::-1]
    ours.close()


def test_a_model_without_a_gain_is_refused(country, tmp_path):
    """The same days dealt out at random: failures don't travel, and nothing is written."""
    graph, outcomes = country
    days = [day for _, day in outcomes]
    random.Random(11).shuffle(days)
    answer = graph.risk_fit(
        written(tmp_path, [(name, day) for (name, _), day in zip(outcomes, days, strict=True)]), tmp_path / "ours.json"
    )
    assert not answer.gains
    assert answer.written is None
    assert not (tmp_path / "ours.json").exists()


def test_outcomes_that_cannot_be_are_told(country, tmp_path):
    """Before the company existed, after the data, of nobody, not a date."""
    graph, outcomes = country
    bad = [("Erste 1 GmbH", "1999-01-01"), ("Erste 2 GmbH", "2030-01-01"), ("Niemand GmbH", "2020-01-01"), ("Erste 3 GmbH", "bald")]
    answer = graph.risk_fit(written(tmp_path, [*outcomes, *bad]))
    assert [(row.asked, row.because.code) for row in sorted(answer.unmatched, key=lambda row: row.line)] == [
        ("Erste 1 GmbH", "before"),
        ("Erste 2 GmbH", "future"),
        ("Niemand GmbH", "not_found"),
        ("Erste 3 GmbH", "unreadable"),
    ]


@pytest.mark.parametrize(
    ("rows", "message"), [([("Zweite 2 GmbH", "2020-01-01")], "1 outcomes"), ([("Niemand GmbH", "2020-01-01")], "no row is a company")]
)
def test_too_few_outcomes_are_refused(country, tmp_path, rows, message):
    graph, _ = country
    with pytest.raises(SourceError, match=message):
        graph.risk_fit(written(tmp_path, rows))


def test_a_list_without_dates_is_refused(country, tmp_path):
    graph, _ = country
    (tmp_path / "outcomes.csv").write_text("name\nZweite 2 GmbH\n", encoding="utf-8")
    with pytest.raises(SourceError, match="no column holds a date"):
        graph.risk_fit(tmp_path / "outcomes.csv")
