"""What a private list alone says of somebody whom others see too is no attribute of his."""

from __future__ import annotations

import duckdb
import pytest


@pytest.mark.parametrize("table", ["contact", "interaction"])
def test_a_private_address_book_or_diary_gives_no_attribute(case, table):
    """The register knows Anna Kronwald of Ulm; that she was born in 1970 and is called Anni stands in one private list alone."""
    known = case.person("1", "Anna Kronwald", "Ulm", emails=["anna@kronwald.example"])
    noted = case.person(
        "2", "Anna Kronwald", None, source="diary", birth_date="1970-05-04", other_names=["Anni"], emails=["anna@kronwald.example"]
    )
    case.add(
        table,
        "2c",
        "diary",
        {
            "owner": "Me",
            "visibility": "private",
            "person": "r2",
            **({"kind": "address_book"} if table == "contact" else {"kind": "meeting", "date": "2026-01-02"}),
        },
    )
    assert case.resolve().one(known, noted)
    person = duckdb.sql(f"SELECT birth_date, other_names FROM '{case.folder / 'out1' / 'person.parquet'}'").fetchall()
    assert person == [(None, [])]
