"""Build: records to a published revision, each stage skipped when nothing that it reads has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from referralgraph.build.pipeline import build

__all__ = ["build"]


def __getattr__(name: str) -> object:
    """Import the pipeline, with everything it needs, only when something is really built."""
    if name == "build":
        from referralgraph.build.pipeline import build

        return build
    raise AttributeError(name)
