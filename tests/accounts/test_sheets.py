"""Sheets in and out: a template filled in any of three languages, and everything that can be wrong with one."""

from __future__ import annotations

import csv
from datetime import date

import openpyxl
import pytest

from referralgraph.errors import NotFound, SourceError, UsageError
from referralgraph.language import language_in_use
from referralgraph.render.account_sheet import write_template

ACCOUNT = "Cold store"
LEONHARD = "Leonhard Vrederkamp, Ostermühl"


@pytest.fixture
def opened(graph):
    """The account of Kaltenmoor, where the register knows Leonhard and Roswitha."""
    graph.accounts.desk().open_account(ACCOUNT, organisations=["Kaltenmoor Frischelogistik GmbH"])
    return graph


@pytest.fixture
def sheet(tmp_path):
    """Return a function that writes lines as a CSV sheet."""

    def write(*lines, name="sheet.csv", encoding="utf-8"):
        file = tmp_path / name
        file.write_bytes("\n".join(lines).encode(encoding))
        return file

    return write


def scores(graph):
    return {each.name: (each.role, each.type, each.relationship_score, each.influence_score)
            for each in graph.account(ACCOUNT).stakeholders}


def problems(answer):
    return [(each.line, each.column, each.because.code) for each in answer.problems]


@pytest.mark.parametrize("language", ["en", "de", "id"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_template_knows_the_people_and_comes_back_filled(opened, tmp_path, language, ending):
    """Prefilled with the two people of the register; only Leonhard's row is filled, so only he arrives."""
    file = tmp_path / f"template.{ending}"
    with language_in_use(language):
        answer = opened.accounts.template(ACCOUNT)
        write_template(answer, file)
    names = [column.field for column in answer.columns]
    values = {"role": "3", "type": "D", "relationship": "-1", "influence": "3", "power": "8"}
    if ending == "xlsx":
        book = openpyxl.load_workbook(file)
        page = book.worksheets[0]
        assert [row[1].value for row in page.iter_rows(min_row=2, max_row=3)] == ["Leonhard Vrederkamp", "Roswitha Innerwiek"]
        for field, value in values.items():
            page.cell(2, names.index(field) + 1, int(value) if value.lstrip("-").isdecimal() else value)
        book.save(file)
    else:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream, delimiter=";"))
        assert [row[1] for row in rows[1:]] == ["Leonhard Vrederkamp", "Roswitha Innerwiek"]
        for field, value in values.items():
            rows[1][names.index(field)] = value
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows(rows)
    answer = opened.accounts.read_sheet(ACCOUNT, file, by="Jonas Halvering", at=date(2026, 3, 1))
    assert answer.problems == ()
    assert len(answer.taken) == 1
    assert scores(opened) == {"Leonhard Vrederkamp": ("decision_maker", "D", -1, 3)}
    assert opened.account(ACCOUNT).stakeholders[0].date == "2026-03-01"


@pytest.mark.parametrize("heading", [
    "Name;Rolle;Typ;Beziehung;Einfluss", "Nama;Peran;Tipe;Hubungan;Pengaruh", "STAKEHOLDER;role (1-4);type;Relationship;INFLUENCE"])
def test_headings_in_another_language(opened, sheet, heading):
    file = sheet("The buying centre", "", heading, f"{LEONHARD};Entscheider;D;0;hoch", encoding="cp1252")
    assert opened.accounts.read_sheet(ACCOUNT, file).problems == ()
    assert scores(opened) == {"Leonhard Vrederkamp": ("decision_maker", "D", 0, 3)}


def test_everything_that_can_be_wrong_is_explained_and_the_good_rows_arrive(opened, sheet):
    """Line 3 is off a scale, 4 names nobody who is known, 5 several people, 6 nobody at all, 7 has a hostile value."""
    file = sheet(
        "name,role,relationship,power", "Roswitha Innerwiek,user,1,2", f'"{LEONHARD}",decision-maker,3,8',
        "Leonhard Vrederkampp,user,0,1", "Leonhard Vrederkamp,user,0,1", ",user,0,1", '"Torsten Quellbrink",=1+1,0,1',
        '"Friederike Moosgrund, Tannwerder",recommender,-1,"7,5"')
    answer = opened.accounts.read_sheet(ACCOUNT, file, by="Sri Wahyuningsih")
    assert problems(answer) == [
        (3, "relationship", "off_the_scale"), (4, "name", "unknown_person"), (5, "name", "ambiguous"), (6, None, "no_person"),
        (7, "role", "off_the_scale")]
    assert answer.problems[0].because.parameters == {"value": "3", "allowed": "2 supporter, 1 good, 0 neutral, -1 bad, -2 enemy"}
    assert any("Leonhard Vrederkamp" in each for each in answer.problems[1].because.parameters["near"])
    assert len(answer.problems[2].because.parameters["candidates"]) == 2
    assert {name: found[2] for name, found in scores(opened).items()} == {"Roswitha Innerwiek": 1, "Friederike Moosgrund": -1}
    assert answer.rows == 7


def test_nothing_is_guessed_of_who_is_unknown_unless_the_user_adds_him(opened, sheet):
    lines = ["name,position,role,new", "CEO of the mother,CEO,sponsor,yes", "Somebody Else,COO,user,"]
    answer = opened.accounts.read_sheet(ACCOUNT, sheet(*lines))
    assert problems(answer) == [(3, "name", "unknown_person")]
    assert scores(opened) == {"CEO of the mother": ("sponsor", None, None, None)}
    assert opened.accounts.read_sheet(ACCOUNT, sheet(*lines), new=True).problems == ()
    found = {each.name: each for each in opened.account(ACCOUNT).stakeholders}
    assert found["Somebody Else"].person is None
    assert found["Somebody Else"].position == "COO"


def test_two_rows_for_one_person_are_told_and_neither_is_entered(opened, sheet):
    leonhard = opened.context.entity(LEONHARD).id
    file = sheet("id,name,role,relationship", f'{leonhard},,3,1', "Roswitha Innerwiek,,,", f'{leonhard},Leonhard Vrederkamp,3,-1',
                 ",Roswitha Innerwiek,user,0", ",Roswitha Innerwiek,user,0")
    answer = opened.accounts.read_sheet(ACCOUNT, file)
    assert problems(answer) == [(2, None, "two_rows"), (4, None, "two_rows")]
    assert answer.problems[0].because.parameters == {"lines": [2, 4]}
    assert scores(opened) == {"Roswitha Innerwiek": ("user", None, 0, None)}  # twice the same is once


def test_two_colleagues_and_two_days_are_no_two_rows(opened, sheet):
    file = sheet("name,by,date,relationship", f'"{LEONHARD}",Mara Wiesentau,2026-01-01,2', f'"{LEONHARD}",jonas,2026-01-01,0',
                 f'"{LEONHARD}",Mara Wiesentau,1.2.2026,1')
    assert opened.accounts.read_sheet(ACCOUNT, file).problems == ()
    views = opened.account(ACCOUNT).stakeholders[0].views[0].views
    assert [(each.by, each.at, each.value) for each in views] == [
        ("Jonas Halvering", "2026-01-01", 0), ("Mara Wiesentau", "2026-02-01", 1)]


def test_an_id_and_a_name_that_are_two_people_have_slipped(opened, sheet):
    leonhard = opened.context.entity(LEONHARD).id
    answer = opened.accounts.read_sheet(ACCOUNT, sheet("id,name,role", f"{leonhard},Roswitha Innerwiek,3"))
    assert problems(answer) == [(2, "id", "other_name")]
    assert scores(opened) == {}


def test_a_matrix_is_a_sheet_too(opened, sheet):
    opened.accounts.assess(ACCOUNT, LEONHARD, role=3)
    file = sheet("Stakeholder;Mara Wiesentau;jonas halvering;Somebody new", f"{LEONHARD};***;*;-", "Roswitha Innerwiek;-;***;")
    assert opened.accounts.read_sheet(ACCOUNT, file).problems == ()
    rows = {row.name: {cell.colleague: cell.sign for cell in row.cells if cell.sign}
            for row in opened.accounts.matrix(ACCOUNT).entered}
    assert rows == {"Leonhard Vrederkamp": {"Mara Wiesentau": "***", "Jonas Halvering": "*", "Somebody new": "-"},
                    "Roswitha Innerwiek": {"Mara Wiesentau": "-", "Jonas Halvering": "***"}}
    assert problems(opened.accounts.read_sheet(ACCOUNT, sheet("name,Mara Wiesentau", f'"{LEONHARD}",****'))) == [
        (2, "Mara Wiesentau", "off_the_scale")]


def test_a_column_that_is_nothing_is_left_aside_and_said(opened, sheet):
    answer = opened.accounts.read_sheet(ACCOUNT, sheet("name,role,shoe size", f'"{LEONHARD}",3,44'))
    assert [(each.code, each.parameters) for each in answer.notes if each.code == "unknown_heading"] == [
        ("unknown_heading", {"heading": "shoe size"})]
    assert answer.problems == ()


@pytest.mark.parametrize(("lines", "told"), [
    (["colour of the door", "red"], "no heading that names people"), (["role,Rolle,name", "1,1,x"], "two columns for role"),
    (["name", "Leonhard"], "no column that could be entered")])
def test_a_sheet_that_is_none(opened, sheet, lines, told):
    with pytest.raises((SourceError, UsageError), match=told):
        opened.accounts.read_sheet(ACCOUNT, sheet(*lines))


def test_an_account_that_nobody_opened(graph, sheet):
    with pytest.raises(NotFound, match="account create"):
        graph.accounts.read_sheet("Nowhere", sheet("name,role", "a,1"))


def test_a_name_is_no_formula_in_a_template(opened, tmp_path):
    opened.accounts.desk().add(ACCOUNT, "=HYPERLINK(1)", new=True)
    for ending in ("csv", "xlsx"):
        write_template(opened.accounts.template(ACCOUNT), tmp_path / f"t.{ending}")
    cell = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0].cell(2, 2)
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
    text = (tmp_path / "t.csv").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    filled = (tmp_path / "t.csv")
    filled.write_text(text.replace("'=HYPERLINK(1);;;", "'=HYPERLINK(1);;;4", 1), encoding="utf-8")
    assert opened.accounts.read_sheet(ACCOUNT, filled).problems == ()
    assert scores(opened)["=HYPERLINK(1)"][0] == "sponsor"
