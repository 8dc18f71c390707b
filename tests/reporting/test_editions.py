"""Editions: two pages for the owner, one message each; what concerns IT for the IT manager; everything in the full one."""

from __future__ import annotations

import io
import re
from datetime import date

import docx
import pytest
from pypdf import PdfReader

from advisor.assessment import Assessment, assess
from advisor.insight.examine import examine
from advisor.reporting import build_document, render
from advisor.reporting.chapters.chart_titles import need_and_ability, plan_duration
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Chart, KeyFigures, Paragraph, Table
from advisor.reporting.editions import CONTENT_TYPES, EDITIONS, OLD_NAMES, forms_for
from advisor.reporting.formats import FORMATS
from advisor.reporting.html import render_html, stylesheet
from advisor.reporting.look import EDITION_NAMES, Look
from advisor.selection import read_settings, select
from tests.conftest import ROOT
from tests.reporting.test_client_pages import texts_in

VERDICTS = {
    "system_integrator": "feasible",
    "machine_tool_maker": "conditional",
    "building_contractor": "not_yet",
    "small_haulier": "not_needed_now",
}


@pytest.fixture(scope="module")
def assessments(knowledge, firms) -> dict[str, Assessment]:
    """A firm for each verdict, with all that a report draws on."""
    assessments = {}
    for name in VERDICTS:
        assessment = examine(assess(firms[name], knowledge, date(2026, 1, 5)), firms[name], knowledge)
        settings = read_settings(ROOT / "nothing.selection.yaml", knowledge)
        selection = select(assessment, firms[name], knowledge, settings)
        assessments[name] = assessment.model_copy(update={"selection": selection})
    return assessments


def tables(document) -> list[Table]:
    return [block for chapter in document.chapters for block in chapter.blocks if isinstance(block, Table)]


def test_the_firms_stand_for_the_verdicts(assessments):
    assert {name: assessment.verdict.name for name, assessment in assessments.items()} == VERDICTS


@pytest.mark.slow
@pytest.mark.parametrize(("name", "lang"), [("building_contractor", "en"), ("machine_tool_maker", "zh")])
def test_the_owners_edition_is_two_pages_and_says_nothing_of_any_other(assessments, name, lang):
    reader = PdfReader(io.BytesIO(render(assessments[name], "pdf", lang, Look("summary"))))
    assert len(reader.pages) == 2
    first, second = (page.extract_text() for page in reader.pages)
    document = build_document(assessments[name], lang, "summary")
    assert document.chapters[0].title in first and document.chapters[1].title in second


@pytest.mark.parametrize("name", VERDICTS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_owners_pages_carry_no_codes_of_sources_and_no_list_of_them(assessments, name, lang):
    document = build_document(assessments[name], lang, "summary")
    assert document.brief and len(document.chapters) == 2 and document.sources == ()
    page = render_html(document)
    assert 'href="#c-' not in page and 'class="contents"' not in page and 'class="cover' not in page


@pytest.mark.parametrize(("name", "verdict"), VERDICTS.items())
def test_the_first_page_has_the_verdict_as_its_title(assessments, name, verdict):
    title = build_document(assessments[name], "en", "summary").chapters[0].title
    assert (
        title
        == {
            "feasible": "Looks feasible; answer 3 questions, then decide",
            "conditional": "Looks worth doing, once 4 things are in place; answer 3 questions, then decide",
            "not_yet": "Needed, but too early to begin",
            "not_needed_now": "On present answers no system is needed; answer 3 questions, then decide",
        }[verdict]
    )


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("system_integrator", "Worth doing, and the firm is ready for it"),
        ("machine_tool_maker", "Worth doing, once 4 things are in place"),
        ("small_haulier", "No system is needed now"),
    ],
)
def test_a_verdict_that_no_answer_can_turn_is_told_firmly(assessments, name, title):
    verdict = assessments[name].verdict.model_copy(update={"certainty": "settled"})
    document = build_document(assessments[name].model_copy(update={"verdict": verdict}), "en", "summary")
    assert document.chapters[0].title == title and "provisional" not in document.verdict


def test_each_precondition_says_when_it_is_met_and_who_does_it_when(assessments):
    document = build_document(assessments["machine_tool_maker"], "en", "summary")
    first = next(block for block in document.chapters[0].blocks if isinstance(block, Table))
    assert len(first.rows) == 3  # the sentence above them is long; the fourth stands on the page of hurdles
    assert any("One more" in text or "1 more" in text for text in texts_in(document.chapters[0]))
    assert all(re.search(r"week", row[2].line.text) for row in first.rows)


def test_blockers_stand_before_conditions_and_the_rest_is_counted(assessments):
    page = build_document(assessments["building_contractor"], "en", "summary").chapters[0]
    table = next(block for block in page.blocks if isinstance(block, Table))
    assert table.rows[0][0].line.aside == "blocker" and not any(row[0].line.aside for row in table.rows[1:])
    assert page.blocks[-1].line.text.startswith("2 more")


def test_a_firm_that_needs_no_system_is_told_the_lighter_way_and_what_that_takes(assessments):
    """It read what a system would cost: “open” four times over."""
    verdict, action = build_document(assessments["small_haulier"], "en", "summary").chapters
    said = [line.text for block in verdict.blocks if hasattr(block, "lines") for line in block.lines]
    assert any(text.startswith("Start with shared customer records") for text in said)
    (cost,) = (line.text for block in action.blocks if hasattr(block, "lines") for line in block.lines if "RMB" in line.text)
    assert cost.startswith("Start with shared customer records: about") and "a year" in cost
    assert not any(isinstance(block, KeyFigures) for block in action.blocks)


def test_the_second_page_has_steps_cost_risks_and_certainty(assessments):
    page = build_document(assessments["machine_tool_maker"], "en", "summary").chapters[1]
    headings = [block.text for block in page.blocks if type(block).__name__ == "Heading"]
    first, *others = ["This week, with no system", "What to do next", "How to go about it", "What it costs"]
    assert headings == [first, *others, "The biggest risks", "How sure this is"]
    assert not any(isinstance(block, KeyFigures) for block in page.blocks), "its cost is open as yet"


def test_the_second_page_names_points_of_law_and_the_tasks_that_not_every_project_has(assessments):
    a = assessments["machine_tool_maker"]
    page = build_document(a, "en", "summary").chapters[1]
    told = " ".join(block.line.text for block in page.blocks if isinstance(block, Paragraph))
    assert a.first_checks and a.further_steps
    assert all(check.title.en in told for check in a.first_checks)
    assert all(task.title.en in told for task in a.further_steps)
    assert not any(task.core or task in a.plan[:6] for task in a.further_steps)


def test_the_it_edition_is_about_technology_and_lists_only_what_it_cites(assessments):
    document = build_document(assessments["machine_tool_maker"], "en", "it")
    assert [chapter.id for chapter in document.chapters] == [
        *("verdict", "estate", "functions", "options", "products", "cost", "technical", "plan", "law")
    ]
    cited = set(re.findall(r'href="#c-([^"]+)"', render_html(document)))
    listed = {name for entry in document.sources for name, _, _ in entry.claims}
    assert cited == listed
    full = {
        name
        for entry in build_document(assessments["machine_tool_maker"], "en", "evidence").sources
        for name, _, _ in entry.claims
    }
    assert listed < full


def test_the_tasks_of_it_keep_the_numbers_of_the_whole_plan(assessments):
    plan = assessments["machine_tool_maker"].plan
    chapters = build_document(assessments["machine_tool_maker"], "en", "it").chapters
    chapter = next(chapter for chapter in chapters if chapter.id == "plan")
    shown = [block for block in chapter.blocks if isinstance(block, Table) and len(block.columns) == 5]
    numbers = [int(row[0].line.text) for table in shown for row in table.rows]
    assert numbers and all(plan[number - 1].owner == "it" for number in numbers)
    assert len(numbers) == sum(task.owner == "it" for task in plan)


@pytest.mark.parametrize("edition", EDITION_NAMES)
def test_every_edition_has_its_own_title_and_widths_the_style_knows(assessments, edition):
    titles = {build_document(assessments["machine_tool_maker"], "en", name).title for name in EDITION_NAMES}
    assert len(titles) == len(EDITION_NAMES)
    page = render_html(build_document(assessments["machine_tool_maker"], "en", edition))
    for width in set(re.findall(r'<col class="(w\d+)">', page)):
        assert f".{width} {{ width:" in page
    assert all(
        sum(table.widths) == 100 for table in tables(build_document(assessments["machine_tool_maker"], "en", edition))
    )


def test_word_has_the_owners_edition_without_cover_and_sources(assessments):
    output = docx.Document(io.BytesIO(render(assessments["machine_tool_maker"], "docx", "en", Look("summary"))))
    headings = [paragraph.text for paragraph in output.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == [
        "Looks worth doing, once 4 things are in place; answer 3 questions, then decide",
        "Answer first, meet the conditions, then choose and sign",
    ]


# --- titles of charts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("system_integrator", "Need is high (73), and readiness is sufficient (75)"),
        ("machine_tool_maker", "Need is high (74), readiness is not there yet (43)"),
        ("building_contractor", "Need is not yet graded (99), readiness far behind it (22)"),
        ("small_haulier", "A simpler alternative meets the need there is (54)"),
    ],
)
def test_the_map_is_titled_by_what_it_shows(assessments, name, says):
    a = assessments[name]
    assert need_and_ability(ReportWording(a, "en"), a.scores[a.need], a.scores[a.ability]) == says


def test_every_chart_of_the_full_report_is_titled_by_a_finding(assessments):
    plain = ("Need and readiness", "The five aspects of need", "The eight factors of readiness", "The four operating models")
    titles = [
        block.title
        for chapter in build_document(assessments["machine_tool_maker"], "en", "evidence").chapters
        for block in chapter.blocks
        if isinstance(block, Chart)
    ]
    assert len(titles) >= 8 and not set(titles) & set(plain)
    assert any(title.startswith("Weakest in readiness: Capacity for change") for title in titles)


def test_the_schedule_says_by_when_the_way_is_clear_only_where_the_plan_clears_it(assessments):
    a = assessments["machine_tool_maker"]
    told = plan_duration(ReportWording(a, "en"), a.plan)
    assert re.fullmatch(r"By week \d+ the conditions known today can be met; the whole plan takes \d+ weeks", told)
    unlifted = a.model_copy(update={"plan": tuple(task.model_copy(update={"lifts": ()}) for task in a.plan)})
    assert plan_duration(ReportWording(unlifted, "en"), unlifted.plan).startswith("The plan takes ")


@pytest.mark.parametrize("brief", [False, True])
def test_what_is_laid_out_on_paper_understands_all_of_its_stylesheet(brief, caplog):
    from weasyprint import CSS

    CSS(string=stylesheet(brief))
    assert not caplog.records
    CSS(string=stylesheet(True, narrow=True))
    assert caplog.records, "what is for narrow screens alone would be no loss on paper either"


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("old", "new"), OLD_NAMES.items())
def test_an_edition_by_its_old_name_is_the_one_in_its_place_and_says_so(old, new):
    with pytest.warns(DeprecationWarning, match=f"'{old}' is called '{new}' now"):
        look = Look(old)
    assert look == Look(new)


def test_an_edition_without_a_format_asked_for_comes_in_its_own_and_data_come_once():
    assert forms_for("slides", ["pdf", "docx"]) == ("pptx",)
    assert forms_for("slides", ["json"]) == ("json",)
    assert forms_for("slides", ["pdf", "json"]) == ("pptx", "json")
    assert forms_for("client", ["html", "json"]) == ("html", "json")
    assert all(set(edition.forms) <= set(CONTENT_TYPES) <= set(FORMATS) for edition in EDITIONS.values())
