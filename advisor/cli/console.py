"""What commands print with rich: on a terminal wrapped within it, elsewhere in lines as long as they are."""

from __future__ import annotations

import re
import sys
from typing import Any

from rich.console import Console, ConsoleOptions, Group, JustifyMethod, OverflowMethod
from rich.containers import Lines
from rich.measure import Measurement
from rich.table import Column, Table
from rich.text import Text

from advisor.cli.wrapping import PROSE_WIDTH, breaks, cells, pieces

UNBOUNDED = 100_000
"""Columns of an output that is no terminal: a file has no width, and a program that reads one wants whole lines."""
_LEAD = re.compile(r"\s*(?:[•✓✗?~–-]|\d+[.)])?\s+")


class WholeText(Text):
    """A text broken between words and between Chinese characters, and in no name; later lines hang under the first."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """The lines of the text at a width."""
        lines = Lines()
        for line in self.split(allow_blank=True):
            lead = _LEAD.match(line.plain)
            hang = cells(lead[0]) if lead and cells(lead[0]) < width // 2 else 0
            for number, part in enumerate(line.divide(breaks(line.plain, width, hang))):
                part.rstrip()
                if number:
                    part.pad_left(hang)
                lines.append(part)
        if align := justify or self.justify:
            lines.justify(console, width, justify=align, overflow="ignore")
        return lines

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """From its longest piece to its longest line."""
        longest = max((cells(line) for line in self.plain.splitlines()), default=0)
        return Measurement(
            max((cells(piece.rstrip()) for piece in pieces(self.plain.replace("\n", " "))), default=0), longest
        )


class OutputConsole(Console):
    """Standard output. A reader who closes it early is left to whoever runs the command; rich would end the process."""

    def __init__(self) -> None:
        self.to_terminal = sys.stdout is not None and sys.stdout.isatty()
        super().__init__(highlight=False, emoji=False, width=None if self.to_terminal else UNBOUNDED)

    def on_broken_pipe(self) -> None:
        """As for any other output."""
        raise BrokenPipeError

    def render_str(self, text: str, **settings: Any) -> Text:
        """A text with its markup read, which is never broken inside a name."""
        read = super().render_str(text, **settings)
        return WholeText(read.plain, read.style, justify=read.justify, end=read.end, spans=read.spans)

    def print(self, *objects: Any, **settings: Any) -> None:
        """Print texts and tables: running text in lines that are pleasant to read, nothing cut."""
        settings["soft_wrap"], settings["crop"] = False, False
        if objects and all(isinstance(item, str) for item in objects):
            style = settings.get("style")
            texts = [self.render_str(item, style=style or "") for item in objects]
            super().print(Group(*texts), width=min(self.width, PROSE_WIDTH) if self.to_terminal else None, **settings)
            return
        for item in objects:
            if isinstance(item, Table):
                self._keep_names_whole(item)
        super().print(*objects, **settings)

    def _keep_names_whole(self, table: Table) -> None:
        """Give each column the width its texts want; where that is too much, less to the widest, and to none too little for
        the longest name in it."""
        wanted = [self._wanted(column) for column in table.columns]
        widths = [span.maximum for span in wanted]
        count = len(widths)
        room = self.width - (3 * count + 1 if table.box else 2 * (count - 1))
        while sum(widths) > room:
            spare = [place for place in range(count) if widths[place] > wanted[place].minimum]
            if not spare:
                break
            widths[max(spare, key=widths.__getitem__)] -= 1
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width

    def _wanted(self, column: Column) -> Measurement:
        """The narrowest and the widest that the texts of a column may have."""
        texts = [self.render_str(cell) for cell in (column.header, *column.cells) if isinstance(cell, str)]
        spans = [Measurement.get(self, self.options, text) for text in texts]
        return Measurement(max((s.minimum for s in spans), default=1) or 1, max((s.maximum for s in spans), default=1) or 1)


def terminal() -> OutputConsole:
    """Standard output as it is now."""
    return OutputConsole()
