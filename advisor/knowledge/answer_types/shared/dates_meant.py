"""Dates where numbers or steps were asked for: spreadsheets make them of what looks like one."""

from __future__ import annotations

import re

from advisor.errors import shortened
from advisor.knowledge.answer_types.shared.base import RefusedError

_DATE = re.compile(r"^\s*(?:\d{4}-\d{1,2}(?:-\d{1,2})?|\d{1,2}:\d{2}(?::\d{2})?|\d+ days?, .*)\s*$")


def refuse_dates(text: str) -> None:
    """Raise :class:`RefusedError` where a spreadsheet made a date or a time of what was typed, such as "1-5"."""
    if _DATE.match(text):
        raise RefusedError("A154", value=shortened(text))
