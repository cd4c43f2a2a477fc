"""The planted married name: two people until somebody decides, and every question follows each decision at once.

Gerlind Uferlohn sits with Annegret Tilsenbruck in Tilsenbruck Wohnbau (two people, 0.9), Annegret Vossmerg with Ruthard Kanalwiese
in Vossmerg Immobilien (two people, 0.9). Only if the two Annegrets are one is there a way from Gerlind to Ruthard: 0.9 x 0.9 = 0.81.
"""

from __future__ import annotations

import csv
import html
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from referralgraph.answers import PathAnswer
from referralgraph.questions.graph import ReferralGraph

BORN, MARRIED = "Annegret Tilsenbruck, Ostermühl", "Annegret Vossmerg, Ostermühl"


def way(graph: ReferralGraph) -> PathAnswer:
    return graph.path(["Gerlind Uferlohn"], ["Ruthard Kanalwiese"])


def waits(graph: ReferralGraph) -> bool:
    return any(pair.one.name.startswith("Annegret ") and pair.other.name.startswith("Annegret ") for pair in graph.review().pairs)


def is_one(graph: ReferralGraph) -> bool:
    answer = way(graph)
    one = graph.show(BORN).id == graph.show(MARRIED).id
    assert bool(answer.paths) is one
    if one:
        assert answer.paths[0].strength == pytest.approx(0.81)
        assert answer.paths[0].identity == 1.0
        (decided,) = answer.paths[0].decided  # laid over or built in, the way says who decided it
        made = next(each for each in graph.context.judgements("identity") if each.id == decided.parameters["judgement"])
        assert decided.text.endswith(f" is one person because {made.by} decided so on {made.at[:10]} ({made.id})")
        for name in (BORN, MARRIED):  # and so does the way to her
            to_her = graph.path(["Gerlind Uferlohn"], [name]).paths[0]
            assert [(each.text, each.parameters["person"]) for each in to_her.decided] == [(decided.text, to_her.people[-1].id)]
        assert {link.other.name for link in graph.show(BORN).links} == {"Tilsenbruck Wohnbau GmbH", "Vossmerg Immobilien GmbH"}
    else:
        assert {link.other.name for link in graph.show(MARRIED).links} == {"Vossmerg Immobilien GmbH"}
    assert (
        len({each.id for each in graph.find("Annegret").candidates if each.name.split()[1] in {"Tilsenbruck", "Vossmerg"}}) == 2 - one
    )
    return one


def test_she_is_possible_until_somebody_decides_and_path_follows_each_decision(country: Path, rebuild: Callable[[Path], None]) -> None:
    graph = ReferralGraph.open(country)
    assert not is_one(graph)
    change = way(graph).possible[0]
    assert {change.one.name, change.other.name} == {"Annegret Tilsenbruck", "Annegret Vossmerg"}
    assert change.strength == pytest.approx(0.81)
    pair = graph.review().pairs[0]
    assert {pair.one.name, pair.other.name} == {"Annegret Tilsenbruck", "Annegret Vossmerg"}

    merged = graph.judge(pair.one.record_id, pair.other.record_id, same=True)
    assert is_one(graph)
    assert not way(graph).possible
    assert not waits(graph)
    apart = graph.judge(pair.one.record_id, pair.other.record_id, same=False)
    assert [each.code for each in apart.problems] == ["conflict"]
    assert not is_one(graph)
    graph.undo_identity(apart.judgements[0])
    assert is_one(graph)
    graph.close()

    rebuild(country)  # and the same with the judgement built in
    graph = ReferralGraph.open(country)
    assert is_one(graph)
    graph.undo_identity(merged.judgements[0])
    assert not is_one(graph)
    graph.close()
    rebuild(country)
    graph = ReferralGraph.open(country)
    assert not is_one(graph)
    assert waits(graph)
    graph.close()


def test_who_decided_stands_in_the_csv_and_on_the_page_in_the_readers_language(country: Path, tmp_path: Path) -> None:
    graph = ReferralGraph.open(country)
    graph.judge(graph.show(BORN).id, graph.show(MARRIED).id, same=True, by="Mara Wiesentau")
    graph.close()
    for language, words in (
        ("en", " is one person because Mara Wiesentau decided so on "),
        ("de", " ist eine Person, weil Mara Wiesentau am "),
        ("id", " adalah satu orang karena Mara Wiesentau memutuskan demikian pada "),
    ):
        page = tmp_path / f"{language}.html"
        told = subprocess.run(
            [sys.executable, "-m", "referralgraph.cli", "--workspace", country, "boards", "Tilsenbruck Wohnbau GmbH", "--pair",
             "Gerlind Uferlohn", "Ruthard Kanalwiese", "--format", "csv", "--html", page, "--lang", language],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        (decided,) = {row["decided"] for row in csv.DictReader(io.StringIO(told.stdout))}
        assert words in decided
        assert words in html.unescape(page.read_text(encoding="utf-8"))


def test_what_was_merged_can_be_taken_apart_and_the_next_build_holds_to_it(country: Path, rebuild: Callable[[Path], None]) -> None:
    graph = ReferralGraph.open(country)
    one, other = graph.show(BORN).id, graph.show(MARRIED).id
    graph.judge(one, other, same=True)
    graph.close()
    rebuild(country)
    graph = ReferralGraph.open(country)
    records = graph.show(BORN, identity=True).records
    assert len(records) == 2
    graph.take_apart(BORN, [next(each.record_id for each in records if each.name == "Annegret Vossmerg")])
    assert not is_one(graph)
    graph.close()
    rebuild(country)
    graph = ReferralGraph.open(country)
    assert not is_one(graph)
    assert {graph.show(BORN).id, graph.show(MARRIED).id} == {one, other}
    graph.close()
