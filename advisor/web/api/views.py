"""The API with all its operations: importing this registers them."""

from advisor.web.api import cases, firms, questionnaire, reports, several_sheets
from advisor.web.api.operations import blueprint as api

__all__ = ["api", "cases", "firms", "questionnaire", "reports", "several_sheets"]
