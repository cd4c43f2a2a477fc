"""Board to board in the fictional country, against answers worked out by hand, single `path` questions and plain SQL.

Hubwerk Stapler (Bernadette Ohlenfurth, Konrad Achterhof) and Nordkai Umschlag (Wendelin Grauacker) meet in the working group
Ladungssicherung of five people: 0.9 / sqrt(4) = 0.45. Moosgrund & Sonnwart (Friederike, Albrecht) and Kaltenmoor (Leonhard) meet
in the presidium of five: Albrecht - Leonhard, 0.45. Friederike reaches Leonhard only by way of Albrecht, who is ours himself.
"""

from __future__ import annotations

from itertools import pairwise

import duckdb
import pytest

from referralgraph.demo import story
from referralgraph.errors import SourceError, UsageError
from referralgraph.render.board_text import write_boards

HUBWERK, NORDKAI, KALTENMOOR, MOOSGRUND = (
    house.name for house in (story.HUBWERK, story.NORDKAI, story.KALTENMOOR, story.MOOSGRUND)
)


def test_the_two_boards_meet_in_a_working_group(demo_graph):
    answer = demo_graph.boards([HUBWERK], [NORDKAI])
    (link,) = answer.links
    assert (link.ours.name, link.theirs.name, link.kind) == (story.BERNADETTE.name, story.WENDELIN.name, "direct")
    assert link.strength == pytest.approx(0.45)
    assert [each.name for each in link.through] == [story.LOAD_SAFETY]
    assert link.roles == ("member", "chair")
    assert (link.since, link.current) == ("2020-09-01", True)
    assert {row.file for row in link.path.ties[0].reasons[0].sources} == {"verband-foerdertechnik.csv"}
    assert sorted(each.person.name for each in answer.members) == [story.BERNADETTE.name, "Konrad Achterhof"]


def test_our_own_members_are_no_bridges_to_each_other(demo_graph):
    (target,) = demo_graph.boards([MOOSGRUND], [KALTENMOOR]).targets
    assert [(cell.strength, cell.kind) for cell in target.cells] == [(pytest.approx(0.45), "direct")]


def test_a_company_alone_shows_with_whom_it_shares_people(demo_graph):
    answer = demo_graph.boards([KALTENMOOR])
    found = {each.organisation.name: (each.members, each.current) for each in answer.interlocks}
    assert found == {story.PRESIDIUM: (1, 1), story.VREDERSEE.name: (1, 1)}
    (one,) = answer.interlocks[0].people
    assert one.person.name == story.LEONHARD.name


def test_a_former_seat_counts_as_past_and_not_as_current(demo_graph):
    """Kartika left Hafentechnik in 2018, where Ulrich still is; she runs Lesmanadewi Consulting: 0.9 x 2^-2 = 0.225."""
    answer = demo_graph.boards([story.CONSULTING.name], [story.HAFENTECHNIK.name])
    (link,) = answer.links
    assert (link.theirs.name, link.kind, link.current) == (story.ULRICH.name, "direct", False)
    assert link.strength == pytest.approx(0.225, rel=1e-3)
    assert demo_graph.boards([story.CONSULTING.name], [story.HAFENTECHNIK.name], current_only=True).links == ()
    alone = demo_graph.boards([story.CONSULTING.name])
    interlocks = {each.organisation.name: (each.members, each.current) for each in alone.interlocks}
    assert interlocks[story.HAFENTECHNIK.name] == (1, 0)


def test_a_nominee_opens_nothing_and_is_told_as_the_reason(demo_graph):
    """Ruprecht would give 0.9 from a shelf company to Leonhard, but he is the member himself; as a bridge he is refused."""
    answer = demo_graph.boards(["Jonas Halvering"], [KALTENMOOR])
    (target,) = answer.targets
    assert target.refused is not None
    assert target.refused.because.code == "hub"
    assert [person.name for person in target.refused.people][1] == story.RUPRECHT.name


def test_a_seat_at_a_competitor_is_marked(demo_graph, tmp_path):
    listing = tmp_path / "conflicts.csv"
    listing.write_text(f"{story.LOAD_SAFETY};competitor\n{story.KALTENMOOR.name};Debtor\nNobody Knows GmbH\n", encoding="utf-8")
    answer = demo_graph.boards([HUBWERK], [NORDKAI], conflicts=listing)
    assert {mark.person.name for mark in answer.links[0].marks} == {story.BERNADETTE.name, story.WENDELIN.name}
    assert {mark.kind for mark in answer.links[0].marks} == {"competitor"}
    assert [each.parameters["line"] for each in answer.unknown] == [3]
    (presidium, vredersee) = demo_graph.boards([KALTENMOOR], conflicts=listing).interlocks
    assert presidium.marks == vredersee.marks == ()


def test_each_line_of_a_list_is_answered_by_itself(demo_graph, demo_workspace, tmp_path):
    """The terminal is run by Nordkai Umschlag, so Wendelin decides for it, too."""
    listing = tmp_path / "targets.csv"
    lines = [NORDKAI, "No Such Company AG", NORDKAI, story.TERMINAL.name, _without_people(demo_workspace)]
    listing.write_text("\n".join(lines), encoding="utf-8")
    answer = demo_graph.boards([HUBWERK], [str(listing)])
    assert [each.asked for each in answer.targets] == lines
    codes = [each.nothing.code if each.nothing else None for each in answer.targets]
    assert codes == [None, "not_found", "duplicate", None, "no_people"]
    assert sorted(link.target.name for link in answer.links) == sorted([NORDKAI, story.TERMINAL.name])


def test_the_general_partner_is_a_link_between_the_companies_themselves(demo_graph):
    (target,) = demo_graph.boards([NORDKAI], [story.TERMINAL.name]).targets
    (link,) = target.company_links
    assert (link.kind, link.role, link.holder.name) == ("mandate", "general_partner", NORDKAI)
    assert link.sources


def test_one_and_the_same_person_on_both_boards_is_the_first_link(demo_graph):
    answer = demo_graph.boards([KALTENMOOR], [story.VREDERSEE.name])
    assert answer.links[0].kind == "same_person"
    assert answer.links[0].ours.name == story.LEONHARD.name
    assert answer.links[0].strength == 1.0


def test_a_target_without_a_link_says_who_comes_nearest(demo_graph):
    """Albrecht sits with Ulrich in the presidium, who ran a company with Kartika: two ties, where one was asked for."""
    (far,) = demo_graph.boards([MOOSGRUND], [story.CONSULTING.name], max_ties=1).targets
    assert far.nothing.code == "no_path"
    assert far.nearest.people[-1].name == story.KARTIKA.name
    assert far.would_help


def test_a_target_without_ties_is_missing_data(town):
    """Ida sits in Insel GmbH alone and in nobody's address book: nothing of the limits is to blame."""
    (target,) = town.boards(["Alder Werke GmbH"], ["Insel GmbH"]).targets
    assert target.nothing.code == "target_without_ties"
    assert (target.nearest, target.would_help) == (None, ())


def test_a_long_list_of_unknown_lines_stays_readable(town, tmp_path, capsys):
    """Each of 300 lines has its answer; the table shows ten of those that mean nobody."""
    listing = tmp_path / "targets.csv"
    listing.write_text("Birke Holz GmbH\n" * 100 + "".join(f"Birke {number} AG\n" for number in range(200)), encoding="utf-8")
    answer = town.boards(["Alder Werke GmbH"], [str(listing)])
    codes = [each.nothing.code if each.nothing else None for each in answer.targets]
    assert codes == [None, *["duplicate"] * 99, *["not_found"] * 200]
    write_boards("table", answer)
    told = capsys.readouterr().out
    assert "289 further lines" in told
    assert "Birke 3 AG" not in told


def test_every_cell_is_the_best_single_introduction(demo_graph, demo_workspace):
    """Boards that share people with others, in turn: each field of the matrix equals a `path` question of the two people."""
    rows = _mandates(demo_workspace)
    boards = rows.execute("""SELECT "to" FROM seats WHERE "current" AND "from" IN
                             (SELECT "from" FROM seats WHERE "current" GROUP BY "from" HAVING count(DISTINCT "to") BETWEEN 2 AND 9)
                             GROUP BY "to" HAVING count(DISTINCT "from") >= 2 ORDER BY "to" LIMIT 16""").fetchall()
    names = [board for (board,) in boards]
    compared = tied = 0
    for one, other in pairwise(names):
        answer = demo_graph.boards([one], [other], min_strength=0.001)
        ours = [member.person.id for member in answer.members]
        (target,) = answer.targets
        known = {(cell.ours, cell.theirs): cell.strength for cell in target.cells}
        for our in ours:
            for their in (member.person.id for member in target.members):
                if our == their or their in ours:
                    continue
                paths = demo_graph.path([our], [their], k=1, min_strength=0.001, avoid=[each for each in ours if each != our]).paths
                expected = paths[0].strength if paths else None
                assert known.get((our, their)) == (None if expected is None else pytest.approx(expected))
                compared, tied = compared + 1, tied + (expected is not None)
    assert compared >= 15
    assert tied >= 3


def test_interlocks_are_those_of_plain_sql(demo_graph, demo_workspace):
    """Every organisation of which somebody sits elsewhere, counted on the table of mandates."""
    rows = _mandates(demo_workspace)
    expected = rows.execute("""
        SELECT one."to", other."to", count(DISTINCT one."from"), count(DISTINCT CASE WHEN one.now AND other.now THEN one."from" END)
        FROM (SELECT "from", "to", bool_or("current") AS now FROM seats GROUP BY ALL) one
        JOIN (SELECT "from", "to", bool_or("current") AS now FROM seats GROUP BY ALL) other
          ON one."from" = other."from" AND one."to" <> other."to"
        GROUP BY one."to", other."to" """).fetchall()
    wanted: dict[str, dict[str, tuple[int, int]]] = {}
    for one, other, members, now in expected:
        wanted.setdefault(one, {})[other] = members, now
    whole = sorted(wanted)[:60]
    assert len(whole) > 30
    for organisation in whole:
        answer = demo_graph.boards([organisation])
        assert {each.organisation.id: (each.members, each.current) for each in answer.interlocks} == wanted[organisation]


def _mandates(folder):
    files = sorted(folder.glob("stages/graph-*/Person_MANDATE_Organisation.parquet"))
    connection = duckdb.connect()
    connection.read_parquet(str(files[-1])).create("seats_all")
    connection.execute("CREATE VIEW seats AS SELECT * FROM seats_all WHERE role <> 'employee' AND len(only_for) = 0")
    return connection


def test_bad_input_is_refused_with_the_mend(demo_graph, tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_text("\n\n", encoding="utf-8")
    with pytest.raises(SourceError, match="names no target"):
        demo_graph.boards([HUBWERK], [str(empty)])
    with pytest.raises(SourceError, match="no such file"):
        demo_graph.boards([HUBWERK], [str(tmp_path / "missing.csv")])
    with pytest.raises(UsageError, match="whose board"):
        demo_graph.boards([], [NORDKAI])
    with pytest.raises(SourceError, match="names nobody"):
        demo_graph.boards([HUBWERK], [NORDKAI], conflicts=empty)


def test_a_board_without_people_is_missing_data(demo_graph, demo_workspace):
    nobody = _without_people(demo_workspace)
    answer = demo_graph.boards([nobody], [NORDKAI])
    assert answer.nothing.code == "no_people"
    assert demo_graph.boards([nobody]).nothing.code == "no_people"


def _without_people(folder):
    rows = _mandates(folder)
    rows.read_parquet(str(next(folder.glob("stages/graph-*/Organisation.parquet")))).create_view("organisation")
    (found,) = rows.execute("SELECT min(id) FROM organisation WHERE connections = 0 AND kind = 'company'").fetchone()
    return found
