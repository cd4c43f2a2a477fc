"""Place, industry, size and kind of every organisation, for questions about all of a sort."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from referralgraph.index.rows import mapped
from referralgraph.index.text import TextColumn, save_text
from referralgraph.records.names import name_key

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNKNOWN = -1


class OrganisationAttributes:
    """Attributes of organisations by position; opening reads nothing.

    :param folder: the index folder of a revision.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "attributes"

    @cached_property
    def size(self) -> NDArray[np.int32]:
        """Number of employees, ``UNKNOWN`` if no source tells."""
        return self._map("size")

    def known(self) -> bool:
        """Return whether any source tells a size or an industry at all."""
        return bool(np.any(self.size != UNKNOWN)) or len(TextColumn(self._folder, "industry")) > 1

    def matching(
        self, *, industries: Sequence[str] = (), places: Sequence[str] = (), smallest: int | None = None, largest: int | None = None
    ) -> NDArray[np.int64]:
        """Return the positions of the companies that are as described; what isn't known doesn't match.

        :param industries: beginnings of industry codes, with their scheme or without: ``NACE 28``, ``28.22``.
        :param places: cities, in any spelling.
        :param smallest: employees at least.
        :param largest: employees at most.
        """
        chosen = np.asarray(self._map("company"), np.bool_).copy()
        if industries:
            wanted = [_industry(each) for each in industries]
            chosen &= self._coded("industry", lambda text: any(
                text.startswith(each) or text.lstrip("abcdefghijklmnopqrstuvwxyz").startswith(each) for each in wanted))  # fmt: skip
        if places:
            cities = {name_key(each) for each in places}
            chosen &= self._coded("city", lambda text: text in cities)
        if smallest is not None or largest is not None:
            chosen &= (self.size != UNKNOWN) & (self.size >= (smallest or 0)) & (self.size <= (largest or np.iinfo(np.int32).max))
        return np.flatnonzero(chosen)

    def _coded(self, name: str, fits: Any) -> NDArray[np.bool_]:
        words = TextColumn(self._folder, name)
        fitting = np.array([bool(words[row]) and fits(words[row]) for row in range(len(words))], np.bool_)
        flags: NDArray[np.bool_] = fitting[self._map(f"{name}_code")]
        return flags

    def _map(self, name: str) -> NDArray[Any]:
        array: NDArray[Any] = mapped(self._folder / f"{name}.npy")
        return array


def _city(text: str) -> str:
    return name_key(text) or ""


def _industry(text: str) -> str:
    return text.casefold().replace(" ", "")


def write_attributes(resolved: Path, folder: Path) -> None:
    """Write the attributes of all organisations.

    :param resolved: folder of the resolve stage.
    :param folder: the index folder.
    """
    import pyarrow.parquet as pq  # only a build needs it: a question starts faster without

    target = folder / "attributes"
    target.mkdir()
    rows = pq.read_table(resolved / "organisation.parquet", columns=["kind", "city", "industry_code", "size", "status"])
    np.save(target / "company.npy", np.array([each == "company" for each in rows.column("kind").to_pylist()], np.bool_))
    size = rows.column("size").fill_null(UNKNOWN).to_numpy()
    np.save(target / "size.npy", np.clip(size, UNKNOWN, np.iinfo(np.int32).max).astype(np.int32))
    keyed = {"city": ("city", _city), "industry": ("industry_code", _industry)}
    for name, (column, key) in keyed.items():
        encoded = rows.column(column).fill_null("").combine_chunks().dictionary_encode()
        keys = [key(each) for each in encoded.dictionary.to_pylist()]
        words = sorted({"", *keys})
        place = {word: number for number, word in enumerate(words)}
        codes = np.array([place[each] for each in keys] or [0], np.int32)
        np.save(target / f"{name}_code.npy", codes[encoded.indices.to_numpy()] if len(encoded) else codes[:0])
        texts = [word.encode() for word in words]
        ends = np.cumsum([0, *map(len, texts)]).astype(np.int64)
        save_text(target, name, ends, np.frombuffer(b"".join(texts), np.uint8))
