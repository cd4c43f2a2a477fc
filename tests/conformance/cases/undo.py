"""An entry taken back and brought back; what doesn't stand can't be taken back."""

from __future__ import annotations


def back_and_forth(graph):
    """Open an account, take that back, and take that back."""
    entered = graph.accounts.desk("Mara Wiesentau").open_account("Undone")
    return graph.undo(graph.undo(entered.judgements[0], by="Mara Wiesentau").judgements[0], by="Mara Wiesentau")


def cases(sample):
    yield back_and_forth
    yield {"judgement": "j-00000000000000000000", "by": "Mara Wiesentau"}
