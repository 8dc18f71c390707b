"""Papers to ask vendors with: an assessment with its selection in; a workbook and documents for Word out."""

from __future__ import annotations

from collections.abc import Callable

from advisor.assessment.model import Assessment
from advisor.reporting.tender.guide import guide
from advisor.reporting.tender.matrix import matrix
from advisor.reporting.tender.proposal import proposal
from advisor.text import Lang

PAPERS: dict[str, Callable[[Assessment, Lang], bytes]] = {
    "requirements.xlsx": matrix,
    "rfp.docx": proposal,
    "guide.docx": guide,
}
"""File name to what makes it: the matrix and the request go to vendors, the guide stays in the firm."""

__all__ = ["PAPERS"]
