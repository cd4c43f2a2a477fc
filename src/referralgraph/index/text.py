"""Columns of text as two memory-mapped arrays, read one value at a time and searched by halves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from referralgraph.index.rows import mapped

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SLICE = 1 << 24
_SAMPLE = 1 << 21


class TextColumn:
    """A column of texts in UTF-8; opening it reads nothing.

    :param folder: where its two files lie.
    :param name: name of the column.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._offsets = mapped(folder / f"{name}_offsets.npy")
        self._bytes = mapped(folder / f"{name}_bytes.npy")

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._offsets) - 1

    def __getitem__(self, row: int) -> str:
        """Return the text of a row."""
        return self.raw(row).decode()

    def raw(self, row: int) -> bytes:
        """Return the text of a row as it is stored."""
        text: bytes = self._bytes[int(self._offsets[row]) : int(self._offsets[row + 1])].tobytes()
        return text

    def fixed(self, width: int) -> NDArray[np.bytes_]:
        """Return a column whose texts are all of one width as an array."""
        if len(self._bytes) != width * len(self):
            raise ValueError(f"{len(self)} texts of {width} bytes don't fill {len(self._bytes)}")
        return np.asarray(self._bytes).view(f"S{width}")

    def bisect(self, wanted: bytes) -> int:
        """Return the first row of a sorted column that isn't less than a text in UTF-8."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.raw(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def beginning(self, text: str) -> tuple[int, int]:
        """Return the rows of a sorted column that begin with a text, as the first of them and the first after them."""
        key = text.encode()
        return self.bisect(key), self.bisect(key + b"\xff")

    def containing(self, text: str) -> Iterator[int]:
        """Yield the rows that contain a text, in order; the whole column is read once."""
        key = text.encode()
        total, after = len(self._bytes), -1
        for start in range(0, total, _SLICE):
            block = self._bytes[start : min(total, start + _SLICE + len(key) - 1)].tobytes()
            place = block.find(key)
            while place >= 0:
                found = start + place
                if found < after:  # a second time in the same row
                    place = block.find(key, after - start)
                    continue
                row = int(np.searchsorted(self._offsets, found, side="right")) - 1
                after = int(self._offsets[row + 1])
                if found + len(key) <= after:
                    yield row
                    place = block.find(key, after - start)
                else:  # it runs over the end of a row
                    place = block.find(key, place + 1)

    def sampled(self, text: str) -> int:
        """Return how often a text occurs in the middle of the column, a few megabytes of it."""
        middle = len(self._bytes) // 2
        sample: bytes = self._bytes[max(0, middle - _SAMPLE) : middle + _SAMPLE].tobytes()
        return sample.count(text.encode())


def save_text(folder: Path, name: str, offsets: NDArray[np.int64], data: NDArray[np.uint8]) -> None:
    """Write a column: row i is ``data[offsets[i]:offsets[i + 1]]``."""
    np.save(folder / f"{name}_offsets.npy", offsets)
    np.save(folder / f"{name}_bytes.npy", data)
