"""The chance that an introducer is one and the same is that of the two records on his two sides, worked out by hand.

Iva Tannhofer has three records: A with a birth date, B with the same birth date and an e-mail address, C with the same address.
A and B are one by name and birth date, B and C by name and e-mail, A and C only by way of B: with chances of 0.95 and 0.9 that would
be 0.855. She sits as A with Gerlind, as B with Benno and Bruno, as C with Ruthard.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.review.conftest import People

TOWN = [
    ("A", "Iva", "Tannhofer", "1961-04-02", "Ostermühl", "Turnverein Nord", ""),
    ("B", "Iva", "Tannhofer", "1961-04-02", "Kleinwied", "Turnverein Süd", "iva@tannhofer.example"),
    ("C", "Iva", "Tannhofer", "", "Halmstett", "Turnverein West", "iva@tannhofer.example"),
    ("4", "Gerlind", "Uferlohn", "", "Ostermühl", "Turnverein Nord", ""),
    ("5", "Benno", "Mattwitz", "", "Kleinwied", "Turnverein Süd", ""),
    ("6", "Bruno", "Vorwald", "", "Kleinwied", "Turnverein Süd", ""),
    ("7", "Ruthard", "Kanalwiese", "", "Halmstett", "Turnverein West", ""),
]


def test_each_introducer_has_the_chance_of_the_records_on_his_sides(people: Callable[..., People]) -> None:
    town = people()
    town.load(TOWN)
    town.build()
    graph = town.graph()
    key = {each.record_id: each.source_key for each in graph.show("Iva Tannhofer", identity=True).records}
    assert set(key.values()) == {"A", "B", "C"}
    rows = graph.context.store.read("read/record", [{"id": each} for each in key])
    link = {frozenset((key[row["id"]], key[row["link_to"]])): row["probability"] for row in rows if row["link_to"]}
    assert link.keys() == {frozenset("AB"), frozenset("BC")}, "A and C hang together by B alone"
    birth, email = link[frozenset("AB")], link[frozenset("BC")]
    assert 0.9 < birth < 1
    assert 0.9 < email < 1
    for source, target, chance in (
        ("Gerlind Uferlohn", "Benno Mattwitz", birth),  # A and B
        ("Benno Mattwitz", "Ruthard Kanalwiese", email),  # B and C
        ("Gerlind Uferlohn", "Ruthard Kanalwiese", birth * email),  # A and C: both links must hold
        ("Ruthard Kanalwiese", "Gerlind Uferlohn", birth * email),  # the way back is the same
    ):
        path = graph.path([source], [target]).paths[0]
        assert [each.name for each in path.people][1:-1] == ["Iva Tannhofer"]
        assert path.people[1].identity == pytest.approx(chance, abs=1e-12)
        assert path.identity == pytest.approx(chance, abs=1e-12)
        assert path.people[0].identity == path.people[-1].identity == 1.0
    (direct, round_her) = graph.path(["Benno Mattwitz"], ["Bruno Vorwald"]).paths
    assert direct.identity == round_her.identity == 1.0, "whoever is met in one record is sure, whatever his others are"
    graph.close()
