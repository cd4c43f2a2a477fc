"""A local Neo4j without Docker, for tests and for people who have only pip: `referralgraph server`."""

from __future__ import annotations

from referralgraph.server.artefacts import LICENCE, VERSION, fetch_artefacts
from referralgraph.server.local import LocalServer

__all__ = ["LICENCE", "VERSION", "LocalServer", "fetch_artefacts"]
