"""Many targets at once: people, bodies, and a line that names nobody."""

from __future__ import annotations


def cases(sample):
    yield {"targets": [*sample.people[::25], *sample.organisations[::25], "nobody has this name"]}
    yield {"sources": sample.people[:2], "targets": sample.people[5:12], "max_ties": 3}
