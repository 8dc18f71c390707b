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
    models: dict[str, str] = {share.model: words.of(share.label) for share in words.assessment.model.shares}
    rows = []
    for support in words.assessment.trace:
        grounds = [f"{codes[name]} {answers[name]}" for name in support.answers if name in codes]
        grounds += [words("rules.finding", title=words.titles.get(name, name)) for name in support.findings]
        if "model" in support.answers:
            grounds.append(words("rules.model"))
        marks = tuple(words.marks(support))
        concluded = words("join").join(words.titles.get(name) or models.get(name, name) for name in support.concludes)
        rows.append(
            (
                Cell(Line(str(support.order)), numeric=True),
                Cell(Line(concluded, (), marks, support.rule.replace("_", "_\u200b"))),
                Cell(Line(words("list").join(grounds))),
                Cell(Line(words.of(support.text), support.sources)),
            )
        )
    columns = tuple(words(f"rules.column.{name}") for name in ("order", "rule", "grounds", "says"))
    note = Paragraph(Line(words("rules.note", count=len(rows), undecided=len(words.assessment.undecided))), "quiet")
    table = Table(words("rules.table"), columns, (6, 22, 28, 44), tuple(rows), small=True)
    return Chapter("rules", words("rules.title"), (note, table), page=True)
