"""The wording of a report: catalogue texts, figures and findings of an assessment in one language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, zip_longest

from advisor.assessment.course import staying_course, staying_heading
from advisor.assessment.model import Assessment, FindingItem, OpenQuestion, ScoreItem, Support, TaskItem
from advisor.assessment.model.project import Range
from advisor.assessment.roles import naming_of, role_name
from advisor.assessment.verdict import limits, verdict_name, verdict_with_certainty
from advisor.knowledge.currency import Currency, amount, amounts, estimate, estimates
from advisor.knowledge.schema import VerdictName
from advisor.phrases import quoted
from advisor.reporting.charts import weeks_in_use
from advisor.reporting.document import Line
from advisor.reporting.tones import VERDICT_TONES, Tone
from advisor.rounding import days_in_words, points_in_words, whole_weeks
from advisor.text import Lang, Text, long_date, say

FIRST_QUESTIONS = 3
"""So many of the questions that decide are named outside the list of them."""
HARDLY = 0.005
"""A share below this would be shown as 0 %."""


class ReportWording:
    """An assessment seen in one language."""

    def __init__(self, assessment: Assessment, lang: Lang) -> None:
        self.assessment, self.lang = assessment, lang
        self.rules = {support.rule: support for support in assessment.trace}
        self.answers = {item.question: item for item in assessment.answers}
        self.titles = {item.id: item.title[lang] for item in assessment.findings()}
        self.questions = {item.code: item.text for item in assessment.answers}
        self.pending = frozenset(_pending(assessment.plan))
        self.limits = tuple(chain.from_iterable(limits(assessment.verdict.cutoffs).values()))

    def __call__(self, key: str, /, **values: object) -> str:
        """A text of the report catalogue."""
        return say("report", key, self.lang, **values)

    def role(self, role: str) -> str:
        """What a role is called in this firm."""
        return self.of(role_name(role, naming_of(self.assessment)))

    def of(self, text: Text) -> str:
        """A bilingual text in the report's language."""
        return text[self.lang]

    def verdict_name(self, name: VerdictName) -> str:
        """A verdict as it is called."""
        return verdict_name(name)[self.lang]

    def verdict_title(self, name: VerdictName) -> str:
        """A verdict as a heading."""
        title = self.verdict_name(name)
        return title[:1].upper() + title[1:]

    def verdict_heading(self) -> str:
        """The verdict of this firm as a heading, which says so where it is provisional."""
        verdict = self.assessment.verdict
        title = verdict_with_certainty(verdict.name, verdict.certainty)[self.lang]
        return title[:1].upper() + title[1:]

    def result_heading(self) -> str:
        """What is told of this firm first: its verdict, or that the CRM system there is stays."""
        heading = staying_heading(self.assessment)
        return self.of(heading) if heading else self.verdict_heading()

    def chapter_title(self, chapter: str) -> str:
        """The title of a chapter; where the CRM system there is stays, one that heads no purchase."""
        return self(f"{chapter}.{'title_staying' if staying_course(self.assessment) else 'title'}")

    def verdict_tone(self) -> Tone:
        """The colour of this firm's verdict: a provisional one is neither good nor bad news yet."""
        verdict = self.assessment.verdict
        return "caution" if verdict.certainty == "leaning" else VERDICT_TONES[verdict.name]

    def points(self, value: float | None) -> str:
        """Points as a whole number, on the same side of every limit of the verdict; a dash where there are none."""
        return "–" if value is None else points_in_words(value, self.limits)

    def interval(self, low: float, high: float) -> str:
        """An interval; a single number where it has no width."""
        first, last = self.points(low), self.points(high)
        if first == last:
            return first
        if "." in first or "." in last:  # both ends with as many decimals
            first, last = (shown if "." in shown else f"{shown}.0" for shown in (first, last))
        return f"{first}–{last}"

    def interval_note(self, low: float, high: float) -> str:
        """Where a score may lie, as an addition to it; empty where missing answers leave nothing open."""
        span = self.interval(low, high)
        return self("score.may_lie", span=span) if "–" in span else ""

    def with_interval(self, key: str, low: float, high: float) -> str:
        """A text of the catalogue with what :meth:`interval_note` adds."""
        return self(key, span=self.interval_note(low, high))

    def share(self, share: float) -> str:
        """A share of a whole as per cent; never 0 % of what does happen."""
        return f"{share:.0%}" if share >= HARDLY else self("rests.hardly")

    def grade(self, score: ScoreItem) -> str:
        """The class of a score in words; one of which too little is answered has points and no class."""
        if score.grade_label:
            return score.grade_label[self.lang]
        return self("score.unread" if score.points is None else "score.ungraded")

    def join_sentences(self, *sentences: str) -> str:
        """Sentences one after another, with a space between where the language has one."""
        return ("" if self.lang == "zh" else " ").join(sentences)

    def cite(self, *ids: str) -> tuple[str, ...]:
        """Those of ``ids`` that the assessment carries: a user's own knowledge may not have them."""
        return tuple(name for name in ids if name in self.assessment.cited)

    def line(self, item: FindingItem) -> Line:
        """A finding's sentence with its sources."""
        return Line(self.of(item.text), item.sources, about=item.id)

    def why(self, item: FindingItem) -> Line:
        """Why the finding holds for this firm: the texts of the rules behind it."""
        supports = [self.rules[name] for name in item.supports]
        texts = dict.fromkeys(support.text[self.lang] for support in supports)
        marks = dict.fromkeys(mark for s in supports for mark in self.marks(s))
        text = self.join_sentences(*texts)
        return Line(text, item.sources, tuple(marks), self.answers_behind(supports), item.id)

    def answers_behind(self, supports: list[Support]) -> str:
        """The answers some rules rest on, as given, with their codes."""
        names = dict.fromkeys(name for support in supports for name in support.answers)
        answers = [self.answers[name] for name in names if name in self.answers]
        return self("list").join(f"{item.code} {item.shown[self.lang]}" for item in answers)

    def question(self, code: str) -> str:
        """A question in words, as it is named in a sentence for readers who do not have the questionnaire before them."""
        return quoted(self.questions[code])[self.lang]

    def coded(self, code: str) -> str:
        """A question in words with its code, for readers who have the questionnaire."""
        return self("coded", question=self.question(code), code=code)

    def first_questions(self) -> tuple[OpenQuestion, ...]:
        """The questions to answer first, wherever they are named: the head of the one list of those that decide."""
        return self.assessment.verdict.deciding[:FIRST_QUESTIONS]

    def grounds(self, fact: str) -> str:
        """The figures behind a step read off the project; empty for what was answered."""
        item = next((item for item in self.assessment.project_facts if item.name == fact), None)
        return self.of(item.grounds) if item and item.grounds else ""

    def task(self, number: int) -> str:
        """A task of the plan by its number: who, and in which weeks."""
        task = self.assessment.plan[number - 1]
        return self(
            "plan.brief",
            number=number,
            owner=self.role(task.owner),
            weeks=self.task_weeks(task),
        )

    def money(self, rmb: float) -> str:
        """A sum of money."""
        return amount(rmb)[self.lang]

    def amount(self, value: float, currency: Currency) -> str:
        """A sum in its currency."""
        return amount(value, currency)[self.lang]

    def amounts(self, low: float, high: float, currency: Currency) -> str:
        """A range of sums in their currency."""
        return amounts(low, high, currency)[self.lang]

    def estimate(self, value: float | None, currency: Currency) -> str:
        """A sum that was worked out, rounded to what it can bear; that it is open where there is none."""
        return self("cost.open") if value is None else estimate(value, currency)[self.lang]

    def estimates(self, span: tuple[float, float, float] | None, currency: Currency) -> str:
        """The range of a sum that was worked out; nothing where it is open."""
        return estimates(span[0], span[2], currency)[self.lang] if span else ""

    def weeks(self, first: int, last: int) -> str:
        """The first and last week of something in words."""
        return self("plan.in_week", week=first) if first == last else self("plan.in_weeks", first=first, last=last)

    def weeks_of(self, start: float, weeks: float) -> str:
        """The weeks in which a task runs, of one that starts after some weeks, halves included."""
        return self.weeks(*weeks_in_use(start, weeks))

    def task_weeks(self, task: TaskItem) -> str:
        """The weeks in which a task of the plan runs; at the earliest where something its weeks grow with is open."""
        return self.weeks_of_all((task,))

    def weeks_of_all(self, tasks: Sequence[TaskItem]) -> str:
        """The weeks from the first to the last of some tasks of the plan."""
        start, end = min(task.start for task in tasks), max(task.start + task.weeks for task in tasks)
        weeks = self.weeks_of(start, end - start)
        return self("plan.earliest", weeks=weeks) if any(task.id in self.pending for task in tasks) else weeks

    def plan_takes(self, tasks: Sequence[TaskItem]) -> str:
        """That it takes so many weeks until the last of some tasks is done; at least so many where one is pending."""
        weeks = whole_weeks(max(task.start + task.weeks for task in tasks))
        shown = self(f"plan.weeks.{1 if weeks == '1' else 2}", weeks=weeks)
        return self("plan.takes_at_least" if any(task.id in self.pending for task in tasks) else "plan.takes", weeks=shown)

    def days(self, span: Range | None, codes: tuple[str, ...] = (), key: str = "plan.days") -> str:
        """Person-days as a range; where they are open, the questions that settle them."""
        if span is None:
            return self("plan.days_open", codes=self("join").join(codes))
        low, _, high = map(days_in_words, span)
        return self(key, days=low if low == high else f"{low}–{high}")

    def around(self, span: Range) -> str:
        """Days as a middle estimate and its range."""
        low, middle, high = (f"{number:,.0f}" for number in span)
        return self("plan.around", middle=middle, low=low, high=high)

    def lifted_by(self, hurdle: str) -> list[int]:
        """The numbers of the tasks that lift a condition or blocker."""
        return [number for number, task in enumerate(self.assessment.plan, 1) if hurdle in task.lifts]

    def undecided(self, kind: str) -> dict[str, list[str]]:
        """What of a kind could not be decided, by title, with the codes it waits for; not what holds anyway."""
        codes_by_question = {name: item.code for name, item in self.answers.items()}
        settled = set(self.titles) if not self.assessment.lacks("awaited_findings") else set(self.titles.values())
        codes_by_title: dict[str, dict[str, None]] = {}
        for item in self.assessment.undecided:
            for title, finding in zip_longest(item.titles, item.findings):
                if item.kind == kind and (finding or self.of(title)) not in settled:
                    codes_by_title.setdefault(self.of(title), {}).update(
                        dict.fromkeys(codes_by_question[name] for name in item.missing if name in codes_by_question)
                    )
        return {title: list(codes) for title, codes in codes_by_title.items()}

    def marks(self, support: Support) -> list[str]:
        """How far a statement is the papers' own: inferred, external, with a limit of ours, dated, by analogy."""
        marks = [] if support.basis == "stated" else [self(f"basis.{support.basis}")]
        if support.limit and support.basis == "stated":
            marks.append(self(f"basis.limit_{support.limit}"))
        if support.dated:
            marks.append(self("basis.dated"))
        if self.assessment.by_analogy and any(name.startswith("P4-") for name in support.sources):
            marks.append(self("basis.analogy"))
        return marks

    def long_date(self, day: date | None) -> str:
        """The date of the assessment as the language writes it; empty where none is given."""
        return long_date(day, self.lang) if day else ""


def _pending(plan: Sequence[TaskItem]) -> Iterator[str]:
    """The tasks whose weeks are the least they take: what they grow with is open, or they follow such a task."""
    pending: set[str] = set()
    for task in sorted(plan, key=lambda task: task.start):
        if task.open or pending & set(task.after):
            pending.add(task.id)
            yield task.id
