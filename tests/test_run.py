"""``./run``: once all is set up, nothing else is started before the command; what is removed later is noticed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that is set up, with a Python that only repeats what it is told, and one system library."""
    shutil.copy(ROOT / "run", tmp_path)
    (tmp_path / "requirements.txt").write_text("click==8.1\n")
    (tmp_path / "libpango.so").touch()
    programs, python = tmp_path / "bin", tmp_path / ".venv" / "bin" / "python"
    programs.mkdir()
    for name in ("sh", "dirname", "cksum"):
        (programs / name).symlink_to(str(shutil.which(name)))
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "python $*"\n')
    python.chmod(0o755)
    checksum = subprocess.run(["cksum"], input=b"click==8.1\n", capture_output=True, check=True).stdout.decode()
    (tmp_path / ".venv" / ".ready-requirements.txt").write_text(f"{checksum}{tmp_path / 'libpango.so'}\n")
    return tmp_path


def run(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """``./run`` where no program can be started but those the fast way needs."""
    environment = {"PATH": str(checkout / "bin")}
    return subprocess.run([checkout / "run", *words], capture_output=True, text=True, env=environment, timeout=20)


def test_all_is_there_so_the_command_is_started_at_once(checkout: Path):
    done = run(checkout, "assess", "firm.yaml")
    assert (done.returncode, done.stdout, done.stderr) == (0, "python -m advisor assess firm.yaml\n", "")


@pytest.mark.parametrize("gone", ["libpango.so", ".venv/bin/python", ".venv/.ready-requirements.txt"])
def test_what_was_removed_since_is_looked_for_again(checkout: Path, gone: str):
    (checkout / gone).unlink()
    done = run(checkout, "assess", "firm.yaml")
    assert (done.returncode, done.stdout) == (4, "")
    assert "needs Python" in done.stderr


def test_other_requirements_are_set_up_again(checkout: Path):
    (checkout / "requirements.txt").write_text("click==8.2\n")
    assert run(checkout, "assess", "firm.yaml").returncode == 4
