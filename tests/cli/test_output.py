"""What a command does where its output, or its messages, cannot be written: the exit code says what happened."""

from __future__ import annotations

import subprocess
import sys

import pytest

from advisor.knowledge import data_folder

MAKER = str(data_folder("questionnaires") / "samples" / "machine_tool_maker.yaml")


def shell(line: str) -> subprocess.CompletedProcess[str]:
    """A line of bash in which ``advisor`` is the program."""
    program = f'advisor() {{ "{sys.executable}" -m advisor "$@"; }}; {line}'
    return subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize("command", ["--version", "--help", "rules list", f"assess {MAKER}", f"shortlist {MAKER}"])
def test_a_reader_who_closes_the_output_is_no_mistake(command: str) -> None:
    done = shell(f"advisor {command} | true; echo ${{PIPESTATUS[0]}}")
    assert (done.stdout.split()[-1], done.stderr) == ("0", "")


def test_an_output_that_is_closed_from_the_start_is_no_mistake() -> None:
    done = shell(f"advisor assess {MAKER} >&-")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", ["--version", f"assess {MAKER}", f"assess {MAKER} --json"])
def test_a_full_disk_is_told_and_exits_with_3(command: str) -> None:
    done = shell(f"LC_ALL=C advisor --lang en {command} >/dev/full")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


def test_a_message_that_cannot_be_written_keeps_the_exit_code() -> None:
    assert shell("advisor assess nofile 2>/dev/full").returncode == 3
