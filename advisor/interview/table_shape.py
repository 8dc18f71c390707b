"""Which sheet is a table of firms, and which way it lies: a firm in each row, or in each column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from advisor.interview.head_words import match
from advisor.knowledge.model import Knowledge

FIRST_COLUMNS, TURNED_ROWS = 3, 1_000
"""How many columns at the left are searched for headings, of tables of so many rows."""
SEARCHED_ROWS = 12
"""How many rows at the top are searched for headings; a title may stand above them."""
COMPARED_CHARACTERS = 200
"""Characters of a heading that are compared."""


def _named(cells: Iterable[str], knowledge: Knowledge) -> int:
    """How many different questions some cells name."""
    found = (
        match(cell, knowledge)
        for cell in cells
        if cell and cell.strip("0123456789.,- ") and len(cell) <= COMPARED_CHARACTERS
    )
    return len({head.key for head in found if head is not None and not head.key.startswith("firm.")})


def names_questions(rows: Sequence[Sequence[str]], knowledge: Knowledge) -> bool:
    """Whether the first rows, or columns, of a sheet name questions."""
    return any(_named(row, knowledge) for row in rows[:SEARCHED_ROWS]) or is_turned(rows, knowledge)


def is_turned(rows: Sequence[Sequence[str]], knowledge: Knowledge) -> bool:
    """Whether a table has a firm in each column: one of its first columns names more questions than any of its first rows,
    and no second one names the same, as that of a form to fill in does."""
    if len(rows) > TURNED_ROWS:
        return False
    columns = [_named((row[column] for row in rows if column < len(row)), knowledge) for column in range(FIRST_COLUMNS)]
    most = max(columns)
    return (
        most > 1
        and sum(count > most / 2 for count in columns) == 1
        and all(_named(row, knowledge) < most for row in rows[:SEARCHED_ROWS])
    )
