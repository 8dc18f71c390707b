"""Why a kind of CRM, a way of running it or a product stands where it stands, and why a way costs what it costs.

Taken from the selection inside an assessment alone, as the rest of a proof is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from advisor.assessment.model import Assessment
from advisor.assessment.model.project import WayCostItem
from advisor.assessment.model.selection import CandidateItem, OptionItem, RemarkItem, Selection
from advisor.insight.proof import Node
from advisor.knowledge.currency import Currency, amounts, estimate, estimates
from advisor.phrases import detailed, joined, phrases
from advisor.selection.fact_items import waived_mark
from advisor.text import Text

phrase = phrases("insight")

COST_PREFIX = "cost_"
"""What stands before a way of running a system where its cost is asked about."""
COST_SOURCES = ("crm_cost_studies", "trade_fee_levels", "P4-16", "P4-17")
Sources = Callable[[tuple[str, ...]], Iterator[Node]]


def selection_proofs(assessment: Assessment, sources: Sources) -> dict[str, Callable[[], Node]]:
    """A proof of every option, product and cost by what it is asked for; none where nothing was selected."""
    selection = assessment.selection
    if selection is None:
        return {}
    proof, project = _SelectionProof(assessment, selection, sources), assessment.project
    proofs: dict[str, Callable[[], Node]] = {}
    for candidate in selection.candidates:
        proofs[candidate.product] = partial(proof.product, candidate)
    for option in selection.options:
        proofs[option.id] = partial(proof.option, option)
    for way in project.ways if project else ():
        proofs[f"{COST_PREFIX}{way.way}"] = partial(proof.cost, way)
    return proofs


def selection_titles(assessment: Assessment) -> dict[str, Text]:
    """The titles of what :func:`selection_proofs` proves, by the same ids."""
    selection = assessment.selection
    if selection is None:
        return {}
    ways = assessment.project.ways if assessment.project else ()
    return {
        **{f"{COST_PREFIX}{way.way}": phrase("why.cost_title", title=way.title) for way in ways},
        **{option.id: option.title for option in selection.options},
        **{item.product: item.name for item in selection.candidates},
    }


class _SelectionProof:
    def __init__(self, assessment: Assessment, selection: Selection, sources: Sources) -> None:
        self.project, self.selection, self.sources = assessment.project, selection, sources

    def option(self, item: OptionItem) -> Node:
        """The rules that add or take points, or rule it out; and the answers that could still change it."""
        rules = [
            Node(
                "rule",
                reason.rule,
                reason.text if reason.hard else phrase("why.points", text=reason.text, points=_signed(reason.points)),
                tuple(self.sources(reason.sources)),
            )
            for reason in item.reasons
        ]
        remarks = [] if item.reasons else [Node("reason", item.id, phrase("why.option_plain"))]
        if item.open:
            codes = Text(zh="、".join(item.open), en=", ".join(item.open))
            remarks.append(Node("reason", item.id, phrase("why.open", codes=codes)))
        key = "why.option_out" if item.hard else "why.option"
        return Node("option", item.id, phrase(key, title=item.title, points=f"{item.points:.0f}"), (*rules, *remarks))

    def product(self, item: CandidateItem) -> Node:
        """Every condition it fails; or what it scores on each criterion, and what is still to be asked."""
        if item.status == "excluded":
            text = phrase("why.product_out", name=item.name)
            return Node("product", item.product, text, tuple(map(self._remark, item.excluded)))
        weights = {weight.criterion: weight for weight in self.selection.weights}
        total_weight = sum(weight.weight for weight in weights.values()) or 1.0
        marks = tuple(
            Node(
                "reason",
                mark.criterion,
                phrase(
                    "why.mark",
                    title=weights[mark.criterion].title,
                    points=f"{mark.points:.0f}",
                    share=f"{weights[mark.criterion].weight / total_weight:.0%}",
                    shown=mark.shown,
                ),
            )
            for mark in item.marks
        )
        mark = waived_mark(item)
        text = phrase("why.product_waived", waived=mark) if mark else phrase("why.product_passed")
        passed = Node("reason", item.product, text, tuple(map(self._remark, item.waived)))
        open_remarks = tuple(map(self._remark, (*item.asks, *item.depends)))
        facts = tuple(dict.fromkeys(fact.citation for fact in item.facts if fact.citation))
        return Node("product", item.product, self._placed(item), (passed, *marks, *open_remarks, *self.sources(facts)))

    def _placed(self, item: CandidateItem) -> Text:
        if item.rank is None or item.total is None:
            return phrase("why.product", name=item.name)
        return phrase("why.product_in", name=item.name, rank=item.rank, points=f"{item.total:.0f}")

    def _remark(self, remark: RemarkItem) -> Node:
        sentence = detailed(remark.text, remark.details)
        named = remark.title.zh in sentence.zh and remark.title.en in sentence.en
        text = sentence if named else phrase("why.remark", title=remark.title, text=sentence)
        return Node("reason", remark.filter, text, tuple(self.sources(remark.sources)))

    def cost(self, item: WayCostItem) -> Node:
        """What the sum is made of, the quantities and figures it was worked out from, and what the budget has to say."""
        unit = self.selection.currency
        parts = [
            phrase("why.cost_part", label=line.label, first=_sum(line.first, unit), later=_sum(line.later, unit))
            for line in item.lines
        ]
        quantities = [
            phrase("why.cost_quantity", label=q.label, number=f"{q.range[1]:,.0f}", unit=q.unit, codes=_codes(q.codes))
            for q in (self.project.quantities if self.project else ())
            if q.shown and q.range and q.codes
        ]
        figures = [
            phrase(
                "why.cost_figure",
                label=swing.label,
                shown=swing.shown,
                span=amounts(min(swing.low, swing.high), max(swing.low, swing.high), unit),
            )
            for swing in item.swings
        ]
        texts = [*parts, *quantities, *figures, *(budget.text for budget in item.budgets)]
        texts += [item.cross_check] if item.cross_check else []
        children = [Node("reason", f"{COST_PREFIX}{item.way}", text) for text in texts]
        text = self._cost_in_words(item)
        return Node("cost", f"{COST_PREFIX}{item.way}", text, (*children, *self.sources(COST_SOURCES)))

    def _cost_in_words(self, item: WayCostItem) -> Text:
        """The sum of all years; of the first where that alone is known; or which answers settle it."""
        unit = self.selection.currency
        for key, span in (("why.cost", item.total), ("why.cost_first", item.first_year)):
            if span:
                sums = {"base": estimate(span[1], unit), "span": estimates(span[0], span[2], unit)}
                return phrase(key, title=item.title, years=self.selection.years, **sums)
        return phrase("why.cost_open", title=item.title, codes=_codes(self.project.open if self.project else ()))


def _sum(value: float | None, unit: Currency) -> Text:
    """A sum that was worked out; that it is open where there is none."""
    return phrase("why.open_sum") if value is None else estimate(value, unit)


def _codes(codes: tuple[str, ...]) -> Text:
    return joined([Text(zh=code, en=code) for code in codes])


def _signed(points: float) -> str:
    return f"{points:+.0f}".replace("-", "−")
