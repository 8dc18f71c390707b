"""Each type of question has one home: its class and the template of its field. Nothing else knows one type from another."""

from __future__ import annotations

import ast
import copy
import dataclasses
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor.knowledge import Knowledge
from advisor.knowledge.answer_types import ANSWER_TYPES, NUMBER
from advisor.knowledge.check_types import check_types
from advisor.knowledge.schema import Question
from tests.conftest import ROOT

HOME = ROOT / "advisor" / "knowledge" / "answer_types"
TEMPLATES = ROOT / "templates"
MODULES = [path for path in sorted((ROOT / "advisor").rglob("*.py")) if HOME not in path.parents]
OTHER_DATES = {
    "cli/assess.py": "the option --date and its help",
    "cli/catalogue.py": "the option --date and its help",
    "cli/options.py": "the option --date and its help",
    "cli/selection_options.py": "the option --date and its help",
    "reporting/forms/paper_form.py": "the line for the day on which a form is filled in",
    "reporting/typst/document_data.py": "the date of a report",
    "sheets/opendocument.py": "the type of a cell in an OpenDocument table",
}
"""Where the word means something else than a type of question."""


def words(node: ast.AST) -> Iterator[str]:
    return (part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))


def asks_for_type(node: ast.AST) -> bool:
    return any(isinstance(part, ast.Attribute) and part.attr in ("type", "kind", "answer_type") for part in ast.walk(node))


def told_apart(tree: ast.AST) -> Iterator[tuple[int, set[str]]]:
    """Lines that compare a type or kind with names of types: by comparison, by match, or by looking it up in a mapping."""
    for node in ast.walk(tree):
        named: set[str] = set()
        if isinstance(node, ast.Compare) and asks_for_type(node):
            named = set(words(node))
        elif isinstance(node, ast.Match) and asks_for_type(node.subject):
            named = {word for case in node.cases for word in words(case.pattern)}
        elif isinstance(node, ast.Subscript) and asks_for_type(node.slice):
            named = set(words(node.value))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
            named = set(words(node.func.value)) if any(map(asks_for_type, node.args)) else set()
        if named & set(ANSWER_TYPES):
            yield node.lineno, named & set(ANSWER_TYPES)


def test_no_module_tells_types_apart_by_name():
    found = {
        f"{path.relative_to(ROOT)}:{line}": names
        for path in MODULES
        for line, names in told_apart(ast.parse(path.read_text("utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "planted",
    ['question.type == "multi"', 'fact.kind in ("number", "x")', '{"list": 1}[q.type]', '{"money": 1}.get(q.type, 0)',
     'match q.type:\n    case "scale" | "x": pass'],
)  # fmt: skip
def test_a_chain_over_types_would_be_seen(planted):
    assert list(told_apart(ast.parse(planted)))


def test_the_youngest_type_is_named_by_its_module_alone():
    naming = {
        str(path.relative_to(ROOT / "advisor"))
        for path in MODULES
        if "date" in set(words(ast.parse(path.read_text("utf-8"))))
    }
    assert naming == set(OTHER_DATES)
    homes = [path.name for path in HOME.glob("*.py") if "date" in set(words(ast.parse(path.read_text("utf-8"))))]
    assert homes == ["date.py"]


def test_templates_know_no_types_but_each_its_own():
    for path in (*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.js")):
        text = path.read_text("utf-8")
        assert not re.search(r"\btype (==|in) |\.type ?[=!]=", text), path
        if path.parent.name != "fields":
            assert not re.search(r"""["']date["']""", text), path


@pytest.mark.parametrize("kind", ANSWER_TYPES.values(), ids=ANSWER_TYPES.keys())
def test_every_type_has_a_template_for_its_field_and_is_equal_to_its_copies(kind):
    assert "macro field(" in (TEMPLATES / kind.widget).read_text("utf-8")
    assert copy.deepcopy(kind) == kind == pickle.loads(pickle.dumps(kind))
    assert sum(kind == other for other in ANSWER_TYPES.values()) == 1


def test_what_a_type_takes_is_a_field_of_a_question():
    for kind in ANSWER_TYPES.values():
        assert {*kind.takes, *filter(None, [kind.needs])} <= set(Question.model_fields)


def test_each_module_holds_one_type():
    """A reader who looks for a type finds it by the name of its file."""
    homes = {Path(__import__(type(kind).__module__, fromlist=["x"]).__file__).stem for kind in ANSWER_TYPES.values()}
    assert len(homes) == len(ANSWER_TYPES)


def test_each_type_is_the_module_of_its_name():
    modules = {path.stem for path in HOME.glob("*.py")} - {"__init__"}
    assert modules == set(ANSWER_TYPES)


def test_a_kind_of_number_without_words_of_its_own_is_asked_for_in_those_of_numbers(knowledge: Knowledge):
    class HoursAnswer(type(NUMBER)):
        name = "hours"

    fact = knowledge.facts["customer_accounts"]
    assert HoursAnswer().range(fact, "en") == NUMBER.range(fact, "en")


def test_words_that_a_type_lacks_are_named_with_the_question_that_asks_for_them(small: Knowledge):
    class HoursAnswer(type(NUMBER)):
        name = "hours"

        def kind_of_range(self, fact: object) -> str:
            return self.name

    assert not list(check_types(small))
    hours = dataclasses.replace(small.facts["people"], type=HoursAnswer())
    (problem,) = check_types(dataclasses.replace(small, facts={**small.facts, "people": hours}))
    assert problem.line("en").startswith("A2 (people): K227 Questions of type 'hours' have no words for range.hours.")
