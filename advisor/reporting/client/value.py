"""What a system may be worth a year: levers low, base and high, each with its formula and where it breaks even."""

from __future__ import annotations

from advisor.assessment.model.value import LeverItem, ValueFactorItem, ValueItem
from advisor.knowledge.answer_types.shared.numerals import digits
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.charts import Bar, BarChart
from advisor.reporting.client.plain import cell, strong
from advisor.reporting.document import Block, Cell, Chapter, Chart, Heading, Line, Paragraph, Table


def value(words: ReportWording) -> Chapter | None:
    """What each lever may bring a year; formulas stand in the evidence."""
    return _chapter(words, worked_out=False)


def value_worked_out(words: ReportWording) -> Chapter | None:
    """What each lever may bring a year, with its formula and the figures that went into it."""
    return _chapter(words, worked_out=True)


def _chapter(words: ReportWording, worked_out: bool) -> Chapter | None:
    """The levers that can be worked out from the firm's own figures; which cannot be, and for want of what."""
    found = words.assessment.value
    if found is None or found.total is None:
        return None
    names = ("lever", "year", "how", "even") if worked_out else ("lever", "year", "even")
    columns = tuple(words(f"value.column.{name}") for name in names)
    rows = tuple(_row(words, found, lever, worked_out) for lever in found.levers)
    blocks: list[Block | Heading] = []
    if len(found.levers) > 1:
        blocks.append(_chart(words, found))
    blocks += [
        Table(words("value.table"), columns, (20, 22, 43, 15) if worked_out else (46, 32, 22), rows),
        Paragraph(Line(_even(words, found))),
    ]
    if found.missing:
        blocks.append(Paragraph(Line(_missing(words, found))))
    blocks.append(Paragraph(Line(words.of(found.note)), "quiet"))
    return Chapter("value", _title(words, found), tuple(blocks))


def _title(words: ReportWording, found: ValueItem) -> str:
    assert found.total
    low, base = (words.estimate(found.total[end], found.currency) for end in (0, 1))
    return words("value.title", low=low, base=base)


def _even(words: ReportWording, found: ValueItem) -> str:
    """What share of the base readings pays for the system."""
    if found.cost is None or found.break_even is None:
        return words("value.even_open")
    key = "value.even" if found.break_even <= 1 else "value.even_above"
    return words(key, cost=words.estimate(found.cost, found.currency), share=_percent(found.break_even))


def _row(words: ReportWording, found: ValueItem, lever: LeverItem, worked_out: bool) -> tuple[Cell, ...]:
    base, span = words.estimate(lever.range[1], found.currency), words.estimates(lever.range, found.currency)
    factors = words("value.join").join(_factor(words, factor) for factor in lever.factors)
    how = words.join_sentences(words("value.formula", formula=words.of(lever.formula)), factors)
    even = "–" if lever.break_even is None else words("value.even_share", share=_percent(lever.break_even))
    return (
        strong(words.of(lever.title)),
        Cell(Line(base, aside=span), numeric=True),
        *((cell(how, words.cite(*lever.sources)),) if worked_out else ()),
        cell(even),
    )


def _factor(words: ReportWording, factor: ValueFactorItem) -> str:
    """A factor in words: what the firm answered, or a figure and whose it is."""
    if factor.origin == "answered":
        return words.of(factor.label).rstrip("。.")
    low, base, high = (_percent(end) if factor.percent else _figure(end) for end in factor.range)
    shown = base if low == high else words("value.span", base=base, low=low, high=high)
    unit = "" if factor.percent or factor.unit is None else words.of(factor.unit)
    whose = words(f"value.origin.{factor.origin}")
    return words("value.factor", label=words.of(factor.label), shown=shown, unit=unit, whose=whose).replace("  ", " ")


def _figure(end: float) -> str:
    """A figure with no more digits than it can bear: whole from ten upwards, in groups of three from a thousand."""
    return f"{end:,.0f}" if end >= 10 else digits(round(end, 2))


def _missing(words: ReportWording, found: ValueItem) -> str:
    """What is not counted, and which questions it lacks, each once."""
    codes = dict.fromkeys(code for lever in found.missing for code in lever.codes)
    return words(
        "value.lacks",
        titles=words("join").join(words.of(lever.title) for lever in found.missing),
        questions=words("list").join(words.question(code) for code in codes),
    )


def _chart(words: ReportWording, found: ValueItem) -> Chart:
    """The base reading of each lever beside the others."""
    most = max(lever.range[2] for lever in found.levers)
    bars = tuple(
        Bar(
            words.of(lever.title),
            100 * lever.range[1] / most,
            100 * lever.range[0] / most,
            100 * lever.range[2] / most,
            "plain",
            words.estimate(lever.range[1], found.currency),
            words.estimates(lever.range, found.currency),
        )
        for lever in found.levers
    )
    told = words("list").join(words("value.said", title=bar.label, amount=bar.value, span=bar.span) for bar in bars)
    ticks = tuple(
        (share, words.estimate(most * share / 100, found.currency) if share else "0") for share in (0.0, 50.0, 100.0)
    )
    return Chart(words("value.chart", lever=bars[0].label), told, BarChart(bars, (), ticks, words("value.span_label")))


def _percent(share: float) -> str:
    return f"{100 * share:.3g}%"
