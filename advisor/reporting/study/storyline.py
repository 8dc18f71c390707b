"""The chapters of a feasibility study, in the order that bodies which approve expect them. None of them is left out: where
nothing is known, the chapter says what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from advisor.reporting.chapters.law import law_chapter
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.client.first import advice, alternative, preconditions, risks
from advisor.reporting.client.money import money
from advisor.reporting.client.plain import said
from advisor.reporting.client.recommendation import recommendation
from advisor.reporting.client.standing import reasons_for_need, standing
from advisor.reporting.client.system import functions, kind_and_way, shortlist
from advisor.reporting.client.value import value
from advisor.reporting.client.way import certainty, next_steps, plan
from advisor.reporting.document import Block, Bullets, Chapter, Heading, Line, Paragraph
from advisor.reporting.study.funding import funding
from advisor.reporting.study.options import compared

Page = Callable[[ReportWording], Chapter | None]
FIRM = (
    "industry", "employees", "annual_revenue", "field_staff", "own_sites", "customer_accounts", "organisation_kind",
    "occasion", "fixed_date", "weeks_left", "purchase_rule", "domestic_rule", "respondent",
)  # fmt: skip
"""The answers that say who applies, in the order they are told."""
PRESENT = (
    "present_crm", "crm_since", "crm_use", "crm_obstacles", "contract_months", "data_export", "customer_files",
    "customer_data_home", "upheaval", "it_staff",
)  # fmt: skip
"""The answers that say what there is today."""


def _told(words: ReportWording, *questions: str) -> list[Block | Heading]:
    """What the firm said, a line each; that it said nothing, where it did not."""
    lines = tuple(Line(text) for text in said(words, *questions))
    return [Bullets(lines) if lines else Paragraph(Line(words("study.nothing_said")), "caution")]


def _parts(words: ReportWording, pages: Sequence[Page]) -> Iterator[Block | Heading]:
    """The pages of other editions under their findings as headings; inner headings stand as they are."""
    for page in pages:
        if chapter := page(words):
            yield Heading(chapter.title)
            yield from chapter.blocks


def _chapter(words: ReportWording, name: str, *blocks: Block | Heading) -> Chapter:
    told = blocks or (Paragraph(Line(words(f"study.empty.{name}")), "caution"),)
    return Chapter(name, words(f"study.chapter.{name}"), tuple(told), page=True)


def overview(words: ReportWording) -> Chapter:
    """Who applies for what, and the conclusion."""
    conclusion = recommendation(words)
    blocks = (Heading(words("study.applicant")), *_told(words, *FIRM), Heading(conclusion.title), *conclusion.blocks)
    return _chapter(words, "overview", *blocks)


def present_state(words: ReportWording) -> Chapter:
    """What there is today, and why something has to change."""
    blocks = (Heading(words("study.today")), *_told(words, *PRESENT), *_parts(words, (standing, reasons_for_need)))
    return _chapter(words, "present", *blocks)


def options(words: ReportWording) -> Chapter:
    """The options side by side, doing nothing among them, and why the one that is advised."""
    return _chapter(words, "options", *compared(words), *_parts(words, (alternative, kind_and_way)))


def scheme(words: ReportWording) -> Chapter:
    """What the system has to do, which products come first, and what must be in place."""
    return _chapter(words, "scheme", *_parts(words, (functions, shortlist, preconditions, advice)))


def investment(words: ReportWording) -> Chapter:
    """The estimate of what is paid."""
    return _chapter(words, "investment", *_parts(words, (money,)))


def funds(words: ReportWording) -> Chapter:
    """Where the money comes from."""
    return _chapter(words, "funding", *funding(words))


def benefit(words: ReportWording) -> Chapter:
    """What it may bring, and where it breaks even."""
    lines = tuple(words.line(item) for item in words.assessment.benefits)
    more = (Heading(words("study.benefits")), Bullets(lines)) if lines else ()
    return _chapter(words, "benefit", *_parts(words, (value,)), *more)


def risk(words: ReportWording) -> Chapter:
    """What endangers it, and which points of law to check."""
    return _chapter(words, "risk", *_parts(words, (risks, law_chapter)))


def schedule(words: ReportWording) -> Chapter:
    """The plan in time, and what comes first."""
    return _chapter(words, "schedule", *_parts(words, (plan, next_steps)))


def conclusion(words: ReportWording) -> Chapter:
    """The conclusion, how sure it is, and what would change it."""
    verdict = words.assessment.verdict
    first = Paragraph(Line(words.of(verdict.sentence)), words.verdict_tone())
    return _chapter(words, "conclusion", first, *_parts(words, (certainty,)))


STUDY_CHAPTERS: tuple[Callable[[ReportWording], Chapter], ...] = (
    overview,
    present_state,
    options,
    scheme,
    investment,
    funds,
    benefit,
    risk,
    schedule,
    conclusion,
)
