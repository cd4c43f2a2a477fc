"""Dates as sources write them, to the precision the source gives."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referralgraph.records.partial_date import is_partial_date, parse_partial_date


@pytest.mark.parametrize(("text", "formats", "found"), [
    ("2011", [], "2011"), ("2011-03", [], "2011-03"), ("2011-03-01", [], "2011-03-01"),
    ("2021-03-12T08:15:00Z", [], "2021-03-12"), ("2021-03-12 00:00:00", [], "2021-03-12"),
    ("12.03.2021", ["%d.%m.%Y"], "2021-03-12"), ("03/2021", ["%d.%m.%Y", "%m/%Y"], "2021-03"),
    ("12 Mar 2021", ["%d %b %Y"], "2021-03-12"), ("12. März 2021", ["%d. %B %Y"], "2021-03-12"),
    ("3 Agustus 2020", ["%d %B %Y"], "2020-08-03"), ("3 août 2020", ["%d %b %Y"], "2020-08-03"),
    ("04-MAY-1999", ["%d-%b-%Y"], "1999-05-04"), ("4-Apr-21", ["%d-%b-%y"], "2021-04-04"),
    ("19560409", ["%Y%m%d", "%Y%m"], "1956-04-09"), ("195611", ["%Y%m%d", "%Y%m"], "1956-11"),
])
def test_dates_keep_what_the_source_gives(text, formats, found):
    assert parse_partial_date(text, formats) == found


@pytest.mark.parametrize("text", [
    "", " ", "0/0/00", "0000-00-00", "00.00.0000", "-", "n/a", "NULL", "--03-22", "9999-12-31",
])
def test_ways_to_write_no_date(text):
    assert parse_partial_date(text, ["%Y-%m-%d"]) is None


def test_the_last_day_of_all_is_no_date_in_any_format():
    assert parse_partial_date("31.12.9999", ["%d.%m.%Y"]) is None


@pytest.mark.parametrize(("text", "formats"), [
    ("31.02.2021", ["%d.%m.%Y"]), ("spring", []), ("12/13/2020", ["%d/%m/%Y"]), ("12/03", ["%d/%m"]),
    ("5 Foo 2020", ["%d %b %Y"]),
    ("2021-13", []), ("٢٠٢١", []), ("19551192", ["%Y%m%d"]),
])
def test_what_is_no_date_is_refused(text, formats):
    with pytest.raises(ValueError, match="is not a date"):
        parse_partial_date(text, formats)


def test_of_a_date_that_two_formats_read_differently_only_the_common_part_is_kept():
    both = ["%d/%m/%Y", "%m/%d/%Y"]
    assert parse_partial_date("03/04/2021", both) == "2021"
    assert parse_partial_date("25/04/2021", both) == "2021-04-25"
    assert parse_partial_date("04/25/2021", both) == "2021-04-25"
    assert parse_partial_date("04/04/2021", both) == "2021-04-04"


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2200, 1, 1)),
       st.sampled_from(["%d.%m.%Y", "%Y%m%d", "%d %B %Y", "%m/%d/%Y"]))
def test_every_day_written_by_a_format_is_read_back(day, pattern):
    assert parse_partial_date(day.strftime(pattern), [pattern]) == day.isoformat()


@given(st.text(max_size=12))
def test_partial_dates_are_exactly_what_is_read_without_formats(text):
    if is_partial_date(text):
        assert parse_partial_date(text) in {text, None}
