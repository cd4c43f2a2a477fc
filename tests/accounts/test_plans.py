"""Relationship plan, marketing plan and activity plan: what is next, what is overdue, and files of them."""

from __future__ import annotations

import csv
from datetime import date

import icalendar
import openpyxl
import pytest

from referralgraph.errors import NotFound, OffTheScale, UsageError
from referralgraph.language import language_in_use
from referralgraph.render.account_sheet import calendar, write_plan_file

ACCOUNT = "Cold store"
TODAY = date(2026, 7, 1)


@pytest.fixture
def planned(graph):
    """Lines of each plan: two of March (119 and 118 days before 1 July, a quarter has 92), one of 20 June, one of August, one done."""
    desk = graph.accounts.desk("Mara Wiesentau", date(2026, 3, 1))
    desk.open_account(ACCOUNT)
    desk.add(ACCOUNT, "Frau Beispiel", new=True, position="CEO")
    desk.add(ACCOUNT, "Herr Muster", new=True)
    for plan, fields in (
        (
            "relationship",
            {"date": "2026-06-20", "contact": "jonas", "occasion": "fair", "message": "uptime; cost", "avoid": "the claim"},
        ),
        ("relationship", {"date": "2026-08-01", "contact": "Mara Wiesentau", "occasion": "lunch", "questions": "who signs?"}),
        ("marketing", {"kind": "event", "date": "4.3.2026", "content": "open day", "recipient": "all", "sender": "sri"}),
        (
            "activity",
            {"date": "2026-03-05", "topic": "offer", "responsible": "Jonas Halvering", "status": "erledigt", "result": "sent"},
        ),
        ("activity", {"topic": "call back", "responsible": "Sri Wahyuningsih"}),
    ):
        desk.plan(ACCOUNT, plan, fields, stakeholder=None if plan == "marketing" else "CEO")
    return graph


def lines(answer):
    return {line.occasion or line.content or line.topic: line for line in (*answer.relationship, *answer.marketing, *answer.activity)}


def test_what_is_overdue_or_older_than_a_quarter_says_so(planned):
    answer = planned.accounts.plan(ACCOUNT, as_of=TODAY)
    told = {
        name: (line.overdue, line.older_than_a_quarter, [each.text for each in line.warnings]) for name, line in lines(answer).items()
    }
    assert told == {
        "fair": (True, False, ["overdue by 11 days"]),
        "lunch": (False, False, []),
        "open day": (True, True, ["overdue by 119 days", "older than a quarter"]),
        "offer": (False, False, []),
        "call back": (False, True, ["older than a quarter"]),
    }
    assert answer.overdue == 2
    assert answer.without_plan == ("Herr Muster",)


def test_the_day_itself_is_not_overdue(planned):
    assert not lines(planned.accounts.plan(ACCOUNT, as_of=date(2026, 6, 20)))["fair"].overdue
    assert lines(planned.accounts.plan(ACCOUNT, as_of=date(2026, 6, 21)))["fair"].overdue


def test_names_and_words_are_recognised(planned):
    found = lines(planned.accounts.plan(ACCOUNT, as_of=TODAY))
    assert (found["fair"].contact, found["open day"].sender, found["open day"].date, found["offer"].status) == (
        "Jonas Halvering",
        "Sri Wahyuningsih",
        "2026-03-04",
        "done",
    )
    assert found["fair"].stakeholder_name == "Frau Beispiel"


def test_a_line_is_changed_and_taken_back(planned):
    line = lines(planned.accounts.plan(ACCOUNT, as_of=TODAY))["fair"]
    entered = planned.accounts.desk("Sri Wahyuningsih").plan(ACCOUNT, None, {"status": "done"}, item=line.id)
    changed = lines(planned.accounts.plan(ACCOUNT, as_of=TODAY))["fair"]
    assert (changed.status, changed.overdue, changed.message, changed.stakeholder) == ("done", False, "uptime; cost", line.stakeholder)
    planned.accounts.undo(entered.judgements[0])
    assert lines(planned.accounts.plan(ACCOUNT, as_of=TODAY))["fair"] == line
    planned.accounts.desk().plan(ACCOUNT, None, {"status": "removed"}, item=line.id)
    assert "fair" not in lines(planned.accounts.plan(ACCOUNT, as_of=TODAY))


def test_what_a_plan_does_not_have_is_refused(planned):
    desk = planned.accounts.desk()
    with pytest.raises(UsageError, match="the marketing plan has no avoid; it has kind, date, content"):
        desk.plan(ACCOUNT, "marketing", {"avoid": "x"})
    for plan, fields in (
        ("cooking", {}),
        ("activity", {"date": "soon"}),
        ("activity", {"status": "perhaps"}),
        ("marketing", {"kind": "gift"}),
    ):
        with pytest.raises(OffTheScale, match="allowed are"):
            desk.plan(ACCOUNT, plan, fields)
    with pytest.raises(NotFound):
        desk.plan(ACCOUNT, None, {"status": "done"}, item="i-0")


def test_the_calendar_is_read_by_others(planned):
    """Every dated line is a whole day with who and what; the one without a day isn't in it."""
    answer = planned.accounts.plan(ACCOUNT, as_of=TODAY)
    read = icalendar.Calendar.from_ical(calendar(answer))
    events = {str(event["summary"]): event for event in read.walk("VEVENT")}
    assert {name: event.decoded("dtstart") for name, event in events.items()} == {
        "Cold store: fair – Frau Beispiel": date(2026, 6, 20),
        "Cold store: lunch – Frau Beispiel": date(2026, 8, 1),
        "Cold store: open day – all": date(2026, 3, 4),
        "Cold store: offer – Frau Beispiel": date(2026, 3, 5),
    }
    fair = events["Cold store: fair – Frau Beispiel"]
    assert str(fair["description"]).split("\n") == [
        "relationship plan",
        "who of us: Jonas Halvering",
        "more: message: uptime; cost; avoid: the claim",
        "status: open; overdue by 11 days",
    ]
    assert [str(each["status"]) for each in events.values()].count("CONFIRMED") == 1
    assert calendar(answer) == calendar(answer)
    assert len({str(event["uid"]) for event in events.values()}) == 4


@pytest.mark.parametrize(("language", "plan"), [("en", "relationship plan"), ("de", "Beziehungsplan"), ("id", "rencana hubungan")])
def test_the_files_of_the_plans(planned, tmp_path, language, plan):
    with language_in_use(language):
        answer = planned.accounts.plan(ACCOUNT, as_of=TODAY)
        for ending in ("csv", "xlsx", "ics"):
            write_plan_file(answer, tmp_path / f"plan.{ending}")
    with (tmp_path / "plan.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";"))
    assert len(rows) == 6
    assert rows[1][0] == plan
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert [len(list(sheet.iter_rows())) for sheet in book.worksheets] == [3, 2, 3]
    assert book.sheetnames[0] == plan
    assert plan in (tmp_path / "plan.ics").read_text(encoding="utf-8")


def test_no_other_file(planned, tmp_path):
    with pytest.raises(UsageError, match=r"\.csv, \.xlsx or \.ics"):
        write_plan_file(planned.accounts.plan(ACCOUNT), tmp_path / "plan.pdf")


@pytest.mark.parametrize("language", ["en", "de", "id"])
def test_a_file_of_the_plans_comes_back(planned, tmp_path, language):
    """What `--to` wrote is changed in a spreadsheet and read again: the same lines with the new status, and one line more."""
    file = tmp_path / "plan.csv"
    with language_in_use(language):
        write_plan_file(planned.accounts.plan(ACCOUNT, as_of=TODAY), file)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";"))
    status = len(rows[0]) - 2
    for row in rows[1:]:
        row[status] = {"en": "done", "de": "erledigt", "id": "selesai"}[language]
    rows.append([rows[1][0], "", "1.10.2026", "CEO", "sri", "site visit", *[""] * (len(rows[0]) - 6)])
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    before = lines(planned.accounts.plan(ACCOUNT, as_of=TODAY))
    answer = planned.accounts.read_plan(ACCOUNT, file, by="Sri Wahyuningsih")
    assert answer.problems == ()
    after = lines(planned.accounts.plan(ACCOUNT, as_of=TODAY))
    assert after.keys() - before.keys() == {"site visit"}
    assert (after["site visit"].contact, after["site visit"].date, after["site visit"].status) == (
        "Sri Wahyuningsih",
        "2026-10-01",
        "open",
    )
    for name, line in before.items():
        changed = {"status": "done", "overdue": False, "older_than_a_quarter": False, "warnings": ()}
        assert after[name] == line.model_copy(update=changed)


def test_bad_lines_of_a_plan_are_explained_and_the_good_ones_arrive(planned, tmp_path):
    file = tmp_path / "plan.csv"
    file.write_text(
        "Kundenkontakt;Anlass;Kernbotschaft;Datum;Status\nCEO;Messe;Preis;2026-09-01;\nNiemand;Messe;;2026-09-01;\n"
        "CEO;Essen;;bald;\nCEO;Golf;;2026-09-02;vielleicht\n",
        encoding="utf-8",
    )
    answer = planned.accounts.read_plan(ACCOUNT, file)
    assert [(each.line, each.column, each.because.code) for each in answer.problems] == [
        (3, "Kundenkontakt", "unknown_person"),
        (4, "Datum", "off_the_scale"),
        (5, "Status", "off_the_scale"),
    ]
    assert lines(planned.accounts.plan(ACCOUNT))["Messe"].message == "Preis"
    assert not {"Essen", "Golf"} & lines(planned.accounts.plan(ACCOUNT)).keys()
