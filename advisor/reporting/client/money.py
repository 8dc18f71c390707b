"""What it costs, and whether the money is there."""

from __future__ import annotations

from advisor.assessment.course import staying_course
from advisor.reporting.chapters.cost import cost_bars, cost_lines, own_figures, per_user
from advisor.reporting.chapters.owner_cost import dearest_first, owner_cost
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Chapter, Heading, Line, Paragraph

MAX_DETAILS = 9


def money(words: ReportWording) -> Chapter | None:
    """The sums of the recommended way against the money there is, the ways side by side, and what moves the sum."""
    a = words.assessment
    told = owner_cost(words, MAX_DETAILS)
    if not told:
        return None
    blocks = [block for block in told if block != Heading(words("owner.cost"))]
    project, way = a.project, a.costed()
    if a.selection and a.selection.currency_note:
        blocks.insert(0, Paragraph(Line(words.of(a.selection.currency_note)), "quiet"))
    if project and way and a.verdict.name in ("feasible", "conditional") and not staying_course(a):
        blocks += [*own_figures(words, project), *cost_bars(words, project)]
        blocks += [Paragraph(Line(text), "caution") for text in per_user(words, project, way)]
        if a.selection:
            blocks.append(cost_lines(words, a.selection, way))
    return Chapter("money", _title(words), tuple(blocks))


def _title(words: ReportWording) -> str:
    """What the first year and all years come to, where that is known."""
    a = words.assessment
    way, selection = a.costed(), a.selection
    if way is None or selection is None or way.first_year is None or way.total is None or a.verdict.name == "not_needed_now":
        return words("cost.title")
    key = "client.money_stays" if staying_course(a) else f"client.money.{a.verdict.name}"
    title = words(
        key,
        first=words.estimate(way.first_year[1], selection.currency),
        total=words.estimate(way.total[1], selection.currency),
        years=selection.years,
    )
    dearer = dearest_first(words)
    return words("client.money_own_price", title=title, name=words.of(dearer[0]), first=dearer[1]) if dearer else title
