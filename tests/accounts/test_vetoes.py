"""Enemies, and people who aren't to be asked, never introduce; `path` says so.

The bridge of the story leads from Mara over Torsten, Friederike and Albrecht to Leonhard of Kaltenmoor (0.091125); the second way
from Sri over Kartika and Ulrich (0.030375).
"""

from __future__ import annotations

from datetime import date

import pytest

from referralgraph.errors import NotFound

ACCOUNT = "Cold store"
LEONHARD, FRIEDERIKE = "Leonhard Vrederkamp, Ostermühl", "Friederike Moosgrund, Tannwerder"
BRIDGE = ["Mara Wiesentau", "Torsten Quellbrink", "Friederike Moosgrund", "Albrecht Sonnwart", "Leonhard Vrederkamp"]


@pytest.fixture
def opened(graph):
    """The account of Kaltenmoor, with nobody in it."""
    graph.accounts.desk().open_account(ACCOUNT, organisations=["Kaltenmoor Frischelogistik GmbH"])
    return graph


def best(graph, to=LEONHARD, **asked):
    answer = graph.path([], [to], **asked)
    return [person.name for person in answer.paths[0].people] if answer.paths else [], answer


def refusals(answer):
    return {tuple(person.name for person in each.people): each.because.code for each in answer.refused}


def test_without_a_veto_the_bridge_is_best(opened):
    assert best(opened)[0] == BRIDGE


def test_an_enemy_of_the_account_is_refused_by_name_and_reason(opened):
    opened.accounts.assess(ACCOUNT, FRIEDERIKE, relationship=-2, by="Jonas Halvering")
    path, answer = best(opened)
    assert path == ["Sri Wahyuningsih", "Kartika Lesmanadewi", "Ulrich Tannhäger", "Leonhard Vrederkamp"]
    assert refusals(answer)[tuple(BRIDGE)] == "enemy"
    because = next(each.because for each in answer.refused if each.because.code == "enemy")
    assert because.parameters == {"account": ACCOUNT}


def test_the_company_as_target_and_each_target_by_itself_obey_it_too(opened):
    opened.accounts.assess(ACCOUNT, FRIEDERIKE, relationship=-2)
    assert "Friederike Moosgrund" not in best(opened, "Kaltenmoor Frischelogistik GmbH")[0]
    entries = opened.paths_each([], [LEONHARD, "Albrecht Sonnwart, Tannwerder"]).entries
    assert entries[0].path.people[0].name == "Sri Wahyuningsih"
    # Albrecht is in no account: to him Friederike may introduce
    assert [person.name for person in entries[1].path.people] == BRIDGE[:-1]


def test_for_another_account_she_may_introduce(opened):
    opened.accounts.desk().open_account("Another")
    opened.accounts.assess("Another", FRIEDERIKE, relationship=-2)
    assert best(opened)[0] == BRIDGE
    assert best(opened, account="Another")[0] != BRIDGE
    with pytest.raises(NotFound, match="Another, Cold store"):
        opened.path([], [LEONHARD], account="A third")


def test_a_single_bad_word_is_no_veto_under_the_average_but_said_by_all_it_is(opened):
    opened.accounts.assess(ACCOUNT, FRIEDERIKE, relationship=-2, by="Jonas Halvering")
    opened.accounts.assess(ACCOUNT, FRIEDERIKE, relationship=0, by="Mara Wiesentau")
    assert best(opened)[0] == BRIDGE  # -1 on average
    opened.accounts.assess(ACCOUNT, FRIEDERIKE, relationship=-2, by="Mara Wiesentau")
    assert best(opened)[0] != BRIDGE


def test_an_enemy_can_be_reached_though_he_never_introduces(opened):
    opened.accounts.assess(ACCOUNT, LEONHARD, relationship=-2)
    assert best(opened)[0] == BRIDGE


def test_who_is_not_to_be_asked_for_anything_is_out_of_every_path(opened):
    entered = opened.accounts.veto(FRIEDERIKE, reason="private matter", by="Sri Wahyuningsih")
    path, answer = best(opened)
    assert path != BRIDGE
    told = next(each.because for each in answer.refused if each.because.code == "veto")
    assert told.text == f"not to be asked for anything, says Sri Wahyuningsih ({told.parameters['at']}): private matter"
    assert best(opened, "Albrecht Sonnwart, Tannwerder")[0] != BRIDGE[:-1]
    assert [(each.name, each.account) for each in opened.accounts.vetoes().vetoes] == [("Friederike Moosgrund", None)]
    opened.accounts.undo(entered.judgements[0])
    assert best(opened)[0] == BRIDGE
    assert opened.accounts.vetoes().vetoes == ()


def test_a_veto_of_one_account_stays_there(opened):
    opened.accounts.veto(FRIEDERIKE, account=ACCOUNT)
    assert best(opened)[0] != BRIDGE
    assert best(opened, "Albrecht Sonnwart, Tannwerder")[0] == BRIDGE[:-1]



def test_the_best_introduction_to_who_has_no_lead_avoids_the_enemy(opened):
    opened.accounts.assess(ACCOUNT, LEONHARD, role=3)
    opened.accounts.assess(ACCOUNT, FRIEDERIKE, relationship=-2)
    found = {each.name: each.path for each in opened.account(ACCOUNT).without_lead}
    assert [person.name for person in found["Leonhard Vrederkamp"].people][:2] == ["Sri Wahyuningsih", "Kartika Lesmanadewi"]
    opened.accounts.desk().cells(ACCOUNT, [(LEONHARD, "Mara Wiesentau", "***")])
    assert {each.name for each in opened.account(ACCOUNT).without_lead} == {"Friederike Moosgrund"}


def test_under_the_policy_of_the_responsible_his_word_is_the_veto(opened, desk_workspace, another):
    settings = desk_workspace / "settings.toml"
    text = settings.read_text(encoding="utf-8")
    settings.unlink()  # it is linked to the country's
    settings.write_text(f'{text}\n[accounts]\nrelationship_policy = "responsible"\n', encoding="utf-8")
    opened.accounts.desk().open_account(ACCOUNT, responsible="Jonas Halvering")
    opened.accounts.assess(ACCOUNT, FRIEDERIKE, relationship=2, by="Mara Wiesentau")
    opened.accounts.assess(ACCOUNT, FRIEDERIKE, relationship=-2, by="Jonas Halvering", at=date(2026, 1, 1))
    assert best(another())[0] != BRIDGE
    assert best(opened)[0] == BRIDGE  # opened before the setting was changed: the average is 0
