"""Loading: the cache is used and never stale, and what is loaded is what was written."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from advisor import yaml_source
from advisor.errors import InputError
from advisor.knowledge import check_knowledge, load_knowledge
from advisor.knowledge import load as loading

ROOT = Path(__file__).parents[2]


@pytest.fixture
def copy(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setenv("ADVISOR_CACHE", str(tmp_path / "cache"))
    shutil.copytree(ROOT / "tests" / "small", tmp_path / "k")
    return tmp_path / "k"


@pytest.fixture(autouse=True)
def forgotten(monkeypatch):
    """What this process loaded before; a test sees the cache folder alone."""
    monkeypatch.setattr(loading, "_kept", {})


def load(folder: Path):
    """As another process would."""
    loading._kept.clear()
    return load_knowledge(folder / "rules", folder / "questionnaires")


def refuse_yaml(monkeypatch):
    def refuse(*args):
        raise AssertionError("YAML was parsed although the cache holds it")

    monkeypatch.setattr(yaml_source, "parse_bytes", refuse)


def test_a_second_load_reads_no_yaml_and_gives_the_same_knowledge(copy, monkeypatch):
    first = load(copy)
    refuse_yaml(monkeypatch)
    second = load(copy)
    assert second.version == first.version
    assert {k: (v.rule, v.premise, v.layer) for k, v in second.rules_by_id.items()} == {
        k: (v.rule, v.premise, v.layer) for k, v in first.rules_by_id.items()
    }
    assert second.questions == first.questions
    assert second.facts == first.facts
    assert second.findings == first.findings
    assert second.rules[0].place.split(":")[0] == "rules/all.yaml"


def test_a_process_loads_a_knowledge_once_and_keeps_the_last_few(copy):
    def again():
        return load_knowledge(copy / "rules", copy / "questionnaires")

    first = again()
    assert again() is first
    path = copy / "rules" / "all.yaml"
    text = path.read_text("utf-8")
    for mark in "?!;.":
        path.write_text(text.replace("en: Broke.", f"en: Broke{mark}"), "utf-8")
        assert again().rules_by_id["broke"].rule.text.en == f"Broke{mark}"
    assert again() is not first and len(loading._kept) == 3


def test_one_changed_byte_is_seen_at_once(copy):
    before = load(copy)
    path = copy / "rules" / "all.yaml"
    path.write_text(path.read_text("utf-8").replace("en: Broke.", "en: Broke!"), "utf-8")
    after = load(copy)
    assert after.version != before.version
    assert after.rules_by_id["broke"].rule.text.en == "Broke!"


@pytest.mark.parametrize("damage", ["", "{", '{"merged": {}}', '{"merged": {"rules": 1}, "lines": {}, "files": {}}'])
def test_a_damaged_cache_is_passed_over(copy, tmp_path: Path, damage: str):
    load(copy)
    for path in (tmp_path / "cache").iterdir():
        path.write_text(damage, "utf-8")
    assert len(load(copy).rules) == 10


@pytest.mark.parametrize("folder", ["/proc/nowhere", "/dev/null/here", "x" * 300, "/proc/self/mem"])
def test_a_cache_that_cannot_be_reached_costs_nothing_but_time(copy, monkeypatch, folder: str):
    monkeypatch.setenv("ADVISOR_CACHE", folder)
    assert len(load(copy).rules) == 10


@pytest.mark.parametrize("missing", ["verdict", "models", "questions", "findings"])
def test_a_cache_that_lacks_a_part_is_not_believed(copy, tmp_path: Path, missing: str):
    load(copy)
    for path in (tmp_path / "cache").iterdir():
        stored = json.loads(path.read_bytes().partition(b"\n")[2])
        del stored["merged"][missing]
        body = json.dumps(stored).encode()
        path.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    assert len(load(copy).rules) == 10


def test_errors_are_not_cached(copy, tmp_path: Path):
    path = copy / "rules" / "all.yaml"
    path.write_text(path.read_text("utf-8").replace("{trade: shop}", "{trade: baker}"), "utf-8")
    assert check_knowledge(copy / "rules", copy / "questionnaires").knowledge is None
    assert not (tmp_path / "cache").exists()


def test_a_folder_without_yaml_is_refused(tmp_path: Path):
    with pytest.raises(InputError, match="holds no YAML"):
        load_knowledge(tmp_path)


def test_knowledge_cannot_be_changed(small):
    with pytest.raises(AttributeError):
        small.version = "x"
    with pytest.raises(Exception, match="frozen"):
        small.rules[0].rule.basis = "stated"


def test_codes_name_one_question_or_all_parts_of_one(small):
    assert small.codes["A1"] == ("trade",)
    assert small.codes["A5"] == ("wish", "means")
    assert small.citation("somebody_2020").external
    with pytest.raises(KeyError):
        small.citation("P9-99")


def test_a_folder_called_samples_above_the_rules_does_no_harm(tmp_path):
    shutil.copytree(ROOT / "tests" / "small", tmp_path / "samples" / "small")
    folder = tmp_path / "samples" / "small"
    assert load_knowledge(folder / "rules", folder / "questionnaires").rules


@pytest.mark.parametrize("damage", [b"[" * 200_000, b"{}", b"", b"\xff\xfe"])
def test_a_damaged_or_changed_cache_is_not_believed(tmp_path, monkeypatch, damage):
    monkeypatch.setenv("ADVISOR_CACHE", str(tmp_path))
    rules, questionnaires = ROOT / "tests/small/rules", ROOT / "tests/small/questionnaires"
    whole = load_knowledge(rules, questionnaires)
    (cache,) = tmp_path.iterdir()
    cache.write_bytes(damage or cache.read_bytes().replace(b"leaderless", b"leaderful_"))
    loading._kept.clear()
    again = load_knowledge(rules, questionnaires)
    assert set(again.rules_by_id) == set(whole.rules_by_id)
