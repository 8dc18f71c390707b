"""The plan of an assessment: what calls for tasks, and each task of the one schedule in words and numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from advisor.assessment.citations import cited_works
from advisor.assessment.course import FOUND_WELL, staying_course
from advisor.assessment.firm_project import FirmProject, firm_project
from advisor.assessment.firm_schedule import TaskFigures, firm_schedule
from advisor.assessment.lines import LINE_IN_NEED
from advisor.assessment.model import ApproachItem, Assessment, FindingItem, HurdleItem, OpenQuestion, Support, TaskItem
from advisor.assessment.model.selection import SettingsItem
from advisor.assessment.opening import with_opening
from advisor.assessment.own_figures import knowledge_as_set
from advisor.assessment.plan import ENDING_IN_A_SYSTEM, Calls
from advisor.assessment.project_items import project_item
from advisor.assessment.roles import Naming, naming_of, role_name
from advisor.assessment.wordings import Worded, worded
from advisor.inference.facts import FactTable
from advisor.interview.answer_table import AnswerTable
from advisor.interview.answers import Answers
from advisor.knowledge.lifting import lifting_tasks
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Approach, Blocker, Condition, Task
from advisor.knowledge.schema.findings import Finding, Presumes
from advisor.phrases import joined, phrases, quoted, sentences
from advisor.project.work import OUTSIDE, OWN
from advisor.text import Text

phrase = phrases("assessment")

SHORTCOMINGS = "review_present_crm"
"""The task of finding out why the CRM system there is falls short: none where it is used well."""
Told = TypeVar("Told", ApproachItem, FindingItem)
HURDLES = ("blockers", "conditions", "waiting")
TOP_RISKS = 5
"""So many of the gravest risks have a task in every plan that ends in a system."""


def project_of(knowledge: Knowledge, answers: Answers, settings: SettingsItem | None = None) -> FirmProject | None:
    """The project of a firm, with the figures it set itself; None where the knowledge has nothing that tasks grow with."""
    return firm_project(FactTable(knowledge_as_set(knowledge, settings), AnswerTable.of([answers])), settings)


def with_plan(assessment: Assessment, project: FirmProject | None, path: Collection[str] = ()) -> Assessment:
    """An assessment with its plan and project; ``path`` are the tasks of the way to feasible, which the plan then holds."""
    if project is None:
        return with_opening(assessment)
    assessment = _without_those_of_a_new_system(assessment, project.knowledge)
    calls = calls_of(assessment, path)
    begins = assessment.assessed_on
    schedule = firm_schedule(project, calls, project.ways, begins)
    plan = plan_items(assessment, schedule.plan, project)
    afterwards = _afterwards(schedule.spared, assessment)
    sources = {source for item in (*plan, *afterwards) for source in item.sources} - set(assessment.citations)
    cited = dict(sorted({**assessment.citations, **cited_works(project.knowledge, sources)}.items()))
    approaches = tuple(_naming(item, assessment, project) for item in _fitting(assessment, project.knowledge))
    cautions = tuple(_naming(item, assessment, project) for item in assessment.cautions)
    told = {name: _with_criteria(getattr(assessment, name), assessment, project, plan) for name in HURDLES}
    return with_opening(
        assessment.model_copy(
            update={
                "plan": plan,
                "afterwards": afterwards,
                "project": project_item(project, calls, schedule, begins),
                "approaches": approaches,
                "cautions": cautions,
                "citations": cited,
                **told,
            }
        )
    )


def _in_words(finding: Worded, assessment: Assessment, project: FirmProject) -> Worded:
    """A finding in the words meant for this firm."""
    return worded(finding, project.facts, project.knowledge.facts, assessment.verdict.name)


def _naming(item: Told, assessment: Assessment, project: FirmProject) -> Told:
    """Advice with what the firm answered of whom or what it is about; told once, however often a plan is made."""
    finding = _in_words(project.knowledge.findings[item.id], assessment, project)
    said: list[Text] = _said_with(finding, assessment)
    return item.model_copy(update={"text": sentences([finding.text, *said])}) if said else item


def _said_with(finding: Finding, assessment: Assessment) -> list[Text]:
    """What the answers say that are told with a finding; of two lines of business that were asked apart, which leads."""
    lines = assessment.lines
    said: list[Text] = []
    for question, some in finding.told_with.items():
        answer = assessment.answer(question)
        if question == LINE_IN_NEED and lines:
            said.append(lines.why)
        elif answer and answer.says and (not some or answer.value in some):
            said.append(answer.says)
    return said


def _fitting(assessment: Assessment, knowledge: Knowledge) -> tuple[ApproachItem, ...]:
    """The advice on how to go about it; where a CRM system stays, none that presumes another or that there is none."""
    if not staying_course(assessment):
        return assessment.approaches
    advice = {item.id: knowledge.findings[item.id] for item in assessment.approaches}
    fitting = {name for name, finding in advice.items() if isinstance(finding, Approach) and finding.fits_staying}
    return tuple(item for item in assessment.approaches if item.id in fitting)


def _without_those_of_a_new_system(assessment: Assessment, knowledge: Knowledge) -> Assessment:
    """Where a CRM system stays, what stands in the way of another is for later; where it is well used, so is what stands in
    the way of any project."""
    course = staying_course(assessment)
    if course is None:
        return assessment
    later = ("new_system", "project") if course in FOUND_WELL else ("new_system",)
    moved = {hurdle.id for hurdle in (*assessment.blockers, *assessment.conditions) if _presumes(hurdle, knowledge) in later}
    now = {name: tuple(h for h in getattr(assessment, name) if h.id not in moved) for name in ("blockers", "conditions")}
    put_off = (h for h in (*assessment.blockers, *assessment.conditions) if h.id in moved)
    return assessment.model_copy(update={**now, "waiting": (*assessment.waiting, *put_off)})


def _presumes(hurdle: HurdleItem, knowledge: Knowledge) -> Presumes:
    """What a hurdle stands in the way of; a weak factor, of any project."""
    finding = knowledge.findings.get(hurdle.id)
    return finding.presumes if isinstance(finding, Condition | Blocker) else "project"


def _with_criteria(
    hurdles: Iterable[HurdleItem], assessment: Assessment, project: FirmProject, plan: Iterable[TaskItem]
) -> tuple[HurdleItem, ...]:
    """What stands in the way, each with the criteria of the tasks that lift it here, or else of all that can."""
    lifting = lifting_tasks(project.knowledge)
    worded_tasks = {task.id: _in_words(task, assessment, project) for task in project.knowledge.tasks}
    items, met = list[HurdleItem](), dict[tuple[str, ...], list[HurdleItem]]()
    for hurdle in hurdles:
        able = () if hurdle.derived else lifting.get(hurdle.id, ())
        tasks = tuple(task.id for task in plan if hurdle.id in task.lifts) or tuple(able)
        met_when = sentences([worded_tasks[name].done_when for name in tasks]) if tasks else hurdle.lifted_by
        items.append(hurdle.model_copy(update={"lifted_by": met_when}))
        met.setdefault(tasks, []).append(items[-1])
    shared = {item.id: (others[0], item) for tasks, others in met.items() if tasks and len(others) > 1 for item in others}
    return tuple(_apart(*shared[item.id], project.knowledge) if item.id in shared else item for item in items)


def _apart(first: HurdleItem, hurdle: HurdleItem, knowledge: Knowledge) -> HurdleItem:
    """What stands in the way and is lifted by the same tasks as something else, with a criterion of its own, or told to be
    met together with the first of them."""
    finding = knowledge.findings.get(hurdle.id)
    own = finding.lifted_by if isinstance(finding, Condition | Blocker) else None
    if own is None and hurdle is not first:
        own = phrase("met_together", title=quoted(first.title))
    return hurdle.model_copy(update={"lifted_by": own}) if own else hurdle


def calls_of(assessment: Assessment, path: Collection[str] = ()) -> Calls:
    """What calls for tasks in an assessment."""
    verdict, course = assessment.verdict, staying_course(assessment)
    asked = {name for support in assessment.trace if support.kind == "task" for name in support.concludes}
    may_ask = verdict.name in ENDING_IN_A_SYSTEM or verdict.name == "not_enough_answers"
    return Calls(
        verdict=verdict.name,
        asked=frozenset(asked - {SHORTCOMINGS} if course in FOUND_WELL else asked),
        blockers=frozenset(hurdle.id for hurdle in assessment.blockers),
        conditions=frozenset(hurdle.id for hurdle in assessment.conditions),
        covered=frozenset(name for hurdle in (*assessment.blockers, *assessment.conditions) for name in hurdle.covers),
        shortfalls=frozenset(hurdle.id for hurdle in assessment.conditions if hurdle.derived),
        top_risks=tuple(risk.id for risk in assessment.risks[:TOP_RISKS]),
        lighter=frozenset(way.id for way in assessment.lighter) if verdict.name == "not_needed_now" else (),
        path=frozenset(path),
        stays=course is not None,
        open_questions=bool(verdict.deciding) and may_ask,
    )


def plan_items(assessment: Assessment, plan: Sequence[TaskFigures], project: FirmProject) -> tuple[TaskItem, ...]:
    """The tasks of the plan in the order they are taken up."""
    behind: dict[str, list[Support]] = {}
    for support in assessment.trace:
        for name in support.concludes if support.kind == "task" else ():
            behind.setdefault(name, []).append(support)
    drawn = {name for support in assessment.trace for name in support.concludes}
    questions = project.knowledge.questions
    roles = {question.question: questions[question.question].role for question in assessment.verdict.deciding}
    items, naming = [], naming_of(assessment)
    for figures in plan:
        supports, asked = behind.get(figures.task.id, []), _asked(figures.task, assessment, roles)
        said = _said_with(figures.task, assessment)
        task = _in_words(figures.task, assessment, project)
        items.append(_item(task, figures, project, supports, drawn, asked, said, roles, naming))
    return tuple(items)


def _afterwards(spared: Iterable[Task], assessment: Assessment) -> tuple[FindingItem, ...]:
    """What so few users do without for now, as advice."""
    asked: dict[str, list[str]] = {}
    for support in assessment.trace:
        for name in support.concludes if support.kind == "task" else ():
            asked.setdefault(name, []).append(support.rule)
    return tuple(
        FindingItem(
            id=task.id, title=task.title, text=task.text, supports=tuple(asked.get(task.id, ())), sources=tuple(task.sources)
        )
        for task in spared
    )


def _item(
    task: Task,
    figures: TaskFigures,
    project: FirmProject,
    supports: Sequence[Support],
    drawn: Collection[str],
    questions: Sequence[OpenQuestion],
    said: Sequence[Text],
    roles: Mapping[str, str],
    naming: Naming,
) -> TaskItem:
    sources = (*task.sources, *(name for support in supports for name in support.sources))
    return TaskItem(
        id=task.id,
        title=task.title,
        text=sentences([task.text, *said, *_by_role(questions, roles, naming)]) if questions or said else task.text,
        supports=tuple(support.rule for support in supports),
        sources=tuple(dict.fromkeys(sources)),
        phase=task.phase,
        owner=task.owner,
        own_days=project.days_range(task, OWN),
        outside_days=project.days_range(task, OUTSIDE),
        start=figures.start,
        weeks=figures.weeks,
        after=figures.after,
        driven_by=task.drivers,
        open=figures.open,
        lifts=figures.lifts,
        meets=tuple(name for name in task.meets if name in drawn),
        asks=tuple(question.code for question in questions),
        done_when=task.done_when,
        core=task.core,
        basis=task.basis,
    )


def _asked(task: Task, assessment: Assessment, roles: Mapping[str, str]) -> list[OpenQuestion]:
    """The questions a task puts: those that decide; to deciders only what its owner can answer, where there is any."""
    if not task.asks:
        return []
    deciding = list(assessment.verdict.deciding)
    own = [question for question in deciding if roles[question.question] == task.owner]
    return own if task.asks == "deciders" and own else deciding


def _by_role(questions: Sequence[OpenQuestion], roles: Mapping[str, str], naming: Naming) -> list[Text]:
    """Whom to ask what: the codes of some questions by the role that knows."""
    by_role: dict[str, list[Text]] = {}
    for question in questions:
        by_role.setdefault(roles[question.question], []).append(Text(zh=question.code, en=question.code))
    return [phrase("plan.ask", who=role_name(role, naming), codes=joined(codes)) for role, codes in by_role.items()]
