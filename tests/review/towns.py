"""Towns drawn at random, in which somebody decides who is one, and everything that can be asked in them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from tests.review.conftest import build_again

from referralgraph.errors import ReferralGraphError
from referralgraph.judgements import new_judgement
from referralgraph.loaders import source
from referralgraph.questions.graph import ReferralGraph
from referralgraph.records.load import load_files
from referralgraph.records.workspace import Workspace

REGISTER = """
[source]
name = "register"
publisher = "a register"
licence = "none"
key = ["nr"]

[person]
given_name = "given"
family_name = "family"
birth_date = { column = "born", optional = true }
city = "city"

[organisation]
name = "body"
identifier = { column = "number", optional = true }
city = { column = "seat", optional = true }
status = { column = "status", optional = true }

[mandate]
role = "role"
since = { column = "since", optional = true }
until = { column = "until", optional = true }
"""
BOOK = """
[source]
name = "book"
publisher = "address books"
licence = "none"
key = ["nr"]

[person]
given_name = "given"
family_name = "family"
city = "city"

[contact]
owner = "owner"
kind = { constant = "address_book" }
visibility = "visibility"
since = { column = "since", optional = true }
closeness = { column = "closeness", optional = true }
"""
GIVEN = ("Iva", "Jörn", "Nele", "Odo", "Runa", "Tjark")
FAMILY = ("Tannhofer", "Mattwitz", "Vorwald")
SETTINGS = '[team]\nme = "Mara Wiesentau"\nmembers = ["Jonas Halvering"]\n[identity]\npossible_threshold = 0.9\n'
OUR = ("Mara Wiesentau", "Jonas Halvering")
BIRTHS = ("", "1961-04-02", "1983-11-20")
ROLES = ("managing director", "supervisory board", "member", "employee")


class Town:
    """A workspace with a register and address books.

    :param contradicting: whether there are people of one name and place who were born on different days.
    """

    def __init__(self, folder: Path, seed: int, *, contradicting: bool = False) -> None:
        self.folder, self.workspace, dice = folder, folder / "workspace", random.Random(seed)
        self.workspace.mkdir(parents=True)
        (self.workspace / "settings.toml").write_text(SETTINGS, encoding="utf-8")
        years = [str(each) for each in range(2004, 2024)]
        bodies = [
            (f"Körperschaft {number} {form}", f"HRB {number}" if dice.random() < 0.6 else "", dice.choice(("Ostermühl", "Kleinwied")),
             dice.choice(("active", "active", "removed", "")))
            for number, form in enumerate(("GmbH", "GmbH", "AG", "e.V.", "GmbH", "AG"))
        ]  # fmt: skip
        rows = []
        lives = {(given, family): dice.choice(("Ostermühl", "Kleinwied")) for given in GIVEN for family in FAMILY}
        for number in range(26):
            begin, name = dice.choice(years), (dice.choice(GIVEN), dice.choice(FAMILY))
            born = dice.choice(BIRTHS) if contradicting else ""
            rows.append((
                str(number), *name, born, lives[name], *dice.choice(bodies), dice.choice(ROLES),
                dice.choice(("", f"{begin}-01-01")), dice.choice(("", "", f"{int(begin) + dice.randrange(1, 9)}-06-30")),
            ))  # fmt: skip
        self._load("register", REGISTER, "nr given family born city body number seat status role since until", rows)
        book = [
            (str(number), dice.choice(GIVEN), dice.choice(FAMILY), "Ostermühl", dice.choice(OUR), dice.choice(("team", "private")),
             dice.choice(("", "2015-01-01", "2021-05-01")), dice.choice(("", "1", "3")))
            for number in range(6)
        ]  # fmt: skip
        self._load("book", BOOK, "nr given family city owner visibility since closeness", book)
        build_again(self.workspace)

    def _load(self, name: str, mapping: str, columns: str, rows: list[tuple[str, ...]]) -> None:
        file, told = self.folder / f"{name}.csv", self.folder / f"{name}.toml"
        told.write_text(mapping, encoding="utf-8")
        lines = [",".join(columns.split()), *(",".join(row) for row in rows)]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        load_files(Workspace(self.workspace), source("table"), [file], mapping=told)

    def graph(self) -> ReferralGraph:
        return ReferralGraph.open(self.workspace)


def everybody(graph: ReferralGraph) -> list[str]:
    """Return the ids of all people and bodies."""
    index = graph.context.index
    return [each.decode() for each in (*index.person_ids.tolist(), *index.organisation_ids.tolist())]


def assert_the_next_build_says_the_same(town: Town, graph: ReferralGraph, entities: list[str]) -> None:
    """Ask everything now and after the next build, and compare to the last bit; the graph is closed."""
    told = everything(graph, entities)
    graph.close()
    build_again(town.workspace)
    graph = town.graph()
    built = everything(graph, entities)
    graph.close()
    assert told["ids"] == built["ids"]
    for name, answers in built.items():
        assert differences(told[name], answers) == [], name


def everything(graph: ReferralGraph, entities: list[str]) -> dict[str, Any]:
    """Return all ties under several filters and the answers to every question, by what was asked."""
    context = graph.context
    ids = context.entities_of([f"r{each[2:]}" for each in entities])
    now = sorted(set(ids.values()))
    people = [each for each in now if each.startswith("p-")]
    bodies = [each for each in now if each.startswith("o-")]
    told: dict[str, Any] = {"ids": ids}
    asked: list[dict[str, Any]] = [
        {"viewer": None}, {"viewer": OUR[0]}, {"as_of": date(2016, 1, 1)}, {"current_only": True},
        {"avoid_organisations": bodies[:1], "viewer": OUR[1]},
    ]  # fmt: skip
    for each in asked:
        chosen = context.index.filter(**each)
        told[f"ties {sorted(each)}"] = {
            (one, context.index.person(other)): (strength, context.index.tie(context.index.position(one), other, chosen))
            for one in people
            for other, strength in context.index.neighbours(context.index.position(one), chosen)
        }
    told["bodies"] = {each: int(context.index.person_bodies[context.index.position(each)]) for each in people}
    for name, asks in _asks(graph, people, bodies).items():
        told[name] = [said(ask) for ask in asks]
    return told


def said(ask: Callable[[], Any]) -> Any:
    """Return an answer, or a refusal, without what only a build can know: its own name, what waits for it, how central people are."""
    try:
        found = json.loads(ask().model_dump_json())
    except ReferralGraphError as error:
        return str(error)
    for name in ("revision", "coverage", "possible", "seconds"):
        found.pop(name, None)
    found.get("question", {}).pop("notes", None)
    found.pop("would_settle", None)  # the next build weighs the two who were judged
    for entry in found.get("entries", ()):
        entry.pop("most_influential", None)
    for record in found.get("records", ()):  # the next build looks again by what records are recognised
        for name in ("weighed", "because", "identity"):
            record.pop(name)
    return found


def _asks(graph: ReferralGraph, people: list[str], bodies: list[str]) -> dict[str, list[Callable[[], Any]]]:
    both = (*people, *bodies)
    return {
        "show": [partial(graph.show, each, identity=True) for each in both],
        "find": [partial(graph.find, text, limit=50) for text in ("Körperschaft", "Iva", "Tannhofer", "Mattwitz")],
        "path": [partial(graph.path, [], [each], k=20) for each in (*people[::3], *bodies)],
        "paths_each": [partial(graph.paths_each, [], both)],
        "boards": [
            *(partial(graph.boards, [one], [other], k=20) for one in bodies[:1] for other in bodies if one != other),
            *(partial(graph.boards, [each]) for each in bodies[:2]),
        ],
        "network": [partial(graph.network, [each]) for each in (*people[:2], *bodies[:2])],
        "breadth": [partial(graph.breadth, bodies)],
        "multipliers": [partial(graph.multipliers, bodies, known_well=0.0)],
        "dependence": [partial(graph.dependence, bodies)],
        "ownership": [partial(graph.ownership, each) for each in bodies],
        "risk": [partial(graph.risk, both)],
    }


def decide_at_random(graph: ReferralGraph, entities: list[str], dice: random.Random, kinds: str) -> None:
    """Join and take apart some people, some bodies, or both."""
    for prefix in kinds:
        mine = [each for each in entities if each.startswith(prefix)]
        for _ in range(dice.randrange(1, 4)):
            one, other = dice.sample(mine, 2)
            if len(set(graph.context.entities_of([f"r{one[2:]}", f"r{other[2:]}"]).values())) == 2:
                graph.judge(f"r{one[2:]}", f"r{other[2:]}", same=True)
        mine = sorted(set(graph.context.entities_of([f"r{each[2:]}" for each in mine]).values()))
        several = [each for each in mine if len(graph.context.records_of(each)) > 1]
        for each in dice.sample(several, min(len(several), dice.randrange(3))):
            records = graph.context.records_of(each)
            kept = dice.sample(records, dice.randrange(1, len(records)))
            sides = [sorted(set(records) - set(kept)), sorted(kept)]
            made = new_judgement("identity", by=OUR[0], records=records, values={"sides": sides})
            graph.context.store.append_judgements([made.as_row()])


def differences(now: Any, then: Any) -> list[Any]:
    """Return where two answers differ, the first few places."""
    if isinstance(now, dict) and isinstance(then, dict):
        return [(key, *each) for key in {**now, **then} for each in differences(now.get(key), then.get(key))][:5]
    if isinstance(now, list) and isinstance(then, list) and len(now) == len(then):
        return [(at, *each) for at, (one, other) in enumerate(zip(now, then, strict=True)) for each in differences(one, other)][:5]
    return [] if now == then else [(now, then)]
