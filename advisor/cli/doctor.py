"""``advisor doctor``: what this machine has and lacks, and the exact command that mends it."""

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

from advisor.cli.main import EXIT_MACHINE, Settings, help_text, speaks_plainly

APT = "sudo apt-get install -y"
BREW = "brew install"
LIBRARIES = {
    "pango": (("libpango-1.0.so.0", "libpango-1.0.0.dylib"), "libpango-1.0-0 libpangoft2-1.0-0", "pango"),
    "harfbuzz_subset": (("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"), "libharfbuzz-subset0", "harfbuzz"),
}
PACKAGES = ("weasyprint", "experta", "pydantic", "jinja2", "PyYAML", "flask")


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its name, whether it is as it should be, what was seen and what mends it."""

    name: str
    good: bool
    seen: str
    mend: str = ""


def examine() -> list[Finding]:
    """Everything the program needs of the machine."""
    return [_python(), *map(_library, LIBRARIES), _font(), *map(_package, PACKAGES)]


def _install(debian: str, mac: str) -> str:
    return f"{BREW} {mac}" if platform.system() == "Darwin" else f"{APT} {debian}"


def _python() -> Finding:
    seen = platform.python_version()
    return Finding("python", sys.version_info >= (3, 11), seen, _install("python3 python3-venv", "python@3.12"))


def _library(name: str) -> Finding:
    files, debian, mac = LIBRARIES[name]
    for file in files:
        try:
            ctypes.CDLL(file)
            return Finding(name, True, file)
        except OSError:
            continue
    return Finding(name, False, "–", _install(debian, mac))


def _font(run: Callable[..., subprocess.CompletedProcess[str]] = subprocess.run) -> Finding:
    mend = _install("fonts-noto-cjk", "--cask font-noto-sans-cjk-sc")
    if not shutil.which("fc-list"):
        return Finding("chinese_font", False, "fc-list", _install("fontconfig fonts-noto-cjk", "fontconfig"))
    listed = run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    families = sorted({line.split(",")[0] for line in listed.stdout.splitlines() if line.strip()})
    best = next((f for f in families if f.startswith("Noto Sans CJK")), families[0] if families else "–")
    return Finding("chinese_font", bool(families), best, "" if families else mend)


def _package(name: str) -> Finding:
    try:
        return Finding(name, True, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, False, "–", "./run doctor")


@click.command(help=help_text("doctor"))
@click.option("--json", "as_json", is_flag=True, help=help_text("json"))
@click.pass_obj
@speaks_plainly
def doctor(settings: Settings, as_json: bool) -> None:
    """Look at the machine; exit 4 where something is missing."""
    findings = examine()
    if as_json:
        click.echo(json.dumps([vars(f) for f in findings], indent=1))
    else:
        for finding in findings:
            sign = click.style("✓", fg="green") if finding.good else click.style("✗", fg="red")
            click.echo(f"{sign} {settings.say(f'doctor.{finding.name}'):<24} {finding.seen}")
            if not finding.good:
                click.echo(f"    {settings.say('doctor.mend')} {finding.mend}")
    if not all(finding.good for finding in findings):
        sys.exit(EXIT_MACHINE)
    if not as_json:
        click.echo(settings.say("doctor.well"))
