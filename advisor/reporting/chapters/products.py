"""The chapter on products: which ones pass, how they rank, and what stands behind the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.assessment.model.selection import CandidateItem, OutcomeName, RemarkItem, Selection
from advisor.knowledge.product_facts import value_label
from advisor.phrases import detailed
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Block, Bullets, Callout, Card, Cards, Cell, Chapter, Heading, Line, Paragraph, Table
from advisor.reporting.tones import Tone
from advisor.rounding import plain_number
from advisor.selection.fact_items import waived_mark

OUTCOME_TONES: dict[OutcomeName, Tone] = {
    "shortlist": "good",
    "own_suite": "good",
    "own_system": "caution",
    "lighter_tool": "good",
    "first_things": "bad",
    "not_needed": "quiet",
    "answers_first": "quiet",
    "none_fits": "caution",
}
BEFORE_PRODUCTS: tuple[OutcomeName, ...] = ("first_things", "not_needed", "answers_first")
"""Outcomes that come before any list of products; the report then names none but light tools."""
CARD_FACTS = ("licence", "commercial_use", "data_in_china", "languages", "minimum_seats", "suite", "price")
"""The facts that bear most on a choice, shown for the first few products."""
NOTED_FACTS = ("commercial_use", "data_in_china")
"""Those whose small print is shown as well."""
MAX_RANKED = 10
MAX_CARDS = 3


def products_chapter(words: ReportWording) -> Chapter | None:
    """What the selection comes to; the products that pass, ranked; those that do not, and why; how far to trust it."""
    selection = words.assessment.selection
    if selection is None:
        return None
    outcome = selection.outcome
    subject = "verdict" if outcome.name in BEFORE_PRODUCTS else ""
    lines = (Line(words.of(outcome.text), about=subject), *(Line(words.of(note)) for note in outcome.notes))
    blocks: list[Block | Heading] = [Callout(words.of(outcome.title), lines, OUTCOME_TONES[outcome.name])]
    blocks.append(Paragraph(Line(words.of(selection.note)), "quiet"))
    survivors = selection.survivors()
    if outcome.name not in BEFORE_PRODUCTS:
        if survivors:
            blocks += _ranking(words, selection, survivors)
        blocks += list(_excluded(words, selection))
    return Chapter("products", words.chapter_title("products"), tuple(blocks), page=True)


def _ranking(words: ReportWording, selection: Selection, survivors: tuple[CandidateItem, ...]) -> list[Block | Heading]:
    weights = words("join").join(
        words("products.weight", title=words.of(item.title), weight=plain_number(item.weight)) for item in selection.weights
    )
    blocks: list[Block | Heading] = [
        Paragraph(Line(words("products.intro", weights=weights))),
        Paragraph(Line(words("products.method", draws=f"{selection.robust.draws:,}" if selection.robust else "–")), "quiet"),
    ]
    for key, on_request in (("table", False), ("table_on_request", True)):
        if group := [item for item in survivors if (item.price == "on_request") is on_request]:
            blocks += _group(words, selection, group, words(f"products.{key}"))
    if robust := selection.robust:
        blocks += [Heading(words("products.robust")), Paragraph(Line(words.of(robust.sentence)))]
        names = {item.product: words.of(item.name) for item in survivors}
        views = [words("products.view", title=words.of(v.title), leader=names[v.leader]) for v in robust.views]
        blocks.append(Bullets(tuple(Line(text) for text in (*views, *(words.of(turn) for turn in robust.reversals[:3])))))
    leading = [item for item in survivors if item.product in selection.outcome.products] or list(survivors)
    blocks.append(Heading(words("products.close_up")))
    blocks.append(Cards(tuple(_card(words, selection, item) for item in leading[:MAX_CARDS])))
    return blocks


def _group(
    words: ReportWording, selection: Selection, group: Sequence[CandidateItem], title: str
) -> Iterator[Block | Heading]:
    """The pairs that can be held against each other, in their order."""
    rows = tuple(
        (
            Cell(Line(str(item.rank)), numeric=True),
            Cell(
                Line(
                    words.of(item.name),
                    aside=_standing(words, item),
                    about=item.product,
                ),
                strong=True,
            ),
            Cell(
                Line(
                    words.of(value_label("way", item.way)) if item.way else "–",
                    aside=words.of(item.edition) if item.edition else "",
                )
            ),
            Cell(Line(f"{item.total:.0f}", aside=words.interval(item.low or 0, item.high or 0)), numeric=True),
            Cell(Line(f"{item.closeness:.2f}", aside=words("products.ranked", rank=item.closeness_rank)), numeric=True),
            Cell(Line(f"{item.top_share:.0%}"), numeric=True),
            Cell(Line(first_year_shown(words, selection, item), aside=_price(words, item))),
        )
        for item in group[:MAX_RANKED]
    )
    columns = tuple(
        words(f"products.column.{name}", top=selection.robust.top if selection.robust else 1)
        for name in ("rank", "product", "way", "total", "topsis", "top", "first_year")
    )
    yield Table(title, columns, (8, 21, 12, 11, 12, 11, 25), rows, small=True)
    if len(group) > MAX_RANKED:
        yield Paragraph(Line(words("products.more", count=len(group) - MAX_RANKED)), "quiet")


def _standing(words: ReportWording, item: CandidateItem) -> str:
    """How a product came through the hard conditions."""
    mark, status = waived_mark(item), words(f"products.status.{'against' if item.doubted else item.status}")
    if mark is None:
        return status
    return words.of(mark) if item.status == "kept" else words("list").join((words.of(mark), status))


def first_year_shown(words: ReportWording, selection: Selection, item: CandidateItem) -> str:
    """What is paid in the first year; a user's licence where the total is open; that the price has to be asked for."""
    if item.first_year:
        span = words.estimates(item.first_year, selection.currency)
        return words("products.sum", amount=words.estimate(item.first_year[1], selection.currency), span=span)
    if item.price == "on_request":
        return words("products.on_request")
    if item.user_year:
        return words("products.per_user", span=words.estimates(item.user_year, selection.currency))
    return words("cost.open")


def _price(words: ReportWording, item: CandidateItem) -> str:
    """The list price as it stands, with its date; or that it is the firm's own figure."""
    if item.price_shown is None:
        return ""
    kind = "unverified" if item.price == "listed" and item.price_date is None else item.price
    return words(f"products.price.{kind}", price=words.of(item.price_shown), date=item.price_date)


def _card(words: ReportWording, selection: Selection, item: CandidateItem) -> Card:
    titles = {weight.criterion: words.of(weight.title) for weight in selection.weights}
    marks = words("list").join(
        words("products.mark", title=titles[mark.criterion], points=f"{mark.points:.0f}", shown=words.of(mark.shown))
        for mark in item.marks
    )
    fields = [
        (words("products.field.about"), Line(words.of(item.about))),
        (words("products.field.marks"), Line(marks)),
        (words("products.field.functions"), Line(_functions(words, selection, item))),
        (
            words("products.field.ask"),
            Line(words.join_sentences(*_questions_to_vendor(words, item.asks)) or words("products.nothing_to_ask")),
        ),
        (words("products.field.facts"), Line(_facts(words, item))),
    ]
    if item.waived:
        sources = words.cite(*dict.fromkeys(name for remark in item.waived for name in remark.sources))
        why = words.join_sentences(*_questions_to_vendor(words, item.waived))
        fields.append((words("products.field.waived"), Line(why, sources)))
    if item.watch:
        fields.append((words("products.field.watch"), Line(words.join_sentences(*map(words.of, item.watch)))))
    badge = words("products.points", points=f"{item.total:.0f}")
    return Card(f"{item.rank} · {words.of(item.name)}", badge, "plain", tuple(fields))


def _functions(words: ReportWording, selection: Selection, item: CandidateItem) -> str:
    """The functions that must be there, by how the product does them."""
    titles = {wanted.function: words.of(wanted.title) for wanted in selection.wanted if wanted.priority == "must"}
    sentences = []
    for level in ("yes", "add_on", "custom", "no", None):
        names = [titles[s.function] for s in item.functions if s.support == level and s.function in titles]
        if names:
            sentences.append(words(f"products.support.{level or 'unknown'}", names=words("join").join(names)))
    known = [s for s in item.functions if s.support and s.function in titles]
    for key, names in (
        ("unsure", [titles[s.function] for s in known if s.confidence in ("low", "unverified")]),
        ("stale", [titles[s.function] for s in known if s.stale]),
    ):
        if names:
            sentences.append(words(f"products.support.{key}", names=words("join").join(names)))
    return words("list").join(sentences)


def _questions_to_vendor(words: ReportWording, remarks: tuple[RemarkItem, ...]) -> Iterator[str]:
    for remark in remarks:
        yield words.of(detailed(remark.text, remark.details))


def _facts(words: ReportWording, item: CandidateItem) -> str:
    """The facts that bear most, each with how sure it is, since when, and a warning where it is past its date."""
    sentences = []
    for fact in item.facts:
        if fact.fact in CARD_FACTS:
            value = words.of(fact.value) if fact.value else words("products.unknown")
            if fact.note and fact.fact in NOTED_FACTS:
                value = words("products.noted", value=value, note=words.of(fact.note).rstrip("。."))
            mark = words("products.unverified") if fact.confidence == "unverified" and fact.value else ""
            if fact.confidence and fact.checked:
                key = "products.stale" if fact.stale else "products.graded"
                confidence = words(f"products.confidence.{fact.confidence}")
                mark = words(key, confidence=confidence, checked=fact.checked, expires=fact.expires)
            sentences.append(words("products.fact", label=words.of(fact.label), value=value, mark=mark))
    return words("list").join(sentences)


def _excluded(words: ReportWording, selection: Selection) -> Iterator[Block | Heading]:
    rows = tuple(
        (
            Cell(Line(words.of(item.name), about=item.product), strong=True),
            Cell(
                Line(
                    words.join_sentences(*_questions_to_vendor(words, item.excluded)),
                    words.cite(*dict.fromkeys(name for remark in item.excluded for name in remark.sources)),
                )
            ),
        )
        for item in selection.candidates
        if item.status == "excluded"
    )
    if rows:
        columns = (words("products.column.product"), words("products.column.reason"))
        yield Heading(words("products.excluded"))
        yield Table(words("products.excluded_table"), columns, (24, 76), rows, small=True)
