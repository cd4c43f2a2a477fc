"""The names of a revision, leading to the people and organisations of today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from referralgraph.index.names import TIERS, Found, NameIndex
from referralgraph.questions.judged import Judged
from referralgraph.questions.judged_store import JudgedStore
from referralgraph.records.names import fold, name_key


class JudgedNames:
    """Finding entities by what people type, after judgements that are newer than the build.

    :param names: of the revision.
    :param judged: the people and organisations of today.
    :param store: says what they are called.
    """

    def __init__(self, names: NameIndex, judged: Judged, store: JudgedStore) -> None:
        self._names, self._judged, self._store = names, judged, store

    def find(
        self, text: str, *, limit: int = 20, kinds: tuple[str, ...] | None = None, viewer: str | None = None
    ) -> tuple[list[Found], bool]:
        """See :meth:`referralgraph.index.names.NameIndex.find`."""
        found, more = self._names.find(text, limit=limit + len(self._judged.of_member), kinds=kinds, viewer=viewer)
        told = sorted(self._bearing(text, self._today(found)), key=lambda each: (TIERS.index(each.match), -each.connections, each.row))
        return told[:limit], more or len(told) > limit

    def exactly(self, text: str, *, viewer: str | None = None) -> list[Found]:
        """See :meth:`referralgraph.index.names.NameIndex.exactly`."""
        found = self._today(self._names.exactly(text, viewer=viewer))
        # of those who were taken apart, whoever is called so
        called = {name_key(each) for each in (text, text.rpartition(",")[0]) if each}
        named = [each for each in found if each.id not in self._judged.entities or called & self._names_of(each.id)]
        return named or found

    def of_ids(self, wanted: Iterable[str], *, viewer: str | None = None) -> dict[str, Found]:
        """See :meth:`referralgraph.index.names.NameIndex.of_ids`; of entities of today use the store."""
        found = self._names.of_ids(wanted, viewer=viewer)
        return {each: one for each, one in found.items() if each not in self._judged.of_member}

    def _bearing(self, text: str, found: Sequence[Found]) -> list[Found]:
        """Return those of whom it is sure or may be that they bear a name: of parts of somebody who was taken apart not all do."""
        asked = [fold(each).split() for each in (text, text.rpartition(",")[0]) if each]
        keys = {name_key(each) for each in (text, text.rpartition(",")[0]) if each}
        entities = self._judged.entities
        return [
            each
            for each in found
            if each.id not in entities or entities[each.id].is_whole or each.match == "number" or keys & self._names_of(each.id)
            or any(all(word in fold(name) for word in words) for words in asked for name in self._called(each.id))
        ]  # fmt: skip

    def _names_of(self, entity: str) -> set[str]:
        return {name_key(name) for name in self._called(entity)}

    def _called(self, entity: str) -> list[str]:
        row = self._row(entity)
        return [row["name"], *(row.get("other_names") or row.get("previous_names") or ())]

    def _row(self, entity: str) -> dict[str, Any]:
        return self._store.read("read/person" if entity.startswith("p-") else "read/organisation", [{"id": entity}])[0]

    def _today(self, found: Sequence[Found]) -> list[Found]:
        told: dict[str, Found] = {}
        for each in found:
            for identifier in self._judged.of_member.get(each.id, (each.id,)):
                if identifier in told:
                    best = min(told[identifier], each, key=lambda one: (TIERS.index(one.match), one.row))
                    told[identifier] = replace(told[identifier], match=best.match, row=best.row)
                    continue
                if identifier not in self._judged.entities:
                    told[identifier] = replace(each, connections=self._store.connections(each.id, each.connections))
                    continue
                row = self._row(identifier)
                told[identifier] = replace(
                    each, id=identifier, kind=row.get("kind", "person"), name=row["name"], city=row["city"],
                    connections=row["connections"])  # fmt: skip
        return list(told.values())
