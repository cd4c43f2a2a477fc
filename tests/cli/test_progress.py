"""Progress goes to stderr, only for what takes long, with a rate that means something."""

from __future__ import annotations

import re

import pytest

from referralgraph.cli.progress import Progress


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        """Return what it shows."""
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_what_is_over_soon_needs_no_word(clock, capsys):
    with Progress("loading", clock) as told:
        clock.now += 1.5
        told.rows("a.csv", 10)
    assert capsys.readouterr() == ("", "")


def test_the_rate_counts_from_the_end_of_the_file_before(clock, capsys):
    """The first word of a file comes after 5 s with 1,000 rows: that is 200 a second, not a billion."""
    with Progress("loading", clock) as told:
        clock.now += 5
        told.rows("a.csv", 1_000)
        clock.now += 5
        told.rows("a.csv", 3_000)
        clock.now += 2.5
        told.rows("b.csv", 50)
    err = capsys.readouterr().err
    assert re.findall(r"a\.csv: ([\d,]+) rows, ([\d,]+) a second", err) == [("1,000", "200"), ("3,000", "300")]
    assert re.findall(r"b\.csv: ([\d,]+) rows, ([\d,]+) a second", err) == [("50", "20")]
    assert "loading a.csv: 10.0 s" in err


def test_two_words_within_no_time_have_no_rate(clock, capsys):
    with Progress("loading", clock) as told:
        clock.now += 3
        told.rows("a.csv", 10)
        told.rows("b.csv", 10**9)
        clock.now += 3
        told.rows("c.csv", 60)
    err = capsys.readouterr().err
    assert "b.csv: 1,000,000,000 rows, " not in err
    assert "c.csv: 60 rows, 20 a second" in err


def test_each_stage_says_how_long_it_took(clock, capsys):
    with Progress("building", clock) as told:
        told.step("resolve")
        clock.now += 4
        told.step("ties")
        clock.now += 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "building resolve: 4.0 s" in err
    assert "building ties" not in err.replace("building: ties", "")
