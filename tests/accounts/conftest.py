"""A workspace of its own for each test that enters judgements; its revision is built once and linked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from referralgraph.questions.graph import ReferralGraph


def copy_workspace(source: Path, target: Path) -> Path:
    """Copy a workspace by hard links; only what people decide is written in it, and that is new."""
    shutil.copytree(source, target, copy_function=os.link)
    for each in (target / "judgements").glob("*"):
        each.unlink()
    return target


@pytest.fixture
def desk_workspace(demo_workspace: Path, tmp_path: Path) -> Path:
    """The built country, with nothing entered yet."""
    return copy_workspace(demo_workspace, tmp_path / "desk")


@pytest.fixture
def graph(desk_workspace: Path) -> Iterator[ReferralGraph]:
    """The same, opened by Mara, who is "me"."""
    opened = ReferralGraph.open(desk_workspace)
    yield opened
    opened.close()


@pytest.fixture
def another(desk_workspace: Path) -> Iterator[Callable[[], ReferralGraph]]:
    """Return a function that opens the same workspace anew, as the next command does."""
    opened = []

    def open_it() -> ReferralGraph:
        opened.append(ReferralGraph.open(desk_workspace))
        return opened[-1]

    yield open_it
    for each in opened:
        each.close()
