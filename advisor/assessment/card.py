"""An assessment as a notebook shows it: a few lines of HTML without style sheets, scripts or addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from advisor.assessment.words import phrase
from advisor.text import Lang

if TYPE_CHECKING:
    from advisor.assessment.model import Assessment, HurdleItem, ScoreItem

CELL = 'style="text-align:left"'


def html_card(assessment: Assessment, lang: Lang) -> str:
    """Firm, verdict, need, ability, preconditions and blockers as an HTML table; every text is escaped."""
    firm = assessment.firm.name or phrase("card.unnamed")
    name = phrase(f"verdict.{assessment.verdict.name}.name")
    rows = "".join(
        f"<tr><th {CELL}>{escape(label)}</th><td {CELL}>{escape(value)}</td></tr>"
        for label, value in _rows(assessment, lang)
    )
    head = f"<strong>{escape(firm[lang])}: {escape(name[lang])}</strong><br>{escape(assessment.verdict.sentence[lang])}"
    return f'<table lang="{lang}"><caption {CELL}>{head}</caption><tbody>{rows}</tbody></table>'


def _rows(assessment: Assessment, lang: Lang) -> Iterator[tuple[str, str]]:
    for score in (assessment.scores[assessment.need], assessment.scores[assessment.ability]):
        yield score.label[lang], _points(score, lang)
    yield phrase("card.conditions")[lang], _titles(assessment.conditions, lang)
    yield phrase("card.blockers")[lang], _titles(assessment.blockers, lang)


def _points(score: ScoreItem, lang: Lang) -> str:
    if score.points is None:
        return phrase("card.unanswered")[lang]
    return phrase("card.points", points=f"{score.points:.0f}", low=f"{score.low:.0f}", high=f"{score.high:.0f}")[lang]


def _titles(hurdles: Sequence[HurdleItem], lang: Lang) -> str:
    return ("；" if lang == "zh" else "; ").join(hurdle.title[lang] for hurdle in hurdles) or phrase("card.none")[lang]
