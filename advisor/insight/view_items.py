"""What comes of several sheets of one firm, in words: for a terminal, as JSON, for pages of the web."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TypedDict

from advisor.assessment.answer_items import answer_in_words
from advisor.assessment.base import Item
from advisor.insight.views import Conflict, Inapplicable, Matters, Merged, Outcome, PositionEffect
from advisor.interview.agreement import How, QuestionViews
from advisor.interview.answers import Answer
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import VerdictName
from advisor.phrases import phrases
from advisor.text import Text

phrase = phrases("insight")
ruling_phrase = phrases("interview")


class OutcomeItem(Item):
    """The verdict, those still possible, need and ability."""

    verdict: VerdictName
    possible: tuple[VerdictName, ...]
    need: float | None
    ability: float | None


class RespondentItem(Item):
    """One respondent: who, of which roles, when, from which file, how many answers, and what comes of it if this one is
    right wherever respondents differ."""

    name: str
    roles: tuple[str, ...]
    on: datetime.date | None
    file: str
    answered: int
    outcome: OutcomeItem


class EffectItem(Item):
    """An answer, who gives it, what comes of it, and titles of findings this adds or takes away."""

    shown: Text
    by: tuple[str, ...]
    taken: bool
    outcome: OutcomeItem
    gained: tuple[Text, ...]
    lost: tuple[Text, ...]


class AskedItem(Item):
    """A question on which the sheets say more than one thing."""

    question: str
    code: str
    text: Text


class ConflictItem(AskedItem):
    """A question that respondents answer differently, the effect of each answer, the answer taken, and what decided."""

    matters: Matters
    applies: bool
    views: tuple[EffectItem, ...]
    unknown: tuple[str, ...]
    taken: Text
    rule: str
    why: Text
    reason: str


class AgreementItem(AskedItem):
    """A question on which different words come to one answer: others do not know, ranges overlap, or lines are joined."""

    how: How
    taken: Text
    views: dict[str, Text]


class InapplicableItem(AskedItem):
    """A question that was answered and does not count, with the questions whose answers make it inapplicable."""

    by: tuple[str, ...]
    lead_ins: tuple[str, ...]
    sentence: Text


class MixtureItem(Item):
    """An outcome, and the answers where respondents differ that lead to it, by question."""

    outcome: OutcomeItem
    answers: dict[str, Text]


class MergeItem(Item):
    """Several sheets of one firm side by side, and what comes of them. ``same`` counts the questions answered alike by
    several, ``single`` those that one alone answered."""

    respondents: tuple[RespondentItem, ...]
    outcome: OutcomeItem
    single: int
    same: int
    agreements: tuple[AgreementItem, ...]
    conflicts: tuple[ConflictItem, ...]
    inapplicable: tuple[InapplicableItem, ...]
    mixtures: int
    complete: bool
    shares: dict[VerdictName, int]
    cautious: MixtureItem
    hopeful: MixtureItem
    notes: tuple[Text, ...]


def merge_item(knowledge: Knowledge, merged: Merged) -> MergeItem:
    """What comes of several sheets, in words of both languages."""
    views = merged.sheets.views
    hows = [said.how for said in merged.said.values()]
    return MergeItem(
        respondents=tuple(
            RespondentItem(
                name=view.author.label,
                roles=view.author.roles,
                on=view.author.on,
                file=view.author.file,
                answered=len(view.given),
                outcome=_outcome(outcome),
            )
            for view, outcome in zip(views, merged.each, strict=True)
        ),
        outcome=_outcome(merged.outcome),
        single=hows.count("one"),
        same=hows.count("same"),
        agreements=tuple(
            _agreement(knowledge, merged, said)
            for said in merged.said.values()
            if said.how in ("known", "narrowed", "joined")
        ),
        conflicts=tuple(_conflict(knowledge, merged, conflict) for conflict in merged.conflicts),
        inapplicable=tuple(_inapplicable(knowledge, merged, entry) for entry in merged.inapplicable),
        mixtures=merged.mixtures,
        complete=merged.complete,
        shares=dict(merged.shares),
        cautious=_mixture(knowledge, *merged.cautious),
        hopeful=_mixture(knowledge, *merged.hopeful),
        notes=tuple(_notes(merged)),
    )


def _outcome(outcome: Outcome) -> OutcomeItem:
    return OutcomeItem(verdict=outcome.verdict, possible=outcome.possible, need=outcome.need, ability=outcome.ability)


def _shown(knowledge: Knowledge, question: str, answer: Answer | None) -> Text:
    return answer_in_words(answer, knowledge.facts[question])


class Asked(TypedDict):
    """A question as every item about one shows it."""

    question: str
    code: str
    text: Text


def _asked(knowledge: Knowledge, name: str) -> Asked:
    question = knowledge.questions[name]
    return Asked(question=name, code=question.code, text=question.text)


def _mixture(knowledge: Knowledge, outcome: Outcome, answers: Mapping[str, Answer]) -> MixtureItem:
    shown = {name: _shown(knowledge, name, answer) for name, answer in answers.items()}
    return MixtureItem(outcome=_outcome(outcome), answers=shown)


def _agreement(knowledge: Knowledge, merged: Merged, said: QuestionViews) -> AgreementItem:
    name = said.question
    given = {view.author.label: view.given[name] for view in merged.sheets.views if name in view.given}
    assert said.how is not None
    return AgreementItem(
        **_asked(knowledge, name),
        how=said.how,
        taken=_shown(knowledge, name, said.agreed),
        views={label: _shown(knowledge, name, answer) for label, answer in given.items()},
    )


def _conflict(knowledge: Knowledge, merged: Merged, conflict: Conflict) -> ConflictItem:
    ruling = conflict.decision.ruling
    return ConflictItem(
        **_asked(knowledge, conflict.question),
        matters=conflict.matters,
        applies=conflict.applies,
        views=tuple(_effect(knowledge, merged, conflict, position) for position in conflict.positions),
        unknown=tuple(merged.labels(conflict.unknown)),
        taken=_shown(knowledge, conflict.question, conflict.decision.answer),
        rule=ruling.rule,
        why=ruling_phrase(f"ruling.{ruling.rule}", who=ruling.take),
        reason=ruling.reason,
    )


def _effect(knowledge: Knowledge, merged: Merged, conflict: Conflict, position: PositionEffect) -> EffectItem:
    titles = [tuple(knowledge.titles[name] for name in names) for names in (position.gained, position.lost)]
    return EffectItem(
        shown=_shown(knowledge, conflict.question, position.answer),
        by=tuple(merged.labels(position.sheets)),
        taken=position.answer == conflict.decision.answer,
        outcome=_outcome(position.outcome),
        gained=titles[0],
        lost=titles[1],
    )


def _inapplicable(knowledge: Knowledge, merged: Merged, entry: Inapplicable) -> InapplicableItem:
    asked = _asked(knowledge, entry.question)
    codes = tuple(knowledge.questions[name].code for name in entry.lead_ins)
    by = tuple(merged.labels(entry.sheets))
    return InapplicableItem(
        **asked,
        by=by,
        lead_ins=codes,
        sentence=phrase("views.inapplicable", code=asked["code"], by=_list(by), lead_ins=_list(codes)),
    )


def _list(names: tuple[str, ...]) -> Text:
    return Text(zh="、".join(names), en=", ".join(names))


def _notes(merged: Merged) -> list[Text]:
    """What else is to be said of the files: copies, empty ones, firms of different names, second lines left aside."""
    notes = [phrase("views.repeated", file=file, name=name) for file, name in merged.sheets.repeated]
    notes += [phrase("views.empty", file=file) for file in merged.sheets.empty]
    names = [firm.name for firm in merged.firms if firm.name]
    if len(set(names)) > 1:
        zh, en = ("、".join(n.zh for n in names), ", ".join(n.en for n in names))
        notes.append(phrase("views.firms", names=Text(zh=zh, en=en), first=names[0]))
    if merged.lines_left:
        notes.append(phrase("views.lines", by=_list(tuple(merged.labels(merged.lines_left)))))
    return notes
