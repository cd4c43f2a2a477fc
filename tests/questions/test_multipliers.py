"""Multipliers in a town made for it, worked out by hand, and against brute force.

Me knows Tina the tax adviser, Carl the competitor's clerk and Hubert the hub by LinkedIn (0.3 each); nobody knows Stefan the
stranger. Four target companies, each run by one director. Each tie below is a company of two people, 0.9:

    Adviser - A, Adviser - B, Clerk - C, Hub - A, Hub - B, Hub - C (and seats elsewhere: 21), Stranger - A, B, C, D
    Adviser - Vera, Vera - D

Adviser opens A and B with 0.3 x 0.9 = 0.27 each: 0.54. Clerk would open C with 0.27, but sits at the competitor. Hub has more seats
than an introducer may have. Stranger isn't known: as a new contact (0.5) he would add, with 0.45 each: A and B 0.45 x 0.73 = 0.3285
each, C and D 0.45 each: 1.557.
"""

from __future__ import annotations

from itertools import combinations

import pytest

from referralgraph.errors import SourceError, UsageError

TARGETS = ["Ziel A GmbH", "Ziel B GmbH", "Ziel C GmbH", "Ziel D GmbH"]


@pytest.fixture(scope="module")
def town_of_advisers(tmp_path_factory, town_in):
    town = town_in(tmp_path_factory.mktemp("advisers"))
    for letter in "ABCD":
        town.company(f"Ziel {letter} GmbH", town.officer(f"Dirk Direktor{letter.lower()}"))
    number = 0
    for who, letters in (("Tina Taxwald", "AB"), ("Carl Clerkmann", "C"), ("Hubert Hubmann", "ABC"), ("Stefan Strangfeld", "ABCD")):
        for letter in letters:
            number += 1
            town.company(f"Brücke {number} GmbH", town.officer(who), town.officer(f"Dirk Direktor{letter.lower()}"))
    town.company("Rivale GmbH", town.officer("Carl Clerkmann"))
    for place in range(21):
        town.company(f"Vorrat {place} GmbH", town.officer("Hubert Hubmann"))
    town.company("Kanzlei GmbH", town.officer("Tina Taxwald"), town.officer("Vera Viafrau"))
    town.company("Verein GmbH", town.officer("Vera Viafrau"), town.officer("Dirk Direktord"))
    known = {"Tina Taxwald": "Brücke 1 GmbH", "Carl Clerkmann": "Rivale GmbH", "Hubert Hubmann": "Vorrat 0 GmbH"}
    town.contacts("Me Myself", [(*name.split(), firm, "01 May 2020") for name, firm in known.items()])
    return town.graph()


@pytest.fixture
def files(tmp_path):
    def write(name, *lines):
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def me(graph):
    return graph.context.team["Me Myself"]


def test_the_adviser_is_asked_and_nobody_else(town_of_advisers, files):
    listed = files("conflicts.csv", "Rivale GmbH")
    answer = town_of_advisers.multipliers([str(files("targets.csv", *TARGETS))], conflicts=listed)
    assert [each.person.name for each in answer.multipliers] == ["Tina Taxwald"]
    (adviser,) = answer.multipliers
    assert adviser.through.name == "Me Myself"
    assert adviser.known == pytest.approx(0.3)
    assert answer.expected == pytest.approx(0.54)
    assert answer.proven
    assert [(one.organisation.name, one.decision_maker.name) for one in adviser.opens] == [
        ("Ziel A GmbH", "Dirk Direktora"), ("Ziel B GmbH", "Dirk Direktorb")]  # fmt: skip
    assert adviser.opens[0].roles == ("managing_director",)
    assert adviser.opens[0].tie.reasons[0].sources
    assert {each.person.name: each.because.code for each in answer.not_chosen} == {
        "Carl Clerkmann": "conflict", "Hubert Hubmann": "hub"}  # fmt: skip
    assert [each.name for each in answer.unreached] == ["Ziel C GmbH", "Ziel D GmbH"]


def test_the_stranger_is_the_one_to_get_to_know(town_of_advisers, files):
    answer = town_of_advisers.multipliers(TARGETS, conflicts=files("conflicts.csv", "Rivale GmbH"))
    assert answer.would_open[0].person.name == "Stefan Strangfeld"
    assert answer.would_open[0].adds == pytest.approx(2 * 0.45 * 0.73 + 2 * 0.45)
    assert answer.would_open[0].companies == 4


def test_without_the_list_the_clerk_is_asked_too(town_of_advisers):
    answer = town_of_advisers.multipliers(TARGETS)
    assert [each.person.name for each in answer.multipliers] == ["Tina Taxwald", "Carl Clerkmann"]
    assert answer.expected == pytest.approx(0.81)


def test_every_set_is_worse(town_of_advisers):
    """All pairs of all people whom the chosen filter leaves, each worth computed from single ties."""
    graph = town_of_advisers
    index, chosen = graph.context.index, graph.context.filter(graph._asked(None, None, None))
    ties = {
        index.person(one): {index.person(other): strength for other, strength in index.neighbours(one, chosen)}
        for one in range(len(index.person_ids))
    }
    known = ties[me(graph)]
    deciding = [graph.context.entity(f"Dirk Direktor{letter}").id for letter in "abcd"]
    team = set(graph.context.team.values())
    hub = graph.context.entity("Hubert Hubmann").id
    people = [each for each in ties if known.get(each, 0) >= 0.25 and each not in {*team, *deciding, hub}]

    def worth(chosen):
        total = 0.0
        for end in deciding:
            missed = 1.0
            for each in chosen:
                missed *= 1 - known[each] * ties[each].get(end, 0.0)
            total += 1 - missed
        return total

    best = max(worth(each) for size in (1, 2) for each in combinations(people, size))
    assert graph.multipliers(TARGETS, least=2).expected == pytest.approx(best)


def test_one_more_introducer_only_when_asked(town_of_advisers, files):
    """Over Tina (0.3) to Vera (0.9), who shares a company with D's director (0.9): 0.27 x 0.9 = 0.243.

    Stefan hangs on targets alone, and whoever is a target himself is no introducer to a multiplier.
    """
    listed = files("conflicts.csv", "Rivale GmbH")
    one = town_of_advisers.multipliers(TARGETS, conflicts=listed, introducers=1)
    assert [each.person.name for each in one.multipliers] == ["Tina Taxwald", "Vera Viafrau"]
    assert (one.multipliers[1].via.name, one.multipliers[1].known) == ("Tina Taxwald", pytest.approx(0.27))
    assert one.multipliers[1].adds == pytest.approx(0.243)
    assert len(one.multipliers[1].ties) == 2


def test_bad_lines_are_listed_and_the_rest_is_answered(town_of_advisers, files):
    listing = files("targets.csv", "Ziel A GmbH", "Ziel A GmbH", "Nirgendwo AG", "Vorrat 3 GmbH")
    answer = town_of_advisers.multipliers([str(listing)])
    assert [each.code for each in answer.unanswered] == ["duplicate", "not_found"]
    assert answer.companies == 2
    assert [each.person.name for each in answer.multipliers] == ["Tina Taxwald"]


def test_input_that_can_not_be_meant_is_refused(town_of_advisers, files):
    with pytest.raises(SourceError, match="names no target"):
        town_of_advisers.multipliers([str(files("empty.csv", ""))])
    with pytest.raises(UsageError, match="whom to reach"):
        town_of_advisers.multipliers()
    with pytest.raises(UsageError, match="--size"):
        town_of_advisers.multipliers(TARGETS, least=0)


def test_a_profile_stands_for_the_companies_of_a_place(town_of_advisers, files):
    profile = files("profile.toml", "[[profile]]", 'name = "Testau"', 'place = ["TESTAU"]', 'phrases = ["our trucks stand still"]')
    answer = town_of_advisers.multipliers(profile=profile)
    assert answer.profiles[0].companies == 38  # 4 targets, 10 bridges, 1 rival, 21 shelves, 2 of Vera's
    assert answer.profiles[0].phrases == ("our trucks stand still",)


def test_a_profile_that_matches_nothing_says_why(town_of_advisers, files):
    nowhere = files("nowhere.toml", "[[profile]]", 'name = "far away"', 'place = ["Atlantis"]')
    answer = town_of_advisers.multipliers(profile=nowhere)
    assert (answer.nothing.code, answer.multipliers) == ("profile_empty", ())
    industry = files("industry.toml", "[[profile]]", 'name = "forklifts"', 'industry = ["NACE 28"]')
    assert "no source tells industry or size" in town_of_advisers.multipliers(profile=industry).nothing.text


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["[[profile]]", 'name = "x"'], "describes every company"),
        (["[[profile]]", 'name = "x"', 'town = ["y"]'], "town"),
        (["[[profile]]", 'name = "x"', 'place = ["y"]', 'role = ["boss"]'], "no role 'boss'"),
        (["not toml"], "TOML"),
        (["profile = []"], "profile"),
    ],
)
def test_a_profile_with_a_mistake_names_it(town_of_advisers, files, lines, told):
    with pytest.raises(SourceError, match=told):
        town_of_advisers.multipliers(profile=files("profile.toml", *lines))


def test_a_request_holds_nothing_that_the_introducer_may_not_see(demo_graph):
    """Mara - Torsten (her address book) - Friederike - Albrecht - Leonhard: Torsten reads of Friederike and Leonhard alone."""
    answer = demo_graph.requests(demo_graph.path([], ["Leonhard Vrederkamp, Ostermühl"], k=2))
    first = answer.requests[0]
    assert (first.sender.name, first.to.name, first.target.name) == ("Mara Wiesentau", "Torsten Quellbrink", "Leonhard Vrederkamp")
    assert "Friederike Moosgrund" in first.text
    assert "Arbeitskreis Intralogistik" in first.text
    for hidden in ("Albrecht", "Kartika", "0.", "address book", "contact", "contacts.vcf", "Ruprecht"):
        assert hidden not in first.text
    second = answer.requests[1]
    assert (second.sender.name, second.to.name) == ("Sri Wahyuningsih", "Kartika Lesmanadewi")


def test_the_demo_country_has_its_multipliers(demo_graph):
    """Mara knows Torsten (0.5), who shares a working group of five with Friederike (0.45): 0.225.

    Sri knows Kartika (0.3), who until 2018 ran a company with Ulrich (0.225): 0.0675. Nobody whom we know is tied to Nordkai's
    Wendelin.
    """
    targets = ["Moosgrund & Sonnwart Fördertechnik GmbH", "Lesmanadewi Hafentechnik GmbH", "Nordkai Umschlag GmbH"]
    answer = demo_graph.multipliers(targets)
    assert [(each.person.name, each.through.name) for each in answer.multipliers] == [
        ("Torsten Quellbrink", "Mara Wiesentau"), ("Kartika Lesmanadewi", "Sri Wahyuningsih")]  # fmt: skip
    assert [each.adds for each in answer.multipliers] == [pytest.approx(0.225), pytest.approx(0.0675, rel=1e-3)]
    assert [each.name for each in answer.unreached] == ["Nordkai Umschlag GmbH"]
