"""Reading YAML that may be hostile, keeping the place of every key and item.

Enters: text of a YAML file. Leaves: :class:`MarkedDict` / :class:`MarkedList` of plain scalars, or a
:class:`~advisor.errors.ProblemsError` with the first thing that is wrong and where.

PyYAML's C loader overflows the C stack on some 50,000 nested brackets, reads ``yes`` as a boolean and ``12:30`` as a
number, and keeps the last of two equal keys without a word. So an event pass (no recursion) limits size, depth and
number of nodes first, and a subclass of the loader reads scalars as YAML 1.2 does and refuses repeated keys.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn

import yaml

from advisor.errors import Place, Problem, ProblemsError

MAX_BYTES = 1_000_000
MAX_SIZE = "1 MB"
MAX_DEPTH = 40
MAX_NODES = 200_000
MAX_DIGITS = 30

_INT = re.compile(r"^[-+]?[0-9]+$")
_FLOAT = re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")


class MarkedDict(dict[Any, Any]):
    """A mapping that remembers the (line, column) of each key, counted from 1."""

    __slots__ = ("key_marks", "mark")

    def __init__(self) -> None:
        super().__init__()
        self.mark: tuple[int, int] = (0, 0)
        self.key_marks: dict[Any, tuple[int, int]] = {}


class MarkedList(list[Any]):
    """A sequence that remembers the (line, column) of each item, counted from 1."""

    __slots__ = ("item_marks", "mark")

    def __init__(self) -> None:
        super().__init__()
        self.mark: tuple[int, int] = (0, 0)
        self.item_marks: list[tuple[int, int]] = []


def _mark(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


class _RepeatedKey(yaml.constructor.ConstructorError):
    def __init__(self, key: object, first: int, node: yaml.Node) -> None:
        super().__init__(None, None, f"key {key!r}", node.start_mark)
        self.key, self.first = key, first


class _Loader(yaml.CSafeLoader):
    """PyYAML's C safe loader with YAML 1.2 scalars, marked containers and no repeated keys."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 (PyYAML's own protocol)


def _construct_mapping(loader: _Loader, node: yaml.MappingNode) -> Any:
    result = MarkedDict()
    result.mark = _mark(node)
    yield result
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if isinstance(key, dict | list):
            raise yaml.constructor.ConstructorError(None, None, "a key must be a plain word", key_node.start_mark)
        if key in result:
            raise _RepeatedKey(key, result.key_marks[key][0], key_node)
        result.key_marks[key] = _mark(key_node)
        result[key] = loader.construct_object(value_node, deep=True)


def _construct_sequence(loader: _Loader, node: yaml.SequenceNode) -> Any:
    result = MarkedList()
    result.mark = _mark(node)
    yield result
    for item in node.value:
        result.item_marks.append(_mark(item))
        result.append(loader.construct_object(item, deep=True))


def read_int(digits: str) -> int:
    """A whole number of at most :data:`MAX_DIGITS` digits. Raises ``ValueError`` for a longer one."""
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"a number of more than {MAX_DIGITS} digits")
    return int(digits)


def _construct_int(loader: _Loader, node: yaml.ScalarNode) -> int:
    try:
        return read_int(node.value)  # 012 is twelve, as in YAML 1.2
    except ValueError as error:
        raise yaml.constructor.ConstructorError(None, None, str(error), node.start_mark) from None


_Loader.add_constructor("tag:yaml.org,2002:map", _construct_mapping)
_Loader.add_constructor("tag:yaml.org,2002:seq", _construct_sequence)
_Loader.add_constructor("tag:yaml.org,2002:int", _construct_int)
for _tag, _pattern, _first in (
    ("bool", re.compile(r"^(true|True|TRUE|false|False|FALSE)$"), "tTfF"),
    ("null", re.compile(r"^(~|null|Null|NULL|)$"), ["~", "n", "N", ""]),
    ("int", _INT, "-+0123456789"),
    ("float", _FLOAT, "-+.0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", _pattern, list(_first))
SCALARS = _Loader.yaml_implicit_resolvers
"""Which plain words are read as something else than a word, by their first character; what writes YAML goes by it too."""


def _refuse(code: str, name: str, mark: tuple[int, int], **values: object) -> NoReturn:
    raise ProblemsError([Problem(code, Place(name, *mark), values)])


def _where(error: yaml.MarkedYAMLError) -> tuple[int, int]:
    mark = error.problem_mark or error.context_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


def _check_events(text: str, name: str) -> None:
    """Refuse what would exhaust the stack or the memory before any object is built."""
    depth = 0
    for nodes, event in enumerate(yaml.parse(text, yaml.CSafeLoader), 1):
        mark = (event.start_mark.line + 1, event.start_mark.column + 1) if event.start_mark else (0, 0)
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            depth += 1
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            _refuse("K005", name, mark)
        if tag := getattr(event, "tag", None):
            _refuse("K006", name, mark, detail=tag)
        if depth > MAX_DEPTH:
            _refuse("K004", name, mark, limit=MAX_DEPTH)
        if nodes > MAX_NODES:
            _refuse("K003", name, mark, limit=MAX_NODES)


def parse(text: str, name: str) -> Any:
    """The content of YAML ``text``; ``name`` is the file name that problems show.

    Raises :class:`ProblemsError` with code K001 (syntax), K002 (repeated key), K003 (too large), K004 (too deep),
    K005 (alias) or K006 (a tag that asks for an object).
    """
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        _refuse("K003", name, (0, 0), limit=MAX_SIZE)
    try:
        _check_events(text, name)
        return yaml.load(text, _Loader)
    except _RepeatedKey as error:
        _refuse("K002", name, _where(error), key=error.key, first=error.first)
    except yaml.constructor.ConstructorError as error:
        _refuse("K006", name, _where(error), detail=error.problem)
    except yaml.MarkedYAMLError as error:
        _refuse("K001", name, _where(error), detail=error.problem or "")
    except yaml.YAMLError as error:
        _refuse("K001", name, (0, 0), detail=" ".join(str(error).split()))


def parse_bytes(content: bytes, name: str) -> Any:
    """The content of a YAML file given as bytes; see :func:`parse`. K007 where it is not UTF-8."""
    try:
        return parse(content.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        _refuse("K007", name, (0, 0), offset=error.start)


def locate(root: Any, path: tuple[str | int, ...]) -> tuple[int, int]:
    """The place of the deepest part of ``path`` that the file has, (0, 0) for an unmarked root.

    Parts that are not in the file (names a validator adds for a union member, a missing key) are passed over.
    """
    node, mark = root, getattr(root, "mark", (0, 0))
    for step in path:
        if isinstance(node, MarkedDict) and step in node:
            mark, node = node.key_marks[step], node[step]
        elif isinstance(node, MarkedList) and isinstance(step, int) and step < len(node):
            mark, node = node.item_marks[step], node[step]
    return mark
