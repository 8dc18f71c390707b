"""Changed rules are loaded while the server runs; broken ones are rejected and the earlier ones stay in force."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from advisor.web.live_knowledge import LiveKnowledge
from tests.conftest import SMALL


@pytest.fixture
def live(tmp_path: Path) -> LiveKnowledge:
    for name in ("rules", "questionnaires"):
        shutil.copytree(SMALL / name, tmp_path / name)
    return LiveKnowledge(tmp_path / "rules", tmp_path / "questionnaires")


def test_valid_new_rules_are_loaded_and_broken_ones_are_not(live: LiveKnowledge):
    assert live.rules is not None
    first, file = live.knowledge, next(live.rules.rglob("*.yaml"))
    sound = file.read_text(encoding="utf-8")
    assert not live.reload(), "nothing has changed"
    file.write_text("rules: [", encoding="utf-8")
    assert not live.reload()
    assert live.knowledge is first
    assert live.load_error
    broken = live.load_error
    assert not live.reload()
    assert live.load_error == broken, "it is still the newest there is"
    file.write_text(sound + "\n# a remark\n", encoding="utf-8")
    changed = live.reload()
    assert live.load_error is None
    assert changed == (live.knowledge.version != first.version)


def test_what_was_wrong_for_a_moment_and_is_as_before_is_wrong_no_more(live: LiveKnowledge):
    assert live.rules is not None
    first, dangling = live.knowledge, live.rules / "x.yaml"
    dangling.symlink_to(live.rules / "nowhere.yaml")
    assert not live.reload()
    assert live.load_error
    dangling.unlink()
    assert not live.reload()
    assert (live.load_error, live.knowledge) == (None, first)
    extra = live.rules / "y.yaml"
    extra.write_text("rules: [", encoding="utf-8")
    assert not live.reload()
    assert live.load_error
    extra.unlink()
    assert not live.reload()
    assert (live.load_error, live.knowledge) == (None, first)
