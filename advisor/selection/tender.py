"""The parts of a request for proposals, each with what is known of the firm already."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.assessment.model import AnswerItem, Assessment
from advisor.assessment.model.selection import TenderItem
from advisor.knowledge.model import Knowledge
from advisor.phrases import phrases, without_question_mark
from advisor.selection.buyer import Buyer
from advisor.text import Text

phrase = phrases("selection")

KNOWN: dict[str, tuple[str, ...]] = {
    "firm": (
        "industry",
        "organisation_kind",
        "employees",
        "own_sites",
        "partner_sites",
        "buyers",
        "customer_accounts",
        "existing_systems",
    ),
    "keep": ("distinctive_processes", "process_specificity"),
    "data": ("data_requirements", "domestic_rule"),
    "joining": ("existing_systems", "suite_maker", "present_crm", "data_export", "customer_files", "customer_data_home"),
    "team": ("it_staff",),
}
"""Which answers are told in which part: what a vendor needs to make an offer, and no more. A vendor who knows the budget
quotes it, and one who knows the firm's weak points sells to them."""


def tender_items(knowledge: Knowledge, assessment: Assessment, buyer: Buyer) -> tuple[TenderItem, ...]:
    """Every part with what the answers already say about it."""
    answers = {item.question: item for item in assessment.answers if item.status == "known"}
    return tuple(
        TenderItem(
            title=part.title,
            state=part.state,
            known=tuple(_known(name, answers, assessment, buyer)),
            ask=tuple(part.ask),
            sources=tuple(part.sources),
        )
        for name, part in knowledge.tender.items()
    )


def _known(part: str, answers: dict[str, AnswerItem], assessment: Assessment, buyer: Buyer) -> Iterator[Text]:
    if part == "firm":
        if buyer.users:
            low, base, high = buyer.users
            key = "tender.users" if low == high else "tender.users_guessed"
            yield phrase(key, low=f"{low:.0f}", base=f"{base:.0f}", high=f"{high:.0f}")
        if (first := assessment.model.first) is not None:
            label = next(share.label for share in assessment.model.shares if share.model == first)
            yield phrase("tender.model", model=label)
    if part == "aims":
        yield from (need.title for need in assessment.needs)
    for name in KNOWN.get(part, ()):
        if item := answers.get(name):
            yield phrase("tender.answer", question=without_question_mark(item.text), answer=item.shown)
