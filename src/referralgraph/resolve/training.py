"""Training: Splink learns a model from records, held by the shipped one where the data says little."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from referralgraph.resolve.model import ELSE, Comparison, Model
from referralgraph.resolve.scoring import splink_settings, weight_query
from referralgraph.resolve.valued import of_one_side

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray


FEWEST = 500  # records; with fewer the shipped model is as good as anything that could be learned
HELD_BY = 30.0  # pairs that the shipped probabilities count as
_PAIRS_FOR_U = 1_500_000
_PAIRS_FOR_EM = 1_000_000
_ROUNDS = 25
_WORTH = 1000.0  # records that the guess about relatives counts as
_FEWEST_OF_GUESS = 0.1  # share of the guessed relatives that are expected wherever none are seen
# One person has one given name and one birth date: where more differ, the rounds have found families instead
_MOST_DIFFERENT = {"given": 0.25, "birth": 0.25}
_BY_NAMES = _MOST_DIFFERENT | {"family": 0.05, "place": 0.5}  # or else all of one given name in a town
_OF_RELATIVES = "given"  # what nearly all relatives differ in
_LEAST = 1e-7  # no outcome is rarer; a zero would make one odd pair decide for ever
# Splink's sessions: the attributes of the rule can't be learned in it, so every comparison needs another session.
_SESSIONS = {
    "person": (("birth_date",), ("given", "family"), ("email",), ("family", "place"), ("identifier",)),
    "organisation": (("name_key",), ("place", "first_word"), ("address",), ("postcode", "first_word")),
}
_FILLED = 0.2  # of its records
_TOLD_APART_BY = 3  # comparisons that a session needs besides its rule: two can't tell matches from others


def train(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    features: str,
    taught: str,
    outcomes: str,
    *,
    seed: int,
    by_names: bool = False,
) -> Model:
    """Learn a model.

    Splink estimates u from random pairs and begins with m by expectation maximisation, session by session. The last rounds
    go over all pairs that have anything in common, so that every comparison is learned together with how many matches
    there are; there each shipped probability counts as much as thirty pairs.

    :param connection: where the tables are.
    :param model: the shipped model.
    :param features: table of what records are compared by.
    :param taught: those of them that Splink learns from.
    :param outcomes: table of the outcomes of pairs that have something in common, by the numbers of their records, of which the first
        one is in the sample.
    :param seed: for the random pairs.
    :param by_names: whether names and places alone may teach it.
    """
    records = _count(connection, features)
    model = replace(model, records=records)
    if records < FEWEST:
        return model
    filled = _filled(connection, model, features)
    used = [each for each in model.comparisons if filled[each.name] > 1]
    rules = [rule for rule in _SESSIONS[model.table] if _session_tells(connection, taught, rule, used)]
    told = sum(count >= _FILLED * records for count in filled.values())
    if not rules and (told < _TOLD_APART_BY or (not by_names and not _tells_strangers(model, filled))):
        return replace(model, records=records, learned_with="shipped, shares learned")
    learned = _splink(connection, replace(model, seed=seed), taught, used, rules)
    by_names = not rules and not _tells_strangers(model, filled)
    model = _refined(connection, replace(model.with_levels(learned), seed=seed, by_names=by_names), outcomes)
    import splink

    return replace(model, records=records, learned_with=f"splink {splink.__version__}")


def _splink(
    connection: duckdb.DuckDBPyConnection, model: Model, features: str, used: Sequence[Comparison], rules: Sequence[tuple[str, ...]]
) -> dict[str, list[dict[str, float]]]:
    import splink
    from splink.internals.exceptions import EMTrainingException

    logging.getLogger("splink").setLevel(logging.ERROR)  # it tells each level that it didn't see
    told = splink_settings(replace(model, comparisons=tuple(used)))
    # one thread and one order: the same records always give the same model
    import duckdb

    alone = duckdb.connect(config={"threads": 1, "preserve_insertion_order": True})
    alone.execute("SET enable_progress_bar = false")
    alone.register("told", connection.sql(f"SELECT * FROM {features} ORDER BY record_id").to_arrow_table())
    alone.execute(f"CREATE TABLE {features} AS SELECT * FROM told")
    backend = splink.DuckDBAPI(connection=alone)
    linker: Any = splink.Linker(backend.register(features), told, log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=_PAIRS_FOR_U, seed=model.seed, min_count_per_level=None, num_chunks=1)
    for rule in rules:
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                splink.block_on(*rule), fix_u_probabilities=True, max_pairs=_PAIRS_FOR_EM
            )
        except (EMTrainingException, ValueError):
            # where nearly no pair is a match a probability runs below what Splink can hold: such a session teaches nothing
            return _splink(connection, model, features, used, [each for each in rules if each != rule])
    found = {}
    for each, settings in zip(used, linker.misc.save_model_to_json()["comparisons"], strict=True):
        levels = [level for level in settings["comparison_levels"] if not level.get("is_null_level")]
        us = _mixed([level.get("u_probability") for level in levels], [level.u for level in each.levels], 1e-4)
        ms = _mixed([level.get("m_probability") for level in levels], [level.m for level in each.levels], 0.05)
        found[each.name] = [{"m": m, "u": u} for m, u in zip(ms, us, strict=True)]
    return found


def _mixed(learned: list[float | None], shipped: list[float], weight: float) -> list[float]:
    """Mix what was learned with a little of the shipped probabilities, so that nothing is impossible."""
    known = [shipped[at] if each is None else each for at, each in enumerate(learned)]
    mixed = [(1 - weight) * one + weight * other for one, other in zip(known, shipped, strict=True)]
    total = sum(mixed)
    return [max(_LEAST, each / total) for each in mixed]


def _session_tells(connection: duckdb.DuckDBPyConnection, features: str, rule: tuple[str, ...], used: Sequence[Comparison]) -> bool:
    """Say whether a session has pairs, and enough comparisons besides its rule that many of its records can be compared by."""
    known = " AND ".join(f"{column} IS NOT NULL" for column in rule)
    free = [
        each
        for each in used
        if not any(f"{column}_l" in each.missing + " ".join(level.condition for level in each.levels) for column in rule)
    ]
    filled = "".join(f", count(*) FILTER (WHERE NOT ({of_one_side(each)}))" for each in free)
    records, *counts = connection.execute(f"SELECT count(*){filled} FROM {features} WHERE {known}").fetchall()[0]
    pairs = connection.execute(
        f"SELECT coalesce(sum(records * (records - 1) / 2), 0) FROM (SELECT count(*) AS records FROM {features} WHERE {known} "
        f"GROUP BY {', '.join(rule)})"
    ).fetchall()[0][0]
    return bool(pairs >= 100 and sum(count >= _FILLED * records for count in counts) >= _TOLD_APART_BY)


def _tells_strangers(model: Model, filled: Mapping[str, int]) -> bool:
    """Say whether a comparison is filled that strangers seldom agree in, besides the name."""
    return any(filled[each.name] >= _FILLED * model.records for each in model.comparisons if each.evidence and each.name != "place")


def _filled(connection: duckdb.DuckDBPyConnection, model: Model, features: str) -> dict[str, int]:
    """Count the records that have something to compare, for each comparison."""
    counted = ", ".join(f"count(*) FILTER (WHERE NOT ({of_one_side(each)}))" for each in model.comparisons)
    row = connection.execute(f"SELECT {counted} FROM {features}").fetchall()[0]
    return dict(zip([each.name for each in model.comparisons], map(int, row), strict=True))


def _refined(connection: duckdb.DuckDBPyConnection, model: Model, outcomes: str) -> Model:
    """Learn m, the number of matches and that of relatives of other given names from all pairs at once; u stays.

    Each pair stands for as many as its first record does. Brothers and wives show how many relatives there are. Those of one given
    name can't be told from one person whose date is wrong: of them there are as many as guessed.
    """
    gamma_columns = ", ".join(f"gamma_{each.name}" for each in model.comparisons)
    rows = connection.sql(
        f"SELECT worth, weight, relative, {gamma_columns} FROM ({weight_query(model, outcomes)}) "
        f"JOIN {model.table}_sampled ON ordinal = record_id ORDER BY record_id, other"
    ).to_arrow_table()
    pairs = rows.num_rows
    if not pairs:
        return model
    gammas = {each.name: rows.column(f"gamma_{each.name}").to_numpy().astype(np.int8) for each in model.comparisons}
    most = _BY_NAMES if model.by_names else _MOST_DIFFERENT
    start = {
        each.name: _of_people(np.array([level.m for level in each.levels]), most.get(each.name, 1.0)) for each in model.comparisons
    }
    base = rows.column("weight").to_numpy() - model.prior - _level_bits(model, gammas, "m")
    kin = rows.column("relative").to_numpy() - model.relative_prior - _level_bits(model, gammas, "m")
    worth = rows.column("worth").to_numpy()
    shipped = {each.name: [level.m for level in each.levels] for each in model.comparisons}
    model = model.with_levels(start)
    guess = model.relatives_a_record
    others = gammas[_OF_RELATIVES] <= 0 if _OF_RELATIVES in gammas else None  # sister companies differ in nothing for sure
    for _ in range(_ROUNDS):
        m = _level_bits(model, gammas, "m")
        weight, relative = model.prior + base + m, model.relative_prior + kin + m
        if others is not None:
            relative = relative + np.where(others, 0.0, math.log2(model.relatives_a_record / guess))
        chance = 1.0 / (1.0 + np.exp2(np.minimum(900, -weight)) + np.exp2(np.minimum(900, -relative)))
        chance = chance * worth
        matches = 2.0 * float(chance.sum()) / model.records
        learned = {}
        for each in model.comparisons:
            count = len(each.levels)
            seen = gammas[each.name] >= 0
            sums = np.bincount(gammas[each.name][seen], weights=chance[seen], minlength=count)[::-1]
            held = sums + HELD_BY * np.array(shipped[each.name])
            learned[each.name] = _of_people(held, most.get(each.name, 1.0))
        model = replace(
            model.with_levels(learned),
            matches_a_record=max(1e-4, (matches * model.records + HELD_BY * 0.3) / (model.records + HELD_BY)),
        )
        if others is not None:
            relatives = 2.0 * float((chance * np.exp2(np.minimum(900, -relative)))[others].sum())
            learned_relatives = (relatives + _WORTH * guess) / (model.records + _WORTH)
            model = replace(model, relatives_a_record=max(_FEWEST_OF_GUESS * guess, learned_relatives))
    times = guess / model.relatives_a_record
    of_one_name = (_of_one_name(each, times) if each.name == _OF_RELATIVES else each for each in model.comparisons)
    return replace(model, comparisons=tuple(of_one_name))


def _of_people(told: NDArray[np.float64], most: float) -> list[dict[str, float]]:
    """Return the chances of the outcomes of one person, the worst no more frequent than ``most``."""
    shares = told / told.sum()
    if shares[-1] > most:
        shares = np.r_[shares[:-1] * (1 - most) / shares[:-1].sum(), most]
    return [{"m": float(max(_LEAST, part))} for part in shares]


def _of_one_name(given: Comparison, times: float) -> Comparison:
    """Return the comparison of given names with so many times as many relatives of one name among the relatives."""
    return replace(
        given,
        levels=tuple(level if level.condition == ELSE else replace(level, relative=level.relative * times) for level in given.levels),
    )


def _level_bits(model: Model, gammas: Mapping[str, NDArray[np.int8]], part: str) -> NDArray[np.float64]:
    total = np.zeros(len(next(iter(gammas.values()))))
    for each in model.comparisons:
        bits = np.array([0.0, *(math.log2(getattr(level, part)) for level in reversed(each.levels))])
        total += bits[gammas[each.name] + 1]
    return total


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])
