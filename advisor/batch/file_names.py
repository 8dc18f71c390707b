"""File names for firms: unique, safe on every system, and the same for the same table."""

from __future__ import annotations

import unicodedata

LONGEST_NAME, LONGEST_BYTES = 60, 180
OUTPUT_NAMES = {"index", "portfolio", "entries", "problems", "failures", "scores", "batch"}
"""Names of files that a batch writes itself."""
_RESERVED = {*OUTPUT_NAMES, "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


class FileNames:
    """Names for files, each given once: safe on every system, and the same for the same table."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def take(self, number: str, name: str, row: int) -> str:
        """A name from the user's own number for the firm and what it is called; from its row where there is neither."""
        base = safe_name("-".join(part for part in (number, name) if part)) or f"firm-{row:04}"
        unique, count = base, 1
        while unique.casefold() in self._used:
            count += 1
            unique = f"{base}-{count}"
        self._used.add(unique.casefold())
        return unique


def safe_name(text: str) -> str:
    """A name without path separators, hidden characters or reserved names.

    >>> safe_name("../某厂 (A) / CON"), safe_name("con")
    ('某厂-A-CON', 'con_')
    """
    folded = unicodedata.normalize("NFC", text)
    kept = "".join(c if c.isalnum() or c in "_" else "-" for c in folded)
    parts = [part for part in kept.split("-") if part]
    short = "-".join(parts)[:LONGEST_NAME].encode()[:LONGEST_BYTES].decode("utf-8", "ignore")  # 255 are allowed in all
    name = short.rstrip("-")
    return f"{name}_" if unicodedata.normalize("NFKC", name).casefold() in _RESERVED else name
