"""What if: some answers changed, the result before and after; nothing is saved. Part of the pages of the result."""

from __future__ import annotations

from flask import g, render_template, request

from advisor.assessment import Assessment
from advisor.assessment.lines import leading
from advisor.insight.scenarios import Scenario
from advisor.insight.what_if import scenario_item, what_if
from advisor.knowledge.schema import Question
from advisor.text import Text
from advisor.web.fields import field_value, read_form
from advisor.web.limits import QUERY, limiter
from advisor.web.results import ResultView, blueprint
from advisor.web.services import get_services

__all__ = ["blueprint"]
MAX_CHANGES = 12
MAX_SUGGESTIONS = 4


@blueprint.route("/what-if", methods=["GET", "POST"])
@limiter.limit(QUERY)
def what_if_page() -> str:
    """The form with the answers to change, and the outcome of the changes."""
    result: ResultView = g.result
    services = get_services()
    knowledge, answers = services.knowledge, leading(result.answers, services.knowledge)
    names = [name for name in request.form.getlist("changed") if name in knowledge.questions][:MAX_CHANGES]
    if request.method == "GET":
        names = _suggested(result.assessment)
    if (more := request.form.get("more", "")) in knowledge.questions and more not in names:
        names.append(more)
    questions = [knowledge.questions[name] for name in names]
    form_input = read_form(request.form, questions, answers, knowledge)
    scenario, before = None, result.assessment
    if form_input.changes and not form_input.problems:
        # both sides by the same knowledge: the result may be by an older one
        before = services.cache.assessment(answers, knowledge, result.assessment.assessed_on)
        title = Text(zh="假设", en="what if")
        changes = {name: answer for name, answer in form_input.changes.items() if answer is not None}
        if changes:
            outcome = what_if(knowledge, answers, Scenario("what_if", title, changes), before)
            scenario = scenario_item(knowledge, answers, outcome)
    values = {
        "questions": [
            (q, form_input.values.get(q.id) or field_value(q, answers.given.get(q.id)), form_input.problems.get(q.id))
            for q in questions
        ],
        "scenario": scenario,
        "facts": knowledge.facts,
        "before": before,
    }
    if request.headers.get("X-Requested-With") == "advisor":
        return render_template("web/what_if_result.html", **values)
    return render_template("web/what_if.html", sections=_questions_by_section(), **values)


def _suggested(assessment: Assessment) -> list[str]:
    """The answers that would turn the verdict by themselves, then those that would settle it."""
    insight = assessment.insight
    turning = [item.question for item in insight.sensitivity.answers] if insight and insight.sensitivity else []
    names = dict.fromkeys([*turning, *(item.question for item in assessment.verdict.deciding)])
    return [name for name in names if name in get_services().knowledge.questions][:MAX_SUGGESTIONS]


def _questions_by_section() -> list[tuple[Text, list[Question]]]:
    knowledge = get_services().knowledge
    return [(s.title, [q for q in knowledge.questions.values() if q.code[0] == s.code]) for s in knowledge.sections]
