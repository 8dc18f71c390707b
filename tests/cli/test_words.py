"""Usage, help and mistakes in typing, in the language of whoever types; lines that a terminal of 80 columns takes whole."""

from __future__ import annotations

import re

import click
import pytest
from click.testing import CliRunner, Result

from advisor.cli.main import COMMANDS, advisor
from advisor.cli.words import LanguageOption
from advisor.cli.wrapping import breaks, cells, wrapped
from advisor.errors import InputError, Place, Problem
from tests.conftest import ROOT
from tests.docs.pages import every_command

SMALL = ["--rules", str(ROOT / "tests/small/rules"), "--questionnaires", str(ROOT / "tests/small/questionnaires")]
CHINESE = re.compile(r"[一-鿿]")


def typed(*words: str, locale: str = "C.UTF-8") -> Result:
    """The command as a user of a locale types it."""
    return CliRunner().invoke(advisor, words, env={"LC_ALL": locale, "COLUMNS": "80"})


@pytest.fixture(scope="module")
def commands() -> list[tuple[str, click.Command]]:
    return [("", advisor), *((name, advisor) for name in COMMANDS), *every_command()]


@pytest.mark.parametrize("words", [("--lang", "zh", "{}", "--help"), ("{}", "--lang", "zh", "--help"), ("{}", "--help")])
def test_help_is_chinese_to_its_last_word(words: tuple[str, ...], commands):
    locale = "zh_CN.UTF-8" if "zh" not in words else "C.UTF-8"
    for name, _ in commands:
        line = [part for word in words for part in (name.split() if word == "{}" else [word])]
        if not name:
            line = [word for word in words if word != "{}"]
        page = typed(*line, locale=locale).output
        assert page.startswith("用法："), page
        english = re.findall(
            r"Usage|Options|Commands|OPTIONS|COMMAND|ARGS|Show |default:|required|TEXT|PATH|INTEGER|FLOAT", page
        )
        assert english == [], f"{name}: {english}"
        for line_of_help in re.findall(r"^  --[\w-]+.*?  (\S.*)$", page, re.MULTILINE):
            assert CHINESE.search(line_of_help) or "pip" in line_of_help, f"{name}: {line_of_help}"


def test_help_is_english_again_after_a_chinese_one():
    assert typed("--lang", "zh", "assess", "--help").output.startswith("用法：")
    page = typed("assess", "--help").output
    assert page.startswith("Usage: ") and not CHINESE.search(page)


def test_no_line_of_help_is_wider_than_a_terminal(commands):
    for name, _ in commands:
        for lang in ("zh", "en"):
            page = typed("--lang", lang, *name.split(), "--help").output
            assert [line for line in page.splitlines() if cells(line) > 80] == [], name


MISTAKES = [
    ("asess x", "没有命令“asess”。是不是想输入“assess”？", "No such command 'asess'. Did you mean 'assess'?"),
    ("batch tempalte --out x", "没有命令“tempalte”。", "No such command 'tempalte'. Did you mean 'template'?"),
    ("rules chek", "没有命令“chek”。", "No such command 'chek'."),
    ("open x --jsn", "没有选项“--jsn”。是不是想输入“--json”？", "No such option '--jsn'. Did you mean '--json'?"),
    ("--catalog x", "没有选项“--catalog”。是不是想输入“--catalogue”？", "Did you mean '--catalogue'?"),
    ("assess", "缺少参数“FIRM...”。", "Missing argument 'FIRM...'."),
    ("assess --date", "选项“--date”后面要有一个值。", "Option '--date' requires an argument."),
    ("open x more", "多了一个参数：more", "Got unexpected extra argument (more)"),
    ("serve --port x", "“--port”的取值有误：“x”不是有效的整数。", "'x' is not a valid integer range."),
    ("doctor --lang x", "“x”不在可选范围内；可选：“zh”、“en”。", "'x' is not one of 'zh', 'en'."),
]


@pytest.mark.parametrize(("words", "zh", "en"), MISTAKES)
def test_a_mistake_in_typing_is_told_in_the_users_language_with_what_is_nearest(words: str, zh: str, en: str):
    for locale, text in (("C", en), ("zh_CN.UTF-8", zh)):
        told = typed(*words.split(), locale=locale)
        assert told.exit_code == 2
        assert text in told.output


def test_the_words_of_run_are_near_where_it_was_called(monkeypatch: pytest.MonkeyPatch):
    assert "--help" in typed("wbe").output
    monkeypatch.setenv("ADVISOR_COMMAND", "./run")
    assert "Did you mean 'web'?" in typed("wbe").output


@pytest.mark.parametrize("words", ["open nobody.yaml --lang zh", "--lang en open --lang=zh nobody.yaml"])
def test_the_language_is_taken_after_the_command_too(words: str):
    assert "找不到文件" in typed(*words.split()).output
    assert "找不到文件" in typed("rules", "--lang", "zh", "sheet", "nobody.yaml", "a.xlsx").output


def test_only_commands_that_write_documents_have_a_language_of_their_own():
    own = {name for name, command in every_command() if not any(isinstance(one, LanguageOption) for one in command.params)}
    assert own == {"report", "batch run", "batch template", "rfp", "portfolio", "questionnaire export"}


@pytest.mark.parametrize("called_as", ["advisor", "./run"])
def test_hints_name_the_command_as_the_user_called_it(called_as: str, monkeypatch: pytest.MonkeyPatch):
    if called_as != "advisor":
        monkeypatch.setenv("ADVISOR_COMMAND", called_as)
    assert f"'{called_as} catalogue show'" in InputError("no_product", name="x", nearest="y").message("en")
    form = typed(*SMALL, "questionnaire", "export").output
    assert f"Then run: {called_as} assess THIS_FILE" in form
    assert f"用{called_as} questionnaire export得到" in Problem("A107", Place("a.yaml")).hint("zh")


def test_lines_break_between_words_and_characters_but_in_no_name():
    text = "预算不足时先用selection.yaml里的licence_discount试算，再运行advisor shortlist（见说明）。"
    lines = wrapped(text, 24)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cells(line) <= 24 for line in lines)
    assert all(any(name in line for line in lines) for name in ("selection.yaml", "licence_discount", "shortlist"))
    assert not any(line[0] in "，。）" or line[-1] == "（" for line in lines)
    assert breaks("a/path/that/is/longer/than/the/line then", 10) == [36]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_commands_and_options_as_the_docs_say(shell: str):
    page = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    assert f"_ADVISOR_COMPLETE={shell}_source advisor" in page
    script = CliRunner().invoke(advisor, [], prog_name="advisor", env={"_ADVISOR_COMPLETE": f"{shell}_source"}).output
    assert f"_ADVISOR_COMPLETE={shell}_complete" in script
    for typed_so_far, last, offered in (("advisor as", "as", "assess"), ("advisor assess x --s", "--s", "--save")):
        place = {"COMP_WORDS": typed_so_far, "COMP_CWORD": last if shell == "fish" else str(typed_so_far.count(" "))}
        told = CliRunner().invoke(advisor, [], prog_name="advisor", env={"_ADVISOR_COMPLETE": f"{shell}_complete", **place})
        assert offered in told.output
