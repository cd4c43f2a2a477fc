"""Answer to "where do we stand?"."""

from __future__ import annotations

from pydantic import Field

from referralgraph.answers.base import Answer, Coverage


class LoadStatus(Answer):
    """One raw file that was loaded."""

    load: str
    source: str
    file: str
    owner: str | None = None
    loaded_at: str
    retrieved_at: str
    records: dict[str, int]
    quarantined: int
    reasons: dict[str, int] = Field(default_factory=dict, description="why rows are in quarantine, and how many")
    unknown_words: dict[str, int] = Field(default_factory=dict, description="role words the vocabulary doesn't know")
    built: bool = Field(description="true if the current revision contains it")


class StatusAnswer(Answer):
    """The workspace and its current revision."""

    workspace: str
    store: str
    revision: str | None
    built_at: str | None
    me: str | None
    team: tuple[str, ...]
    coverage: Coverage | None
    loads: tuple[LoadStatus, ...]
    stale: tuple[str, ...] = Field(default=(), description="what is newer than the revision, with the command that mends it")
