"""Questionnaires to fill in: workbook, paper, CSV, JSON lines, YAML."""

from advisor.reporting.forms.answer_files import answer_file

__all__ = ["answer_file"]
