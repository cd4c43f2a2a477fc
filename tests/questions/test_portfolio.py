"""A portfolio worked out by hand: rank, unmatched rows, what changed, and who belongs together."""

from __future__ import annotations

from datetime import date

import pytest

from referralgraph.errors import SourceError
from referralgraph.questions.graph import ReferralGraph


def plant(town):
    """Build three groups of customers and some strangers."""
    officer = town.officer
    town.company("Ahorn Bau GmbH", officer("Nora Nelke", "2015-01-01"))
    town.company("Buche Bau GmbH", officer("Nora Nelke", "2016-01-01"))
    for name, day in (("Cedrus GmbH", "2023-05-01"), ("Douglasie GmbH", "2024-04-15")):
        town.company(name, officer("Nora Nelke", "2012-01-01", day), officer("Karl Kalt", day, role="Liquidator"))
    town.company("Eberesche GmbH", officer("Emil Elster", "2015-01-01"))
    town.company("Fichte GmbH & Co. KG", officer("Paul Prokur", role="Prokurist"), partner="5")
    town.company("Ginster GmbH", officer("Gerd Gans", "2015-01-01", "2018-01-01"), officer("Hanna Hase", "2018-01-01"))
    town.company("Hasel GmbH", officer("Gerd Gans", "2015-01-01"))
    town.company("Ilex GmbH", officer("Ida Insel", "2013-01-01", "2024-03-01"), officer("Karl Kalt", "2024-03-01", role="Liquidator"))
    town.company("Zwilling GmbH", officer("Zoe Zander"))
    town.company("Zwilling GmbH", officer("Yvo Ysop"))
    return town


@pytest.fixture(scope="module")
def graph(tmp_path_factory, town_in):
    town = plant(town_in(tmp_path_factory.mktemp("portfolio")))
    town.graph().close()
    return ReferralGraph.open(town.folder / "workspace")


@pytest.fixture
def listed(tmp_path):
    """Write a list and return the file."""

    def written(text, name="customers.csv"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return written


CUSTOMERS = """Kunde;Ort;Obligo
Hasel GmbH;;100
Ahorn Bau GmbH;Testau;1.000,50
Buche Bau GmbH;;2000
Eberesche GmbH;;300
Fichte GmbH & Co. KG;;400
Ginster GmbH;;50
Ilex GmbH;;7
Nirgendwo AG;;9
Zwilling GmbH;;9
Ahorn Bau GmbH;;1,50
Hasel GmbH;;zehn
"""


def by_name(answer):
    return {row.entity.name: row for row in answer.rows}


def test_the_riskiest_neighbourhoods_come_first(graph, listed):
    """Nora's two firms failed in 2023 and 2024: Ahorn and Buche sit beside them, at the 1.6 times of `risk`."""
    answer = graph.portfolio(listed(CUSTOMERS))
    assert {row.entity.name for row in answer.rows[:2]} == {"Ahorn Bau GmbH", "Buche Bau GmbH"}
    rows = by_name(answer)
    for name in ("Ahorn Bau GmbH", "Hasel GmbH", "Eberesche GmbH", "Ilex GmbH"):
        (alone,) = graph.risk([name]).entries
        row = rows[name]
        assert (row.verdict, row.times) == (alone.verdict, None if alone.times is None else pytest.approx(alone.times))
        assert row.times_if_sure == (None if alone.times_if_sure is None else pytest.approx(alone.times_if_sure))
    (link,) = rows["Ahorn Bau GmbH"].links
    assert (link.person.name, link.organisation.name, link.date) == ("Nora Nelke", "Douglasie GmbH", "2024-04-15")


def test_the_exposure_of_one_customer_on_two_lines_adds_up(graph, listed):
    answer = graph.portfolio(listed(CUSTOMERS))
    assert by_name(answer)["Ahorn Bau GmbH"].exposure == 1002.0
    assert answer.exposure == pytest.approx(100 + 1002 + 2000 + 300 + 400 + 50 + 7)


def test_rows_that_stand_for_none_or_several_are_told(graph, listed):
    unmatched = {(row.line, row.because.code) for row in graph.portfolio(listed(CUSTOMERS)).unmatched}
    assert unmatched == {(9, "not_found"), (10, "ambiguous"), (12, "unreadable")}


def test_what_has_changed_since_a_day(graph, listed):
    """Since 1 January 2024 Douglasie failed beside Ahorn and Buche, and Ilex itself; since 2023 there are two beside them."""
    answer = graph.portfolio(listed(CUSTOMERS), since=date(2024, 1, 1))
    told = {(change.entity.name, change.code, change.events) for change in answer.changes}
    assert told == {("Ilex GmbH", "own_event", 1), ("Ahorn Bau GmbH", "new_events", 1), ("Buche Bau GmbH", "new_events", 1)}
    answer = graph.portfolio(listed(CUSTOMERS), since=date(2023, 1, 1))
    told = {(change.entity.name, change.code, change.events) for change in answer.changes}
    assert ("Ahorn Bau GmbH", "new_events", 2) in told
    assert any(change.text == "2 firms linked by Nora Nelke have had an event since 2023-01-01" for change in answer.changes)
    assert by_name(answer)["Ahorn Bau GmbH"].times_before == 1.0


def test_connected_clients_share_a_manager_or_a_parent(graph, listed):
    """Nora runs Ahorn and Buche; Eberesche is the partner of Fichte. Gerd left Ginster, so Hasel stands alone."""
    connected = graph.portfolio(listed(CUSTOMERS)).connected
    assert [({ref.name for ref in group.clients}, [ref.name for ref in group.by], group.exposure) for group in connected] == [
        ({"Ahorn Bau GmbH", "Buche Bau GmbH"}, ["Nora Nelke"], 3002.0),
        ({"Eberesche GmbH", "Fichte GmbH & Co. KG"}, ["Eberesche GmbH"], 700.0)]


def test_nothing_after_the_day_is_seen(graph, listed):
    answer = graph.portfolio(listed(CUSTOMERS), as_of=date(2024, 2, 29))
    assert by_name(answer)["Ilex GmbH"].own_event is None
    assert by_name(answer)["Ahorn Bau GmbH"].links[0].date == "2023-05-01"


def test_a_list_without_heading_names_a_company_a_line(graph, listed):
    answer = graph.portfolio(listed("Hasel GmbH, Testau\nBuche Bau GmbH\n", "list.txt"))
    assert {row.entity.name for row in answer.rows} == {"Hasel GmbH", "Buche Bau GmbH"}
    assert answer.exposure is None


def test_companies_are_met_by_number_and_id(graph, listed):
    found = graph.risk(["Hasel GmbH"]).entries[0].entity.id
    answer = graph.portfolio(listed(f"id,register number\n{found},\n,HRB 1\n"))
    assert {row.entity.name for row in answer.rows} == {"Hasel GmbH", "Ahorn Bau GmbH"}


def test_an_excel_sheet(graph, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    for row in (["name", "exposure"], ["Hasel GmbH", 12.5]):
        book.active.append(row)
    book.save(tmp_path / "customers.xlsx")
    assert [row.exposure for row in graph.portfolio(tmp_path / "customers.xlsx").rows] == [12.5]


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_list_is_refused(graph, listed, text):
    with pytest.raises(SourceError):
        graph.portfolio(listed(text))


def test_a_file_that_is_not_there_is_refused(graph, tmp_path):
    with pytest.raises(SourceError, match="no such file"):
        graph.portfolio(tmp_path / "nothing.csv")
