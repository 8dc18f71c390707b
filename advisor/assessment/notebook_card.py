"""A few lines of HTML without style sheets, scripts or addresses, as a notebook shows them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from advisor.phrases import phrases
from advisor.text import Lang, Text

phrase = phrases("assessment")

CELL = 'style="text-align:left"'


def html_card(title: str, sentence: str, rows: Sequence[tuple[str, str]], lang: Lang) -> str:
    """A table of two columns under a heading; every text is escaped."""
    body = "".join(f"<tr><th {CELL}>{escape(label)}</th><td {CELL}>{escape(value)}</td></tr>" for label, value in rows)
    head = f"<strong>{escape(title)}</strong><br>{escape(sentence)}"
    return f'<table lang="{lang}"><caption {CELL}>{head}</caption><tbody>{body}</tbody></table>'


def points_in_words(points: float | None, low: float, high: float) -> Text:
    """A score with its interval, or that it was not answered."""
    if points is None:
        return phrase("card.unanswered")
    return phrase("card.points", points=f"{points:.0f}", low=f"{low:.0f}", high=f"{high:.0f}")


def titles_in_words(titles: Sequence[Text]) -> Text:
    """Titles one after another, or that there are none."""
    if not titles:
        return phrase("card.none")
    return Text(zh="；".join(title.zh for title in titles), en="; ".join(title.en for title in titles))
