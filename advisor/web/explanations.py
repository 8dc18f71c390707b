"""Why something was concluded, and why not. Part of the pages of the result."""

from __future__ import annotations

from collections.abc import Iterator

from flask import g, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from advisor.assessment import Assessment
from advisor.assessment.lines import leading
from advisor.assessment.verdict import VERDICTS
from advisor.inference import infer
from advisor.insight.proof import Node
from advisor.insight.why import why
from advisor.insight.why_not import why_not
from advisor.knowledge import Knowledge
from advisor.reporting.chapters.products import BEFORE_PRODUCTS
from advisor.reporting.chapters.proof import outline_branch
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Outline
from advisor.text import Text
from advisor.web.i18n import lang
from advisor.web.limits import QUERY, limiter
from advisor.web.results import ResultView, blueprint
from advisor.web.services import get_services

__all__ = ["blueprint"]
PROOF_DEPTH = 12
WHY_NOT_KINDS = ("blocker", "condition", "lighter", "risk", "function", "task", "need", "misconception")
Choices = dict[str, list[tuple[str, Text]]]
"""Ids and titles by kind."""


@blueprint.get("/why/<name>")
@limiter.limit(QUERY)
def why_page(name: str) -> str:
    """The proof of anything the result says."""
    result: ResultView = g.result
    if name not in g.explainable:
        raise NotFound
    proof = why(result.assessment, name)
    rules_by_id = get_services().knowledge.rules_by_id
    rules = [rule for rule in dict.fromkeys(_rules(proof)) if rule in rules_by_id]
    outline = Outline((outline_branch(ReportWording(result.assessment, lang()), proof, PROOF_DEPTH),))
    return render_template("web/why.html", outline=outline, name=name, rules=rules)


def _rules(proof: Node) -> Iterator[str]:
    """The ids of the rules of a proof."""
    if proof.kind == "rule":
        yield proof.id
    for child in proof.children:
        yield from _rules(child)


@blueprint.get("/why-not")
@limiter.limit(QUERY)
def why_not_page() -> AnyResponse | str:
    """Why something was not concluded, from a list of what could have been. Options and products that were not chosen are
    explained by the page that explains the chosen ones."""
    result: ResultView = g.result
    knowledge = get_services().knowledge
    verdicts = [name for name in VERDICTS if name != result.assessment.verdict.name]
    not_chosen = _not_chosen(result.assessment)
    choices = _not_concluded(result.assessment, knowledge) | not_chosen
    name, explanation = request.args.get("what", ""), None
    if name in _ids(not_chosen):
        return redirect(url_for(".why_page", name=name))
    if name:
        if name not in verdicts and name not in _ids(choices):
            raise NotFound
        answers = leading(result.answers, knowledge)
        explanation = why_not(knowledge, answers, infer(knowledge, [answers], "columns")[0].facts, name)
    return render_template(
        "web/why_not.html",
        verdicts=verdicts,
        choices=choices,
        explanation=explanation,
        selected=name,
        knowledge=knowledge,
    )


def _ids(choices: Choices) -> set[str]:
    return {name for titles in choices.values() for name, _ in titles}


def _not_concluded(assessment: Assessment, knowledge: Knowledge) -> Choices:
    """The findings that some rule could have concluded and none did."""
    concluded = {item.id for item in assessment.findings()}
    concluded |= {name for support in assessment.trace for name in support.concludes}
    findings = [f for f in knowledge.findings.values() if f.id not in concluded and f.id in knowledge.makers]
    return {kind: [(f.id, f.title) for f in findings if f.kind == kind] for kind in WHY_NOT_KINDS}


def _not_chosen(assessment: Assessment) -> Choices:
    """Kinds of CRM, ways of running it and products that are not the first of their list."""
    selection = assessment.selection
    if selection is None:
        return {}
    groups = {option.group for option in selection.options}
    first = {group: next(o.id for o in selection.options if o.group == group) for group in groups}
    options = [(o.id, o.title) for o in selection.options if o.id != first[o.group] or o.hard]
    has_products = selection.outcome.name not in BEFORE_PRODUCTS
    return {
        "option": options,
        "product": [(c.product, c.name) for c in selection.candidates if has_products and c.rank != 1],
    }
