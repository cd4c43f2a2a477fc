"""Everything about many, as several viewers; private contacts stay with their owners on every store."""

from __future__ import annotations

from datetime import date

from tests.conformance.samples import HOSTILE


def cases(sample):
    for entity in (*sample.people[::6], *sample.organisations[::6]):
        yield {"entity": entity, "identity": True}
    for name in (sample.country.team.me, *sample.country.team.colleagues):
        for viewer in ("Mara Wiesentau", "Jonas Halvering", None):
            yield {"entity": name, "viewer": viewer}
        yield {"entity": name, "as_of": date(2021, 6, 30)}
    for text in HOSTILE:
        yield {"entity": text}
