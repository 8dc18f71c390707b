"""What the README and the docs say is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from advisor.insight.weights_file import parse_weights
from advisor.interview.answer_files import parse_answers
from advisor.interview.table_options import parse_mapping
from advisor.knowledge.currency import HOME, currency_codes
from advisor.knowledge.schema import Product, Question, Review, Rule, Task
from advisor.panel import read_panel
from advisor.reporting import FORMATS
from advisor.selection import read_settings
from advisor.text import LANGS, say
from advisor.yaml_source import parse
from tests.docs.pages import PAGES, ROOT, blocks, headings, mentions, name_of, shell_lines


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path):
    for target, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]+))?\)", page.read_text("utf-8")):
        path = page.parent / target if target else page
        assert path.exists(), target
        assert not anchor or anchor in anchors(path), f"{target}#{anchor}"


def anchors(page: Path) -> set[str]:
    """What the headings of a page are linked by."""
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "yaml")], ids=name_of)
def test_every_block_of_yaml_is_yaml_of_our_kind(page: Path):
    for block in blocks(page, "yaml"):
        assert parse(block, name_of(page)) is not None


def test_the_chinese_readme_has_the_sections_and_the_commands_of_the_english_one():
    english, chinese = ROOT / "README.md", ROOT / "README.zh.md"
    assert headings(chinese) == headings(english)
    assert list(shell_lines(chinese)) == list(shell_lines(english))
    assert len(list(shell_lines(english))) > 20
    named = [[mention.text for mention in mentions(page.read_text("utf-8"))] for page in (english, chinese)]
    assert sorted(named[0]) == sorted(named[1])
    linked = [set(re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8"))) for page in (english, chinese)]
    assert linked[0] - linked[1] == {"README.zh.md"}, "what the English page leads to, the Chinese one does"


@pytest.mark.parametrize("page", [page for page in PAGES if "zh" in page.stem + page.parent.name], ids=name_of)
def test_a_chinese_page_is_chinese(page: Path):
    prose = re.sub(r"```.*?```|`[^`]*`|\([^)]*\)", "", page.read_text("utf-8"), flags=re.DOTALL)
    assert len(re.findall(r"[一-鿿]", prose)) > 500
    assert re.findall(r"[一-鿿][,;:?!]|[一-鿿] ?\.(?:\s|$)", prose) == [], "Chinese signs after Chinese words"


def test_the_fields_of_the_guides_are_fields():
    product = parse(blocks(ROOT / "docs" / "add-a-product.md", "yaml")[0], "product")["product"]
    (question,) = parse(blocks(ROOT / "docs" / "add-a-question.md", "yaml")[0], "question")
    written = [parse(block, "rules") for block in blocks(ROOT / "docs" / "write-a-rule.md", "yaml")]
    rules, review, tasks = (next(block for block in written if name in block) for name in ("rules", "review", "tasks"))
    assert set(product) <= set(Product.model_fields)
    assert set(question) <= set(Question.model_fields)
    assert set(rules["rules"][0]) <= set(Rule.model_fields)
    assert set(review["review"]) == set(Review.model_fields)
    assert all(set(task) <= set(Task.model_fields) for task in tasks["tasks"])


def test_every_format_of_the_report_is_named_where_one_is_chosen():
    page = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    assert f"[--format {','.join(FORMATS)}]" in page
    for lang in LANGS:
        assert all(re.search(rf"\b{name}\b", say("cli", "help.format", lang), re.A) for name in FORMATS)


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_answers_in_the_readme_can_be_read(name: str, knowledge):
    text = (ROOT / name).read_text("utf-8")
    sheet = next(block for block in re.findall(r"```yaml\n(.*?)```", text, re.S) if "answers:" in block)
    assert len(parse_answers(sheet.encode(), "readme.yaml", knowledge).given) == 6


def test_the_rule_the_readme_shows_exists(knowledge):
    for rule in re.findall(r"rules show (\w+)", (ROOT / "README.md").read_text("utf-8")):
        assert rule in knowledge.rules_by_id


def test_the_firm_the_guide_to_panels_shows_can_be_read(knowledge, tmp_path: Path):
    (block,) = blocks(ROOT / "docs" / "panel.md", "yaml")
    (tmp_path / "M01.yaml").write_text(block, "utf-8")
    (firm,) = read_panel(tmp_path, knowledge)
    assert len(firm.file.met_by["first"]) == len(firm.file.judgements.first.must_raise)


def test_the_conditions_in_the_guide_are_conditions(knowledge):
    from advisor.knowledge.read_premises import compile_premise

    text = (ROOT / "docs" / "write-a-rule.md").read_text("utf-8")
    table = text.split("## Conditions")[1].split("## Conclusions")[0]
    wrong = []
    for code in re.findall(r"`([a-z_]+: [^`…]+)`", table):
        compile_premise(parse(code, "guide"), knowledge.facts, lambda *what, **_: wrong.append(what))
    assert not wrong


SHIPPED = (
    "advisor",
    "rules",
    "questionnaires",
    "templates",
    "docs",
    "tests",
    "benchmarks",
    "run",
    "README.md",
    "README.zh.md",
    "CONTRIBUTING.md",
    "pyproject.toml",
    ".pre-commit-config.yaml",
    ".editorconfig",
)


def test_nothing_names_a_machine_or_a_registry():
    for name in (*SHIPPED, "requirements.txt", "requirements-test.txt"):
        top = ROOT / name
        for path in top.rglob("*") if top.is_dir() else [top]:
            if path.is_file() and path.suffix not in (".png", ".pyc"):
                text = path.read_text("utf-8", "replace")
                assert not re.search(r"/wor" r"k/|https?://[^ ]*/(simple|packages)/", text), path


def test_the_sheet_settings_and_weights_the_docs_show_can_be_read(knowledge, tmp_path):
    text = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    noted, sheet, mapping, settings, weights = re.findall(r"```yaml\n(.*?)```", text, re.S)
    assert len(parse_answers(noted.encode(), "firm.yaml", knowledge).annotations) == 2
    assert parse_answers(sheet.encode(), "firm.yaml", knowledge).lines
    heads = parse_mapping(mapping.encode(), "map.yaml", knowledge)
    assert [head.key for head in heads.values()] == ["H1", "A2", ""]
    assert len(parse_weights(weights.encode(), "weights.yaml", knowledge).judged) == 1
    (tmp_path / "firm.selection.yaml").write_text(settings, "utf-8")
    read = read_settings(tmp_path / "firm.selection.yaml", knowledge)
    assert read.years == 3 and read.figures["discount"] == (0.08, 0.08, 0.08)


def test_every_row_of_the_security_page_names_tests_that_are_there():
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| threat")]
    assert len(rows) > 15
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", row.rsplit("|", 2)[1])
        assert named, f"no test named: {row[:60]}"
        for file, name in named:
            assert f"\ndef {name}(" in (ROOT / file).read_text("utf-8"), f"{file}::{name}"


def test_wherever_currencies_are_listed_all_of_them_are():
    listed = [
        (name_of(page), set(re.findall("[A-Z]{3}", match)))
        for page in PAGES
        for match in re.findall(r"\b[A-Z]{3}(?:(?:\\?\||, | or )[A-Z]{3})+\b", page.read_text("utf-8"))
        if HOME in match
    ]
    assert len(listed) >= 4
    assert [entry for entry in listed if entry[1] != set(currency_codes())] == []
