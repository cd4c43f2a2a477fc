"""Where workspace and store may be named, and what the demo spares."""

from __future__ import annotations

import json

import pytest

from referralgraph.demo import story


def test_the_workspace_before_and_after_the_command_and_by_the_environment(run, demo_workspace, monkeypatch):
    asked = ["find", story.LEONHARD.entity, "--format", "json"]
    before = run("--workspace", demo_workspace, *asked)
    after = run(*asked, "--workspace", demo_workspace)
    assert before.code == after.code == 0
    assert before.out == after.out
    assert json.loads(before.out)["candidates"][0]["name"] == story.LEONHARD.name
    assert run(*asked).code == 3
    monkeypatch.setenv("REFERRALGRAPH_WORKSPACE", str(demo_workspace))
    assert run(*asked).out == before.out


def test_the_workspace_after_the_command_wins(run, demo_workspace):
    assert run("--workspace", "nowhere", "find", story.LEONHARD.entity, "--workspace", demo_workspace).code == 0
    assert run("--workspace", demo_workspace, "find", story.LEONHARD.entity, "--workspace", "nowhere").code == 3


@pytest.mark.parametrize("place", ["before", "after", "environment"])
def test_a_store_that_is_none_is_refused_wherever_it_is_named(run, demo_workspace, monkeypatch, place):
    asked = ["find", story.LEONHARD.entity]
    if place == "environment":
        monkeypatch.setenv("REFERRALGRAPH_STORE", "gopher://nowhere")
    before = ["--store", "gopher://nowhere"] if place == "before" else []
    after = ["--store", "gopher://nowhere"] if place == "after" else []
    told = run("--workspace", demo_workspace, *before, *asked, *after)
    assert told.code in {2, 5}
    assert "gopher" in told.err
    assert told.out == ""


def test_the_demo_never_replaces_a_workspace_that_is_not_its_own(run, tmp_path):
    mine = tmp_path / "mine"
    (mine / "judgements").mkdir(parents=True)
    (mine / "settings.toml").write_text("", encoding="utf-8")
    told = run("demo", tmp_path / "country", "--companies", "1", "--workspace", mine)
    assert told.code == 2
    assert "--workspace" in told.err
    assert (mine / "judgements").is_dir()


def test_the_demo_walks_the_whole_way_and_again(run, tmp_path, monkeypatch):
    """Made, loaded, built, asked and drawn; a workspace named by the environment is the user's own and stays."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "settings.toml").write_text("", encoding="utf-8")
    monkeypatch.setenv("REFERRALGRAPH_WORKSPACE", str(mine))
    for _ in range(2):
        told = run("demo", "country", "--companies", "1", columns=200)
        assert told.code == 0, told.err
        assert "1. Mara Wiesentau → Torsten Quellbrink" in told.out
        page = tmp_path / "country" / "introduction.html"
        assert str(page) in told.out
        assert page.stat().st_size > 100_000
    assert [file.name for file in mine.iterdir()] == ["settings.toml"]
