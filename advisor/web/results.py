"""The pages of a result: its overview, its chapters, its sources.

Registered twice: as ``result`` for whoever works on a case, as ``shared`` for whoever opened a link to read it.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from advisor.assessment import Assessment
from advisor.assessment.for_client import for_client
from advisor.insight.why import targets
from advisor.interview import Answers
from advisor.interview.annotations import for_client as client_answers
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Document
from advisor.store import Case
from advisor.web.i18n import lang
from advisor.web.limits import QUERY, limiter
from advisor.web.services import get_services
from advisor.web.session import current_access, shared_access

blueprint = Blueprint("results", __name__)


@dataclass(frozen=True)
class ResultView:
    """The result that a page shows; ``is_owner`` is False for whoever opened a link to read it."""

    case: Case
    assessment: Assessment
    is_current: bool
    is_owner: bool

    @property
    def document(self) -> Document:
        """The report in the language of the page."""
        return get_services().cache.document(self.assessment, lang())

    @property
    def answers(self) -> Answers:
        """The answers of the case as the knowledge in force reads them; those it no longer accepts are skipped, so that an
        older result stays readable. Whoever opened a link to read it gets no internal notes."""
        answers = get_services().answers(self.case)
        return answers if self.is_owner else client_answers(answers)


@blueprint.before_request
def load_result() -> AnyResponse | None:
    """Load the result this browser may see; without one it is redirected to the start."""
    is_owner = request.blueprint == "result"
    access = current_access() if is_owner else shared_access()
    if access is None:
        return redirect(url_for("case.start", lost=1))
    case_result = get_services().result(access.case)
    assessment = case_result.assessment if is_owner else for_client(case_result.assessment)
    g.result = ResultView(access.case, assessment, case_result.is_current, is_owner)
    g.explainable = set(targets(case_result.assessment))
    return None


@blueprint.context_processor
def result_context() -> dict[str, object]:
    """The variables of all templates of a result."""
    if "result" not in g:  # an error page, before the result was loaded
        return {}
    result: ResultView = g.result
    explainable: set[str] = g.explainable
    return {
        "result": result,
        "document": result.document,
        "words": ReportWording(result.assessment, lang()),
        "why_href": lambda name: url_for(".why_page", name=name) if name in explainable else "",
    }


@blueprint.get("/")
def overview() -> str:
    """The verdict on one page, and links to the details."""
    result: ResultView = g.result
    new_verdict = None
    if not result.is_current:
        services = get_services()
        assessment = services.cache.assessment(result.answers, services.knowledge, result.assessment.assessed_on)
        new_verdict = assessment.verdict.name
    carried_over = len(result.answers.notes) if result.is_owner and result.is_current else 0
    return render_template(
        "web/result.html", chapter=result.document.chapters[0], new_verdict=new_verdict, carried_over=carried_over
    )


@blueprint.get("/chapters/<name>")
def chapter(name: str) -> str:
    """One chapter of the report."""
    result: ResultView = g.result
    chapter = next((chapter for chapter in result.document.chapters if chapter.id == name), None)
    if chapter is None:
        raise NotFound
    return render_template("web/chapter.html", chapter=chapter)


@blueprint.get("/sources")
def sources() -> str:
    """The papers and works cited, each claim linked to its explanation."""
    return render_template("web/sources.html")


@blueprint.post("/renew")
@limiter.limit(QUERY)
def reassess() -> AnyResponse:
    """Assess anew by the knowledge in force; only whoever works on the case may."""
    result: ResultView = g.result
    if not result.is_owner:
        raise NotFound
    get_services().reassess(result.case)
    return redirect(url_for(".overview"))
