"""``advisor doctor``: what this machine has and lacks, and the exact command that installs it."""

from __future__ import annotations

import ctypes
import importlib.metadata
import json
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

import click

from advisor.cli.exits import EXIT_MACHINE, handle_errors
from advisor.cli.settings import Settings, help_text

APT = "sudo apt-get install -y"
BREW = "brew install"
LIBRARIES = {
    "pango": (("libpango-1.0.so.0", "libpango-1.0.0.dylib"), "libpango-1.0-0 libpangoft2-1.0-0", "pango"),
    "harfbuzz_subset": (("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"), "libharfbuzz-subset0", "harfbuzz"),
}
PACKAGES = ("weasyprint", "experta", "pydantic", "jinja2", "PyYAML", "flask")


@dataclass(frozen=True)
class MachineCheck:
    """One check: its name, whether it passes, what is there, and the command that mends it."""

    name: str
    good: bool
    seen: str
    mend: str = ""


def check_machine() -> list[MachineCheck]:
    """Everything the program needs of the machine."""
    return [_python(), *map(_library, LIBRARIES), _font(), *map(_package, PACKAGES)]


def _install(debian: str, mac: str) -> str:
    return f"{BREW} {mac}" if platform.system() == "Darwin" else f"{APT} {debian}"


def _python() -> MachineCheck:
    seen = platform.python_version()
    return MachineCheck("python", sys.version_info >= (3, 11), seen, _install("python3 python3-venv", "python@3.12"))


def _library(name: str) -> MachineCheck:
    files, debian, mac = LIBRARIES[name]
    for file in files:
        try:
            ctypes.CDLL(file)
            return MachineCheck(name, True, file)
        except OSError:
            continue
    return MachineCheck(name, False, "–", _install(debian, mac))


def _font(run: Callable[..., subprocess.CompletedProcess[str]] = subprocess.run) -> MachineCheck:
    command = _install("fonts-noto-cjk", "--cask font-noto-sans-cjk-sc")
    if not shutil.which("fc-list"):
        return MachineCheck("chinese_font", False, "fc-list", _install("fontconfig fonts-noto-cjk", "fontconfig"))
    fonts = run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    families = sorted({line.split(",")[0] for line in fonts.stdout.splitlines() if line.strip()})
    best = next((f for f in families if f.startswith("Noto Sans CJK")), families[0] if families else "–")
    return MachineCheck("chinese_font", bool(families), best, "" if families else command)


def _package(name: str) -> MachineCheck:
    try:
        return MachineCheck(name, True, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return MachineCheck(name, False, "–", "./run doctor")


@click.command(help=help_text("doctor"))
@click.option("--json", "as_json", is_flag=True, help=help_text("json"))
@click.pass_obj
@handle_errors
def doctor(settings: Settings, as_json: bool) -> None:
    """Check the machine; exit 4 where something is missing."""
    checks = check_machine()
    if as_json:
        click.echo(json.dumps([vars(f) for f in checks], indent=1))
    else:
        for check in checks:
            sign = click.style("✓", fg="green") if check.good else click.style("✗", fg="red")
            click.echo(f"{sign} {settings.say(f'doctor.{check.name}'):<24} {check.seen}")
            if not check.good:
                click.echo(f"    {settings.say('doctor.mend')} {check.mend}")
    if not all(check.good for check in checks):
        sys.exit(EXIT_MACHINE)
    if not as_json:
        click.echo(settings.say("doctor.well"))
