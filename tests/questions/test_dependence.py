"""What hangs on whom, against taking each person out of the graph and searching everything anew.

In the country of the demo: without Mara, or without Torsten whom only she knows, Leonhard is reached over Sri alone: 0.091125 falls
to 0.030375, a third. Without Sri nothing changes for him. Roswitha Innerwiek is tied to Leonhard alone: 0.091125 x 0.9.
"""

from __future__ import annotations

import itertools
import random
import shutil
from datetime import date

import networkx as nx
import pytest

from referralgraph.demo import story
from referralgraph.errors import SourceError, UsageError
from referralgraph.questions.graph import ReferralGraph


def test_mara_is_a_single_point_for_leonhard(demo_graph):
    answer = demo_graph.dependence([story.LEONHARD.entity])
    found = {each.person.name: each for each in answer.people}
    mara = found["Mara Wiesentau"]
    (loss,) = mara.halved
    assert (loss.before, loss.after) == (pytest.approx(0.091125), pytest.approx(0.030375, rel=1e-3))
    assert [each.person.name for each in mara.takes_over] == ["Sri Wahyuningsih"]
    assert [each.name for each in mara.hand_over] == [story.TORSTEN.name]
    assert (found["Sri Wahyuningsih"].targets, found["Sri Wahyuningsih"].halved) == (0, ())
    assert found[story.TORSTEN.name].halved[0].after == loss.after
    assert not found[story.TORSTEN.name].ours


def test_without_anybody_else_the_target_is_lost(demo_graph):
    answer = demo_graph.dependence([story.LEONHARD.entity], sources=["Mara Wiesentau"])
    found = {each.person.name: each for each in answer.people}
    assert [loss.after for loss in found["Mara Wiesentau"].lost] == [None]
    # without Torsten Mara asks her colleague Sri: 0.9 x 0.030375
    assert [loss.after for loss in found[story.TORSTEN.name].halved] == [pytest.approx(0.9 * 0.030375, rel=1e-3)]


@pytest.fixture(scope="module")
def random_town(tmp_path_factory, town_in):
    """Thirty people in forty companies of two or three, and three of us who know some of them."""
    dice = random.Random(11)
    town = town_in(tmp_path_factory.mktemp("random"))
    people = [f"Person{number:02d} Zufall{number:02d}" for number in range(30)]
    for number in range(40):
        members = dice.sample(people, dice.choice([2, 2, 3]))
        left = dice.choice([None, None, "2019-06-30", "2022-06-30"])
        town.company(f"Zufall {number} GmbH", *(town.officer(who, "2015-01-01", left if place else None)
                                               for place, who in enumerate(members)))  # fmt: skip
    for place, person in enumerate(people):
        town.company(f"Heimat {place} GmbH", town.officer(person))
    for owner, count in (("Me Myself", 3), ("You There", 3), ("Third Man", 2)):
        cards = [(*person.split(), f"Heimat {int(person[6:8])} GmbH", "01 May 2020") for person in dice.sample(people, count)]
        town.contacts(owner, cards)
    return town.graph(members=("You There", "Third Man"))


def test_every_loss_is_that_of_a_graph_without_the_person(random_town):
    """Simple paths of at most three ties, enumerated with networkx, with each person removed in turn."""
    graph = random_town
    index, chosen = graph.context.index, graph.context.filter(graph._asked(None, None, None))
    whole = nx.Graph()
    for one in range(len(index.person_ids)):
        for other, strength in index.neighbours(one, chosen):
            whole.add_edge(index.person(one), index.person(other), strength=strength)
    team = sorted(set(graph.context.team.values()))
    targets = [f"Heimat {number} GmbH" for number in range(30)]
    ends = [graph.context.entity(f"Person{number:02d} Zufall{number:02d}").id for number in range(30)]

    def best(network, sources, end):
        found = 0.0
        for source in sources:
            if source not in network or end not in network:
                continue
            inner = network.subgraph(set(network) - (set(sources) - {source}))
            for path in nx.all_simple_paths(inner, source, end, cutoff=3):
                strength = 1.0
                for pair in itertools.pairwise(path):
                    strength *= inner.edges[pair]["strength"]
                found = max(found, strength)
        return found if found >= 0.04 else 0.0

    now = [best(whole, team, end) for end in ends]
    answer = graph.dependence(targets, max_ties=3, min_strength=0.04)
    assert answer.reached == sum(each > 0 for each in now)
    looked_at = {each.person.id: each for each in answer.people}
    assert len(looked_at) > 8
    lost = halved = 0
    for person, told in looked_at.items():
        rest = whole.subgraph(set(whole) - {person})
        after = [best(rest, [each for each in team if each != person], end) for end in ends]
        gone = {targets[place] for place, before in enumerate(now) if before and not after[place] and ends[place] != person}
        half = {
            targets[place] for place, before in enumerate(now) if before and 0 < after[place] < before / 2 and ends[place] != person
        }
        assert {loss.target.name for loss in told.lost} == gone
        assert {loss.target.name for loss in told.halved} == half
        for loss in told.halved:
            assert loss.after == pytest.approx(after[targets.index(loss.target.name)])
        lost, halved = lost + len(gone), halved + len(half)
    assert lost > 0
    assert halved > 0
    not_looked_at = set(ends) - looked_at.keys()
    for person in sorted(not_looked_at)[:5]:  # nobody else is on a best path, so nothing hangs on him
        rest = whole.subgraph(set(whole) - {person})
        assert all(best(rest, team, end) == pytest.approx(before) for end, before in zip(ends, now, strict=True) if end != person)


def test_bad_lines_are_listed_and_bad_questions_refused(demo_graph, tmp_path):
    listing = tmp_path / "targets.csv"
    listing.write_text(f"{story.KALTENMOOR.name}\nNo Such AG\n{story.KALTENMOOR.name}\n", encoding="utf-8")
    answer = demo_graph.dependence([str(listing)])
    assert (answer.targets, [each.code for each in answer.unanswered]) == (1, ["not_found", "duplicate"])
    with pytest.raises(UsageError):
        demo_graph.dependence([])
    with pytest.raises(SourceError, match="no such file"):
        demo_graph.dependence([str(tmp_path / "missing.csv")])


def test_who_is_on_the_list_vetoed_or_resting_is_no_introducer(demo_workspace, tmp_path):
    """Without Torsten the way to Leonhard is Sri's alone, and nothing hangs on Mara any more; 0.030375 by hand as above."""
    graph = ReferralGraph.open(shutil.copytree(demo_workspace, tmp_path / "workspace"))
    listing = tmp_path / "conflicts.csv"
    listing.write_text(f"{story.TORSTEN.entity}\nNobody Knows GmbH\n", encoding="utf-8")

    def without_torsten(answer):
        found = {each.person.name: each for each in answer.people}
        assert story.TORSTEN.name not in found
        assert found["Mara Wiesentau"].targets == 0
        (loss,) = found["Sri Wahyuningsih"].lost
        assert loss.before == pytest.approx(0.030375, rel=1e-3)

    answer = graph.dependence([story.LEONHARD.entity], conflicts=listing)
    without_torsten(answer)
    assert [each.code for each in answer.unanswered] == ["unknown_conflict"]
    entered = graph.accounts.veto(story.TORSTEN.entity, reason="private matter", by="Sri Wahyuningsih")
    without_torsten(graph.dependence([story.LEONHARD.entity]))
    graph.accounts.undo(entered.judgements[0])
    assert {each.person.name for each in graph.dependence([story.LEONHARD.entity]).people} >= {story.TORSTEN.name}
    day = date.fromisoformat(graph.context.coverage.data_date)
    people = graph.path([], [story.LEONHARD.entity], k=1).paths[0].people
    torsten, following = next(pair for pair in itertools.pairwise(people) if pair[0].name == story.TORSTEN.name)
    for _ in range(4):  # then he rests for the quarter
        graph.enter_outcome("asked", torsten.id, following.id, at=day)
    without_torsten(graph.dependence([story.LEONHARD.entity], as_of=day))
    graph.close()


def test_a_body_of_the_list_bars_its_people(random_town, tmp_path):
    """Everybody has a company of his own: whether it is listed or he himself, he introduces nobody."""
    ends = [f"Person{number:02d} Zufall{number:02d}" for number in range(30)]
    used = [each.person.name for each in random_town.dependence(ends).people if not each.ours]
    first, listing = used[0], tmp_path / "conflicts.csv"
    answers = []
    for line in (f"Heimat {int(first[6:8])} GmbH;debtor", first):
        listing.write_text(line, encoding="utf-8")
        answers.append(random_town.dependence(ends, conflicts=listing))
    assert answers[0].people == answers[1].people
    assert first not in {each.person.name for each in answers[0].people}
