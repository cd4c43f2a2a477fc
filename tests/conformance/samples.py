"""What questions and queries are asked about: people, bodies and texts of the fictional country, by the name of the parameter."""

from __future__ import annotations

import importlib.util
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import BaseModel

from referralgraph.demo import Country
from referralgraph.errors import ReferralGraphError
from referralgraph.questions.graph import ReferralGraph

CASES = Path(__file__).parent / "cases"
Case = dict[str, Any] | Callable[[ReferralGraph], BaseModel]
HOSTILE = (
    "' OR 1=1 --", '"})-[]-() DETACH DELETE n //', "$id", "\\", "`", "p-\u202egnp.exe", "=HYPERLINK(1)", "<script>", "\x00",
    "𝔄" * 5000, "p-0123456789abcdef0123' RETURN 1 //", "`) DETACH DELETE n //", "\\u0027}) RETURN 1 //", "{{7*7}}", "%s%n", "a\nb",
)


@dataclass(frozen=True)
class Sample:
    """The country and some of its ids, the same ones on every store.

    :param people: ids of people.
    :param organisations: ids of organisations.
    """

    country: Country
    people: list[str]
    organisations: list[str]

    @classmethod
    def of(cls, graph: ReferralGraph, country: Country) -> Sample:
        """Take some of each from a graph."""
        found = sorted({each.id for text in ("a", "e", "gmbh", "verein") for each in graph.context.names.find(text, limit=300)[0]})
        return cls(country, [each for each in found if each[0] == "p"], [each for each in found if each[0] == "o"])

    def of_parameter(self, name: str) -> list[Any]:
        """Return values for a parameter of this name; none if the name says too little."""
        people, bodies = self.people[::40], self.organisations[::40]
        both = [value for pair in zip(people, bodies, strict=False) for value in pair]
        story = [each.to for each in self.country.questions]
        values: dict[str, list[Any]] = {
            "entity": [*story, *both, *HOSTILE], "person": [*people, *HOSTILE], "organisation": [*bodies, *HOSTILE],
            "entities": [[each] for each in (*story, *both)], "people": [people[:3]], "organisations": [bodies[:3]],
            "sources": [people[:2]], "targets": [[each] for each in (*story, *both)],
            "ours": [bodies[:2]], "to": [*story, *bodies], "text": ["a", "Stapler", "mueller", "Wiesentau", *HOSTILE],
        }
        singular = {"target": "entity", "source": "person", "body": "organisation", "company": "organisation", "name": "entity"}
        return values.get(singular.get(name, name), [])


def questions() -> dict[str, type[BaseModel]]:
    """Return every question of the Python way to ask, with the type of its answer."""
    found = {}
    for name, method in inspect.getmembers(ReferralGraph, inspect.isfunction):
        if name.startswith("_"):
            continue
        answer = get_type_hints(method).get("return")
        if isinstance(answer, type) and issubclass(answer, BaseModel):
            found[name] = answer
    return found


def cases_of(question: str, sample: Sample) -> list[Case]:
    """Return what a question is asked: by its file in `cases/`, else by the names of its parameters."""
    file = CASES / f"{question}.py"
    if file.exists():
        spec = importlib.util.spec_from_file_location(f"conformance_cases_{question}", file)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return list(module.cases(sample))
    needed = [name for name, each in list(inspect.signature(getattr(ReferralGraph, question)).parameters.items())[1:]
              if each.default is inspect.Parameter.empty or name in {"targets", "entities"}]
    columns = {name: sample.of_parameter(name) for name in needed}
    unknown = sorted(name for name, values in columns.items() if not values)
    assert not unknown, (
        f"nobody can guess what to ask {question} for {', '.join(unknown)}: write tests/conformance/cases/{question}.py; "
        'see CONTRIBUTING.md, "To add a question"')
    longest = max((len(values) for values in columns.values()), default=1)
    return [{name: values[place % len(values)] for name, values in columns.items()} for place in range(longest)]


def ask(graph: ReferralGraph, question: str, case: Case) -> str:
    """Ask and return the answer as JSON, or what the user is told instead."""
    try:
        answer = case(graph) if callable(case) else getattr(graph, question)(**case)
    except ReferralGraphError as error:
        return f"{type(error).__name__}: {error}"
    return answer.model_dump_json(by_alias=True)
