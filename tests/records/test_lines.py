"""Lines of raw files: plain or compressed, whole, cut off or damaged, in any encoding."""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from referralgraph.errors import SourceError
from referralgraph.records.lines import LineBlock, line_blocks

Pack = Callable[[bytes], bytes]


def _text(lines: int) -> bytes:
    dice = random.Random(7)
    return b"".join(b"%d %s\n" % (at, dice.randbytes(30).hex().encode()) for at in range(1, lines + 1))


def _streams(compress: Pack) -> Pack:
    def pack(data: bytes) -> bytes:
        return b"".join(compress(data[at:at + 250_000]) for at in range(0, len(data), 250_000))
    return pack


PACKED = {
    "plain": lambda data: data,
    "bz2": bz2.compress,
    "bz2 of several streams, as pbzip2 writes it": _streams(bz2.compress),
    "gz": gzip.compress,
    "gz of several members": _streams(gzip.compress),
    "xz": lambda data: lzma.compress(data, preset=0),
}


def read(path: Path, **options: int) -> tuple[list[str], LineBlock]:
    """Return all lines, after checking their numbers, and the last block."""
    lines: list[str] = []
    block = None
    for block in line_blocks(path, **options):
        assert block.first_line == len(lines) + 1
        table = block.table()
        assert table.column("line").to_pylist() == list(range(block.first_line, block.next_line))
        texts = [block.text(line) for line in range(block.first_line, block.next_line)]
        assert [text.rstrip("\r\n") for text in table.column("text").to_pylist()] == texts
        lines += texts
    assert block is not None
    return lines, block


@pytest.mark.parametrize("block_bytes", [1000, 100_000, 32 << 20])
@pytest.mark.parametrize("pack", PACKED.values(), ids=PACKED)
def test_every_line_comes_once_with_its_number_whatever_the_compression_and_block(tmp_path, pack, block_bytes):
    data = _text(9_000)
    path = tmp_path / "dump.jsonl"
    path.write_bytes(pack(data))
    lines, last = read(path, block_bytes=block_bytes)
    assert lines == data.decode().splitlines()
    assert last.problem == ""


@pytest.mark.parametrize("pack", [pack for name, pack in PACKED.items() if name != "plain"],
                         ids=[name for name in PACKED if name != "plain"])
def test_a_cut_off_file_gives_the_lines_before_the_cut_and_says_where_it_breaks_off(tmp_path, pack):
    data = _text(40_000)  # 2.6 MB: three blocks of bzip2
    whole = pack(data)
    path = tmp_path / "dump"
    path.write_bytes(whole[: len(whole) * 6 // 10])
    lines, last = read(path)
    assert "cut off here" in last.problem
    assert lines == data.decode().splitlines()[: len(lines)]
    assert last.next_line == len(lines) + 1
    assert data.decode().splitlines()[len(lines)].startswith(last.torn)
    # bzip2 gives whole blocks of 900 kB only; one is surely there
    assert len(lines) > 0.3 * 40_000


@pytest.mark.parametrize("pack", [PACKED["bz2"], PACKED["gz"], PACKED["xz"]], ids=["bz2", "gz", "xz"])
def test_damage_in_the_middle_ends_the_file_there_with_a_reason(tmp_path, pack):
    data = _text(40_000)
    damaged = bytearray(pack(data))
    damaged[len(damaged) * 3 // 4] ^= 0xFF
    path = tmp_path / "dump"
    path.write_bytes(damaged)
    lines, last = read(path)
    assert "damaged here" in last.problem
    assert len(lines) < 40_000
    assert lines[:10_000] == data.decode().splitlines()[:10_000]


@pytest.mark.parametrize("pack", PACKED.values(), ids=PACKED)
def test_a_file_of_a_few_bytes_of_its_header_is_a_problem_not_an_empty_file(tmp_path, pack):
    path = tmp_path / "dump"
    path.write_bytes(pack(_text(1000))[:12])
    lines, last = read(path)
    assert last.problem or lines


def test_padding_with_zeros_behind_gzip_is_no_damage(tmp_path):
    path = tmp_path / "dump.gz"
    path.write_bytes(gzip.compress(b"one\ntwo\n") + bytes(512))
    lines, last = read(path)
    assert (lines, last.problem) == (["one", "two"], "")


def test_compression_is_told_by_the_bytes_not_by_the_name(tmp_path):
    named_wrongly = tmp_path / "dump.bz2"
    named_wrongly.write_bytes(b"plain\n")
    nameless = tmp_path / "dump"
    nameless.write_bytes(bz2.compress(b"packed\n"))
    assert read(named_wrongly)[0] == ["plain"]
    assert read(nameless)[0] == ["packed"]


def test_bytes_that_are_not_utf8_are_cp1252_line_by_line(tmp_path):
    path = tmp_path / "dump"
    path.write_bytes("Jürgen Łoś\n".encode() + "Käthe Groß – „Rösle“\n".encode("cp1252") + "Ünal\n".encode())
    assert read(path)[0] == ["Jürgen Łoś", "Käthe Groß – „Rösle“", "Ünal"]


def test_mark_line_ends_of_windows_and_a_missing_last_one_are_no_part_of_the_text(tmp_path):
    path = tmp_path / "dump"
    path.write_bytes(b"\xef\xbb\xbfone\r\n\r\nthree")
    assert read(path)[0] == ["one", "", "three"]


def test_a_line_longer_than_a_block_stays_whole(tmp_path):
    path = tmp_path / "dump"
    path.write_bytes(b"a" * 5000 + b"\n" + b"b" * 3000)
    assert read(path, block_bytes=100)[0] == ["a" * 5000, "b" * 3000]


def test_an_empty_file_gives_nothing(tmp_path):
    for name, data in {"empty": b"", "packed.gz": gzip.compress(b""), "packed.bz2": bz2.compress(b""),
                       "mark": b"\xef\xbb\xbf"}.items():
        path = tmp_path / name
        path.write_bytes(data)
        assert list(line_blocks(path)) == []


def test_a_missing_file_names_the_mend(tmp_path):
    with pytest.raises(SourceError, match=r"gone\.bz2: no such file\. Check the path"):
        list(line_blocks(tmp_path / "gone.bz2"))


def test_a_reader_that_stops_in_the_middle_leaves_nothing_open(tmp_path):
    path = tmp_path / "dump.bz2"
    path.write_bytes(bz2.compress(_text(40_000)))
    blocks = line_blocks(path, block_bytes=1000)
    assert next(blocks).first_line == 1
    blocks.close()
    assert list(blocks) == []
