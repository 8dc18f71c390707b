"""An assessment saved by any earlier version opens today with its verdict, scores and firm, and says what it lacks."""

from __future__ import annotations

import copy
import hashlib
import html
import io
import json
import random
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from advisor.assessment import Assessment
from advisor.assessment.comparison import compare
from advisor.assessment.model import SCHEMA_VERSION
from advisor.assessment.upgrades import STEPS, Part
from advisor.cli.main import advisor
from advisor.errors import InputError
from advisor.insight.why import targets, why
from advisor.reporting import build_document, render
from advisor.reporting.attachment import read_attachment
from advisor.reporting.document import Table
from advisor.reporting.look import EDITION_NAMES, ENGINE_NAMES, EditionName, EngineName, Look
from advisor.text import LANGS, Lang, catalogue
from advisor.version import __version__
from tests.stored.conftest import ASSESSMENTS, STORED, unpacked

FIRST = "1.2b6ec6f.small_full"
WITHOUT_PRACTICES = "1.1e837db.machine_tool_maker"


def content(name: str) -> dict[str, Any]:
    raw: dict[str, Any] = json.loads(unpacked(STORED / "assessments" / f"{name}.json.xz"))
    return raw


def opened(raw: dict[str, Any]) -> Assessment:
    return Assessment.from_json(json.dumps(raw))


def firm_name(raw: dict[str, Any]) -> str | None:
    """The firm's English name; the first version kept one name for both languages, empty where there was none."""
    name = raw["firm"]["name"]
    return (name["en"] if isinstance(name, dict) else name) or None


@pytest.fixture(params=ASSESSMENTS, ids=lambda path: path.name.removesuffix(".json.xz"))
def frozen(request: pytest.FixtureRequest) -> bytes:
    path: Path = request.param
    return unpacked(path)


def test_it_opens_with_its_verdict_scores_and_firm(frozen: bytes):
    before, now = json.loads(frozen), Assessment.from_json(frozen)
    assert now.verdict.name == before["verdict"]["name"]
    assert list(now.verdict.possible) == before["verdict"]["possible"]
    assert {n: s.points for n, s in now.scores.items()} == {n: s["points"] for n, s in before["scores"].items()}
    assert (now.firm.name.en if now.firm.name else None) == firm_name(before)
    assert [(a.question, a.shown.en) for a in now.answers] == [(a["question"], a["shown"]["en"]) for a in before["answers"]]
    assert [task.id for task in now.plan] == [task["id"] for task in before["plan"]]
    assert (now.program_version, now.knowledge_version) == (before["program_version"], before["knowledge_version"])


def test_it_is_written_again_and_read_back_to_the_letter(frozen: bytes):
    text = Assessment.from_json(frozen).to_json()
    assert json.loads(text)["schema_version"] == SCHEMA_VERSION
    assert Assessment.from_json(text).to_json() == text


def test_what_was_not_worked_out_then_is_named_and_stays_empty(frozen: bytes):
    before, now = json.loads(frozen), Assessment.from_json(frozen)
    for part in ("practices", "legal_checks", "disagreements", "papers", "insight", "selection"):
        assert now.lacks(part) == (part not in before)
        assert not (now.lacks(part) and getattr(now, part))
    assert now.upgraded is not None and now.upgraded.written_as == before["schema_version"]


def test_its_report_is_written_and_all_of_it_explained(frozen: bytes):
    now = Assessment.from_json(frozen)
    for lang in LANGS:
        assert build_document(now, lang, "evidence").chapters
    for target in targets(now):
        why(now, target)


@pytest.mark.parametrize("edition", EDITION_NAMES)
@pytest.mark.parametrize("lang", LANGS)
def test_every_edition_of_its_report_names_what_was_not_worked_out(frozen: bytes, edition: EditionName, lang: Lang):
    now = Assessment.from_json(frozen)
    page = html.unescape(render(now, "html", lang, Look(edition=edition)).decode())
    assert all(catalogue("assessment")[f"part.{part}"][lang] in page for part in now.upgraded.lacks)


@pytest.mark.parametrize("engine", ENGINE_NAMES)
@pytest.mark.parametrize("lang", LANGS)
def test_the_owner_s_edition_of_the_file_that_lacks_most_has_two_pages_still(engine: EngineName, lang: Lang):
    now = opened(content("1.e04d89d.machine_tool_maker"))
    pdf = render(now, "pdf", lang, Look(edition="summary", engine=engine))
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 2
    assert catalogue("report")["owner.column.by"][lang] not in render(now, "html", lang, Look(edition="summary")).decode()


def test_every_format_up_to_today_is_frozen():
    """Whoever changes the shape raises the number, writes a step, and freezes a file of the format before."""
    assert {path.name[0] for path in ASSESSMENTS} >= set(STEPS) == {str(n) for n in range(1, int(SCHEMA_VERSION))}


def test_the_shape_of_today_has_the_number_it_had():
    """Whoever changes the shape without raising the number leaves two shapes of one number behind."""

    def bare(node: Any) -> Any:
        if isinstance(node, dict):
            words = ("description", "title")
            return {key: bare(value) for key, value in node.items() if not (key in words and isinstance(value, str))}
        return [bare(item) for item in node] if isinstance(node, list) else node

    shape = json.dumps(bare(Assessment.model_json_schema(mode="serialization")), sort_keys=True)
    today = {SCHEMA_VERSION: hashlib.sha256(shape.encode()).hexdigest()}
    assert json.loads((STORED / "shape.json").read_bytes()) == today, (
        "the shape of an assessment changed: follow docs/compatibility.md, then write this into tests/stored/shape.json"
    )


def test_every_part_that_may_be_missing_has_words_and_a_frozen_file_without_it():
    lacking = {part for path in ASSESSMENTS for part in Assessment.from_json(unpacked(path)).upgraded.lacks}
    assert lacking == set(get_args(Part))
    assert all(f"part.{part}" in catalogue("assessment") for part in lacking)


def test_a_project_of_format_5_keeps_its_tasks_and_takes_its_cost_from_what_the_report_told():
    raw = content("5.ede5745.machine_tool_maker")
    project = opened(content("5.ede5745.machine_tool_maker")).project
    assert [task.id for task in project.tasks] == [task["id"] for task in raw["project"]["tasks"]]
    assert project.model_dump(mode="json")["go_live"] == raw["project"]["go_live"]
    for way, route in zip(project.ways, raw["selection"]["routes"], strict=True):
        assert (way.way, list(way.first_year)) == (route["way"], route["first_year"])


def test_a_project_of_format_5_that_nothing_was_chosen_for_tells_what_falls_in_each_year():
    raw = content("5.ede5745.online_retailer")
    project = opened(content("5.ede5745.online_retailer")).project
    assert raw["selection"] is None
    for way, old in zip(project.ways, raw["project"]["ways"], strict=True):
        assert way.total is way.go_live is None
        for line, before in zip(way.lines, old["lines"], strict=True):
            known = before["once"] is not None and before["yearly"] is not None
            assert line.first == (before["once"] + before["yearly"] if known else None)
            assert line.later == before["yearly"]


def test_the_first_version_kept_no_names_of_two_languages_and_no_values_of_answers():
    now = opened(content(FIRST))
    assert now.firm.name.zh == now.firm.name.en == "小店"
    assert {a.value for a in now.answers} == {None}
    assert opened(content("1.2b6ec6f.small_few")).firm.name is None


def test_a_comparison_draws_nothing_from_what_was_not_worked_out():
    then = opened(content(WITHOUT_PRACTICES))
    now = opened(content("1.5877987.online_retailer"))
    kinds = {"practices", "legal_checks"}
    assert not {change.kind for change in compare(then, now).gained} & kinds
    as_if_none_was_found = then.model_copy(update={"upgraded": None})
    assert {change.kind for change in compare(as_if_none_was_found, now).gained} & kinds


def test_a_later_format_is_refused_with_both_numbers():
    raw = content(FIRST) | {"schema_version": "17", "program_version": "9.3.0", "something_new": 1}
    with pytest.raises(InputError) as caught:
        opened(raw)
    assert caught.value.key == "later_assessment"
    assert "format 17" in caught.value.message("en") and f"up to format {SCHEMA_VERSION}" in caught.value.message("en")
    assert all(version in caught.value.message(lang) for lang in LANGS for version in ("9.3.0", __version__))
    assert "17" in caught.value.message("zh") and f"格式{SCHEMA_VERSION}" in caught.value.message("zh")


@pytest.mark.parametrize("number", ["17000000", 17, 20261129])
def test_a_later_format_may_be_numbered_otherwise(number: object):
    with pytest.raises(InputError, match=f"format {number}, saved by a later program"):
        opened(content(FIRST) | {"schema_version": number})


def test_what_an_editor_puts_before_a_text_is_passed_over(frozen: bytes):
    assert Assessment.from_json(b"\xef\xbb\xbf" + frozen) == Assessment.from_json(frozen)
    assert Assessment.from_json("\ufeff" + frozen.decode()) == Assessment.from_json(frozen)


@pytest.mark.parametrize("number", [None, 3, "", "0", "three", "-1", "３", "1" * 5000, ["3"]])
def test_a_number_that_is_none_is_refused_by_its_field(number: object):
    with pytest.raises(InputError, match="schema_version"):
        opened(content(FIRST) | {"schema_version": number})


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda raw: raw["scores"]["need"].pop("points"), "scores.need.points"),
        (lambda raw: raw["risks"][0].update(level="awful"), "risks.0.level"),
        (lambda raw: raw.update(plan="none"), "plan"),
        (lambda raw: raw["model"]["shares"].clear(), "four operating models"),
        (lambda raw: raw["plan"][1].pop("lifts"), "plan.1.lifts"),
        (lambda raw: raw.update(firm=[]), "firm"),
        (lambda raw: raw["firm"].update(name=3), "firm.name"),
    ],
)
def test_a_damaged_file_of_an_earlier_format_is_refused_where_it_is_damaged(change: Any, where: str):
    raw = content(WITHOUT_PRACTICES)
    change(raw)
    with pytest.raises(InputError, match=where):
        opened(raw)


def test_broken_json_is_refused_with_its_line():
    text = unpacked(STORED / "assessments" / f"{FIRST}.json.xz")
    with pytest.raises(InputError, match=r"line \d+ column \d+"):
        Assessment.from_json(text[: len(text) // 2])
    with pytest.raises(InputError):
        Assessment.from_json(text.replace(b"75.0", b"NaN").replace(b"25.0", b"NaN"))


def test_any_change_to_a_file_of_the_first_version_opens_or_is_refused():
    raw, chance = content(FIRST), random.Random(3)
    for _ in range(200):
        changed = copy.deepcopy(raw)
        node: Any = changed
        while isinstance(node, dict | list) and node:
            parent, key = node, chance.choice(list(node) if isinstance(node, dict) else range(len(node)))
            node = node[key]
            if chance.random() < 0.3:
                break
        parent[key] = chance.choice([None, 1, "x", [], {}, [{}], {"a": []}])
        try:
            opened(changed)
        except InputError:
            continue


@pytest.mark.parametrize("lang", LANGS)
def test_of_kinds_of_system_that_were_not_weighed_nothing_is_shown(lang: Lang, tmp_path: Path):
    now = opened(content("5.ede5745.machine_tool_maker"))
    assert {option.group for option in now.selection.options} == {"crm_type", "deployment"}
    chapter = next(chapter for chapter in build_document(now, lang, "evidence").chapters if chapter.id == "options")
    assert all(block.rows for block in chapter.blocks if isinstance(block, Table))
    assert catalogue("report")["options.system"][lang] not in render(now, "html", lang, Look("evidence")).decode()
    file = tmp_path / "then.json"
    file.write_text(now.to_json(), "utf-8")
    said = CliRunner().invoke(advisor, ["--lang", lang, "shortlist", str(file)]).output
    assert catalogue("cli")["select.deployment"][lang] in said and catalogue("cli")["select.system"][lang] not in said


def test_what_no_filter_was_switched_off_for_says_so(frozen: bytes):
    selection = Assessment.from_json(frozen).selection
    if selection:
        assert selection.settings.filters_off == {} and not any(item.waived for item in selection.candidates)


def test_of_earlier_assessments_none_tells_of_a_second_line():
    earlier = Assessment.from_json(unpacked(STORED / "assessments" / "5.ede5745.small_haulier.json.xz"))
    assert earlier.lines is None
    assert Assessment.from_json(earlier.to_json()) == earlier


@pytest.mark.parametrize("name", ["25db4d9.weasyprint", "1247f54.weasyprint", "1247f54.typst"])
def test_the_assessment_inside_an_earlier_pdf_opens(name: str, tmp_path: Path):
    report = STORED / "reports" / f"{name}.pdf"
    assert Assessment.from_json(read_attachment(report.read_bytes(), report)).firm.name.zh == "小店"
    saved = tmp_path / "then.json"
    done = CliRunner().invoke(advisor, ["--lang", "en", "open", str(report), "--save", str(saved)])
    assert done.exit_code == 0, done.output
    assert Assessment.from_json(saved.read_bytes()).upgraded.written_as == "3"


def test_the_command_line_and_the_report_say_what_was_not_worked_out(tmp_path: Path):
    file = tmp_path / "then.json"
    file.write_bytes(unpacked(STORED / "assessments" / f"{WITHOUT_PRACTICES}.json.xz"))
    said = CliRunner().invoke(advisor, ["--lang", "en", "open", str(file)]).output
    assert "format 1" in said and "practices worth having" in said and "points of law" in said
    asked = CliRunner().invoke(advisor, ["--lang", "zh", "why", str(file)])
    assert asked.exit_code == 0, asked.output
    document = build_document(Assessment.from_json(file.read_bytes()), "zh", "evidence")
    assert "格式1" in str(document) and "法律要点" in str(document)
