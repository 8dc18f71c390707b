"""What a client reads, page by page: words and no codes or ids, one truth on every page, and nothing firmer than it is."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import chain

import pytest
from pypdf import PdfReader

from advisor.assessment import Assessment
from advisor.assessment.verdict import need_decides
from advisor.knowledge import Knowledge
from advisor.knowledge.currency import amount
from advisor.knowledge.questions_behind import STATED_WAY
from advisor.reporting import build_document, render
from advisor.reporting.chapters.need_ability_map import firm_regions
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Cards, Chart, Document, KeyFigures, Table
from advisor.reporting.look import Look
from advisor.rounding import round_estimate
from advisor.selection.recommended_way import provisional_way
from advisor.text import LANGS

FIRMS = ("street_bakery", "power_retailer", "hotel_group", "soy_sauce_brand")
"""Beside the samples: need just under its limit, too few answers, a way no better than the next, and one not to be had."""
NOT_READ = {"id", "about", "anchor", "kind", "tone", "cites", "href"}
"""Fields of a document that are no text: targets of links, and the looks of a block."""


@pytest.fixture(scope="module")
def assessments(firms, assessed_firm) -> dict[str, Assessment]:
    return {name: assessed_firm(name) for name in (*firms, *FIRMS)}


def texts_in(part: object) -> Iterator[str]:
    """Every text of a document that is printed."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple | list):
        for inner in part:
            yield from texts_in(inner)
    elif is_dataclass(part):
        for field in fields(part):
            if field.name not in NOT_READ:
                yield from texts_in(getattr(part, field.name))


def chapters_of(made: Assessment, edition: str) -> Iterator[tuple[str, str]]:
    for lang in LANGS:
        document: Document = build_document(made, lang, edition)
        for text in texts_in(document.chapters):
            yield lang, text


@pytest.mark.parametrize("edition", ["summary", "evidence", "it"])
def test_no_id_of_a_finding_task_product_or_rule_stands_in_a_text(assessments, knowledge: Knowledge, edition: str):
    """Pages said “strategic_work_first” and “hosted”; the chapters of grounds alone may name rules by their ids."""
    ids = {name for name in (*knowledge.findings, *knowledge.facts, *knowledge.scores) if "_" in name}
    pattern = re.compile(r"[a-z]+(?:_[a-z0-9]+)+")
    for made in assessments.values():
        rules = {support.rule for support in made.trace} | {item.rule for item in made.undecided}
        for _, text in chapters_of(made, edition):
            assert not (ids - rules) & set(pattern.findall(text)), text


def test_the_owner_reads_questions_in_words_and_never_by_code(assessments, knowledge: Knowledge):
    codes = {question.code for question in knowledge.questions.values()}
    for made in assessments.values():
        for _, text in chapters_of(made, "summary"):
            assert not codes & set(re.findall(r"[A-L]\d{1,2}[a-e]?", text)), text


def test_questions_to_answer_first_are_the_head_of_one_list_on_every_page(assessments):
    checked = 0
    for made in assessments.values():
        if made.verdict.certainty != "leaning":
            continue
        words = ReportWording(made, "en")
        first = [words.question(question.code) for question in words.first_questions()]
        for edition, key in (("summary", "Answer first for"), ("evidence", "Before week 1")):
            (told,) = {text for lang, text in chapters_of(made, edition) if lang == "en" and text.startswith(key)}
            assert [told.index(question) for question in first] == sorted(told.index(question) for question in first)
            checked += 1
    assert checked > 8


def test_a_map_says_where_missing_answers_lead_beyond_its_box(assessments):
    """The box of a bakery lay wholly in “not needed now”, and the text beside it spoke of two other verdicts."""
    beyond = 0
    for name, made in assessments.items():
        need, ability = made.scores[made.need], made.scores[made.ability]
        if need.points is None or ability.points is None:
            continue
        ranges = (need.low, need.high), (ability.low, ability.high)
        reached = {region.verdict for region in firm_regions(made) if region.meets(*ranges)}
        (chart,) = (block for block in build_document(made, "en", "summary").chapters[0].blocks if isinstance(block, Chart))
        assert ("move the regions" in chart.alternative) == (not set(made.verdict.possible) <= reached), name
        beyond += "move the regions" in chart.alternative
    assert beyond


def test_need_just_under_its_limit_is_shown_under_it_and_is_the_first_reason(assessments):
    bakery, haulier = assessments["street_bakery"], assessments["small_haulier"]
    assert need_decides(bakery.verdict.cutoffs, bakery.scores[bakery.need].points)
    assert bakery.verdict.reasons[0].text.en == "Need stands at 29.9 of 100. Under 30, no system pays."
    assert ReportWording(bakery, "en").points(bakery.scores[bakery.need].points) == "29.9"
    assert not need_decides(haulier.verdict.cutoffs, haulier.scores[haulier.need].points)
    assert haulier.verdict.reasons[0].text == haulier.verdict.reasons[0].text
    assert haulier.verdict.reasons[0].text.en.startswith("Start with shared customer records")


def test_weeks_are_no_more_certain_than_what_they_grow_with(assessments):
    """A plan of 50 weeks stood beside a go-live that was open."""
    bank = assessments["city_bank"]
    open_tasks = {task.id for task in bank.plan if task.open}
    assert open_tasks
    texts = [text for lang, text in chapters_of(bank, "summary") if lang == "en"]
    (plan,) = (text for text in texts if "The whole plan takes" in text)
    assert "The whole plan takes at least" in plan
    steps = next(block for block in build_document(bank, "en", "summary").chapters[1].blocks if isinstance(block, Table))
    for task, row in zip(bank.plan, steps.rows, strict=False):
        if task.id in open_tasks:
            assert row[3].line.text.endswith("at the earliest") and row[4].line.text == "open"


def test_a_way_that_missing_answers_could_change_is_recommended_provisionally(assessments):
    """“The recommended way” had 50 points against 45, with a question open that could rule it out."""
    said = {name: [text for _, text in chapters_of(made, "summary")] for name, made in assessments.items()}
    assert any("The recommendation is provisional" in text and "50 points" in text for text in said["machine_tool_maker"])
    for name, made in assessments.items():
        told = provisional_way(made)
        ways = [way for way in made.selection.options if way.group == "deployment"] if made.selection else []
        undecided = [way for way in ways if way.id == made.selection.recommended_way and way.state == "undecided"]
        assert told or not undecided, name
        shown = any("recommendation is provisional" in text for lang, text in chapters_of(made, "evidence") if lang == "en")
        assert shown == (told is not None), name


def test_own_days_of_core_tasks_and_of_the_others_stand_together_and_add_up_to_those_of_all_tasks(assessments):
    for name, made in assessments.items():
        project = made.project
        if made.verdict.name not in ("feasible", "conditional") or not (
            project and project.own_days and project.further_days
        ):
            continue
        words = ReportWording(made, "en")
        (told,) = (text for lang, text in chapters_of(made, "summary") if lang == "en" and "Own staff besides" in text)
        assert words.around(project.further_days) in told, name
        days = [task.own_days for task in project.tasks]
        assert all(days) and sum(span[1] for span in days) == pytest.approx(
            project.own_days[1] + project.further_days[1], rel=0.01
        )


def test_money_held_against_the_project_says_which_year_and_what_it_takes(assessments):
    bakery = assessments["street_bakery"]
    funding = next(item for item in bakery.project_facts if item.name == "funding")
    parts = [item for item in bakery.project_facts if item.name in ("first_year_funding", "later_year_funding")]
    worse = min(parts, key=lambda item: item.step)
    assert funding.grounds and worse.grounds and funding.step == worse.step
    assert worse.label.en in funding.grounds.en and worse.grounds.en in funding.grounds.en
    asides = [
        cell.line.aside
        for chapter in build_document(bakery, "en", "evidence").chapters
        for block in chapter.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
    ]
    assert funding.grounds.en in asides


def test_the_owners_edition_has_two_pages_for_every_firm(assessments):
    pytest.importorskip("typst")
    for name, made in assessments.items():
        for lang in LANGS:
            pdf = render(made, "pdf", lang, Look("summary", engine="typst"))
            assert len(PdfReader(io.BytesIO(pdf)).pages) == 2, (name, lang)


def test_a_cell_of_the_risk_matrix_has_the_colour_its_most_urgent_risk_has_in_the_register(assessments):
    """A risk stood in a red cell of the matrix and was called medium in the register."""
    for made in assessments.values():
        chapter = next((c for c in build_document(made, "en", "evidence").chapters if c.id == "risks"), None)
        if chapter is None:
            continue
        drawing = next(block.drawing for block in chapter.blocks if isinstance(block, Chart))
        cards = next(block.cards for block in chapter.blocks if isinstance(block, Cards))
        for numbers, tone in zip(chain(*drawing.cells), chain(*drawing.tones), strict=True):
            told = [cards[number - 1].tone for number in numbers]
            assert tone == (told[0] if told else "quiet"), "risks are numbered the most urgent first"


FIRM_WORDS = (
    *("Go ahead", "firm is ready", "Begin now", "No system is needed now"),
    *("现在就可以导入", "企业也具备条件", "现在就可以动手"),
)


def test_no_page_tells_a_provisional_verdict_firmly(assessments):
    """A firm that one in ten completions of its answers leaves feasible was told “Go ahead” and “Begin now”."""
    checked = 0
    for name, made in assessments.items():
        if made.verdict.certainty != "leaning":
            continue
        for edition in ("summary", "evidence"):
            for lang in LANGS:
                document = build_document(made, lang, edition)
                told = [document.verdict, document.sentence, *texts_in(document.chapters[:2])]
                assert not [text for text in told if any(firm in text for firm in FIRM_WORDS)], (name, lang)
                assert ("provisional" if lang == "en" else "暂定") in document.verdict and document.tone == "caution"
        owner = [text for _, text in chapters_of(made, "summary")]
        assert not any("300" in text and ("random" in text or "随机" in text) for text in owner), name
        checked += 1
    assert checked > 5


def test_both_languages_show_the_same_obstacles_on_the_first_page(assessments):
    """Chinese had five and “3 more”, English four and “4 more” of the same firm."""
    compared = 0
    for name, made in assessments.items():
        pages = {lang: build_document(made, lang, "summary").chapters[0].blocks for lang in LANGS}
        counts = {lang: [len(block.rows) for block in blocks if isinstance(block, Table)] for lang, blocks in pages.items()}
        assert counts["zh"] == counts["en"], name
        compared += bool(counts["en"])
    assert compared > 3


def test_a_firm_not_to_buy_reads_no_sum_of_a_system(assessments):
    refused = 0
    for name, made in assessments.items():
        if made.verdict.name not in ("not_needed_now", "not_enough_answers"):
            continue
        page = build_document(made, "en", "summary").chapters[1]
        told = list(texts_in(page))
        assert not any(isinstance(block, KeyFigures) for block in page.blocks), name
        assert not any("Rented online software" in text or "total cost is open" in text for text in told), name
        if made.verdict.name == "not_needed_now" and made.lighter:
            assert any("of the firm's own people" in text for text in told), name
        refused += 1
    assert refused > 2


def test_what_is_missing_is_the_difference_of_the_sums_shown(assessments):
    """RMB 430,000 less RMB 310,000 was RMB 115,000; and the adviser who stood in the plan was in no sum."""
    seed = assessments["seed_company"]
    budget = next(item for way in seed.project.ways if way.way == "hosted" for item in way.budgets if item.kind == "initial")
    assert budget.state == "short" and budget.budget and budget.needed
    assert budget.beside and budget.beside == seed.project.further_money
    assert budget.shortfall == round_estimate(budget.needed[1]) + round_estimate(budget.beside[1]) - budget.budget
    together = round_estimate(budget.needed[1]) + round_estimate(budget.beside[1])
    assert all(amount(sum_)["en"] in budget.text["en"] for sum_ in (together, budget.shortfall, budget.budget))
    assert "covers the lower part of the range" in budget.text["en"] and "only the leanest" not in budget.text["en"]


def test_a_firm_whose_wish_is_not_followed_reads_why(assessments):
    seed = assessments["seed_company"]
    wished = tuple(
        item.model_copy(update={"value": "on_premise", "status": "known"}) if item.question == STATED_WAY else item
        for item in seed.answers
    )
    assert seed.selection and seed.selection.recommended_way != "on_premise"
    made = seed.model_copy(update={"answers": wished})
    for lang, told in (("en", "The firm favours"), ("zh", "企业倾向于")):
        assert any(text.startswith(told) for text in texts_in(build_document(made, lang, "summary").chapters[1]))


def test_the_way_in_the_heading_is_the_way_that_the_sums_are_for(assessments):
    """A heading recommended the way with most points, and the pages on cost another one."""
    checked = 0
    for made in assessments.values():
        page = next((c for c in build_document(made, "zh", "client").chapters if c.id == "kind"), None)
        if page and made.selection and made.selection.recommended_way:
            ways = {o.id: o.title.zh for o in made.selection.options if o.group == "deployment"}
            assert page.title.endswith(ways[made.selection.recommended_way]), page.title
            checked += 1
    assert checked


def test_no_factor_with_points_is_said_to_be_unanswered_and_no_ungraded_score_is_a_figure(assessments):
    """Pages gave a factor 62 points and said nothing about it was answered; on 3% of answers, readiness was 100."""
    for made in assessments.values():
        for lang in LANGS:
            words = ReportWording(made, lang)
            chapters = build_document(made, lang, "client").chapters
            rows = [row for c in chapters for block in c.blocks if isinstance(block, Table) for row in block.rows]
            for row in rows:
                if any(cell.line.text == words("client.nothing_answered") for cell in row):
                    assert row[1].line.text == "–", row
    figures = build_document(assessments["power_retailer"], "en", "client").chapters[0].blocks
    shown = next(block for block in figures if isinstance(block, KeyFigures)).figures
    assert [figure.value for figure in shown[:2]] == ["–", "–"]


def test_headings_count_what_stands_below_them(assessments):
    """“Six things to begin on Monday” stood over three, and “of 1 risks these 1” over one."""
    for made in assessments.values():
        for lang in LANGS:
            chapters = {c.id: c for c in build_document(made, lang, "client").chapters}
            if made.plan and "next" in chapters:
                rows = len(next(b for b in chapters["next"].blocks if isinstance(b, Table)).rows)
                assert rows == 1 or str(rows) in chapters["next"].title
            if "risks" in chapters:
                assert "these 1 " not in chapters["risks"].title and "这1项" not in chapters["risks"].title
