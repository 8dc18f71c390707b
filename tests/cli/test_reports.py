"""Reports from the command line: editions, themes, and a PDF that is opened, replayed and drawn again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from advisor.cli.exits import EXIT_INPUT
from advisor.cli.main import advisor
from tests.conftest import SMALL

KNOWLEDGE = ["--rules", str(SMALL / "rules"), "--questionnaires", str(SMALL / "questionnaires")]


def run(*words: object, code: int = 0) -> str:
    result = CliRunner().invoke(advisor, ["--lang", "en", *KNOWLEDGE, *map(str, words)])
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A firm, a theme, and the owner's report on the one in the colours of the other."""
    where = tmp_path_factory.mktemp("reports")
    (where / "firm.yaml").write_text("firm: {name: 某企业}\nwish: 5\n", "utf-8")
    (where / "theme.yaml").write_text("name: {zh: 某某咨询, en: Example Consulting}\ncolour: {accent: '#0b5d3b'}\n", "utf-8")
    options = [
        "--edition",
        "summary",
        "--attach",
        "full",
        "--theme",
        where / "theme.yaml",
        "--date",
        "2026-01-05",
        "--out",
        where,
    ]
    run("report", where / "firm.yaml", *options)
    return where


@pytest.fixture(scope="module")
def pdf(folder) -> Path:
    return folder / "firm.summary.en.pdf"


@pytest.mark.slow
def test_the_name_of_a_file_carries_its_edition(pdf):
    assert pdf.exists() and PdfReader(pdf).metadata.author == "Example Consulting"


@pytest.mark.slow
def test_open_shows_the_verdict_a_report_was_drawn_from(folder, pdf):
    output, assessed = run("open", pdf), run("assess", folder / "firm.yaml", "--date", "2026-01-05")
    *shown, further = output.splitlines()
    assert shown == assessed.splitlines()[: len(shown)]
    assert "advisor replay" in further


@pytest.mark.slow
def test_open_gives_the_assessment_as_data(folder, pdf):
    opened = run("open", pdf, "--json")
    run("open", pdf, "--save", folder / "kept.json")
    assert json.loads(opened) == json.loads((folder / "kept.json").read_text("utf-8"))
    assert json.loads(opened)["assessed_on"] == "2026-01-05"
    run("open", pdf, "--save", pdf, code=EXIT_INPUT)
    assert pdf.read_bytes().startswith(b"%PDF")


@pytest.mark.slow
def test_a_pdf_is_read_wherever_a_saved_assessment_is(folder, pdf):
    assert "Identical" in run("replay", pdf)
    assert "erdict" in run("why", pdf)
    out = run("report", pdf, "--format", "html", "--edition", "evidence", "--out", folder / "again")
    assert out.splitlines()[-1].endswith("firm.evidence.en.html")


@pytest.mark.parametrize("word", ["open", "replay", "why", "report"])
def test_a_pdf_of_somebody_elses_is_refused_in_words(tmp_path, word):
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.7\nnothing of ours")
    assert "cannot be read as a PDF" in run(word, tmp_path / "other.pdf", code=EXIT_INPUT)


def test_several_editions_at_once_and_no_other(folder):
    out = run("report", folder / "firm.yaml", "--format", "html", "--edition", "it,summary", "--out", folder / "more")
    assert [Path(line).name for line in out.splitlines() if line.endswith(".html")] == [
        "firm.summary.en.html",
        "firm.it.en.html",
    ]
    assert "summary, client, slides, it, evidence" in run(
        "report", folder / "firm.yaml", "--edition", "board", code=EXIT_INPUT
    )


def test_mistakes_in_a_theme_are_told_with_their_line_before_anything_is_drawn(folder, tmp_path):
    (tmp_path / "theme.yaml").write_text("name: {zh: 甲, en: A}\ncolour: {accent: yellow}\nlogo: ../x.png\n", "utf-8")
    output = run(
        "report", folder / "firm.yaml", "--theme", tmp_path / "theme.yaml", "--out", tmp_path / "out", code=EXIT_INPUT
    )
    assert "theme.yaml:2" in output and "T101" in output and not (tmp_path / "out").exists()


def test_old_names_of_editions_go_on_working_and_say_so(folder):
    firm, where = folder / "firm.yaml", folder / "old"
    out = run("report", firm, "--format", "html", "--edition", "owner,full,summary", "--out", where)
    assert sorted(path.name for path in where.iterdir()) == ["firm.evidence.en.html", "firm.summary.en.html"]
    assert "'owner' is called 'summary' now" in out and "'full' is called 'evidence' now" in out


def test_slides_come_as_slides_whatever_the_format(folder):
    run("report", folder / "firm.yaml", "--format", "html,json", "--edition", "client,slides", "--out", folder / "slides")
    assert sorted(path.name for path in (folder / "slides").iterdir()) == [
        *("firm.assessment.json", "firm.en.html", "firm.slides.en.pptx")
    ]
