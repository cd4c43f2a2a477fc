"""Our SELECT of the weights against Splink's own prediction with the same model, on a table of fictional people.

Splink knows nothing of relatives; compared is the weight against strangers, which is all that Splink has. Shares, which take the
place of u where a value's rarity is known, are added by hand on both sides: log2(u / share).
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import duckdb
import pytest
import splink

from referralgraph.records.database import connect, create_tables, sql_file
from referralgraph.resolve.careful import _create_views
from referralgraph.resolve.model import Comparison, Model, shipped_model
from referralgraph.resolve.sample import take_sample
from referralgraph.resolve.scoring import NARROWEST, shared_columns, splink_settings, weight_query
from referralgraph.resolve.weighed import compare_sample, make_features

_PEOPLE = 60


def _fill(case):
    """Twenty people with three records each: whole, with a slip, and with fields left out; given names and towns recur."""
    given = ["Jürgen", "Sabine", "Ottokar", "Hans-Jürgen", "Annegret"]
    family = ["Vredenau", "Tilsen", "Vredenau-Tilsen", "Kanalwies", "Uferlohn", "Moosgrund", "Sonnwart"]
    for number in range(_PEOPLE // 3):
        name = given[number % 5], family[number % 7]
        born, city = f"19{50 + number}-0{1 + number % 9}-1{number % 9}", ("Ulm", "Kiel", "Testau")[number % 3]
        mail = [f"{name[1].lower()}{number}@v.example"]
        phone = [f"+49 731 55{number:04}"]
        case.person(f"a{number:02}", " ".join(name), city, birth_date=born, emails=mail, phones=phone, postcode=f"8900{number % 4}")
        case.person(f"b{number:02}", f"{name[0]} {name[1][:-1]}x", city, birth_date=born[:-1] + "9", emails=mail)
        case.person(f"c{number:02}", f"{name[0][0]}. {name[1]}", None if number % 2 else city, birth_date=born[:4], phones=phone)


@pytest.fixture
def weighed(case, tmp_path):
    """Give the function that weighs the people by a model, and the connection of the tables."""
    _fill(case)
    connection = connect(tmp_path)
    connection.execute(sql_file("referralgraph.resolve", "words"))
    _create_views(connection, case.write())
    create_tables(connection, "referralgraph.resolve", ["organisation_name", "person_key", "employer"])
    make_features(connection, "person")
    create_tables(connection, "referralgraph.resolve", ["person_share"])
    take_sample(connection, "person")

    def run(model: Model) -> dict[tuple[str, str], dict[str, Any]]:
        compare_sample(connection, model)
        return _rows(connection, weight_query(model, "person_outcome"))

    return run, connection


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Return rows of pairs by the ids of their records, which are told by their ordinals."""
    ids = dict(connection.execute("SELECT ordinal, record_id FROM person_feature").fetchall())
    return {(ids[row["record_id"]], ids[row["other"]]): row for row in connection.sql(query).to_arrow_table().to_pylist()}


def _without_shares(model: Model) -> Model:
    def bare(each: Comparison) -> Comparison:
        return replace(each, levels=tuple(replace(level, share=None) for level in each.levels))

    return replace(model, comparisons=tuple(bare(each) for each in model.comparisons))


def _predicted(connection: duckdb.DuckDBPyConnection, model: Model) -> dict[tuple[str, str], dict[str, Any]]:
    """Return what Splink predicts for all pairs; its database is its own."""
    alone = duckdb.connect()
    alone.register("told", connection.sql("SELECT * EXCLUDE (ordinal) FROM person_feature ORDER BY record_id").to_arrow_table())
    alone.execute("CREATE TABLE people AS SELECT * FROM told")
    backend = splink.DuckDBAPI(connection=alone)
    told = splink_settings(model) | {"blocking_rules_to_generate_predictions": ["1=1"]}
    linker: Any = splink.Linker(backend.register("people"), told, log_level=None)
    found = linker.inference.predict().as_duckdbpyrelation().to_arrow_table().to_pylist()
    return {tuple(sorted((row["record_id_l"], row["record_id_r"]))): row for row in found}


def test_weights_and_outcomes_are_those_of_splink(weighed):
    """Every outcome equal, every match weight within 1e-6; and without relatives the probability is Splink's too."""
    run, connection = weighed
    model = _without_shares(shipped_model("person")).expecting(_PEOPLE)
    ours, theirs = run(model), _predicted(connection, model)
    assert len(ours) > 100
    for pair, row in ours.items():
        other = theirs[pair]
        assert {each.name: row[f"gamma_{each.name}"] for each in model.comparisons} == {
            each.name: other[f"gamma_{each.name}"] for each in model.comparisons
        }, pair
        assert row["weight"] == pytest.approx(other["match_weight"], abs=1e-6), pair
        assert 1 / (1 + 2 ** -row["weight"]) == pytest.approx(other["match_probability"], abs=1e-6), pair
        assert row["probability"] <= other["match_probability"] + 1e-12, pair  # relatives only ever speak against
    assert len({round(row["weight"], 6) for row in ours.values()}) > 30


def test_a_share_takes_the_place_of_u_and_changes_nothing_else(weighed):
    """The weight with shares is the one without, and for each outcome that has a share log2(u / share) more."""
    run, connection = weighed
    model = shipped_model("person").expecting(_PEOPLE)
    plain, ours = run(_without_shares(model)), run(model)
    outcomes = _rows(connection, "SELECT * FROM person_outcome")
    assert set(shared_columns(model)) >= {"given", "family", "place"}
    moved = 0
    for pair, row in ours.items():
        more = 0.0
        for each in model.comparisons:
            gamma = row[f"gamma_{each.name}"]
            level = each.levels[len(each.levels) - 1 - gamma] if gamma >= 0 else None
            if level is None or level.share is None:
                continue
            shares = [outcomes[pair][f"share_{level.share}_{side}"] for side in "lr"]
            known = [share for share in shares if share is not None]
            more += math.log2(level.u / max(NARROWEST, max(known) if known else level.u))
        moved += more != 0
        assert row["weight"] == pytest.approx(plain[pair]["weight"] + more, abs=1e-6), pair
    assert moved > 100
