"""docs/settings.md lists every setting with the default and the limits that the program really has."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from referralgraph.errors import SourceError
from referralgraph.settings import Settings, read_settings

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([\w.]+)` \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
DOCUMENTED = {name: (default, allowed) for name, default, allowed, _ in ROW.findall(PAGE)}


def flat(values, before=""):
    for name, value in values.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def written(name, value, tmp_path):
    """Return the settings of a workspace where one setting is written as TOML."""
    table, _, key = name.rpartition(".")
    (tmp_path / "settings.toml").write_text((f"[{table}]\n" if table else "") + f"{key} = {value}\n", encoding="utf-8")
    return read_settings(tmp_path / "settings.toml")


def test_every_setting_is_documented_and_nothing_else():
    assert sorted(DOCUMENTED) == sorted(name for name, _ in flat(Settings().model_dump()))


@pytest.mark.parametrize("name", sorted(DOCUMENTED))
def test_the_default_is_the_one_documented(name):
    default, _ = DOCUMENTED[name]
    found = dict(flat(Settings().model_dump(mode="json")))[name]
    assert found == (None if default == "none" else tomllib.loads(f"x = {default.strip('`')}")["x"])


LIMITS = {
    "above 0, at most 1": ((0.001, 1), (0, 1.001)),
    "above 0": ((0.001, 50), (0, -1)),
    "0 or more": ((0, 50), (-0.001,)),
    "0 to 1": ((0, 1), (-0.001, 1.001)),
    "0 to 10": ((0, 10), (-0.001, 10.001)),
    "1 to 6": ((1, 6), (0, 7)),
    "1 or more": ((1, 1000), (0,)),
    "2 or more": ((2, 1000), (1,)),
    "four, above 0, at most 1": (("[0.1, 0.2, 0.3, 1]",), ("[0.1, 0.2, 0.3]", "[0, 0.2, 0.3, 0.4]")),
    "a name": (('"Nova"',), ("1",)),
    "names": (('["Nova"]',), ('"Nova"', "[1]")),
    '`"average"`, `"best"`, `"responsible"`': (('"best"',), ('"worst"', "1")),
    '`"en"`, `"de"`, `"id"`': (('"id"',), ('"fr"', "1")),
}


@pytest.mark.parametrize("name", sorted(DOCUMENTED))
def test_the_limits_are_those_documented(name, tmp_path):
    good, bad = LIMITS[DOCUMENTED[name][1]]
    for value in good:
        assert written(name, value, tmp_path)
    for value in bad:
        with pytest.raises(SourceError, match=re.escape(name)):
            written(name, value, tmp_path)


def test_the_example_on_the_page_is_read(tmp_path):
    example = re.search(r"\n\n((?:    .*\n|\n)+)", PAGE)
    assert example
    (tmp_path / "settings.toml").write_text(re.sub(r"^    ", "", example[1], flags=re.MULTILINE), encoding="utf-8")
    settings = read_settings(tmp_path / "settings.toml")
    assert settings.team.organisation == "Hubwerk Stapler GmbH"
    assert settings.introducer.most_bodies == 15
