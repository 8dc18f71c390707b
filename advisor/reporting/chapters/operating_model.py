"""The chapter on the operating model a firm follows."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.insight.why import MODEL
from advisor.knowledge.schema import Model
from advisor.reporting.chapters import chart_titles
from advisor.reporting.chapters.lines import lines_block
from advisor.reporting.chapters.scores import score_table
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.charts import MapChart, MapPoint, Region
from advisor.reporting.document import Block, Bullets, Cell, Chapter, Chart, Heading, Line, Paragraph, Table
from advisor.reporting.tones import Tone

CORNERS: dict[Model, tuple[int, int]] = {"consumer": (0, 0), "industrial": (1, 0), "project": (1, 1), "key_account": (0, 1)}


def operating_model_chapter(words: ReportWording) -> Chapter:
    """The operating model: quadrant, shares, evidence, further lines."""
    model = words.assessment.model
    labels = {share.model: words.of(share.label) for share in model.shares}
    blocks: list[Block | Heading] = [Paragraph(Line(words("model.intro"), words.cite("P5-04", "P5-07")))]
    if model.first is None:
        blocks.append(Paragraph(Line(words("model.unread")), "caution"))
    else:
        lone = sum(share.share > 0 for share in model.shares) == 1
        key = "model.mixed" if model.mixed else "model.alone" if lone else "model.clear"
        second = labels[model.second] if model.second else ""
        margin = f"{100 * model.margin:.0f}"
        key = "model.level" if key == "model.mixed" and margin == "0" else key
        sentence = words(key, first=labels[model.first], second=second, margin=margin)
        blocks.append(Paragraph(Line(sentence, about=MODEL)))
    if model.other_lines:
        lines = words("join").join(labels[name] for name in model.other_lines)
        blocks.append(Paragraph(Line(words("model.other_lines", lines=lines), words.cite("P5-12"))))
    blocks += lines_block(words, reasons=True)
    if model.product is not None and model.decision is not None:
        blocks.append(_quadrant(words, labels, model.product, model.decision))
    rows = tuple(
        (
            Cell(
                Line(words.of(share.label), share.sources, about=MODEL if share.model == model.first else ""),
                strong=share.model == model.first,
            ),
            Cell(Line(words.of(share.about))),
            Cell(Line(f"{share.from_axes:.1f}"), numeric=True),
            Cell(Line(f"{share.from_evidence:+.1f}" if share.from_evidence else "0"), numeric=True),
            Cell(Line(f"{share.share:.0%}"), numeric=True, strong=share.model == model.first),
        )
        for share in model.shares
    )
    columns = tuple(words(f"model.column.{name}") for name in ("model", "about", "axes", "evidence", "share"))
    blocks.append(Table(words("model.table"), columns, (22, 44, 11, 11, 12), rows))
    scores = words.assessment.scores
    parts = [scores[name] for name in (model.product_axis, model.decision_axis) if name in scores]
    if parts:
        blocks += [Heading(words("score.working")), Paragraph(Line(words("model.columns")), "quiet")]
        blocks += [score_table(words, part) for part in parts]
    evidence = [s for s in words.assessment.trace if s.kind == "evidence"]
    if evidence:
        blocks.append(Heading(words("model.evidence")))
        blocks.append(Bullets(tuple(Line(words.of(s.text), s.sources, about=s.rule) for s in evidence)))
    return Chapter("model", words("model.title"), tuple(blocks), page=True)


def _quadrant(words: ReportWording, labels: Mapping[Model, str], product: float, decision: float) -> Chart:
    low, high = words.assessment.model.middle
    edges = {0: (0.0, low), 1: (high, 100.0)}
    model_item = words.assessment.model
    leading = (model_item.first, model_item.second) if model_item.mixed else (model_item.first,)
    regions = []
    for model, (x, y) in CORNERS.items():
        (x0, x1), (y0, y1) = edges[x], edges[y]
        tone: Tone = "good" if model in leading else "plain"
        regions.append(Region(labels[model], x0, y0, x1, y1, tone))
    point = MapPoint(words("model.here"), product, decision)
    drawing = MapChart(words("model.product"), words("model.decision"), tuple(regions), (point,))
    text = words("model.map_text", product=words.points(product), decision=words.points(decision))
    return Chart(chart_titles.operating_model(words), text, drawing)
