"""Many runs of a query are one query about a list, and say the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from referralgraph.errors import DeadlineExceeded
from referralgraph.graph.query import query
from referralgraph.graph.store import open_store
from referralgraph.records.workspace import Workspace

NAMES = ("read/mandates_in_organisation", "read/organisation_mandates_in_organisation", "read/organisation")


@pytest.mark.parametrize("name", NAMES)
def test_a_list_says_what_single_questions_say(name: str, demo_workspace: Path) -> None:
    """Every organisation of the country, some twice and some unknown, in an order of their own."""
    store = open_store(Workspace(demo_workspace))
    index = store.index_folder()

    ids = [each.decode() for each in np.load(index / "organisation_id.npy")][::-1]
    asked = [{"id": each} for each in (ids[3], "o-unknown", *ids, ids[3], "o-unknown")]
    assert len(asked) > 400  # fewer are asked one by one
    single = [row for each in asked for row in store.read(name, [each])]
    assert store.read(name, asked) == single
    assert single
    store.close()


def test_a_list_is_stopped_by_the_deadline(demo_workspace: Path) -> None:
    """A hundred thousand ids aren't answered in a thousandth of a second."""
    store = open_store(Workspace(demo_workspace))
    with pytest.raises(DeadlineExceeded):
        store.read("read/person", [{"id": f"p-{each}"} for each in range(100_000)], timeout=0.001)
    store.close()


def test_what_takes_more_than_an_id_has_no_form_for_lists() -> None:
    assert query("read/contacts_between").many == ""
    assert query("read/person").many.count("$ids") == 1
