"""What greets whoever wants to change the project: hooks, editor settings, metadata."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib

import yaml

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_the_hooks_are_local_and_say_what_the_build_says():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert [repo["repo"] for repo in hooks] == ["local"]
    build = (ROOT / ".ci" / "run").read_text("utf-8").replace("$bin/", ".venv/bin/").replace("./run rules", "rules")
    for hook in hooks[0]["hooks"]:
        assert hook["language"] == "system"
        program, *words = hook["entry"].replace(" --force-exclude", "").split()
        assert os.access(ROOT / program, os.X_OK), program
        assert (" ".join(words[2:]) if words[:1] == ["-m"] else " ".join([program, *words])) in build, hook["id"]


def test_every_text_file_is_as_the_editor_settings_say():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if not name.endswith((".py", ".md", ".yaml", ".html", ".css", ".js", ".toml", ".typ")) or not content:
            continue
        assert content.endswith(b"\n") and not re.search(rb"[ \t]\r?\n|\r\n", content), name


def test_the_package_says_that_it_is_typed_and_on_no_index():
    classifiers = PROJECT["project"]["classifiers"]
    assert {"Typing :: Typed", "Private :: Do Not Upload"} <= set(classifiers)
    versions = [re.search(r":: (3\.\d+)$", line) for line in classifiers]
    assert [found[1] for found in versions if found] == ["3.11", "3.12", "3.13"]


def test_every_extra_that_tests_need_is_among_what_tests_install():
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = {name for extra in ("postgres", "typst", "cluster", "pandas") for name in extras[extra]}
    assert wanted <= set(extras["test"])
