"""The names that programs of others may use; a change here is a change for them and belongs in the changelog."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

PUBLIC = {
    "referralgraph": {"ReferralGraph", "__version__", "open"},
    "referralgraph.answers": {
        "Answer", "Because", "Candidate", "ChangedFinding", "Coverage", "EntityRef", "FindAnswer", "IntroductionPath", "LoadStatus",
        "BoardsAnswer", "BreadthAnswer", "DependenceAnswer", "MultipliersAnswer", "OutcomesAnswer",
        "AccountAnswer", "AccountLine", "AccountsAnswer", "Disagreement", "Entered", "HistoryAnswer", "HistoryLine", "ImportAnswer",
        "MatrixAnswer", "MatrixCell", "MatrixProblem", "MatrixRow", "MissingLead", "MissingPerson", "OpenQuestion", "PlanAnswer",
        "PlanLine", "RowProblem", "Stakeholder", "VetoLine", "VetoesAnswer",
        "ConnectedClients", "OwnedShare", "OwnershipAnswer", "OwnershipLink", "PortfolioAnswer", "PortfolioChange", "PortfolioRow",
        "RiskFitAnswer", "Unmatched",
        "Evidence", "PossibleChange", "ReviewAnswer", "ReviewDone", "ReviewJudgement", "ReviewPair", "ReviewRecord", "ShownPossible",
        "WeighedPair",
        "RiskAnswer", "RiskEntry", "RiskEvent", "RiskLink",
        "BestPath", "MissingAcquaintance", "NetworkAnswer", "NetworkEdge", "NetworkNode", "PathAnswer", "PathReason",
        "PathTie", "PathsAnswer", "PersonRef", "Question",
        "Refusal", "ShowAnswer", "ShownEvent", "ShownLink", "ShownRecord", "SourceDate", "SourceRow", "StatusAnswer",
    },
    "referralgraph.records": {
        "CONTACT_KINDS", "EVENT_KINDS", "Field", "ORGANISATION_KINDS", "PROVENANCE", "ROLES", "Role", "TABLES", "Table",
        "role_of_word", "table",
    },
    "referralgraph.index": {"TieIndex"},
}  # fmt: skip


@pytest.mark.parametrize("name", PUBLIC)
def test_the_public_names(name):
    module = importlib.import_module(name)
    assert set(module.__all__) == PUBLIC[name]
    for each in module.__all__:
        if each != "ReferralGraph":  # a type for annotations; it is made by open()
            assert hasattr(module, each)


def test_the_engine_alone_is_four_lines():
    """The two ends are tied by one in between: .5 * .5."""
    from referralgraph.index import TieIndex

    index = TieIndex.from_arrays([0, 1], [1, 2], [0.5, 0.5])
    (path,) = index.paths([0], [2], k=10, max_ties=4, min_strength=0.0)
    assert list(path.people) == [0, 1, 2]
    assert path.strength == 0.25


def test_importing_the_package_loads_nothing_heavy():
    program = "import sys, referralgraph; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"numpy", "numba", "duckdb", "ladybug", "pyarrow", "scipy", "pydantic"} & set(loaded)


def test_the_package_opens_a_graph(demo_workspace):
    """The four lines of the README."""
    import referralgraph

    graph = referralgraph.open(str(demo_workspace))
    answer = graph.path(["Me"], ["Leonhard Vrederkamp, Ostermühl"], k=5)
    assert answer.paths[0].words == "fair"
    assert answer.paths[0].people[0].name == "Mara Wiesentau"
    graph.close()
