"""The result: verdict, map, reasons; every chapter a page; why, why not, what if; reports to take away.

Registered twice: as ``result`` for whoever works on a case, as ``shared`` for whoever was sent a link to read it.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, g, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from advisor.assessment import Assessment
from advisor.inference import infer
from advisor.insight.replay import answers_of
from advisor.insight.scenarios import Scenario
from advisor.insight.what_if import scenario_item, what_if
from advisor.insight.why import targets, why
from advisor.insight.why_not import VERDICTS, why_not
from advisor.interview import Answers
from advisor.knowledge.schema import Question
from advisor.reporting.chapters.insight import branch
from advisor.reporting.chapters.words import Words
from advisor.reporting.document import Document, Outline
from advisor.reporting.forms import answer_file
from advisor.store import Case
from advisor.text import LANGS, Lang, Text
from advisor.web.drawing import Job
from advisor.web.fields import read_form, shown
from advisor.web.limits import ASK, DRAW, limiter
from advisor.web.services import services
from advisor.web.visiting import find_access, find_view
from advisor.web.words import lang

blueprint = Blueprint("results", __name__)
FORMS = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
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
        """The answers the result rests on."""
        return answers_of(self.assessment, services().knowledge)


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
        "words": Words(seen.assessment, lang()),
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
    words = Words(seen.assessment, lang())
    proof = why(seen.assessment, name)
    return render_template("web/why.html", outline=Outline((branch(words, proof, DEEP),)), name=name)


@blueprint.get("/why-not")
@limiter.limit(ASK)
def refuse() -> str:
    """Why something was not concluded: chosen from a list of what might have been."""
    seen: Seen = g.seen
    knowledge = services().knowledge
    concluded = {item.id for item in seen.assessment.findings()}
    choices: dict[str, list[tuple[str, Text]]] = {}
    for kind in ASKED_WHY_NOT:
        left = [f for f in knowledge.findings.values() if f.kind == kind and f.id not in concluded]  # type: ignore[attr-defined]
        choices[kind] = [(finding.id, finding.title) for finding in left if finding.id in knowledge.makers]
    verdicts = [name for name in VERDICTS if name != seen.assessment.verdict.name]
    what, found = request.args.get("what", ""), None
    if what:
        if what not in verdicts and what not in {name for left in choices.values() for name, _ in left}:
            raise NotFound
        answers = seen.answers
        found = why_not(knowledge, answers, infer(knowledge, answers).facts, what)
    return render_template(
        "web/why_not.html", verdicts=verdicts, choices=choices, found=found, what=what, knowledge=knowledge
    )


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
    found = None
    if reading.changes and not reading.problems:
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
        "before": seen.assessment,
        "need": knowledge.verdict.need,
        "ability": knowledge.verdict.ability,
    }
    if request.headers.get("X-Requested-With") == "advisor":
        return render_template("web/outcome.html", **values)
    return render_template("web/what_if.html", sections=_by_section(), **values)


def _offered(assessment: Assessment) -> list[str]:
    """The answers that would turn the verdict by themselves, else those that would settle it."""
    insight = assessment.insight
    turns = [item.question for item in insight.sensitivity.answers] if insight and insight.sensitivity else []
    return list(dict.fromkeys([*turns, *(item.question for item in assessment.verdict.deciding)]))[:OFFERED]


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


# --- reports to take away ----------------------------------------------------------------------------------------------


@blueprint.get("/take-away")
def take_away() -> str:
    """The report in every form and language."""
    return render_template("web/take_away.html")


@blueprint.post("/report")
@limiter.limit(DRAW)
def order() -> AnyResponse:
    """Have a report drawn and go where its progress is shown."""
    seen: Seen = g.seen
    form, wanted = request.form.get("form", ""), request.form.get("lang", "")
    tongue: Lang | None = next((code for code in LANGS if code == wanted), None)
    if form not in FORMS or tongue is None:
        raise NotFound
    job = services().drawing.ask(seen.assessment, form, tongue, seen.case.id)
    return redirect(url_for(".progress", job=job.id), 303)


def _job(name: str) -> Job:
    seen: Seen = g.seen
    job = services().drawing.job(name, seen.case.id)
    if job is None:
        raise NotFound
    return job


@blueprint.get("/report/<job>")
def progress(job: str) -> AnyResponse | str:
    """How far a report is: a page that looks again by itself, or JSON for the script."""
    found = _job(job)
    usual = services().drawing.usual
    if request.headers.get("X-Requested-With") == "advisor":
        return jsonify(state=found.state, seconds=round(found.seconds, 1), usual=usual)
    return render_template("web/progress.html", job=found, usual=usual)


@blueprint.get("/report/<job>/file")
def fetch(job: str) -> AnyResponse:
    """The report itself."""
    found = _job(job)
    if found.state != "ready":
        return redirect(url_for(".progress", job=job))
    response = Response(found.future.result(), content_type=FORMS[found.form])
    response.headers["Content-Disposition"] = f'attachment; filename="crm-advisor.{found.lang}.{found.form}"'
    return response


@blueprint.get("/answers.<any(xlsx,csv,yaml):form>")
def answers_file(form: str) -> AnyResponse:
    """The answers as a table or a sheet that can be read in again."""
    seen: Seen = g.seen
    content, kind = answer_file(services().knowledge, seen.answers, form, lang())
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="crm-advisor.answers.{form}"'
    return response


@blueprint.get("/assessment.json")
def as_json() -> AnyResponse:
    """The whole assessment for a program."""
    seen: Seen = g.seen
    response = Response(seen.assessment.to_json(), content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="crm-advisor.assessment.json"'
    return response
