"""What a model learns from records, and what counts as evidence: on tables of fictional people whose truth is written down here."""

from __future__ import annotations

import itertools
import random

import pytest

from referralgraph.records.database import connect, create_tables, sql_file
from referralgraph.resolve import Learned, learn_models
from referralgraph.resolve.careful import _create_views
from referralgraph.resolve.model import shipped_model
from referralgraph.resolve.sample import take_sample
from referralgraph.resolve.scoring import evidence_condition, weight_query
from referralgraph.resolve.weighed import compare_sample, make_features

_GIVEN = ("Jürgen", "Sabine", "Ottokar", "Annegret", "Wendelin", "Irmtraud", "Kunibert", "Rosalinde", "Tassilo", "Edeltraud")
_FAMILY = [
    f"{one}{two}{three}"
    for one, two, three in itertools.product(
        ("Vred", "Moos", "Kanal", "Ufer", "Sonn", "Tils", "Gold", "Birk"), ("en", "au", "ig", "or"), ("grund", "wiese")
    )
]


def _born(dice):
    return f"19{dice.randint(30, 89)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"


def _weights(case, folder):
    """Weigh all pairs of a case by the shipped model, by the ids of their records."""
    connection = connect(folder)
    connection.execute(sql_file("referralgraph.resolve", "words"))
    _create_views(connection, case.write())
    create_tables(connection, "referralgraph.resolve", ["organisation_name", "person_key", "employer"])
    model = shipped_model("person").expecting(make_features(connection, "person"))
    create_tables(connection, "referralgraph.resolve", ["person_share"])
    take_sample(connection, "person")
    compare_sample(connection, model)
    rows = connection.sql(weight_query(model, "person_outcome")).to_arrow_table().to_pylist()
    ids = dict(connection.execute("SELECT ordinal, record_id FROM person_feature").fetchall())
    return {(ids[row["record_id"]], ids[row["other"]]): row for row in rows}


def test_names_the_other_way_round_are_compared_and_count_once(case, tmp_path):
    """Ottokar Vredenau and Vredenau Ottokar: one observation, told by the given name; the family name then says nothing."""
    case.person("a", "Ottokar Vredenau", "Ulm")
    case.person("b", "Vredenau Ottokar", "Ulm")
    found = _weights(case, tmp_path)["ra", "rb"]
    assert found["bits_given"] > 8
    assert (found["gamma_family"], found["bits_family"]) == (-1, 0)


def test_a_short_name_that_is_another_isnt_the_other_way_round(case, tmp_path):
    """Jack is two letters from Zac, and still another name."""
    case.person("a", "Ryan Jack", "Ulm", birth_date="1950-03-01")
    case.person("b", "Zac Ryan", "Ulm", birth_date="1950-03-01")
    found = _weights(case, tmp_path)["ra", "rb"]
    assert found["gamma_family"] == 0
    assert found["bits_given"] < 4


@pytest.mark.parametrize(("one", "other", "says"), [
    ("wendelin.tilsheim@a.example", "wendelin.tilsheim@b.example", 0),  # whoever is called so may have it
    ("wendelin.tilsheim@a.example", "w.tilsheim2@a.example", 0),
    ("wendelin.tilsheim@a.example", "wendelin.tilsheim@a.example", 1),  # an address has one owner
    ("blauerfuchs@a.example", "blauerfuchs@b.example", 1),
    ("wendelin.tilsheim@a.example", "blauerfuchs@b.example", -1),
])  # fmt: skip
def test_a_mailbox_made_of_the_name_says_nothing_that_the_name_doesnt(case, tmp_path, one, other, says):
    case.person("a", "Wendelin Tilsheim", "Ulm", emails=[one])
    case.person("b", "Wendelin Tilsheim", "Ulm", emails=[other])
    bits = _weights(case, tmp_path)["ra", "rb"]["bits_email"]
    assert bits == 0 if says == 0 else bits * says > (0 if says < 0 else 5)


def test_an_address_in_place_of_a_name_is_no_other_name(case, tmp_path):
    """Whoever is told by his address alone: the address speaks for him, and nothing is known of his name."""
    case.person("a", "Wendelin Tilsheim", "Ulm", emails=["blauerfuchs@a.example"])
    case.person("b", "blauerfuchs@a.example", "Ulm", emails=["blauerfuchs@a.example"], family_name=None)
    found = _weights(case, tmp_path)["ra", "rb"]
    assert (found["gamma_given"], found["gamma_family"]) == (-1, -1)
    assert found["bits_email"] > 5


@pytest.mark.parametrize(("one", "other", "outcome"), [
    ("1961-05", "1961-05-20", "partial"),
    ("1961", "1961-05-20", "year"),
    ("1961", "1961", "year"),
    ("1961", "1962-05-20", "different"),
    ("1961-05", "1961-06", "near_month"),
    ("1961-05", "1971-05-20", "near_month"),  # the day isn't told, so it is no digit that agrees
    ("1961-05-20", "1961-06-20", "near"),
    ("1961-05", "1972-06", "different"),
    ("1961", "1962-05", "different"),
])  # fmt: skip
def test_a_digit_off_is_a_typing_error_in_a_month_of_birth_too(case, tmp_path, one, other, outcome):
    """What is clearly another date is then rare with one person, and a father isn't taken for his son whose month was mistyped."""
    case.person("a", "Wendelin Tilsheim", "Ulm", birth_date=one)
    case.person("b", "Wendelin Tilsheim", "Ulm", birth_date=other)
    birth = next(each for each in shipped_model("person").comparisons if each.name == "birth")
    found = _weights(case, tmp_path)["ra", "rb"]["gamma_birth"]
    assert birth.levels[len(birth.levels) - 1 - found].code == outcome


def test_names_and_birth_dates_alone_teach_what_a_match_looks_like(case, tmp_path):
    """640 people, each tenth with a second row whose date has one digit off: every second true pair's does.

    64 true pairs, 32 with an equal date and 32 with a near one. With the shipped model's thirty pairs (0.90 of 1.90 and 0.04 of
    1.90) that is (32 + 14.2) / 94 = 0.49 and (32 + 0.6) / 94 = 0.35, and 128 of 704 records have another one: (128 + 9) / 734 = 0.19.
    """
    dice = random.Random(1)
    for number, (given, family) in enumerate(itertools.product(_GIVEN, _FAMILY)):
        born = _born(dice)
        case.person(f"a{number}", f"{given} {family}", birth_date=born)
        if number % 10 == 0:
            slip = born[:3] + str((int(born[3]) + 1) % 10) + born[4:]
            case.person(f"b{number}", f"{given} {family}", birth_date=slip if number % 20 else born)
    model = learn_models(case.write(), Learned(tmp_path / "models"), tmp_path, seed=1)[1]
    birth = {level.code: level for each in model.comparisons if each.name == "birth" for level in each.levels}
    assert model.learned_with.startswith("splink")
    assert birth["equal"].m == pytest.approx(0.49, abs=0.04)
    assert birth["near"].m == pytest.approx(0.35, abs=0.04)
    assert model.matches_a_record == pytest.approx(0.19, abs=0.03)


def test_where_no_relatives_are_seen_fewer_are_expected_but_those_of_one_name(case, tmp_path):
    """640 people of a family, a town and a birth date each, half with a second row: nobody has a relative."""
    shipped = shipped_model("person")
    dice = random.Random(1)
    for number, (given, family) in enumerate(itertools.product(_GIVEN, _FAMILY)):
        born = _born(dice)
        for copy in range(1 + number % 2):
            case.person(f"{copy}{number}", f"{given} {family}{given[::-1].lower()}", f"Ort {number}", birth_date=born)
    model = learn_models(case.write(), Learned(tmp_path / "models"), tmp_path, seed=1)[1]
    # 960 records: the guess counts as 1,000 more
    assert model.relatives_a_record == pytest.approx(shipped.relatives_a_record * 1000 / 1960, rel=0.05)

    def of_one_name(told):
        given = next(each for each in told.comparisons if each.name == "given")
        return told.relatives_a_record * given.levels[0].relative

    assert of_one_name(model) == pytest.approx(of_one_name(shipped), rel=1e-6)


def test_a_comparison_that_tells_nothing_is_no_evidence():
    """Where everybody lives in one town, agreeing in it is as frequent among strangers; with nothing else, nothing is evidence."""
    model = shipped_model("person")
    place = next(each for each in model.comparisons if each.name == "place")
    told = [{"m": 1 / len(place.levels), "u": 1 / len(place.levels)} for _ in place.levels]
    others = {each.name for each in model.comparisons} - {"place", "birth"}
    flat = model.with_levels({"place": told})
    assert evidence_condition(flat, without=others) == "(gamma_birth >= 3)"  # equal, partial, near
    assert evidence_condition(flat, without={*others, "birth"}) == "false"


def test_families_who_share_everything_but_given_name_and_date_stay_people(case, tmp_path):
    """300 households of three in one town, one of whom has a second row: pairs of relatives are three times as many as true ones."""
    dice = random.Random(1)
    for home, (given, family) in enumerate(itertools.islice(itertools.product(_GIVEN, _FAMILY), 300)):
        at = {"birth_date": _born(dice), "address": f"{given}weg {home}", "postcode": f"{10000 + home % 3}"}
        name = f"{family}{given[::-1].lower()}"
        case.person(f"a{home}", f"{given} {name}", "Einort", **at)
        case.person(f"b{home}", f"{given} {name}", "Einort", **at)
        for member in (1, 2):
            other = _GIVEN[(home // 64 + member * 3) % 10]
            case.person(f"{'cd'[member - 1]}{home}", f"{other} {name}", "Einort", **{**at, "birth_date": _born(dice)})
    learn_models(case.write(), Learned(tmp_path / "models"), tmp_path, seed=1)
    found = case.resolve(learned=Learned(tmp_path / "models"))
    assert sum(found.one(f"a{home}", f"b{home}") for home in range(300)) == 300
    assert sum(found.one(f"a{home}", f"{other}{home}") for home in range(300) for other in "cd") == 0
