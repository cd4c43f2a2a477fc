"""Judgements hold against every later run, ids last, and what comes wrong from a spreadsheet is told and loses nothing else."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from referralgraph.errors import NotFound, ResolutionError, SourceError, UsageError
from referralgraph.questions.graph import ReferralGraph
from referralgraph.resolve.model import FORMAT

ANNA = ("1", "Anna", "Kronwald", "1970-05-04", "Ulm", "Chor", "anna@kronwald.example")
AGAIN = ("2", "Anna", "Kronwald", "1970-05-04", "Kiel", "Ruderverein")
OTHER = ("3", "Anna", "Kronwald", "1988-11-30", "Ulm", "Chor")
STRANGER = ("4", "Bruno", "Vredenau", "", "Ulm", "Chor")


def record(graph, name, born=None):
    """Return the first record of the person of a name, and of a birth date if several have it."""
    for each in graph.find(name).candidates:
        shown = graph.show(each.id, identity=True)
        if born is None or shown.attributes.get("birth_date") == born:
            return shown.records[0].record_id
    raise AssertionError(name)


def test_a_judgement_wins_over_birth_dates_and_over_names_and_outlives_new_records(people):
    """The two dates contradict and the two names have nothing in common: nothing but a judgement would join them."""
    case = people("judged")
    case.load([ANNA, AGAIN, OTHER, STRANGER])
    case.build()
    before = case.entities()
    assert before["1"] == before["2"] != before["3"]
    graph = case.graph()
    older, younger = record(graph, "Anna Kronwald", "1970-05-04"), record(graph, "Anna Kronwald", "1988-11-30")
    graph.judge(younger, record(graph, "Bruno Vredenau"), same=True)
    graph.judge(older, younger, same=True)
    graph.close()
    case.build()
    assert len(set(case.entities().values())) == 1
    case.load([("5", "Bruno", "Vredenau", "", "Ulm", "Chor"), ("0", "Clara", "Unterholz", "", "Ulm", "Chor")])
    case.build()
    after = case.entities()
    assert {after[each] for each in "12345"} == {after["1"]}
    assert after["0"] != after["1"]


def test_records_judged_apart_stay_apart_whatever_speaks_for_them(people):
    case = people("apart")
    case.load([ANNA, AGAIN])
    case.build()
    graph = case.graph()
    shown = graph.show("Anna Kronwald", identity=True)
    graph.take_apart(shown.id, [shown.records[1].record_id])
    assert len({each.id for each in graph.find("Anna Kronwald").candidates}) == 2
    graph.close()
    case.build(retrain=True)
    assert len(set(case.entities().values())) == 2
    case.load([("6", "Anna", "Kronwald", "1970-05-04", "Bonn", "Chor")])
    case.build()
    found = case.entities()
    assert found["1"] != found["2"]


def test_an_id_stays_when_records_are_added_and_an_old_one_leads_to_the_new(people):
    """Twenty times a record joins that might have given the person another id."""
    case = people("ids")
    case.load([ANNA, OTHER])
    case.build()
    before = case.entities()
    case.load([(str(number), "Anna", "Kronwald", "1970-05-04", f"Ort{number}", "Chor") for number in range(10, 30)])
    case.build()
    after = case.entities()
    assert after["1"] == before["1"]
    assert after["3"] == before["3"]
    assert {after[str(number)] for number in range(10, 30)} == {before["1"]}
    graph = case.graph()
    graph.judge(before["1"], before["3"], same=True)
    graph.close()
    case.build()
    graph = case.graph()
    assert graph.show(before["1"]).id == graph.show(before["3"]).id
    graph.close()


def test_a_new_load_gives_what_a_full_run_gives_under_the_same_model(people):
    rows = [
        (
            str(number),
            "Anna" if number % 3 else "Änne",
            f"Kron{number // 4}",
            f"19{50 + number // 4}-05-04",
            "Ulm" if number % 2 else "Kiel",
            "Chor",
        )
        for number in range(80)
    ]
    step, whole = people("step"), people("whole")
    for start in range(0, 80, 40):
        step.load(rows[start : start + 40])
        step.build()
    whole.load(rows)
    whole.build()

    def groups(found):
        told = {}
        for row, entity in found.items():
            told.setdefault(entity, set()).add(row)
        return sorted(map(sorted, told.values()))

    assert groups(step.entities()) == groups(whole.entities())
    assert 20 <= len(groups(whole.entities())) < 80


def test_a_csv_decides_its_good_rows_and_tells_the_broken_ones_with_their_lines(people, tmp_path):
    case = people("csv")
    case.load([ANNA, OTHER, STRANGER])
    case.build()
    graph = case.graph()
    one, other, third = (
        record(graph, *each) for each in (("Anna Kronwald", "1970-05-04"), ("Anna Kronwald", "1988-11-30"), ("Bruno Vredenau",))
    )
    file = tmp_path / "decisions.csv"
    with file.open("w", encoding="cp1252", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(
            [
                ("sep=;",),
                ("one_record", "decision", "other_record", "Ansicht"),
                (one, "FALSCH", other, "gehört nicht her"),
                (one, "01.02.2026", third, ""),
                (one, "ja", "r00000000000000000000", ""),
                (one, "", third, ""),
                (one, "yes", other, ""),
                (third, "ja", third, ""),
                (third, "ja"),
            ]
        )
        stream.write(f'{one};ja;"offen;x\r\n{third};ja;{other};"zu"\r\n')
        stream.write(f'{third};WAHR;{other};neue Zeile\r\n{one};ja;{third};"offen\r\n')
    done = graph.review_csv(file)
    assert (len(done.judgements), done.skipped) == (2, 1)
    assert [(each.code, each.parameters["line"]) for each in done.problems] == [("bad_row", line) for line in (4, 5, 7, 8, 9, 10, 13)]
    texts = [each.text for each in done.problems]
    assert all(text.startswith(f"decisions.csv:{each.parameters['line']}: ") for text, each in zip(texts, done.problems, strict=True))
    mends = ("write yes, no", "export the pairs anew", "line 3 decides", "name two", "fill in", "close it", "close it")
    assert [mend in text for text, mend in zip(texts, mends, strict=True)] == [True] * 7
    assert graph.review_csv(file).repeated == 2  # nothing is decided twice
    told = graph.review().judgements
    assert [(each.verdict, each.by) for each in told] == [("different", "Mara"), ("same", "Mara")]
    file.write_text(f"decision,one_record,other_record\nyes,{one},{third}\n", encoding="utf-8")
    (problem,) = graph.review_csv(file).problems  # by way of the third
    assert problem.text.startswith(f"decisions.csv:2: contradicts what Mara decided on {told[0].at[:10]} ({told[0].id})")
    file.write_bytes(b"PK\x03\x04\x14\x00")
    with pytest.raises(SourceError, match="Save the sheet as CSV"):
        graph.review_csv(file)
    graph.close()


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ","), ("utf-16", "\t"), ("cp1252", ";")])
def test_the_export_comes_back_from_any_spreadsheet(country: Path, tmp_path: Path, encoding: str, delimiter: str) -> None:
    """As Excel and others save it: other separators, encodings, columns and order, headings in capitals, cells of two lines."""
    from referralgraph.questions.graph import ReferralGraph

    graph = ReferralGraph.open(country, viewer="Mara")
    pair = graph.review().pairs[0]
    file = tmp_path / "decisions.csv"
    with file.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow(("Remark", "Other_Record", "DECISION ", "one_record"))
        writer.writerow(("Ostermühl:\n\u00bbyes\u00ab", pair.other.record_id, " Ja ", pair.one.record_id))
    done = graph.review_csv(file)
    assert len(done.judgements) == 1
    assert not done.problems
    assert graph.show(pair.one.entity).id == graph.show(pair.other.entity).id
    graph.close()


def test_the_page_of_an_identity_says_in_words_what_the_chart_draws(country: Path, tmp_path: Path) -> None:
    page = tmp_path / "identity.html"
    subprocess.run(
        [sys.executable, "-m", "referralgraph.cli", "--workspace", country, "show", "Annegret Vossmerg", "--identity", "--html", page],
        check=True, capture_output=True,
    )  # fmt: skip
    text = page.read_text(encoding="utf-8")
    for words in ("the name of one is the birth name of the other", "together, against relatives", "chance of being one: ",
                  "What would confirm or refute it", "a birth date for both", "ocdata.jsonl.bz2"):  # fmt: skip
        assert words in text


def test_the_chart_of_an_identity_speaks_the_readers_language(country: Path, tmp_path: Path) -> None:
    page = tmp_path / "identity.html"
    subprocess.run(
        [sys.executable, "-m", "referralgraph.cli", "--workspace", country, "show", "Annegret Vossmerg", "--identity", "--html", page,
         "--lang", "de"],
        check=True, capture_output=True,
    )  # fmt: skip
    chart = page.read_text(encoding="utf-8").partition('id="evidence">')[2].partition("</script>")[0]
    for words in ("Vorname", "Gewicht, in Bit", "zu Beginn", "insgesamt"):
        assert words in chart
    for words in ("Prior match weight", "Final score", "Match Weight", "Comparison column", "SQL condition", "Bayes factor"):
        assert words not in chart


def test_judgements_on_records_that_are_gone_are_told_and_kept(people):
    case = people("gone")
    case.load([ANNA, OTHER])
    case.build()
    graph = case.graph()
    one = record(graph, "Anna Kronwald", "1970-05-04")
    store = graph._context.store
    store.append_judgements(
        [
            {
                "id": "j-1",
                "kind": "identity",
                "by": "Jonas",
                "at": "2026-01-01",
                "records": [one, "rgone"],
                "values": {"sides": [[one, "rgone"]]},
            }
        ]
    )
    (told,) = graph.review().judgements
    assert (told.counts, told.problem.code) == (False, "records_gone")
    graph.close()
    case.build()
    assert len(set(case.entities().values())) == 2


def test_what_makes_no_sense_is_refused(people):
    case = people("nonsense")
    case.load([ANNA, OTHER])
    case.build()
    graph = case.graph()
    one = record(graph, "Anna Kronwald", "1970-05-04")
    with pytest.raises(UsageError, match="itself"):
        graph.judge(one, one, same=True)
    with pytest.raises(NotFound, match="rnobody"):
        graph.judge(one, "rnobody", same=True)
    with pytest.raises(UsageError, match="not none and not all"):
        graph.take_apart(graph.show(f"p-{one[1:]}").id, [one])
    with pytest.raises(NotFound, match="nothing to undo"):
        graph.undo_identity()
    graph.close()


def test_who_undoes_must_be_named(people):
    case = people("unnamed")
    case.load([ANNA, OTHER])
    case.build()
    graph = ReferralGraph.open(case.folder / "workspace")
    with pytest.raises(UsageError, match="who judges"):
        graph.undo_identity()
    graph.close()


def test_a_model_of_another_version_or_changed_by_hand_stops_the_build_and_says_the_mend(people):
    case = people("model")
    case.load(
        [
            (str(number), f"Vor{number % 97}", f"Nach{number % 89}", f"19{40 + number % 50}-01-{1 + number % 28:02}", "Ulm", "Chor")
            for number in range(600)
        ]
    )
    case.build()
    file = case.folder / "workspace" / "identity" / "person.json"
    good = file.read_text(encoding="utf-8")
    for bad, told in (
        (good.replace(f'"format": {FORMAT}', '"format": 9'), "format 9"),
        (good.replace('"m": 0.', '"m": 0.1', 1), "changed"),
        ("{", "no identity model"),
    ):
        file.write_text(bad, encoding="utf-8")
        with pytest.raises(ResolutionError, match=told) as caught:
            case.build()
        assert "--retrain" in str(caught.value)
    case.build(retrain=True)
    assert '"version": 1' in file.read_text(encoding="utf-8")


def test_the_command_line_asks_decides_and_undoes(country: Path):
    def run(*arguments: str, told: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "referralgraph.cli", "--workspace", str(country), *arguments],
            input=told,
            capture_output=True,
            text=True,
            check=False,
        )

    asked = run("review", "--limit", "1", told="y\n")
    assert asked.returncode == 0, asked.stderr
    assert "Annegret Vossmerg" in asked.stdout
    assert "Annegret Tilsenbruck" in asked.stdout
    assert "the name of one is the birth name of the other" in asked.stdout
    assert '"same"' in run("review", "--judgements", "--format", "json").stdout
    assert run("review", "--undo", "last").returncode == 0
    assert '"judgements":[]' in run("review", "--judgements", "--format", "json").stdout.replace(" ", "").replace("\n", "")
    assert run("review", "--same", "r1", "r2").returncode == 3
    assert run("review", "--undo", "last", "--judgements").returncode == 2
