"""A session of Splink that collapses teaches nothing, and the others are learned from all the same."""

from __future__ import annotations

import random

import pytest

from referralgraph.resolve import Learned, learn_models, training


@pytest.mark.soak
def test_a_session_that_collapses_is_left_out_and_the_rest_is_learned(case, tmp_path, monkeypatch):
    """1,500 people without one duplicate: five given names, seven family names, all else of their own.

    In the session of one family name and place nearly no pair is a match, and Splink ends it with an error.
    """
    rng = random.Random(3)
    for number in range(1500):
        born = f"19{rng.randint(20, 99)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        own = {"birth_date": born, "postcode": f"{rng.randint(10000, 99999)}", "address": f"Weg {rng.randint(1, 9999)}",
               "emails": [f"m{number}@x.example"], "identifier": f"{number:08}"}
        case.person(f"{number}", f"V{number % 5} N{number % 7}", f"Ort{rng.randint(0, 2000)}", **own)
    tried = []
    learn = training._splink

    def noted(connection, model, features, used, rules):
        tried.append(tuple(rules))
        return learn(connection, model, features, used, rules)

    monkeypatch.setattr(training, "_splink", noted)
    (tmp_path / "scratch").mkdir()
    _, people = learn_models(case.write(), Learned(tmp_path / "learned"), tmp_path / "scratch")
    assert len(tried) == 2
    assert set(tried[1]) < set(tried[0])
    assert people.learned_with.startswith("splink")
    for each in people.comparisons:
        assert sum(level.m for level in each.levels) == pytest.approx(1, abs=1e-3)
        assert all(0 < level.m < 1 and 0 < level.u < 1 for level in each.levels)
