"""A revision: one complete published build, named by what it was made of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Revision:
    """What a published build is made of, and how much it holds.

    :param id: hash of records, judgements, settings and code; equal input gives an equal id on every store.
    :param built_at: when it was built, UTC.
    :param version: version of ReferralGraph that built it.
    :param loads: ids of the loads in it.
    :param settings: the settings that it was built with.
    :param coverage: counts for the answers, see :class:`referralgraph.answers.Coverage`.
    :param decided: ids of the judgements about identity that it was built with.
    :param schema: what labels and columns its graph has, see :func:`referralgraph.graph.schema.schema_id`.
    """

    id: str
    built_at: str
    version: str
    loads: tuple[str, ...]
    settings: dict[str, Any]
    coverage: dict[str, Any] = field(default_factory=dict)
    decided: tuple[str, ...] = ()
    schema: str = ""  # of a revision that was built before it was written down

    def write(self, folder: Path) -> None:
        """Write it as revision.json."""
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False, sort_keys=True)
        (folder / "revision.json").write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Revision:
        """Read revision.json of a folder."""
        values = json.loads((folder / "revision.json").read_text(encoding="utf-8"))
        return cls(**{**values, "loads": tuple(values["loads"]), "decided": tuple(values.get("decided", ()))})


def revision_id(parts: dict[str, Any]) -> str:
    """Return the id of the revision made of these parts: equal parts, equal id."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
