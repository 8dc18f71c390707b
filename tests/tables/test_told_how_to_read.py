"""One firm's table in an encoding and under heads that its reader has to be told: by commands, the library and the web."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import advisor
from advisor.cli.main import advisor as command
from advisor.errors import AnswersError, InputError

TABLE = "Firm,Kopfzahl,Startkosten,G1\nMüller GmbH,120,90,4\n".encode("cp1252")
MAPPING = "columns: {Kopfzahl: A2, Startkosten: {question: H1, unit: 万元}}"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "f.csv").write_bytes(TABLE)
    (tmp_path / "map.yaml").write_text(MAPPING, "utf-8")
    return tmp_path / "f.csv", tmp_path / "map.yaml"


@pytest.mark.parametrize("words", ["questionnaire check", "questionnaire export --format yaml --answers", "merge"])
def test_a_command_that_reads_one_file_is_told_how(files, words):
    firm, mapping = map(str, files)
    options = ["--encoding", "cp1252", "--mapping", mapping]
    refused = CliRunner().invoke(command, ["--lang", "en", *words.split(), firm, *options[2:]])
    assert refused.exit_code == 3 and "C114" in refused.output and "cp1252" in refused.output
    read = CliRunner().invoke(command, ["--lang", "en", *words.split(), firm, *options])
    assert read.exit_code == 0 and "A101" not in read.output, read.output
    if "export" in words:
        assert "employees: 120" in read.output and "initial_budget: 900000" in read.output and "Müller GmbH" in read.output


def test_the_library_takes_a_mapping_as_a_file_or_by_head(files):
    firm, mapping = files
    read = advisor.read_answers(firm, encoding="cp1252", mapping=mapping)
    assert (read.value("employees"), read.value("initial_budget"), read.value("process_complexity")) == (120, 900_000, 4)
    by_head = advisor.read_answers(str(firm), encoding="cp1252", mapping={"Kopfzahl": "A2"})
    assert by_head.value("employees") == 120 and by_head.firm.name.en == "Müller GmbH"
    with pytest.raises(InputError):
        advisor.read_answers({"A2": 3}, encoding="cp1252")
    with pytest.raises(AnswersError, match="C114"):
        advisor.read_answers(firm)


def test_a_table_of_which_only_the_mapping_knows_a_head_is_read(tmp_path):
    (tmp_path / "f.csv").write_text("Kopfzahl\n120\n", "utf-8")
    assert advisor.read_answers(tmp_path / "f.csv", mapping={"Kopfzahl": "A2"}).value("employees") == 120


@pytest.mark.parametrize(
    ("head", "cell", "mapped", "question", "value"),
    [
        ("首期投入（万元）", "90", "H1", "initial_budget", 900_000),
        ("首期投入（万元）", "90", "{question: H1, unit: 千元}", "initial_budget", 90_000),
        ("首期投入（万元）", "90", "{question: H1, unit: 元}", "initial_budget", 90),
        ("Startkosten (RMB k)", "90", "H1", "initial_budget", 90_000),
        ("成交周期（天）", "35", "B6", "decision_weeks", 5),
        ("Kopfzahl (百人)", "2", "employees", "employees", 200),
    ],
)
def test_the_unit_in_a_head_counts_where_the_mapping_names_none(tmp_path, head, cell, mapped, question, value):
    (tmp_path / "f.csv").write_text(f"{head},企业名称\n{cell},甲公司\n", "utf-8")
    (tmp_path / "map.yaml").write_text(f'columns: {{"{head}": {mapped}}}', "utf-8")
    assert advisor.read_answers(tmp_path / "f.csv", mapping=tmp_path / "map.yaml").value(question) == value


def test_a_unit_that_is_none_in_a_mapped_head_refuses_the_column_in_words(tmp_path):
    (tmp_path / "f.csv").write_text("首期投入（万日元）\n90\n", "utf-8")
    with pytest.raises(AnswersError, match="B108"):
        advisor.read_answers(tmp_path / "f.csv", mapping={"首期投入（万日元）": "H1"})
