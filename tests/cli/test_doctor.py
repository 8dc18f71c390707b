"""The doctor: what is there, what is missing, and the command that mends it."""

from __future__ import annotations

import json
import subprocess

from click.testing import CliRunner

from advisor.cli import doctor
from advisor.cli.main import advisor


def test_a_machine_with_everything_is_well():
    result = CliRunner().invoke(advisor, ["--lang", "en", "doctor"])
    assert result.exit_code == 0, result.output
    assert "Everything is in place" in result.output


def test_what_is_missing_comes_with_the_command_that_mends_it(monkeypatch):
    monkeypatch.setattr(doctor.ctypes, "CDLL", lambda name: (_ for _ in ()).throw(OSError(name)))
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    result = CliRunner().invoke(advisor, ["--lang", "en", "doctor"])
    assert result.exit_code == 4
    assert "sudo apt-get install -y libharfbuzz-subset0" in result.output
    assert "fontconfig fonts-noto-cjk" in result.output
    listed = json.loads(CliRunner().invoke(advisor, ["doctor", "--json"]).output)
    assert {f["name"] for f in listed if not f["good"]} == {"pango", "harfbuzz_subset", "chinese_font"}


def test_a_mac_is_told_what_to_brew(monkeypatch):
    monkeypatch.setattr(doctor.platform, "system", lambda: "Darwin")
    monkeypatch.setattr(doctor.ctypes, "CDLL", lambda name: (_ for _ in ()).throw(OSError(name)))
    assert doctor._library("pango").mend == "brew install pango"


def test_fonts_without_chinese_are_not_enough():
    def nothing(*args, **kwargs):
        return subprocess.CompletedProcess(args, 0, "", "")

    assert not doctor._font(nothing).good
    assert not doctor._package("no-such-package").good
