"""The back of the report: what was not known, the rules that fired, the answers, and the sources."""

from __future__ import annotations

from advisor.reporting.chapters.words import Words
from advisor.reporting.document import (
    Block,
    Bullets,
    Cell,
    Chapter,
    Heading,
    Line,
    Paragraph,
    SourceEntry,
    Table,
)


def unknown_chapter(words: Words) -> Chapter:
    """How much was answered, which answers would decide, which conclusions wait for them, and the cut-offs."""
    a = words.assessment
    cut = a.verdict.cutoffs
    coverage = words(
        "unknown.coverage",
        answered=a.coverage.answered,
        applicable=a.coverage.applicable,
        need=f"{a.coverage.need:.0%}",
        ability=f"{a.coverage.ability:.0%}",
    )
    blocks: list[Block | Heading] = [
        Paragraph(Line(coverage)),
        Paragraph(Line(words.of(a.verdict.certainty_text))),
    ]
    if a.verdict.deciding:
        rows = tuple(
            (
                Cell(Line(question.code)),
                Cell(Line(words.of(question.text))),
                Cell(Line(f"{question.weight:.1f}"), numeric=True),
                Cell(Line(str(len(question.decides)) if question.decides else "–"), numeric=True),
            )
            for question in a.verdict.deciding
        )
        columns = tuple(words(f"unknown.column.{name}") for name in ("code", "question", "weight", "waits"))
        blocks.append(Table(words("unknown.table"), columns, (9, 61, 15, 15), rows))
    waiting = [item for item in a.undecided if item.kind in ("blocker", "condition", "lighter", "risk")]
    if waiting:
        titles = dict.fromkeys(words.of(title) for item in waiting for title in item.titles)
        blocks.append(Heading(words("unknown.waiting")))
        blocks.append(Paragraph(Line(words("join").join(titles))))
    blocks.append(Heading(words("unknown.method")))
    limits = words(
        "unknown.cutoffs",
        need_low=words.points(cut.need_too_low),
        need_open=words.points(cut.need_open),
        ability_low=words.points(cut.ability_too_low),
        ability_enough=words.points(cut.ability_enough),
        enough=f"{cut.enough_answers:.0%}",
    )
    equal = Line(words("unknown.equal_weights"), words.cite("P4-31", "P1-37"))
    blocks.append(Bullets((Line(words.of(cut.note)), Line(limits), equal, Line(words("unknown.marks")))))
    return Chapter("unknown", words("unknown.title"), tuple(blocks))


def rules_chapter(words: Words) -> Chapter:
    """Every rule that fired, in order, with what it rests on."""
    shown = {item.question: words.of(item.shown) for item in words.assessment.answers}
    codes = {item.question: item.code for item in words.assessment.answers}
    rows = []
    for support in words.assessment.trace:
        grounds = [f"{codes[name]} {shown[name]}" for name in support.answers if name in codes]
        grounds += [words("rules.finding", title=words.titles.get(name, name)) for name in support.findings]
        if "model" in support.answers:
            grounds.append(words("rules.model"))
        rows.append(
            (
                Cell(Line(str(support.order)), numeric=True),
                Cell(
                    Line(
                        support.rule.replace("_", "_\u200b"),
                        (),
                        tuple(words.marks(support.basis, support.dated, support.sources)),
                    )
                ),
                Cell(Line(words("list").join(grounds))),
                Cell(Line(words.of(support.text), support.sources)),
            )
        )
    columns = tuple(words(f"rules.column.{name}") for name in ("order", "rule", "grounds", "says"))
    note = Paragraph(Line(words("rules.note", count=len(rows), undecided=len(words.assessment.undecided))), "quiet")
    table = Table(words("rules.table"), columns, (6, 22, 28, 44), tuple(rows), small=True)
    return Chapter("rules", words("rules.title"), (note, table), page=True)


def answers_chapter(words: Words) -> Chapter:
    """The answers given, in catalogue order; what was not answered is counted, not listed."""
    rows = tuple(
        (
            Cell(Line(item.code)),
            Cell(Line(words.of(item.text))),
            Cell(Line(words.of(item.shown)), "plain" if item.status == "known" else "quiet"),
        )
        for item in words.assessment.answers
        if item.status != "unanswered"
    )
    columns = tuple(words(f"answers.column.{name}") for name in ("code", "question", "answer"))
    missing = sum(item.status == "unanswered" for item in words.assessment.answers)
    note = Paragraph(Line(words("answers.note", missing=missing)), "quiet")
    return Chapter(
        "answers",
        words("answers.title"),
        (note, Table(words("answers.table"), columns, (8, 58, 34), rows, small=True)),
        page=True,
    )


def sources(words: Words) -> tuple[SourceEntry, ...]:
    """The bibliography: each paper or work with the claims this report cites from it."""
    groups: dict[str, list[str]] = {}
    for name, citation in words.assessment.citations.items():
        groups.setdefault(citation.source, []).append(name)
    entries = []
    for source, names in sorted(groups.items(), key=lambda group: (group[0][:1] != "P", group[0])):
        first = words.assessment.citations[names[0]]
        title = words.of(first.source_title)
        detail = words("sources.work") if first.external else words("sources.paper", number=source[1:])
        claims = []
        for name in names:
            citation = words.assessment.citations[name]
            text = words.of(citation.text)
            if citation.dated:
                text += words("sources.dated")
            if citation.note:
                text += words("sources.note", note=words.of(citation.note))
            claims.append((name, "" if citation.external else words.of(citation.where), text))
        entries.append(SourceEntry(title, detail, tuple(claims)))
    return tuple(entries)
