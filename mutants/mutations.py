"""The mutants of a module: cosmic-ray's operators, without those that change nothing that runs."""

from __future__ import annotations

import ast
import difflib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

OPPOSITES: dict[str, dict[str, tuple[str, ...]]] = {
    "Comparison": {
        "Lt": ("LtE", "GtE"), "LtE": ("Lt", "Gt"), "Gt": ("GtE", "LtE"), "GtE": ("Gt", "Lt"),
        "Eq": ("NotEq",), "NotEq": ("Eq",), "Is": ("IsNot",), "IsNot": ("Is",),
    },
    "Binary": {
        "Add": ("Sub",), "Sub": ("Add",), "Mul": ("Div",), "Div": ("Mul",), "FloorDiv": ("Div",), "Mod": ("Mul",),
        "Pow": ("Mul",), "BitOr": ("BitAnd",), "BitAnd": ("BitOr",), "LShift": ("RShift",), "RShift": ("LShift",),
    },
    "Unary": {"Delete": ("USub", "Not", "Invert")},
}  # fmt: skip
"""Of the replacements cosmic-ray knows for an operator, its opposite and, for a comparison, the same one step further: the
other nine give mutants that die of a wrong type, which would only flatter the figure."""
OPERATORS = (
    *(f"Replace{kind}Operator_{old}_{new}" for kind, pairs in OPPOSITES.items() for old in pairs for new in pairs[old]),
    "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd", "AddNot",
    "ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "ExceptionReplacer", "NumberReplacer", "RemoveDecorator",
    "ZeroIterationForLoop",
)  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A version of a module with one thing changed: in which line, from what to what, and the whole text."""

    line: int
    before: str
    after: str
    source: str


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every mutant of the module at ``path``."""
    original = path.read_text("utf-8")
    running = _what_runs(original)
    for name in OPERATORS:
        operator = get_operator(f"core/{name}")()
        for occurrence in itertools.count():
            try:
                source = mutate_code(original, operator, occurrence)
            except AttributeError:  # cosmic-ray replaces no exception that is named with a dot
                continue
            if source is None:
                break
            if _what_runs(source) not in ("", running):
                yield _described(original, source)


def _what_runs(source: str) -> str:
    """A module as it runs, without annotations nobody evaluates and marks between parameters; empty where it is none."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            function.returns = None
            _run_together(function.args)
            for node in ast.walk(function):
                if isinstance(node, ast.arg | ast.AnnAssign):
                    node.annotation = ast.Constant(None)
    return ast.dump(tree)


def _run_together(parameters: ast.arguments) -> None:
    """Leave out which parameters go by place or by name alone."""
    parameters.args = [*parameters.posonlyargs, *parameters.args, *parameters.kwonlyargs]
    parameters.defaults = [*parameters.defaults, *(default for default in parameters.kw_defaults if default)]
    parameters.posonlyargs, parameters.kwonlyargs, parameters.kw_defaults = [], [], []


def _described(original: str, source: str) -> Mutant:
    old, new = original.splitlines(), source.splitlines()
    for kind, start, end, new_start, new_end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            return Mutant(start + 1, _joined(old[start:end]), _joined(new[new_start:new_end]), source)
    raise AssertionError("a mutant differs from its original")


def _joined(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())
