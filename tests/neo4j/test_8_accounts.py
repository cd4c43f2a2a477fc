"""Accounts in the graph of a server: the same nodes and scores as in the embedded store, for whoever asks by Cypher."""

from __future__ import annotations

from pathlib import Path

from tests.accounts.conftest import copy_workspace
from tests.accounts.test_in_the_graph import ACCOUNT, QUERIES, enter

from referralgraph.accounts.entries import account_id
from referralgraph.build import build
from referralgraph.graph.query import query
from referralgraph.questions.context import Context
from referralgraph.questions.graph import ReferralGraph
from referralgraph.settings import read_settings


def test_both_stores_hold_the_same_account(empty, ask, opened, builder, demo_workspace: Path, tmp_path):
    """The same entries, appended on the server and to a workspace: equal revision, equal rows of every query."""
    embedded = ReferralGraph.open(copy_workspace(demo_workspace, tmp_path / "embedded"))
    leonhard = enter(embedded)
    settings = read_settings(embedded.context.store.workspace.settings_file)
    store = opened(empty, builder)
    build(builder, store, settings)  # as it was before anybody judged: a server that has been in use
    store.append_judgements(embedded.context.store.judgements())
    on_server = build(builder, store, settings)
    here = build(embedded.context.store.workspace, embedded.context.store, settings)
    assert here.id == on_server.id
    embedded.close()
    embedded = ReferralGraph.open(tmp_path / "embedded")
    colleague = ReferralGraph(Context(opened(empty), None))
    for name, parameters in QUERIES(leonhard):
        rows = embedded.context.store.read(name, [parameters])
        assert rows
        assert colleague.context.store.read(name, [parameters]) == rows
    assert colleague.account(ACCOUNT).model_dump_json() == embedded.account(ACCOUNT).model_dump_json()
    embedded.close()
    people = ask("MATCH (p:Person {id: $id}) RETURN p.relationship_score AS score, p.score_account AS account, p.score_accounts AS n",
                 id=leonhard)
    assert people == [{"score": -0.5, "account": account_id("Second"), "n": 2}]
    told = ask(query("people/stakeholders", "neo4j").text, name=ACCOUNT)
    assert [(row["stakeholder"], row["relationship"], row["influence"]) for row in told] == [
        ("Leonhard Vrederkamp", 1.0, 3.0), ("Frau Beispiel", -2.0, None)]
    assert [row["enemy"] for row in ask(query("people/enemies_of_account", "neo4j").text, name=ACCOUNT)] == ["Frau Beispiel"]
    assert [(row["colleague"], row["cell"]) for row in ask(query("people/looked_after", "neo4j").text, name=ACCOUNT)] == [
        ("Mara Wiesentau", "lead")]
    assert len(ask(query("people/influence_side_by_side", "neo4j").text, least=0.0)) == 2
