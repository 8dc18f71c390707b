"""The chapter on the rules that fired."""

from __future__ import annotations

from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import (
    Cell,
    Chapter,
    Line,
    Paragraph,
    Table,
)


def rules_chapter(words: ReportWording) -> Chapter:
    """Every rule that fired, in order, with what it rests on."""
    answers = {item.question: words.of(item.shown) for item in words.assessment.answers}
    codes = {item.question: item.code for item in words.assessment.answers}
    titles = _titles(words)
    rows = []
    for support in words.assessment.trace:
        grounds = [f"{codes[name]} {answers[name]}" for name in support.answers if name in codes]
        grounds += [words("rules.finding", title=titles[name]) for name in support.findings if name in titles]
        if "model" in support.answers:
            grounds.append(words("rules.model"))
        marks = tuple(words.marks(support))
        concluded = words("join").join(titles[name] for name in support.concludes if name in titles)
        rows.append(
            (
                Cell(Line(str(support.order)), numeric=True),
                Cell(Line(concluded or "–", (), marks, support.rule.replace("_", "_\u200b"))),
                Cell(Line(words("list").join(grounds))),
                Cell(Line(words.of(support.text), support.sources)),
            )
        )
    columns = tuple(words(f"rules.column.{name}") for name in ("order", "rule", "grounds", "says"))
    note = Paragraph(Line(words("rules.note", count=len(rows), undecided=len(words.assessment.undecided))), "quiet")
    table = Table(words("rules.table"), columns, (6, 22, 28, 44), tuple(rows), small=True)
    return Chapter("rules", words("rules.title"), (note, table), page=True)


def _titles(words: ReportWording) -> dict[str, str]:
    """What rules conclude, by id: findings, operating models, and of the selection options and functions left out."""
    a = words.assessment
    titles: dict[str, str] = {**words.titles, **{share.model: words.of(share.label) for share in a.model.shares}}
    if a.selection:
        titles |= {option.id: words.of(option.title) for option in a.selection.options}
        titles |= {item.function: words.of(item.title) for item in a.selection.wanted}
        titles |= {item.function: words.of(item.title) for item in a.selection.dropped}
    return titles
