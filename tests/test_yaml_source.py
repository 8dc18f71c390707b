"""Reading YAML that may be hostile."""

from __future__ import annotations

import pytest

from advisor import yaml_source
from advisor.errors import ProblemsError


def code_of(text: str) -> tuple[str, int]:
    with pytest.raises(ProblemsError) as caught:
        yaml_source.parse(text, "x.yaml")
    problem = caught.value.problems[0]
    return problem.code, problem.place.line


def test_scalars_are_read_as_yaml_1_2_says():
    text = "{a: yes, b: no, c: on, d: 12:30:45, e: 012, f: true, g: 1e3, h: ~, i: 2024-01-01, j: 0x10, k: .5}"
    assert yaml_source.parse(text, "x") == {
        "a": "yes", "b": "no", "c": "on", "d": "12:30:45", "e": 12, "f": True, "g": 1000.0, "h": None,
        "i": "2024-01-01", "j": "0x10", "k": 0.5,
    }  # fmt: skip


def test_fifty_thousand_brackets_are_refused_and_the_process_lives():
    assert code_of("[" * 50_000) == ("K004", 1)


def test_aliases_objects_and_repeated_keys_are_refused_with_their_line():
    assert code_of("a: &x 1\nb: *x") == ("K005", 2)
    assert code_of("a: 1\nb: !!python/object/apply:os.system [ls]") == ("K006", 2)
    assert code_of("a: 1\nb: 2\na: 3") == ("K002", 3)
    assert code_of("? [a]\n: 1") == ("K006", 1)
    assert code_of("a: 1\n b: 2") == ("K001", 2)


def test_size_and_number_of_nodes_have_a_limit():
    assert code_of("a" * (yaml_source.MAX_BYTES + 1))[0] == "K003"
    assert code_of("[" + "1," * (yaml_source.MAX_NODES + 1) + "]")[0] == "K003"


def test_bytes_that_are_not_utf_8_are_refused():
    with pytest.raises(ProblemsError, match="UTF-8"):
        yaml_source.parse_bytes("中文".encode("gb18030"), "x.yaml")


def test_the_place_of_a_value_deep_inside_is_known():
    root = yaml_source.parse("rules:\n  - id: a\n    when: {b: 1}\n", "x")
    assert yaml_source.locate(root, ("rules", 0, "when", "b")) == (3, 12)
    assert yaml_source.locate(root, ("rules", 0, "missing")) == (2, 5)
    assert yaml_source.locate("plain", ("a",)) == (0, 0)
