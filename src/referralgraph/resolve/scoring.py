"""Scoring: the weights of a model as one SELECT, the same sums that Splink makes of them.

The chance that two records are one person stands against two others: that they are strangers, which is Splink's match
weight, and that they are relatives, who share more than strangers do:

    P = 1 / (1 + 2^-weight + 2^-relative)

with weight = prior + sum of log2(m / u) and relative = relative prior + sum of log2(m / r), r for relatives what u is for
strangers. Where an outcome has a share, it takes the place of u (Fellegi and Sunter 1969, doi:10.1080/01621459.1969.10501049,
section 3.3; Splink's term-frequency adjustment).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from referralgraph.resolve.model import ELSE, Comparison, Level, Model

NARROWEST = 1e-9  # no value is rarer than this


def outcome_query(model: Model, columns: Sequence[str], features: str, pairs: str, told: Collection[str]) -> str:
    """Return the SELECT of the outcomes (``gamma_...``, Splink's numbers) of pairs.

    :param columns: columns of the features besides ``record_id``.
    :param features: table of what records are compared by.
    :param pairs: table with ``record_id`` and ``other``.
    :param told: names of the comparisons to make; the others come out as missing.
    """
    sides = ", ".join(f"l.{name} AS {name}_l, r.{name} AS {name}_r" for name in columns)
    outcomes = ", ".join(
        f"{_case(each) if each.name in told else 'CAST(-1 AS TINYINT)'} AS gamma_{each.name}" for each in model.comparisons
    )
    rest = ", ".join(f"share_{name}_{side}" for name in shared_columns(model) for side in "lr")
    return (
        f"SELECT record_id, other, {outcomes}{', ' if rest else ''}{rest} FROM (SELECT pair.record_id, pair.other, {sides} "
        f"FROM {pairs} AS pair JOIN {features} AS l ON l.record_id = pair.record_id JOIN {features} AS r ON r.record_id = pair.other)"
    )


def weight_query(model: Model, outcomes: str) -> str:
    """Return the SELECT of weights and probability of pairs.

    :param outcomes: table or SELECT in brackets of the outcomes.
    :returns: columns ``record_id``, ``other``, ``gamma_...``, ``bits_...`` (against strangers), ``weight``, ``relative``,
        ``probability``.
    """
    bits = ", ".join(f"{_bits(each)} AS bits_{each.name}" for each in model.comparisons)
    kin = ", ".join(f"{_kin(each)} AS kin_{each.name}" for each in model.comparisons)
    gammas = ", ".join(f"gamma_{each.name}" for each in model.comparisons)
    all_bits = ", ".join(f"bits_{each.name}" for each in model.comparisons)
    total = " + ".join(f"bits_{each.name}" for each in model.comparisons)
    total_kin = " + ".join(f"kin_{each.name}" for each in model.comparisons)
    return (
        f"SELECT *, 1.0E0 / (1.0E0 + pow(2.0E0, least(900.0E0, -weight)) + pow(2.0E0, least(900.0E0, -relative))) AS probability "
        f"FROM (SELECT record_id, other, {gammas}, {all_bits}, {model.prior!r} + {total} AS weight, "
        f"{model.relative_prior!r} + {total_kin} AS relative FROM (SELECT *, {bits}, {kin} FROM {outcomes}))"
    )


def evidence_condition(model: Model, *, without: Collection[str] = ()) -> str:
    """Return SQL that is true where more than the name speaks for one entity.

    :param without: comparisons that don't count as such.
    """
    told = []
    for each in model.comparisons:
        if each.evidence and each.name not in without:
            speaking = [each.gamma(at) for at, level in enumerate(each.levels) if level.weight > 1]
            if speaking:  # where everybody lives in one town, the place tells nothing
                told.append(f"gamma_{each.name} >= {min(speaking)}")
    return f"({' OR '.join(told)})" if told else "false"


def shared_columns(model: Model) -> tuple[str, ...]:
    """Return the columns whose shares the model weighs by, in order."""
    return tuple(dict.fromkeys(level.share for each in model.comparisons for level in each.levels if level.share))


def splink_settings(model: Model) -> dict[str, object]:
    """Return the model as Splink's settings, for training and charts."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record_id",
        "probability_two_random_records_match": min(0.5, model.matches_a_record / max(1, model.records - 1)),
        "retain_intermediate_calculation_columns": True,
        "blocking_rules_to_generate_predictions": [],
        "comparisons": [
            {
                "output_column_name": each.name,
                "comparison_description": each.words,
                "comparison_levels": [
                    {"sql_condition": each.missing, "label_for_charts": "missing", "is_null_level": True},
                    *(
                        {
                            "sql_condition": level.condition,
                            "label_for_charts": level.words,
                            "m_probability": level.m,
                            "u_probability": level.u,
                        }
                        for level in each.levels
                    ),
                ],
            }
            for each in model.comparisons
        ],
    }


def _case(each: Comparison) -> str:
    told = " ".join(f"WHEN {level.condition} THEN {each.gamma(at)}" for at, level in enumerate(each.levels) if level.condition != ELSE)
    return f"CAST(CASE WHEN {each.missing} THEN -1 {told} ELSE 0 END AS TINYINT)"


def _kin(each: Comparison) -> str:
    told = " ".join(f"WHEN {each.gamma(at)} THEN log2({level.m!r} / {level.relative!r})" for at, level in enumerate(each.levels))
    return f"CASE gamma_{each.name} {told} ELSE 0.0E0 END"


def _bits(each: Comparison) -> str:
    told = []
    for at, level in enumerate(each.levels):
        by = f"{level.u!r}" if level.share is None else _share(level)
        told.append(f"WHEN {each.gamma(at)} THEN log2({level.m!r} / {by})")
    return f"CASE gamma_{each.name} {' '.join(told)} ELSE 0.0E0 END"


def _share(level: Level) -> str:
    return f"greatest({NARROWEST!r}, coalesce(greatest(share_{level.share}_l, share_{level.share}_r), {level.u!r}))"
