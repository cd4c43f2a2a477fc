"""What a question is told about the names it was asked with, on the way to its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

from referralgraph.answers.base import Answer, Because
from referralgraph.questions.pending import pending_notes

if TYPE_CHECKING:
    from referralgraph.questions.context import Context

Told = TypeVar("Told", bound=Answer)
_noted: ContextVar[list[Because] | None] = ContextVar("_noted", default=None)


@contextmanager
def noting() -> Iterator[list[Because]]:
    """Collect what is noted within the block, by this thread alone, each note once."""
    notes: list[Because] = []
    before = _noted.set(notes)
    try:
        yield notes
    finally:
        _noted.reset(before)


def with_notes(context: Context, ask: Callable[[], Told]) -> Told:
    """Ask, and put what was noted on the way, and what the answer can't know yet, into the question as the answer repeats it."""
    with noting() as notes:
        answer = ask()
    notes += pending_notes(context, answer.model_dump_json()) if context.pending else []
    return noted_in(answer, notes) if notes else answer


def noted_in(answer: Told, notes: Iterable[Because]) -> Told:
    """Return an answer with more notes in the question as it repeats it."""
    question = getattr(answer, "question")  # noqa: B009  every answer to a question has it, the base class has not
    return answer.model_copy(update={"question": question.model_copy(update={"notes": (*question.notes, *notes)})})


def note(because: Because) -> None:
    """Note something; where nobody collects it is left out."""
    notes = _noted.get()
    if notes is not None and because not in notes:
        notes.append(because)
