"""What pages for a client have in common: findings without codes, and who does what when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.assessment.model import FindingItem, HurdleItem
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Cell, Line


def why(words: ReportWording, item: FindingItem) -> Line:
    """Why a finding holds for this firm, with its sources; what it means where no rule says why."""
    texts = dict.fromkeys(words.of(words.rules[name].text) for name in item.supports)
    return Line(words.join_sentences(*texts) if texts else words.of(item.text), item.sources, about=item.id)


def titled(words: ReportWording, title: str, text: str, cites: Sequence[str] = ()) -> Line:
    """A title and what is said of it, as one line."""
    return Line(words("titled", title=title, text=text), tuple(cites))


def hurdles(words: ReportWording) -> tuple[tuple[HurdleItem, bool], ...]:
    """Blockers and then conditions, each with whether it is a blocker."""
    a = words.assessment
    return (*((item, True) for item in a.blockers), *((item, False) for item in a.conditions))


def brief(words: ReportWording) -> bool:
    """Whether no system follows for now: then the report has half as many pages, and tells less of each matter."""
    return words.assessment.verdict.name not in ("feasible", "conditional")


def by_whom(words: ReportWording, hurdle: HurdleItem) -> str:
    """Who lifts what stands in the way, and when; what no task of the plan lifts is for the head, once the plan is done."""
    tasks = [words.assessment.plan[number - 1] for number in words.lifted_by(hurdle.id)]
    if not tasks:
        return words("join").join((words.role("chief_executive"), words("client.after_the_plan")))
    owners = dict.fromkeys(words.role(task.owner) for task in tasks)
    return words("join").join((*owners, words.weeks_of_all(tasks)))


def said(words: ReportWording, *questions: str) -> Iterator[str]:
    """What the answers to some questions say of the firm, as sentences; those without one are passed over."""
    for name in questions:
        item = words.answers.get(name)
        if item and item.says:
            yield words.of(item.says)


def strong(text: str, aside: str = "", about: str = "") -> Cell:
    """A cell that a row is looked up by."""
    return Cell(Line(text, aside=aside, about=about), strong=True)


def cell(text: str, cites: Sequence[str] = ()) -> Cell:
    """A cell of running text."""
    return Cell(Line(text, tuple(cites)))
