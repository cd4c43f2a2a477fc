"""Introduction paths of the town, each answer worked out by hand.

Me knows Anna (LinkedIn, 0.3). Anna and Bruno, Bruno and Clara, Clara and Dora each run a company of two (0.9 each).
Anna and Emil run the GmbH that is general partner of the KG. Anna and Hugo shared Damals GmbH until 30 June 2020,
1461 days ago (0.45).
"""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from referralgraph.answers import PathAnswer
from referralgraph.errors import Ambiguous, DeadlineExceeded, NotFound, SourceError, UsageError
from referralgraph.index.search import TiePath
from referralgraph.questions.graph import ReferralGraph
from referralgraph.questions.path import different_first

if TYPE_CHECKING:
    from conftest import Town

exactly = pytest.approx


def names(answer: PathAnswer) -> list[list[str]]:
    return [[person.name for person in path.people] for path in answer.paths]


def test_the_chain_and_its_strength(town: ReferralGraph) -> None:
    """0.3 x 0.9 x 0.9 x 0.9 = 0.2187, and what each tie rests on."""
    (path,) = town.path(["Me"], ["Dora Dohle"]).paths
    assert [person.name for person in path.people] == [
        "Me Myself",
        "Anna Alder",
        "Bruno Birke",
        "Clara Cramm",
        "Dora Dohle",
    ]
    assert path.strength == exactly(0.2187)
    assert path.words == "good"
    last = path.ties[-1].reasons[0]
    assert (last.since, last.until, last.last_seen) == ("2018-01-01", None, "2024-06-30")
    assert last.roles == ("managing_director", "managing_director")
    assert [(each.file, each.line) for each in last.sources] == [("register.jsonl", 3)] * 2


def test_max_ties_and_min_strength_are_limits(town: ReferralGraph) -> None:
    """Four ties of 0.2187: three ties are too few, and a floor of 0.22 is too high; 0.2187 itself passes."""
    assert town.path(["Me"], ["Dora Dohle"], max_ties=3).nothing is not None
    nothing = town.path(["Me"], ["Dora Dohle"], min_strength=0.22).nothing
    assert nothing is not None
    assert nothing.code == "no_path"
    assert nothing.parameters["min_strength"] == 0.22
    assert names(town.path(["Me"], ["Dora Dohle"], min_strength=0.2186))


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("Leer AG", "no_people"),
        ("Ida Insel", "target_without_ties"),
        ("Frida Fern", "no_path"),
        ("Me Myself", "same_person"),
    ],
)
def test_no_path_is_not_no_data(town: ReferralGraph, target: str, code: str) -> None:
    """A company that names nobody, somebody alone in his company, somebody out of reach, and oneself: four answers."""
    answer = town.path(["Me"], [target])
    assert answer.paths == ()
    assert answer.nothing is not None
    assert answer.nothing.code == code
    assert answer.complete


def test_a_company_means_its_decision_makers_also_those_of_its_general_partner(town: ReferralGraph) -> None:
    """The KG names a signatory and its general partner, a GmbH run by Emil and Anna: these two are meant."""
    answer = town.path(["Me"], ["Elster GmbH & Co. KG"])
    meant = {town.context.people([each])[each]["name"] for each in answer.question.parameters["targets"]}
    assert meant == {"Emil Elster", "Anna Alder"}
    assert names(answer)[0] == ["Me Myself", "Anna Alder"]


def test_a_company_on_a_day_means_who_decided_then(new_town: Town) -> None:
    """Old left in 2019, New came in 2020: the target changes with the day."""
    officer = new_town.officer
    new_town.company("Wechsel GmbH", officer("Otto Alt", "2010-01-01", "2019-12-31"), officer("Nele Neu", "2020-01-01"))
    new_town.contacts(
        "Me Myself", [("Otto", "Alt", "Wechsel GmbH", "01 May 2012"), ("Nele", "Neu", "Wechsel GmbH", "01 May 2012")]
    )
    graph = new_town.graph()
    assert names(graph.path(["Me"], ["Wechsel GmbH"])) == [["Me Myself", "Nele Neu"]]
    assert names(graph.path(["Me"], ["Wechsel GmbH"], as_of=date(2019, 6, 1))) == [["Me Myself", "Otto Alt"]]


def test_an_ambiguous_name_lists_the_candidates_and_a_city_decides(town: ReferralGraph) -> None:
    """Two Fritz Falk: neither is taken; with the city one is."""
    with pytest.raises(Ambiguous) as raised:
        town.path(["Me"], ["Fritz Falk"])
    assert len(raised.value.candidates) == 2
    assert all(each.startswith("p-") and "Fritz Falk" in each for each in raised.value.candidates)
    assert town.show("Fritz Falk, Neustadt").attributes["city"] == "Neustadt"


def test_an_unknown_name_offers_what_is_near(town: ReferralGraph) -> None:
    """A part of a name isn't the name."""
    with pytest.raises(NotFound, match="Dora Dohle"):
        town.path(["Me"], ["Dohle"])
    with pytest.raises(UsageError):
        town.path(["Me"], ["  "])


def test_an_id_of_any_record_leads_to_the_person(town: ReferralGraph) -> None:
    """Bruno was made of two records; an id made from the other one, as an earlier build may have given, is his too."""
    bruno = town.show("Bruno Birke", identity=True)
    assert len(bruno.records) == 2
    for record in bruno.records:
        assert town.show(f"p-{record.record_id[1:]}").id == bruno.id
    with pytest.raises(NotFound):
        town.show("p-" + "0" * 20)


def links(graph: ReferralGraph, name: str) -> dict[tuple[str, int], dict[str, object]]:
    """Return the records of a person by file and line, each with the pair by which it was recognised."""
    person = graph.show(name).id
    records = graph.context.people([person])[person]["records"]
    rows = graph.context.store.read("read/record", [{"id": each} for each in records])
    return {(row["file"], row["line"]): row for row in rows}


def test_identity_is_the_chance_that_the_records_on_both_sides_are_one_person(town: ReferralGraph) -> None:
    """Anna's entry on LinkedIn hangs on her register record of Alder Werke, with p; Bruno's records on each other, with q.

    Me - Anna - Bruno stands on the entry and on Alder Werke: p. Me - Anna - Bruno - Clara: p, and q for Bruno.
    """
    anna, bruno = links(town, "Anna Alder"), links(town, "Bruno Birke")
    entry = anna["Connections.csv", 2]
    assert entry["link_to"] == anna["register.jsonl", 1]["id"]
    p, q = entry["probability"], bruno["register.jsonl", 2]["probability"] or bruno["register.jsonl", 1]["probability"]
    assert 0.8 <= float(str(p)) < 1
    assert 0.8 <= float(str(q)) < 1
    (short,) = town.path(["Me"], ["Bruno Birke"]).paths
    assert [person.identity for person in short.people] == [1.0, exactly(p), 1.0]
    assert short.identity == exactly(p)
    (longer,) = town.path(["Me"], ["Clara Cramm"]).paths
    assert [person.identity for person in longer.people] == [1.0, exactly(p), exactly(q), 1.0]
    assert longer.identity == exactly(float(str(p)) * float(str(q)))
    assert not longer.possible


def test_one_proof_for_many_records_is_one_chance(town: ReferralGraph) -> None:
    """Anna's records of lines 1, 4 and 11 hang together by one proof, her name in Testau, with r; the entry by p.

    Me - Anna - Hugo stands on the entry, which hangs on line 1, and on line 11: p x r, though r stands on two links.
    """
    anna = links(town, "Anna Alder")
    proofs = {row["proof"]: row["probability"] for (file, _), row in anna.items() if file == "register.jsonl" and row["proof"]}
    assert len(proofs) == 1
    (r,), p = proofs.values(), anna["Connections.csv", 2]["probability"]
    (path,) = town.path(["Me"], ["Hugo Horn"]).paths
    assert path.strength == exactly(0.3 * 0.45)
    assert path.people[1].identity == exactly(float(str(p)) * float(str(r)), rel=1e-12)


@pytest.mark.parametrize(("threshold", "possible"), [(0.5, False), (1.0, True)])
def test_a_path_below_the_threshold_is_marked_possible(new_town: Town, threshold: float, possible: bool) -> None:
    """A contact meets an officer with a chance below one: sure enough for a threshold of 0.5, not for one of 1."""
    officer = new_town.officer
    new_town.company("Zweig GmbH", officer("Lena Zweig"), officer("Max Ast"))
    new_town.contacts("Me Myself", [("Lena", "Zweig", "Zweig GmbH", "01 May 2012")])
    settings = new_town.folder / "workspace" / "settings.toml"
    settings.parent.mkdir()
    settings.write_text(f"[identity]\npath_threshold = {threshold}\n", encoding="utf-8")
    (path,) = new_town.graph().path(["Me"], ["Max Ast"]).paths
    assert 0.8 <= path.identity < 1
    assert path.possible is possible


def test_avoid_people_and_bodies(town: ReferralGraph) -> None:
    """Without Bruno there is no way to Clara; without Birke Holz neither; avoiding the target changes nothing."""
    assert town.path(["Me"], ["Clara Cramm"], avoid=["Bruno Birke"]).paths == ()
    assert town.path(["Me"], ["Clara Cramm"], avoid=["Birke Holz GmbH"]).paths == ()
    assert names(town.path(["Me"], ["Bruno Birke"], avoid=["Birke Holz GmbH", "Bruno Birke"])) == [
        ["Me Myself", "Anna Alder", "Bruno Birke"]
    ]
    refused = town.path(["Me"], ["Clara Cramm"], avoid=["Bruno Birke"]).refused
    assert [refusal.because.code for refusal in refused] == ["avoided"]


def test_current_only_leaves_out_what_has_ended(town: ReferralGraph) -> None:
    """Anna left Damals: Hugo isn't reached; Bruno is."""
    assert town.path(["Me"], ["Hugo Horn"], current_only=True).paths == ()
    assert names(town.path(["Me"], ["Bruno Birke"], current_only=True))


def test_as_of_a_day(town: ReferralGraph) -> None:
    """In June 2020 Anna was in Damals: open, 0.9, no end told. In 2012 neither Alder Werke nor the contact existed."""
    (path,) = town.path(["Me"], ["Hugo Horn"], as_of=date(2020, 6, 1)).paths
    assert path.strength == exactly(0.3 * 0.9)
    reason = path.ties[1].reasons[0]
    assert (reason.since, reason.until, reason.last_seen) == ("2010-01-01", None, "2020-06-01")
    assert town.path(["Me"], ["Hugo Horn"], as_of=date(2020, 4, 30)).nothing is not None
    assert town.path(["Bruno Birke"], ["Anna Alder"], as_of=date(2012, 1, 1)).paths == ()
    assert town.path(["Bruno Birke"], ["Anna Alder"], as_of=date(2016, 1, 1)).paths[0].strength == exactly(0.9)


def test_a_file_of_targets(town: ReferralGraph, tmp_path: Path) -> None:
    """One name a line, in the first column. Who is a target himself introduces nobody: no way to Dora by Clara."""
    file = tmp_path / "targets.csv"
    file.write_text("Emil Elster;x\n\nBruno Birke\n", encoding="utf-8")
    assert {chain[-1] for chain in names(town.path(["Me"], [str(file)]))} == {"Emil Elster", "Bruno Birke"}
    assert {chain[-1] for chain in names(town.path(["Me"], ["Clara Cramm", "Dora Dohle"]))} == {"Clara Cramm"}
    file.write_text("\n", encoding="utf-8")
    with pytest.raises(SourceError):
        town.path(["Me"], [str(file)])


def test_paths_that_share_no_introducer_come_first() -> None:
    """By strength 1-2-9, 1-2-3-9, 1-4-9, 1-5-4-9: after the first comes the one by way of 4."""
    ranked = [TiePath((1, 2, 9), 0.5), TiePath((1, 2, 3, 9), 0.4), TiePath((1, 4, 9), 0.3), TiePath((1, 5, 4, 9), 0.2)]
    assert [path.people for path in different_first(ranked)] == [(1, 2, 9), (1, 4, 9), (1, 2, 3, 9), (1, 5, 4, 9)]
    assert different_first([TiePath((1, 9), 0.5), TiePath((2, 9), 0.4)])[0].people == (1, 9)


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory, town_in: type[Town]) -> ReferralGraph:
    """Me knows Hanna and Silke. Hanna meets Tina directly and by three people; Silke reaches her by Rolf, fainter."""
    town, officer = town_in(tmp_path_factory.mktemp("narrow")), town_in.officer
    town.company("Nabe GmbH", officer("Hanna Nabe"), officer("Tina Ziel"))
    for number, name in enumerate(("Udo Eins", "Uwe Zwei", "Ute Drei"), 1):
        town.company(f"Speiche {number} GmbH", officer("Hanna Nabe"), officer(name))
        town.company(f"Felge {number} GmbH", officer("Tina Ziel"), officer(name))
    town.company("Rand Eins GmbH", officer("Silke Rand"), officer("Rolf Rand"), officer("Rita Rand"))
    town.company("Rand Zwei GmbH", officer("Rolf Rand"), officer("Tina Ziel"))
    town.contacts(
        "Me Myself", [("Hanna", "Nabe", "Nabe GmbH", "01 May 2020"), ("Silke", "Rand", "Rand Eins GmbH", "01 May 2020")]
    )
    return town.graph(members=())


def test_a_bottleneck_is_named_with_a_way_round_it(narrow: ReferralGraph) -> None:
    """By Hanna 0.3 x 0.9 = 0.27 and three times 0.3 x 0.9 x 0.9 = 0.243; by Silke and Rolf (n = 3) 0.243 / sqrt(2).

    The best two need Hanna: the way by Silke is the alternative. Five show it anyway. Without Silke there is none.
    """
    answer = narrow.path(["Me"], ["Tina Ziel"], k=2)
    assert [path.strength for path in answer.paths] == [exactly(0.27), exactly(0.243)]
    assert [person.name for person in answer.shared_introducers] == ["Hanna Nabe"]
    alternative = answer.alternatives[0]
    assert all(person.name != "Hanna Nabe" for path in answer.alternatives for person in path.people)
    assert [person.name for person in alternative.people] == ["Me Myself", "Silke Rand", "Rolf Rand", "Tina Ziel"]
    assert alternative.strength == exactly(0.3 * 0.9 / 2**0.5 * 0.9)
    assert alternative.ties[1].reasons[0].sources
    all_five = narrow.path(["Me"], ["Tina Ziel"])
    assert names(all_five)[1] == ["Me Myself", "Silke Rand", "Rolf Rand", "Tina Ziel"]
    assert (all_five.shared_introducers, all_five.alternatives) == ((), ())
    avoiding = narrow.path(["Me"], ["Tina Ziel"], k=2, avoid=["Silke Rand"])
    assert [person.name for person in avoiding.shared_introducers] == ["Hanna Nabe"]
    assert avoiding.alternatives == ()


def test_two_introducers_are_no_bottleneck(narrow: ReferralGraph) -> None:
    """From Udo to Ute in two ties: by Hanna and by Tina, none shared."""
    answer = narrow.path(["Udo Eins"], ["Ute Drei"], k=2, max_ties=2)
    assert {chain[1] for chain in names(answer)} == {"Hanna Nabe", "Tina Ziel"}
    assert answer.shared_introducers == ()
    assert answer.alternatives == ()


def test_an_answer_within_a_millisecond_says_that_it_is_not_proven(demo_graph: ReferralGraph) -> None:
    """The answer says that it may be incomplete, or it is complete because it was fast, or the deadline is told."""
    try:
        answer = demo_graph.path((), ["Leonhard Vrederkamp, Ostermühl"], max_ties=6, min_strength=0.0, k=50, timeout=0.001)
    except DeadlineExceeded:
        return
    full = demo_graph.path((), ["Leonhard Vrederkamp, Ostermühl"], max_ties=6, min_strength=0.0, k=50)
    assert full.complete
    assert not answer.complete or answer.paths == full.paths


def test_limits_out_of_range_are_refused(town: ReferralGraph) -> None:
    """No path of no ties, none of seven, no strength above one."""
    for wrong in ({"k": 0}, {"max_ties": 0}, {"max_ties": 7}, {"min_strength": 1.5}, {"min_strength": -0.1}):
        with pytest.raises(UsageError):
            town.path(["Me"], ["Dora Dohle"], **wrong)  # type: ignore[arg-type]


def test_eight_threads_get_the_answers_of_one(town: ReferralGraph) -> None:
    """Different questions and filters at once, over one open graph, ten times each."""
    questions: list[dict[str, object]] = [
        {},
        {"current_only": True},
        {"avoid": ["Bruno Birke"]},
        {"as_of": date(2016, 1, 1)},
        {"as_of": date(2019, 1, 1)},
        {"viewer": "You There"},
        {"k": 1},
        {"max_ties": 6, "min_strength": 0.0},
    ]
    expected = [town.path((), ["Dora Dohle"], **each) for each in questions]  # type: ignore[arg-type]
    wrong: list[object] = []

    def work(number: int) -> None:
        for turn in range(10):
            place = (number + turn) % len(questions)
            got = town.path((), ["Dora Dohle"], **questions[place])  # type: ignore[arg-type]
            if got != expected[place]:
                wrong.append((place, got))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_without_a_path_the_answer_says_what_would_help(demo_graph: ReferralGraph) -> None:
    """Two ties are too few for the story's bridge of four, and its shortcut is refused.

    Beyond the limits stands the bridge itself (0.091125); the target is tied to the four others of the presidium, each by
    0.9 / sqrt(4) = 0.45, so one of them in an address book (0.5) would give 0.225.
    """
    answer = demo_graph.path([], ["Leonhard Vrederkamp, Ostermühl"], max_ties=2)
    assert not answer.paths
    assert answer.nothing is not None
    assert answer.nothing.code == "no_path"
    assert answer.beyond is not None
    assert answer.beyond.strength == pytest.approx(0.091125)
    assert len(answer.would_help) == 3
    for each in answer.would_help:
        assert each.target.name == "Leonhard Vrederkamp"
        assert each.gives == pytest.approx(0.5 * each.knows_target)
    assert answer.would_help[0].knows_target >= 0.45


def test_meetings_and_the_owners_word_lift_a_contact_and_are_cited(new_town: Town) -> None:
    """From a diary and a table of contacts to the answer, by way of the index.

    Bruno stands on LinkedIn (0.3) and was met on the day of the diary and a year (366 days) before: 1 - 0.7 x 0.85 x
    0.85^(2^-(366 / 365.25)). Dora stands nowhere but was called in June, the 15th of which stands for it:
    1 - 0.95^(2^-(15 / 365.25)). Of Clara the owner says "very well": 0.9, and a meeting adds nothing.
    """
    officer = new_town.officer
    for name in ("Bruno Birke", "Clara Cramm", "Dora Dohle"):
        new_town.company(f"{name.split()[1]} GmbH", officer(name))
    new_town.contacts("Me Myself", [("Bruno", "Birke", "Birke GmbH", "01 May 2020")])
    new_town.table(
        "diary", "Date;Kind;Name;City;Word",
        "2024-06-30;meeting;Bruno Birke;Testau;", "2023-06-30;meeting;Bruno Birke;Testau;", "2024-06;call;Dora Dohle;Testau;",
        "2024-06-30;meeting;Clara Cramm;Testau;3",
        sections='[interaction]\ndate = "Date"\nkind = "Kind"\n[contact]\nwhen = { column = "Word", is = ["3"] }\ncloseness = "Word"',
        owner="Me Myself")
    graph = new_town.graph()
    met = {target: graph.path(["Me"], [target]).paths[0].ties[0] for target in ("Bruno Birke", "Clara Cramm", "Dora Dohle")}
    assert met["Bruno Birke"].strength == exactly(1 - 0.7 * 0.85 * 0.85 ** (2 ** -(366 / 365.25)))
    assert met["Dora Dohle"].strength == exactly(1 - 0.95 ** (2 ** -(15 / 365.25)))
    assert met["Dora Dohle"].reasons[0].text == "contact of Me Myself (calls: 1, last 2024-06)"
    assert met["Clara Cramm"].strength == exactly(0.9)
    reason = met["Bruno Birke"].reasons[0]
    assert reason.text == "contact of Me Myself (linkedin; meetings: 2, last 2024-06-30)"
    assert [(each.kind, each.days, each.last) for each in reason.interactions] == [("meeting", 2, "2024-06-30")]
    assert [(each.file, each.line) for each in reason.sources] == [("Connections.csv", 2), ("diary.csv", 2), ("diary.csv", 3)]
    clara = met["Clara Cramm"].reasons[0]
    assert (clara.closeness, clara.text) == (
        3, "contact of Me Myself (crm; own word: very well; meetings: 1, last 2024-06-30)")
    assert graph.path(["Me"], ["Dora Dohle"], as_of=date(2024, 6, 14)).paths == ()
    before = graph.path(["Me"], ["Bruno Birke"], as_of=date(2023, 6, 30)).paths[0].ties[0].reasons[0]
    assert before.strength == exactly(1 - 0.7 * 0.85)
    assert [(each.file, each.line) for each in before.sources] == [("Connections.csv", 2), ("diary.csv", 3)]


def test_a_private_diary_counts_for_its_owner_alone(new_town: Town) -> None:
    """Nobody else is introduced by it, sees it cited, or finds who stands only in it."""
    new_town.company("Birke GmbH", new_town.officer("Bruno Birke"))
    new_town.table(
        "diary", "Date;Kind;Name;City;Word", "2024-06-30;meeting;Bruno Birke;Testau;", "2024-06-30;meeting;Gesine Geheim;Testau;",
        sections='[interaction]\ndate = "Date"\nkind = "Kind"\nvisibility = { constant = "private" }', owner="You There")
    graph = new_town.graph()
    mine = graph.path(["You There"], ["Bruno Birke"], viewer="You There").paths[0].ties[0].reasons[0]
    assert (mine.strength, mine.visibility) == (exactly(0.15), "private")
    others = graph.path(["You There"], ["Bruno Birke"], viewer="Me Myself")
    assert others.paths == ()
    assert graph.path((), ["Gesine Geheim"], viewer="You There").paths
    with pytest.raises(NotFound):
        graph.path((), ["Gesine Geheim"], viewer="Me Myself")
