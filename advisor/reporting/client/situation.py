"""How the firm comes to ask: what set it off, what is there and on offer, and what is afoot, as a person would tell it."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.assessment.contract_end import FIXED_DATE, WEEKS_LEFT, weeks_shown
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.client.plain import said

MOST_CLAUSES = 4
"""A sentence that lists more is not read to its end."""
FEW_SENTENCES = 3
"""Where fewer can be told, the state of customer files is told too."""


def situation(words: ReportWording) -> list[str]:
    """The sentences that tell how the firm comes to ask; what there is not, such as a date or an offer, is not told."""
    told = [*_occasion(words), *_present_system(words), *_offer(words), *_date(words), *_afoot(words)]
    return told if len(told) >= FEW_SENTENCES else [*told, *said(words, "customer_files")]


def _occasion(words: ReportWording) -> Iterator[str]:
    reasons = _clauses(words, "triggers", "trigger")
    if reasons:
        yield words("situation.occasion", reasons=reasons)


def _present_system(words: ReportWording) -> Iterator[str]:
    """The CRM system there is, how far it is used and what is wrong with it; or that there was one."""
    kind, use, faults = (_of(words, name) for name in ("present_crm", "crm_use", "crm_obstacles"))
    if _of(words, "earlier_crm") == "given_up":
        yield words("situation.given_up")
    elif isinstance(kind, str):
        used = words(f"situation.use.{use}") if isinstance(use, int | float) else ""
        yield words(
            "situation.present_used" if used else "situation.present", kind=words(f"situation.kind.{kind}"), use=used
        )
        if faults:
            yield words("situation.faults", faults=_clauses(words, "crm_obstacles", "fault"))


def _offer(words: ReportWording) -> Iterator[str]:
    offer, kind = _of(words, "offer_state"), _of(words, "offer_kind")
    if isinstance(offer, str) and offer != "none":
        subject = words(f"situation.offered.{kind}") if isinstance(kind, str) else ""
        yield words(f"situation.offer.{offer}" + ("_of" if subject and offer != "asked" else ""), kind=subject)


def _date(words: ReportWording) -> Iterator[str]:
    date, left = _of(words, FIXED_DATE), _of(words, WEEKS_LEFT)
    if isinstance(date, str) and date != "none":
        reason = words(f"situation.date.{date}")
        if isinstance(left, int | float):
            yield words("situation.date_in", reason=reason, left=words.of(weeks_shown(float(left))))
        else:
            yield words("situation.date_set", reason=reason)


def _afoot(words: ReportWording) -> Iterator[str]:
    """What has still to be approved, and which upheavals are under way."""
    if (approval := _of(words, "approval")) in ("management_pending", "outside_pending"):
        yield words(f"situation.approval.{approval}")
    if changes := _clauses(words, "upheaval", "upheaval"):
        yield words("situation.afoot", changes=changes)


def _clauses(words: ReportWording, question: str, key: str) -> str:
    """What was chosen of several, as a list in running text."""
    chosen = _of(words, question)
    if not isinstance(chosen, tuple):
        return ""
    clauses = [words(f"situation.{key}.{name}") for name in chosen[:MOST_CLAUSES]]
    *first, last = clauses or [""]
    return words("situation.and", first=words("situation.comma").join(first), last=last) if first else last


def _of(words: ReportWording, question: str) -> int | float | str | tuple[str, ...] | None:
    return words.assessment.known(question)
