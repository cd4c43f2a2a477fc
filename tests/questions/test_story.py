"""The story of the fictional country, asked of the built graph: expected answers stand in docs/demo.md."""

from __future__ import annotations

import bz2
import csv
import gzip
from pathlib import Path

import openpyxl
import pytest

from referralgraph.answers import PathAnswer
from referralgraph.demo import Country, Question
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.names import fold


def ask(graph: ReferralGraph, question: Question, **more: object) -> PathAnswer:
    return graph.path(question.start, [question.to], **more)  # type: ignore[arg-type]


def path_questions(country: Country) -> list[Question]:
    return [each for each in country.questions if each.kind == "path"]


def test_each_path_question_has_its_answer(demo_country: Country, demo_graph: ReferralGraph) -> None:
    """The chain, the strength of each tie, what it rests on, and their product, as the story says."""
    asked = path_questions(demo_country)
    assert len(asked) == 3
    for question in asked:
        best = ask(demo_graph, question).paths[0]
        assert [person.name for person in best.people] == list(question.people), question.name
        assert [tie.strength for tie in best.ties] == pytest.approx(list(question.ties)), question.name
        assert best.strength == pytest.approx(question.strength), question.name
        for tie, via in zip(best.ties, question.via, strict=True):
            reason = tie.reasons[0]
            if reason.organisation is not None:
                assert reason.organisation.name in {via, *(part.strip() for part in via.split(","))}, question.name
            else:
                kind, owner = via.split(" of ")
                assert (reason.owner, reason.text) == (owner, f"contact of {owner} ({kind.lower()})")


def test_the_short_way_by_way_of_a_nominee_is_refused(demo_country: Country, demo_graph: ReferralGraph) -> None:
    """35 bodies are more than 20: the chain is named with its strength, the code and the number."""
    question = next(each for each in path_questions(demo_country) if each.refused)
    answer = ask(demo_graph, question)
    refusal = next(each for each in answer.refused if [person.name for person in each.people] == list(question.refused))
    assert refusal.because.code == question.code == "hub"
    assert refusal.because.parameters == {"bodies": 35, "limit": 20}
    assert refusal.strength == pytest.approx(0.45)
    hub = question.refused[1]
    assert all(hub not in [person.name for person in path.people] for path in answer.paths)


def test_the_homonym_is_another_person(demo_country: Country, demo_graph: ReferralGraph) -> None:
    """Two entities of one name; the one that Sri knows isn't the target, so no path ends with her contact."""
    question = next(each for each in demo_country.questions if each.kind == "apart")
    one, other = (demo_graph.find(each).candidates[0] for each in (question.start[0], question.to))
    assert one.name == other.name
    assert one.id != other.id
    assert demo_graph.path(["Sri Wahyuningsih"], [one.id]).paths[0].strength == pytest.approx(question.strength)


def test_every_cited_line_contains_both_people(demo_country: Country, demo_graph: ReferralGraph) -> None:
    """Each person of each tie stands in a line that its reasons cite, letter by letter as the answer quotes it."""
    lines = raw_lines(demo_country)
    checked = 0
    for question in path_questions(demo_country):
        for path in ask(demo_graph, question, k=10, min_strength=0.0).paths:
            names = {person.id: person.name for person in path.people}
            for tie in path.ties:
                for reason in tie.reasons:
                    if reason.kind == "colleague":
                        continue
                    assert reason.sources, reason.text
                    cited = {each.as_written or "": lines[each.file, each.line] for each in reason.sources}
                    for quoted, line in cited.items():
                        assert all(word in fold(line) for word in fold(quoted.replace("Doctor ", "")).split()), (
                            quoted,
                            line,
                        )
                        checked += 1
                    known = (
                        {tie.from_, tie.to} - set(demo_graph.context.team.values())
                        if reason.kind == "contact"
                        else {tie.from_, tie.to}
                    )
                    for person in known:
                        parts = set(fold(names[person]).split())
                        assert any(parts <= set(fold(line).split()) for line in cited.values()), (names[person], cited)
    assert checked > 50


def raw_lines(country: Country) -> dict[tuple[str, int], str]:
    """Return every line of every raw file by file name and number; vCards as what follows up to their end."""
    found: dict[tuple[str, int], str] = {}
    opener = bz2.open if country.register.suffix == ".bz2" else gzip.open
    with opener(country.register, "rt", encoding="utf-8") as stream:
        found.update({(country.register.name, number): line for number, line in enumerate(stream, 1)})
    for export in country.exports:
        text = export.path.read_bytes().decode("utf-8" if export.path.suffix == ".csv" else "latin-1").splitlines()
        for number, line in enumerate(text, 1):
            if export.source == "vcard":
                end = next((at for at in range(number, len(text)) if text[at].startswith("END:")), len(text))
                line = decoded(" ".join(text[number - 1 : end]))
            key = (export.path.name, number)
            found[key] = found.get(key, "") + " " + line  # colleagues' exports have equal names
    for listing in country.listings:
        found.update({(listing.path.name, number): line for number, line in enumerate(table_lines(listing.path), 1)})
    return found


def decoded(card: str) -> str:
    """Return a card with quoted-printable and either encoding read, all in one line."""
    import quopri

    raw = quopri.decodestring(card.encode("latin-1"))
    return " ".join(
        (
            card,
            raw.decode("utf-8", "replace"),
            raw.decode("cp1252", "replace"),
            card.encode("latin-1").decode("utf-8", "replace"),
        )
    )


def table_lines(path: Path) -> list[str]:
    if path.suffix == ".xlsx":
        return [
            " ".join(str(cell) for cell in row if cell)
            for row in openpyxl.load_workbook(path)["Presidium"].iter_rows(values_only=True)
        ]
    return [" ".join(row) for row in csv.reader(path.read_text(encoding="cp1252").splitlines(), delimiter=";")]
