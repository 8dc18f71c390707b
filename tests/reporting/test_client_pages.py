"""What a client reads, page by page: words and no codes or ids, one truth on every page, and nothing firmer than it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from advisor.assessment import Assessment
from advisor.assessment.verdict import need_decides
from advisor.insight.full_assessment import assess_fully
from advisor.knowledge import Knowledge
from advisor.reporting import build_document
from advisor.reporting.chapters.need_ability_map import firm_regions
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Chart, Document, Table
from advisor.text import LANGS

FIRMS = ("street_bakery", "power_retailer", "hotel_group", "soy_sauce_brand")
"""Beside the samples: need just under its limit, too few answers, a way no better than the next, and one not to be had."""
NOT_READ = {"id", "about", "anchor", "kind", "tone", "cites", "href"}
"""Fields of a document that are no text: targets of links, and the looks of a block."""


@pytest.fixture(scope="module")
def assessments(knowledge, firms, further_firms) -> dict[str, Assessment]:
    answers = {**firms, **{name: further_firms[name] for name in FIRMS}}
    return {name: assess_fully(firm, knowledge, None, engine="columns") for name, firm in answers.items()}


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


@pytest.mark.parametrize("edition", ["owner", "full", "it"])
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
        for _, text in chapters_of(made, "owner"):
            assert not codes & set(re.findall(r"[A-K]\d{1,2}[a-e]?", text)), text


def test_questions_to_answer_first_are_the_head_of_one_list_on_every_page(assessments):
    checked = 0
    for made in assessments.values():
        if made.verdict.certainty != "leaning":
            continue
        words = ReportWording(made, "en")
        first = [words.question(question.code) for question in words.first_questions()]
        for edition, key in (("owner", "Answer first"), ("full", "Before week 1")):
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
        (chart,) = (block for block in build_document(made, "en", "owner").chapters[0].blocks if isinstance(block, Chart))
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
    texts = [text for lang, text in chapters_of(bank, "owner") if lang == "en"]
    (plan,) = (text for text in texts if "The whole plan takes" in text)
    assert "The whole plan takes at least" in plan
    steps = next(block for block in build_document(bank, "en", "owner").chapters[1].blocks if isinstance(block, Table))
    for task, row in zip(bank.plan, steps.rows, strict=False):
        if task.id in open_tasks:
            assert row[3].line.text.endswith("at the earliest") and row[4].line.text == "open"
