"""Knowledge that authors rarely write and the checks call sound: both engines judge it, alike and in time."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.inference import infer
from advisor.interview.answer_files import parse_answers
from advisor.knowledge import Knowledge, load_knowledge
from tests.conftest import SMALL

QUESTION = """\
  - id: {id}
    code: A20
    type: yes_no
    text: {{zh: 问, en: Asked?}}
    why: {{zh: 因, en: because}}
    claims: [P1-01]
    role: sales
"""
RULE = """\
  - {{id: odd, when: {when}, then: {{need: files}}, sources: [P1-01], basis: stated, text: {{zh: 规, en: A rule.}}}}
"""
Build = Callable[..., Knowledge]


@pytest.fixture
def odd(tmp_path: Path) -> Build:
    """The tiny knowledge with one more rule, and with one more question where it is named."""

    def build(when: str, question: str = "") -> Knowledge:
        folder = shutil.copytree(SMALL, tmp_path / "small")
        if question:
            asked = folder / "questionnaires" / "all.yaml"
            text = asked.read_text("utf-8").replace("\nchecks:\n", f"\n{QUESTION.format(id=question)}checks:\n")
            asked.write_text(text, "utf-8")
        with (folder / "rules" / "all.yaml").open("a", encoding="utf-8") as file:
            file.write(RULE.format(when=when))
        return load_knowledge(folder / "rules", folder / "questionnaires")

    return build


def fires(knowledge: Knowledge, text: str) -> bool:
    """Whether the odd rule fires, by both engines."""
    answers = [parse_answers(text.encode(), "yaml", knowledge)]
    inferences = [infer(knowledge, answers, engine)[0] for engine in ("experta", "columns")]
    assert inferences[0].to_json() == inferences[1].to_json()
    return "odd" in [rule.rule for rule in inferences[0].fired_rules]


@pytest.mark.parametrize("name", ["self", "true_", "a__b", "sponsor_is_unknown", "args", "holds", "class", "value_sponsor"])
def test_a_question_may_have_any_name_that_names_may_have(odd: Build, name: str):
    knowledge = odd(f"{{{name}: yes}}", name)
    assert fires(knowledge, f"{name}: yes\nsponsor: unknown\n")
    assert not fires(knowledge, f"{name}: no\nsponsor: unknown\n")
    assert not fires(knowledge, "sponsor: unknown\n")


@pytest.mark.parametrize("outer", ["all", "any"])
def test_alternatives_within_alternatives_are_not_multiplied_out(odd: Build, outer: str):
    """Ten choices among four inside ``all``: a million combinations."""
    inner = "any" if outer == "all" else "all"
    parts = [[f"{{people: {{at_least: {i * 4 + j}}}}}" for j in range(4)] for i in range(10)]
    choices = ", ".join(f"{{{inner}: [{', '.join(part)}]}}" for part in parts)
    when = f"{{{outer}: [{choices}]}}" if outer == "all" else f"{{not: {{{outer}: [{choices}]}}}}"
    knowledge = odd(when)
    start = time.process_time()
    outcomes = [fires(knowledge, f"people: {people}\n") for people in (0, 35, 36, 100)]
    assert time.process_time() - start < 20
    assert outcomes == ([False, False, True, True] if outer == "all" else [True, False, False, False])


@pytest.mark.parametrize(("listed", "other"), [("12345678", "12345679"), ("1000000", "1000001"), ("0.1234567", "0.1234568")])
def test_a_number_that_a_rule_lists_is_that_number_and_not_its_neighbour(odd: Build, listed: str, other: str):
    knowledge = odd(f"{{budget: [{listed}, 3]}}")
    assert fires(knowledge, f"budget: {listed}\n")
    assert fires(knowledge, "budget: 3\n")
    assert not fires(knowledge, f"budget: {other}\n")
