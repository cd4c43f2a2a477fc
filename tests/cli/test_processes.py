"""The program among others: pipes, Ctrl-C, shells."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from referralgraph.demo import story

PROGRAM = [sys.executable, "-m", "referralgraph.cli"]


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("REFERRALGRAPH_")}
    return kept | {"COLUMNS": "80"} | more


def test_a_reader_that_has_seen_enough_ends_it_quietly(demo_workspace):
    """Like `| head -1`: the reader closes the pipe after one line of many."""
    with subprocess.Popen(
        [*PROGRAM, "--workspace", str(demo_workspace), "network", story.EDELTRAUD.entity, "--format", "json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"{\n"
        process.stdout.close()
        told = process.stderr.read().decode()
    assert told == ""
    assert process.returncode == 0


def test_a_schema_into_a_closed_pipe():
    with subprocess.Popen(
        [*PROGRAM, "schema", "path"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read().decode()
    assert told == ""
    assert process.returncode == 0


def test_ctrl_c_leaves_without_a_traceback(tmp_path):
    with subprocess.Popen(
        [*PROGRAM, "demo", str(tmp_path / "country"), "--companies", "6000"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    ) as process:  # fmt: skip
        assert process.stderr is not None
        first = process.stderr.readline().decode()
        time.sleep(0.3)  # somewhere in the middle of loading
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read().decode()
    assert process.returncode == 130, first + rest
    assert "Traceback" not in rest
    assert rest.endswith("referralgraph: interrupted; what was there before is unchanged\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_gets_its_completion(shell):
    told = subprocess.run(
        [*PROGRAM],
        capture_output=True,
        text=True,
        check=False,
        env=environment(_REFERRALGRAPH_COMPLETE=f"source_{shell}"),
    )
    assert told.returncode == 0
    assert "_REFERRALGRAPH_COMPLETE=complete_" + shell in told.stdout


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("referralgraph ", {"load", "build", "find", "show", "path", "network"}),
        ("referralgraph path --max", {"--max-ties"}),
        ("referralgraph find x --format ", {"table", "json", "csv"}),
    ],
)
def test_completion_knows_commands_options_and_values(typed, wanted):
    words = typed.split(" ")
    told = subprocess.run(
        [*PROGRAM], capture_output=True, text=True, check=False,
        env=environment(_REFERRALGRAPH_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD=str(len(words) - 1)),
    )  # fmt: skip
    assert told.returncode == 0
    assert wanted <= set(told.stdout.split())


def test_names_in_any_script_reach_a_terminal_that_speaks_ascii(demo_workspace):
    told = subprocess.run(
        [*PROGRAM, "--workspace", str(demo_workspace), "show", story.LEONHARD.entity],
        capture_output=True, check=False, env=environment(LC_ALL="C", PYTHONIOENCODING="ascii"),
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert "Ostermühl" in told.stdout.decode("utf-8")
