"""A local Neo4j without Docker, for tests and for people who have only pip: `referralgraph server`."""

from __future__ import annotations

from referralgraph.server.artefacts import LICENCE, LONG_TERM, NEWEST, Release, fetch_artefacts
from referralgraph.server.local import LocalServer

__all__ = ["LICENCE", "LONG_TERM", "NEWEST", "LocalServer", "Release", "fetch_artefacts"]
