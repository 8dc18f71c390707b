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


def column_of(text: str) -> tuple[str, int, int]:
    with pytest.raises(ProblemsError) as caught:
        yaml_source.parse(text, "x.yaml")
    problem = caught.value.problems[0]
    return problem.code, problem.place.line, problem.place.column


def test_a_megabyte_is_read_and_not_a_byte_more():
    assert yaml_source.parse("é" * 500_000, "x") == "é" * 500_000
    assert column_of("é" * 500_000 + "e") == ("K003", 0, 0)


def test_forty_levels_are_read_and_no_deeper_one_however_many_lie_side_by_side():
    deep = "[" * 40 + "]" * 40
    yaml_source.parse(f"[{', '.join([deep[1:-1]] * 3)}]", "x")
    assert column_of("[" * 41 + "]" * 41) == ("K004", 1, 41)
    assert column_of("[" + "[], " * 10 + "[" * 40 + "]" * 41) == ("K004", 1, 81)
    assert column_of("a:\n  " + "{b: " * 40 + "1" + "}" * 40) == ("K004", 2, 159)


def test_every_node_counts_towards_the_limit(monkeypatch: pytest.MonkeyPatch):
    assert yaml_source.MAX_NODES == 200_000
    monkeypatch.setattr(yaml_source, "MAX_NODES", 20)  # six belong to the stream, the document and the list
    assert len(yaml_source.parse("[" + "1, " * 14 + "]", "x")) == 14
    assert column_of("[" + "1, " * 15 + "]")[0] == "K003"


def test_a_number_may_have_thirty_digits():
    assert yaml_source.read_int("9" * 30) == int("9" * 30)
    assert yaml_source.parse("-" + "9" * 29, "x") == -int("9" * 29)
    with pytest.raises(ValueError, match="more than 30"):
        yaml_source.read_int("9" * 31)
    assert column_of("a: " + "9" * 31) == ("K006", 1, 4)


def test_a_mistake_is_told_with_line_and_column():
    assert column_of("a: &x 1\nb: *x") == ("K005", 2, 4)
    assert column_of("a: 1\nb: !!set {c}") == ("K006", 2, 4)
    assert column_of("c:\n  ? [b]\n  : 2") == ("K006", 2, 5)
    assert column_of("c:\n  ? {b: 1}\n  : 2") == ("K006", 2, 5)
    assert column_of("c:\n  b: 2\n  b: 3") == ("K002", 3, 3)
    assert column_of("a: 1\nb: ]") == ("K001", 2, 4)
    assert column_of("a: \x07") == ("K001", 0, 0)


def test_what_is_wrong_is_told_in_the_words_of_the_parser():
    with pytest.raises(ProblemsError) as caught:
        yaml_source.parse("a: 1\n b: 2", "x.yaml")
    assert "mapping values are not allowed" in str(caught.value.problems[0].values["detail"])


def test_a_repeated_key_is_told_with_the_line_it_first_stood_in():
    with pytest.raises(ProblemsError) as caught:
        yaml_source.parse("x: 0\na: 1\nb: 2\na: 3", "x.yaml")
    assert (caught.value.problems[0].values["key"], caught.value.problems[0].values["first"]) == ("a", 2)


def test_containers_remember_where_they_and_their_parts_begin():
    root = yaml_source.parse("a:\n  - x\n  -   y: 1\n", "x")
    assert (root.mark, root.key_marks) == ((1, 1), {"a": (1, 1)})
    assert (root["a"].mark, root["a"].item_marks) == ((2, 3), [(2, 5), (3, 7)])
    assert (yaml_source.MarkedDict().mark, yaml_source.MarkedList().mark) == ((0, 0), (0, 0))


def test_a_place_that_is_not_in_the_file_is_that_of_its_nearest_whole():
    root = yaml_source.parse("a:\n  - x\n  - y: 1\n", "x")
    assert yaml_source.locate(root, ("a", 1)) == (3, 5)
    assert yaml_source.locate(root, ("a", 2)) == (1, 1)
    assert yaml_source.locate(root, ("a", "union member", 1, "y")) == (3, 5)
    assert yaml_source.locate(root, ("b",)) == (1, 1)


def test_a_byte_that_is_not_utf_8_is_told_by_its_place():
    with pytest.raises(ProblemsError) as caught:
        yaml_source.parse_bytes(b"ab\xff", "x.yaml")
    (problem,) = caught.value.problems
    assert (problem.code, problem.values["offset"], problem.place.line, problem.place.column) == ("K007", 2, 0, 0)
    assert yaml_source.parse_bytes(b"\xef\xbb\xbfa: 1", "x") == {"a": 1}
