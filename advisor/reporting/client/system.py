"""What the system must do, which kind and way it is to be, and which products to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.assessment.model.selection import CandidateItem, OptionItem, Selection
from advisor.knowledge.product_facts import value_label
from advisor.phrases import detailed
from advisor.reporting.chapters.products import BEFORE_PRODUCTS, OUTCOME_TONES, first_year_shown
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.client.plain import cell, strong
from advisor.reporting.document import Block, Bullets, Callout, Cell, Chapter, Heading, Line, Paragraph, Table
from advisor.selection.recommended_way import provisional_way

MAX_PRODUCTS = 4
MAX_NOTES = 4
"""So many remarks on the outcome are told; the evidence has them all."""
MAX_OPTIONS = 3
MAX_ASKS = 3
MAX_WHY = 2


def functions(words: ReportWording) -> Chapter | None:
    """What the system must and should do, and how much else was looked at."""
    a = words.assessment
    asked = [item for item in a.functions if item.priority in ("must", "should")]
    if not asked:
        return None
    must = sum(item.priority == "must" for item in asked)
    explained = [item for item in asked if item.priority == "must"] or asked
    rows = tuple((strong(words.of(item.title), about=item.id), Cell(words.line(item))) for item in explained)
    columns = (words("functions.function"), words("functions.what"))
    blocks: list[Block | Heading] = [Table(words("functions.table"), columns, (28, 72), rows)]
    if further := [words.of(item.title) for item in asked if item not in explained]:
        blocks.append(Paragraph(Line(words("client.should", names=words("join").join(further)))))
    if rest := [words.of(item.title) for item in a.functions if item.priority == "could"]:
        blocks.append(Paragraph(Line(words("client.could", names=words("join").join(rest))), "quiet"))
    title = words("client.functions", must=must, should=len(asked) - must) if must else words("client.functions_none")
    return Chapter("functions", title, tuple(blocks))


def kind_and_way(words: ReportWording) -> Chapter | None:
    """Which kind of system, run in which way, and why not the others."""
    selection = words.assessment.selection
    if selection is None or selection.outcome.name in ("not_needed", "answers_first"):
        return None
    blocks: list[Block | Heading] = []
    leading = []
    for group in ("crm_type", "system", "deployment"):
        options = sorted(
            (o for o in selection.options if o.group == group), key=lambda option: (option.hard, -option.points)
        )
        if not options:
            continue
        advised = _advised(selection, group, options)
        if advised:
            leading.append(words.of(advised.title))
        columns = tuple(words(f"options.column.{name}") for name in ("option", "points", "why"))
        first = options[:MAX_OPTIONS]
        if advised and advised not in first:
            first[-1] = advised
        rows = tuple(_option_row(words, option) for option in first)
        blocks.append(Table(words(f"options.{group}_table"), columns, (27, 14, 59), rows))
    if provisional := provisional_way(words.assessment):
        blocks.append(Paragraph(Line(words.of(provisional)), "caution"))
    title = words("client.kind", kinds=words("client.then").join(leading)) if leading else words("options.title")
    return Chapter("kind", title, tuple(blocks))


def _advised(selection: Selection, group: str, options: Sequence[OptionItem]) -> OptionItem | None:
    """What is advised of a group: of ways of running a system the one that the sums and the plan are for, else the first."""
    if group == "deployment" and selection.recommended_way:
        return next((option for option in options if option.id == selection.recommended_way), None)
    return None if options[0].hard else options[0]


def _option_row(words: ReportWording, option: OptionItem) -> tuple[Cell, ...]:
    """An option with its points, and the reasons that weigh most: those that rule it out before any other."""
    reasons = [reason for reason in option.reasons if reason.hard] or sorted(option.reasons, key=lambda r: -abs(r.points))
    sources = words.cite(*dict.fromkeys(name for reason in reasons[:MAX_WHY] for name in reason.sources))
    told = words.join_sentences(*(words.of(reason.text) for reason in reasons[:MAX_WHY])) or words("options.none")
    points = words("options.out") if option.hard else f"{option.points:.0f}"
    span = "" if option.hard or option.low == option.high else words.interval(option.low, option.high)
    return (
        strong(words.of(option.title), about=option.id),
        Cell(Line(points, aside=span), "bad" if option.hard else "plain", strong=True),
        Cell(Line(told, sources)),
    )


def shortlist(words: ReportWording) -> Chapter | None:
    """The products to look at first, or what comes before one; and what to ask their makers."""
    selection = words.assessment.selection
    if selection is None or selection.outcome.name == "not_needed":
        return None
    outcome = selection.outcome
    lines = (Line(words.of(outcome.text)), *(Line(words.of(note)) for note in outcome.notes[:MAX_NOTES]))
    blocks: list[Block | Heading] = [Callout(words.of(outcome.title), lines, OUTCOME_TONES[outcome.name])]
    if outcome.name not in BEFORE_PRODUCTS and (survivors := selection.survivors()):
        blocks += _candidates(words, selection, survivors)
    return Chapter("shortlist", words.of(outcome.title), tuple(blocks))


def _candidates(
    words: ReportWording, selection: Selection, survivors: tuple[CandidateItem, ...]
) -> Iterator[Block | Heading]:
    first = [item for item in survivors if item.product in selection.outcome.products] or list(survivors)
    shown = [*first, *(item for item in survivors if item not in first)][:MAX_PRODUCTS]
    rows = tuple(
        (
            strong(words.of(item.name), words.of(item.edition) if item.edition else "", item.product),
            cell(words.of(item.about)),
            cell(words.of(value_label("way", item.way)) if item.way else "–"),
            cell(first_year_shown(words, selection, item)),
            Cell(Line(f"{item.total:.0f}", aside=words.interval(item.low or 0, item.high or 0)), numeric=True),
        )
        for item in shown
    )
    columns = tuple(words(f"products.column.{name}") for name in ("product", "about", "way", "first_year", "total"))
    yield Table(words("client.candidates"), columns, (18, 42, 12, 18, 10), rows)
    if selection.robust:
        yield Paragraph(Line(words.of(selection.robust.sentence)))
    asks = [
        Line(words("titled", title=words.of(item.name), text=words.join_sentences(*_asked(words, item))))
        for item in first[:MAX_ASKS]
        if item.asks
    ]
    if asks:
        yield Heading(words("client.ask_makers"))
        yield Bullets(tuple(asks))
    yield Paragraph(Line(words.of(selection.note)), "quiet")
    out = sum(item.status == "excluded" for item in selection.candidates)
    if out:
        yield Paragraph(Line(words("client.excluded", count=out)), "quiet")


def _asked(words: ReportWording, item: CandidateItem) -> Iterator[str]:
    for remark in item.asks:
        yield words.of(detailed(remark.text, remark.details))
