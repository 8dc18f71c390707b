"""The back of the report: what was not known, the rules that fired, the answers, and the sources."""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import zip_longest

from advisor.assessment.words import upgrade_note
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

WAITING = ("blocker", "condition", "lighter", "risk")
"""The kinds of finding whose absence must not be taken for granted, gravest first."""


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
    if note := upgrade_note(a.upgraded, a.program_version):
        blocks.append(Paragraph(Line(words.of(note)), "caution"))
    if a.verdict.deciding:
        rows = tuple(
            (
                Cell(Line(question.code)),
                Cell(Line(words.of(question.text))),
                Cell(Line("–" if question.settles is None else f"{question.settles:.0%}"), numeric=True),
                Cell(Line(str(len(question.decides)) if question.decides else "–"), numeric=True),
            )
            for question in a.verdict.deciding
        )
        columns = tuple(words(f"unknown.column.{name}") for name in ("code", "question", "settles", "waits"))
        blocks.append(Table(words("unknown.table"), columns, (9, 61, 15, 15), rows))
    if lines := tuple(_waiting(words)):
        blocks += [Heading(words("unknown.waiting")), Bullets(lines)]
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
    return Chapter("unknown", words("unknown.title"), tuple(blocks), page=True)


def _waiting(words: Words) -> Iterator[Line]:
    """What could not be decided, by kind, each finding once with the questions it waits for; not what is found anyway."""
    codes = {name: item.code for name, item in words.answers.items()}
    settled = set(words.titles) if not words.assessment.lacks("awaited_findings") else set(words.titles.values())
    for kind in WAITING:
        open_: dict[str, dict[str, None]] = {}
        for item in words.assessment.undecided:
            for title, finding in zip_longest(item.titles, item.findings):
                if item.kind == kind and (finding or words.of(title)) not in settled:
                    open_.setdefault(words.of(title), {}).update(dict.fromkeys(codes[q] for q in item.missing if q in codes))
        if open_:
            said = [
                words("unknown.item" if asked else "unknown.item_follows", title=title, codes=words("join").join(asked))
                for title, asked in open_.items()
            ]
            yield Line(words("titled", title=words(f"kind.{kind}"), text=words("list").join(said)))


def rules_chapter(words: Words) -> Chapter:
    """Every rule that fired, in order, with what it rests on."""
    shown = {item.question: words.of(item.shown) for item in words.assessment.answers}
    codes = {item.question: item.code for item in words.assessment.answers}
    models: dict[str, str] = {share.model: words.of(share.label) for share in words.assessment.model.shares}
    rows = []
    for support in words.assessment.trace:
        grounds = [f"{codes[name]} {shown[name]}" for name in support.answers if name in codes]
        grounds += [words("rules.finding", title=words.titles.get(name, name)) for name in support.findings]
        if "model" in support.answers:
            grounds.append(words("rules.model"))
        marks = tuple(words.marks(support.basis, support.dated, support.sources))
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


def sources(words: Words, only: Set[str] | None = None) -> tuple[SourceEntry, ...]:
    """The bibliography: every paper, drawn on or not, then the works outside them, with the claims this report cites.

    ``only`` names the claims an edition cites; None stands for all.
    """
    groups: dict[str, list[str]] = {}
    for name, citation in words.assessment.cited.items():
        if only is None or name in only:
            groups.setdefault(citation.source, []).append(name)
    entries = []
    for paper in words.assessment.papers:
        claims = _claims(words, groups.pop(paper.id, []))
        detail = words("sources.paper", number=paper.id[1:]) + ("" if claims else words("sources.not_drawn_on"))
        entries.append(SourceEntry(words.of(paper.title), detail, words.of(paper.origin), claims))
    for _, names in sorted(groups.items()):
        title = words.of(words.assessment.cited[names[0]].source_title)
        entries.append(SourceEntry(title, words("sources.work"), "", _claims(words, names)))
    return tuple(entries)


def _claims(words: Words, names: list[str]) -> tuple[tuple[str, str, str], ...]:
    claims = []
    for name in names:
        citation = words.assessment.cited[name]
        text = words.of(citation.text)
        if citation.dated:
            text += words("sources.dated")
        day = words.assessment.assessed_on
        if citation.expires and day and day > citation.expires:
            text += words("sources.expired", expires=citation.expires.isoformat())
        if citation.note:
            text += words("sources.note", note=words.of(citation.note))
        claims.append((name, "" if citation.external else words.of(citation.where), text))
    return tuple(claims)
