"""Plain Splink with the settings of its own published examples, for the columns that a labelled file has.

The examples: https://moj-analytical-services.github.io/splink/demos/tutorials/00_Tutorial_Introduction.html (fake_1000) and
https://moj-analytical-services.github.io/splink/demos/examples/duckdb/febrl3.html (FEBRL 3).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

import duckdb
import pyarrow as pa
from identity_mapping import Labelled

_FIELDS = (
    "given_name",
    "family_name",
    "full_name",
    "birth_date",
    "city",
    "postcode",
    "emails",
    "identifier",
    "street_number",
    "name",
    "address",
    "occupation",
    "phones",
    "register_number",
    "website",
)


def plain_splink(
    labelled: Labelled, thresholds: Sequence[float], *, seed: int = 1, linked: bool = False
) -> dict[float, dict[str, str]]:
    """Return the entity of each row at each threshold, by the number of the row; people and organisations have a model each.

    :param linked: only pairs of two sources are compared, as Splink's example of FEBRL 4 does it (``link_only``).
    """
    kinds = [labelled.is_person(number) for number in range(len(labelled.rows))]
    found: dict[float, dict[str, str]] = {threshold: {} for threshold in thresholds}
    for kind in sorted(set(kinds)):
        numbers = [number for number, each in enumerate(kinds) if each == kind]
        for threshold, entities in _of_one_kind(labelled, numbers, thresholds, seed, linked=linked).items():
            found[threshold].update({number: f"{kind}-{entity}" for number, entity in entities.items()})
    return found


def _of_one_kind(
    labelled: Labelled, numbers: Sequence[int], thresholds: Sequence[float], seed: int, *, linked: bool
) -> dict[float, dict[str, str]]:
    from splink.internals.exceptions import SplinkException

    columns: dict[str, list[str | None]] = {name: [labelled.value(number, name) or None for number in numbers] for name in _FIELDS}
    if "street_number" in labelled.columns and "address" in labelled.fields.get("person", {}):
        place = labelled.columns.index("street_number")
        columns["street_number"] = [labelled.rows[number][place] or None for number in numbers]
    used = [name for name, values in columns.items() if sum(each is not None for each in values) > len(numbers) / 50]
    if labelled.is_person(numbers[0]):  # the published examples of people compare none of these
        used = [each for each in used if each not in {"address", "phones", "register_number", "website"}]
    table = pa.table({"unique_id": [str(each) for each in numbers], **{name: columns[name] for name in used}})
    sources = [labelled.sources[number] for number in numbers] if linked else None
    try:
        return splink_entities(table, used, labelled.formats[0], thresholds, seed=seed, sources=sources)
    except (ValueError, SplinkException) as error:  # too few rows to learn from
        print(f"  plain Splink learned nothing from {len(numbers)} rows and leaves them apart: {str(error).splitlines()[0][:80]}")
        return {threshold: {str(number): str(number) for number in numbers} for threshold in thresholds}


def splink_entities(
    table: pa.Table,
    used: Sequence[str],
    date_format: str,
    thresholds: Sequence[float],
    *,
    seed: int = 1,
    sources: Sequence[str] | None = None,
) -> dict[float, dict[str, str]]:
    """Train plain Splink on a table and return the entity of each ``unique_id`` at each threshold.

    :param sources: source of each row; then only pairs of two sources are compared.
    """
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    from splink.internals.exceptions import EMTrainingException, SplinkException

    logging.getLogger("splink").setLevel(logging.ERROR)
    made = {
        "given_name": lambda: cl.NameComparison("given_name"),
        "family_name": lambda: cl.NameComparison("family_name"),
        "full_name": lambda: cl.NameComparison("full_name"),
        "name": lambda: cl.NameComparison("name"),
        "birth_date": lambda: cl.DateOfBirthComparison("birth_date", input_is_string=True, datetime_format=date_format),
        "city": lambda: cl.ExactMatch("city").configure(term_frequency_adjustments=True),
        "postcode": lambda: cl.DamerauLevenshteinAtThresholds("postcode", [2]),
        "emails": lambda: cl.EmailComparison("emails"),
        "identifier": lambda: cl.DamerauLevenshteinAtThresholds("identifier", [2]),
        "street_number": lambda: cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        "address": lambda: cl.JaroWinklerAtThresholds("address", [0.9, 0.7]),
        "phones": lambda: cl.DamerauLevenshteinAtThresholds("phones", [1]),
        "register_number": lambda: cl.DamerauLevenshteinAtThresholds("register_number", [1]),
        "website": lambda: cl.ExactMatch("website"),
        "occupation": lambda: cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
    }
    names = [each for each in ("given_name", "family_name", "full_name", "name") if each in used]
    large = table.num_rows > 200_000
    rules = [
        each
        for each in (
            *("identifier", "given_name", "family_name", "birth_date", "postcode", "emails", "full_name", "name"),
            *("register_number", "website", "phones"),
        )
        if each in used
    ]
    blocks: list[Any] = [block_on(each) for each in rules]
    if large:  # one attribute alone gives too many pairs
        pairs = [(one, other) for at, one in enumerate(rules) for other in [*rules[at + 1 :], *(["city"] if "city" in used else [])]]
        blocks = [block_on(*each) for each in pairs]
    settings = SettingsCreator(
        link_type="link_only" if sources else "dedupe_only",
        comparisons=[made[each]() for each in used if each in made],
        blocking_rules_to_generate_predictions=blocks,
    )
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    backend = DuckDBAPI(connection=connection)
    parts = [table.filter(pa.array([each == name for each in sources])) for name in sorted(set(sources))] if sources else [table]
    linker = Linker([backend.register(part) for part in parts], settings, log_level=None)
    sure = [each for each in _sure(used) if _repeats(table, each)]
    if sure:  # without two equal rows the chance would be none, and Splink's own default is more
        linker.training.estimate_probability_two_random_records_match([block_on(*each) for each in sure], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6 if large else 1e6, seed=seed)
    compared = {each for each in used if each in made}
    rules_of_training = [tuple(names[:2]), ("birth_date",), ("city", names[-1]), ("identifier",)]
    usable = [rule for rule in rules_of_training if set(rule) <= compared and compared - set(rule)]
    if len(usable) < 2:  # each rule teaches the columns that it doesn't hold: with few columns single ones have to do
        usable += [(each,) for each in ("city", "postcode", "emails", "website", "register_number") if each in compared]
    for rule in usable:
        # where no two rows are equal by a rule, or all are, the others teach; what nobody teaches keeps Splink's own starting values
        with suppress(EMTrainingException, SplinkException, ValueError):
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule), max_pairs=1e6 if large else None)
    predicted = linker.inference.predict(threshold_match_probability=min(thresholds))
    found = {}
    for threshold in thresholds:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=threshold)
        rows = clusters.as_duckdbpyrelation().project("unique_id, cluster_id").fetchall()
        found[threshold] = {str(one): str(other) for one, other in rows}
    return found


def _sure(used: Sequence[str]) -> Iterable[tuple[str, ...]]:
    options = (
        ("identifier",),
        ("given_name", "family_name", "birth_date"),
        ("given_name", "birth_date"),
        ("emails",),
        ("full_name", "birth_date"),
        ("given_name", "family_name", "city"),
        ("name", "city"),
        ("full_name", "city"),
    )
    found = [each for each in options if set(each) <= set(used)]
    return found[:3]


def _repeats(table: pa.Table, columns: Sequence[str]) -> bool:
    """Return whether two rows are equal in all of some columns."""
    rows = [row for row in zip(*(table.column(each).to_pylist() for each in columns), strict=True) if None not in row]
    return len(set(rows)) < len(rows)
