"""Documents for vendors: an assessment with its selection in; a workbook and documents for Word out."""

from __future__ import annotations

from collections.abc import Callable

from advisor.assessment.model import Assessment
from advisor.reporting.tender.request_for_proposals import request_for_proposals
from advisor.reporting.tender.requirement_matrix import requirement_matrix
from advisor.reporting.tender.selection_guide import selection_guide
from advisor.text import Lang

TENDER_DOCUMENTS: dict[str, Callable[[Assessment, Lang], bytes]] = {
    "requirements.xlsx": requirement_matrix,
    "rfp.docx": request_for_proposals,
    "guide.docx": selection_guide,
}
"""File name to what makes it: the matrix and the request go to vendors, the guide stays in the firm."""

__all__ = ["TENDER_DOCUMENTS"]
