"""One file per mistake, with the words its message must contain and the line it must point to.

Each file under tests/bad_knowledge/ is added to the tiny knowledge of tests/small/. Its first lines say what to expect:

    # expect: K202 line 9 nearest is: wish
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from advisor.errors import KnowledgeError
from advisor.knowledge import check_knowledge, load_knowledge

ROOT = Path(__file__).parents[2]
BAD = sorted((ROOT / "tests" / "bad_knowledge").glob("*.yaml"))
EXPECT = re.compile(r"^# expect: (K\d{3}) line (\d+) (.+)$", re.M)


def load_with(bad: Path, folder: Path):
    small = ROOT / "tests" / "small"
    shutil.copytree(small, folder, dirs_exist_ok=True)
    text = bad.read_text("utf-8")
    target = (
        "questionnaires"
        if re.search(r"^(questions|scales|options|edition|section|retired|renamed_steps|checks):", text, re.M)
        else "rules"
    )
    if instead := re.search(r"^# instead of (\S+)$", text, re.M):
        replaced = folder / instead[1]
        if replaced.is_dir():
            shutil.rmtree(replaced)
            replaced.mkdir()
        else:
            replaced.unlink()
    shutil.copy(bad, folder / target / "bad.yaml")
    return check_knowledge(folder / "rules", folder / "questionnaires", date(2026, 11, 23))


@pytest.mark.parametrize("bad", BAD, ids=lambda path: path.stem)
def test_each_mistake_is_named_where_it_stands(bad: Path, tmp_path: Path):
    expected = EXPECT.findall(bad.read_text("utf-8"))
    assert expected, "say what to expect"
    loaded = load_with(bad, tmp_path)
    for code, line, words in expected:
        matching = [p for p in loaded.problems if p.code == code and p.place.line == int(line)]
        said = "\n".join(p.line("en") for p in loaded.problems)
        assert matching, f"no {code} on line {line} in:\n{said}"
        assert any(words in p.line("en") for p in matching), said
        assert all(p.line("zh") for p in matching)
    errors = {p.code for p in loaded.problems if p.severity == "error"}
    assert errors <= {code for code, _, _ in expected}, "the mistake caused others: " + "\n".join(
        p.line("en") for p in loaded.problems
    )
    assert (loaded.knowledge is None) == bool(errors)


def test_every_code_has_a_file_that_shows_it():
    from advisor.text import catalogue

    codes = {key.split(".")[0] for key in catalogue("problems") if key.startswith("K")}
    shown = {code for bad in BAD for code, _, _ in EXPECT.findall(bad.read_text("utf-8"))}
    elsewhere = {
        "K003",
        "K007",
        "K211",
        "K217",
        "K227",
    }  # sizes and encodings in test_yaml_source.py, missing sections below, K217 in selection/, K227 in test_answer_types.py
    assert codes == shown | elsewhere


def test_all_mistakes_of_all_files_are_reported_at_once(tmp_path: Path):
    shutil.copytree(ROOT / "tests" / "small", tmp_path, dirs_exist_ok=True)
    for name in ("unknown_fact", "missing_language", "unknown_claim"):
        text = (ROOT / "tests" / "bad_knowledge" / f"{name}.yaml").read_text("utf-8")
        (tmp_path / "rules" / f"{name}.yaml").write_text(text.replace("id: bad", f"id: bad_{name}"), "utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(tmp_path / "rules", tmp_path / "questionnaires")
    assert {p.code for p in caught.value.problems} >= {"K202", "K104", "K204"}


def test_knowledge_without_its_vocabulary_says_what_is_missing(tmp_path: Path):
    shutil.copytree(ROOT / "tests" / "small", tmp_path, dirs_exist_ok=True)
    (tmp_path / "rules" / "all.yaml").write_text("theme: {zh: 空, en: empty}\n", "utf-8")
    loaded = check_knowledge(tmp_path / "rules", tmp_path / "questionnaires")
    assert {p.values["section"] for p in loaded.problems if p.code == "K211"} == {"models", "verdict"}
