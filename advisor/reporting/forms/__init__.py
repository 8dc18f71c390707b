"""Questionnaires to fill in: workbook, paper, CSV, JSON lines, YAML."""

from advisor.reporting.forms.content import LAYOUTS, By
from advisor.reporting.forms.files import BINARY, KINDS, answer_file

__all__ = ["BINARY", "KINDS", "LAYOUTS", "By", "answer_file"]
