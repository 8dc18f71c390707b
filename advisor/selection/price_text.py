"""Price lists as one cell of a table: lines with a semicolon between them, written and read back without loss.

专业版|Professional: 119 CNY user_month, from 5 users, 12 months; 99-399 USD firm_month, up to 50 users
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, get_args

from advisor.knowledge.answer_types.shared.numerals import digits
from advisor.knowledge.schema.products import PriceLine, PriceUnit

_LINE = re.compile(
    r"(?:#(?P<of>[a-z][a-z0-9_]*):\s*)?(?:(?P<zh>[^;:|]+)\|(?P<en>[^;:|]+):\s*)?"
    r"(?P<low>[0-9.]+)(?:\s*-\s*(?P<high>[0-9.]+))?\s+(?P<currency>[A-Z]{3})\s+"
    rf"(?P<unit>{'|'.join(get_args(PriceUnit))})"
    r"(?:,\s*from\s+(?P<users>[0-9]{1,7})\s+users)?(?:,\s*(?P<months>[0-9]{1,3})\s+months)?"
    r"(?:,\s*up to\s+(?P<up_to>[0-9]{1,7})\s+users)?(?:,\s*up to\s+(?P<up_to_contacts>[0-9]{1,9})\s+contacts)?"
)


def price_cell(lines: Sequence[PriceLine]) -> str:
    """A price list as the text of a cell."""
    return "; ".join(map(_written, lines))


def parse_price_cell(text: str) -> list[dict[str, Any]] | None:
    """The lines in a cell as a YAML file has them; None where it is no price list."""
    matches = [_LINE.fullmatch(part.strip()) for part in text.split(";")]
    try:
        return [_line(match.groupdict()) for match in matches if match] if all(matches) else None
    except ValueError:
        return None


def _written(line: PriceLine) -> str:
    edition = f"#{line.of}: " if line.of else ""
    edition += f"{line.edition.zh}|{line.edition.en}: " if line.edition else ""
    ends = line.ends if isinstance(line.amount, tuple) else line.ends[:1]
    text = f"{edition}{'-'.join(map(digits, ends))} {line.currency} {line.unit}"
    text += f", from {line.minimum.users} users" if line.minimum.users > 1 else ""
    text += f", {line.minimum.months} months" if line.minimum.months > 1 else ""
    text += f", up to {line.up_to} users" if line.up_to else ""
    return text + (f", up to {line.up_to_contacts} contacts" if line.up_to_contacts else "")


def _line(parts: dict[str, str | None]) -> dict[str, Any]:
    low, high = float(parts["low"] or ""), parts["high"]
    line: dict[str, Any] = {"edition": {"zh": parts["zh"].strip(), "en": (parts["en"] or "").strip()}} if parts["zh"] else {}
    line |= {"of": parts["of"]} if parts["of"] else {}
    line |= {"amount": low if high is None else [low, float(high)], "currency": parts["currency"], "unit": parts["unit"]}
    if minimum := {name: int(value) for name in ("users", "months") if (value := parts[name])}:
        line["minimum"] = minimum
    return line | {name: int(value) for name in ("up_to", "up_to_contacts") if (value := parts[name])}
