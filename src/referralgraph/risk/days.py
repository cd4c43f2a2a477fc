"""Days as numbers: since 1 January 1970."""

from __future__ import annotations

NEVER = 2**31 - 1
"""No day: later than all days."""
