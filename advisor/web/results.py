"""The result: verdict, map, reasons; every chapter a page; why, why not, what if; reports to take away.

Registered twice: as ``result`` for whoever works on a case, as ``shared`` for whoever was sent a link to read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from advisor.assessment import Assessment
from advisor.assessment.verdict import VERDICTS
from advisor.inference import infer
from advisor.insight.proof import Node
from advisor.insight.scenarios import Scenario
from advisor.insight.what_if import scenario_item, what_if
from advisor.insight.why import targets, why
from advisor.insight.why_not import why_not
from advisor.interview import Answers
from advisor.knowledge.schema import Question
from advisor.reporting.chapters.products import BEFORE_PRODUCTS
from advisor.reporting.chapters.proof import outline_branch
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Document, Outline
from advisor.store import Case
from advisor.text import Text
from advisor.web.fields import read_form, shown
from advisor.web.limits import ASK, limiter
from advisor.web.services import services
from advisor.web.visiting import find_access, find_view
from advisor.web.words import lang

blueprint = Blueprint("results", __name__)
DEEP = 12
MOST_CHANGES = 12
OFFERED = 4
ASKED_WHY_NOT = ("blocker", "condition", "lighter", "risk", "function", "recommendation", "need", "misconception")


@dataclass(frozen=True)
class Seen:
    """The result being looked at, by whom."""

    case: Case
    assessment: Assessment
    current: bool
    own: bool

    @property
    def document(self) -> Document:
        """The report in the language of the page."""
        return services().bench.document(self.assessment, lang())

    @property
    def answers(self) -> Answers:
        """The answers the result rests on, as the knowledge in force reads them: those it no longer takes are passed over,
        for an older result must stay readable."""
        return services().answers(self.case)


@blueprint.before_request
def find() -> AnyResponse | None:
    """The result this visitor may see; who has none is led to the start."""
    own = request.blueprint == "result"
    access = find_access() if own else find_view()
    if access is None:
        return redirect(url_for("pages.start", lost=1))
    result = services().result(access.case)
    g.seen = Seen(access.case, result.assessment, result.current, own)
    g.why = targets(result.assessment)
    return None


@blueprint.context_processor
def shared_words() -> dict[str, object]:
    """What all pages of the result show around their content."""
    if "seen" not in g:  # a page of an error, before anything was found
        return {}
    seen: Seen = g.seen
    known = set(g.why)
    return {
        "seen": seen,
        "document": seen.document,
        "words": ReportWording(seen.assessment, lang()),
        "why_href": lambda name: url_for(".explain", name=name) if name in known else "",
    }


@blueprint.get("/")
def overview() -> str:
    """The verdict on one page, and the ways deeper."""
    seen: Seen = g.seen
    outcome = None
    if not seen.current:
        newer = services().bench.assessment(seen.answers, services().knowledge, seen.assessment.assessed_on)
        outcome = newer.verdict.name
    return render_template("web/result.html", chapter=seen.document.chapters[0], newer=outcome)


@blueprint.get("/chapters/<name>")
def chapter(name: str) -> str:
    """One chapter of the report."""
    seen: Seen = g.seen
    found = next((c for c in seen.document.chapters if c.id == name), None)
    if found is None:
        raise NotFound
    return render_template("web/chapter.html", chapter=found)


@blueprint.get("/sources")
def sources() -> str:
    """The papers and works cited, each claim linked to the place where it is explained."""
    return render_template("web/sources.html")


@blueprint.get("/why/<name>")
@limiter.limit(ASK)
def explain(name: str) -> str:
    """The proof of anything the result says."""
    seen: Seen = g.seen
    if name not in g.why:
        raise NotFound
    proof = why(seen.assessment, name)
    known = services().knowledge.rules_by_id
    rules = [rule for rule in dict.fromkeys(_rules(proof)) if rule in known]
    outline = Outline((outline_branch(ReportWording(seen.assessment, lang()), proof, DEEP),))
    return render_template("web/why.html", outline=outline, name=name, rules=rules)


def _rules(proof: Node) -> Iterator[str]:
    """The rules a proof goes by."""
    if proof.kind == "rule":
        yield proof.id
    for below in proof.children:
        yield from _rules(below)


@blueprint.get("/why-not")
@limiter.limit(ASK)
def refuse() -> AnyResponse | str:
    """Why something was not concluded, or not chosen: taken from a list of what might have been. What was weighed and not
    chosen has its reasons where those of the chosen are."""
    seen: Seen = g.seen
    knowledge = services().knowledge
    concluded = {item.id for item in seen.assessment.findings()}
    choices: dict[str, list[tuple[str, Text]]] = {}
    for kind in ASKED_WHY_NOT:
        left = [f for f in knowledge.findings.values() if f.kind == kind and f.id not in concluded]
        choices[kind] = [(finding.id, finding.title) for finding in left if finding.id in knowledge.makers]
    verdicts = [name for name in VERDICTS if name != seen.assessment.verdict.name]
    what, found = request.args.get("what", ""), None
    passed_over = _not_chosen(seen.assessment)
    if what in {name for left in passed_over.values() for name, _ in left}:
        return redirect(url_for(".explain", name=what))
    choices |= passed_over
    if what:
        if what not in verdicts and what not in {name for left in choices.values() for name, _ in left}:
            raise NotFound
        answers = seen.answers
        found = why_not(knowledge, answers, infer(knowledge, [answers], "columns")[0].facts, what)
    return render_template(
        "web/why_not.html", verdicts=verdicts, choices=choices, found=found, what=what, knowledge=knowledge
    )


def _not_chosen(assessment: Assessment) -> dict[str, list[tuple[str, Text]]]:
    """Kinds of CRM, ways of running it and products that are not the first of their list."""
    chosen = assessment.selection
    if chosen is None:
        return {}
    first = {group: next(o.id for o in chosen.options if o.group == group) for group in {o.group for o in chosen.options}}
    options = [(o.id, o.title) for o in chosen.options if o.id != first[o.group] or o.hard]
    told = chosen.outcome.name not in BEFORE_PRODUCTS
    return {"option": options, "product": [(c.product, c.name) for c in chosen.candidates if told and c.rank != 1]}


@blueprint.route("/what-if", methods=["GET", "POST"])
@limiter.limit(ASK)
def try_out() -> str:
    """Some answers changed, both sides shown; nothing is kept."""
    seen: Seen = g.seen
    knowledge = services().knowledge
    answers = seen.answers
    chosen = [name for name in request.form.getlist("changed") if name in knowledge.questions][:MOST_CHANGES]
    if request.method == "GET":
        chosen = _offered(seen.assessment)
    if (more := request.form.get("more", "")) in knowledge.questions and more not in chosen:
        chosen.append(more)
    questions = [knowledge.questions[name] for name in chosen]
    reading = read_form(request.form, questions, answers, knowledge)
    found, now = None, seen.assessment
    if reading.changes and not reading.problems:
        # both sides by one knowledge: the result may be by an older one
        now = services().bench.assessment(answers, knowledge, seen.assessment.assessed_on)
        said = Text(zh="假设", en="what if")
        kept = {name: answer for name, answer in reading.changes.items() if answer is not None}
        if kept:
            found = scenario_item(knowledge, answers, what_if(knowledge, answers, Scenario("what_if", said, kept), now))
    values = {
        "questions": [
            (q, reading.typed.get(q.id) or shown(q, answers.given.get(q.id)), reading.problems.get(q.id)) for q in questions
        ],
        "found": found,
        "facts": knowledge.facts,
        "before": now,
    }
    if request.headers.get("X-Requested-With") == "advisor":
        return render_template("web/outcome.html", **values)
    return render_template("web/what_if.html", sections=_by_section(), **values)


def _offered(assessment: Assessment) -> list[str]:
    """The answers that would turn the verdict by themselves, else those that would settle it."""
    insight = assessment.insight
    turns = [item.question for item in insight.sensitivity.answers] if insight and insight.sensitivity else []
    offered = dict.fromkeys([*turns, *(item.question for item in assessment.verdict.deciding)])
    return [name for name in offered if name in services().knowledge.questions][:OFFERED]


def _by_section() -> list[tuple[Text, list[Question]]]:
    knowledge = services().knowledge
    return [(s.title, [q for q in knowledge.questions.values() if q.code[0] == s.code]) for s in knowledge.sections]


@blueprint.post("/renew")
@limiter.limit(ASK)
def renew() -> AnyResponse:
    """Assess anew by the knowledge in force; only whoever works on the case may."""
    seen: Seen = g.seen
    if not seen.own:
        raise NotFound
    services().renew(seen.case)
    return redirect(url_for(".overview"))
