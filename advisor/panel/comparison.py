"""One firm of a panel: what its judges expect beside what this program says."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.assessment.model import Assessment
from advisor.assessment.model.selection import SettingsItem
from advisor.insight.full_assessment import assess_fully
from advisor.knowledge.currency import HOME
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import VerdictName
from advisor.panel.figures import (
    compare_figure,
    cost_spread_of,
    first_year_cost_of,
    users_of,
    weeks_of,
)
from advisor.panel.firm_file import Ban, FirmFile, Ids, Judgement, Reading
from advisor.panel.reading import PanelFirm
from advisor.panel.results import (
    Agreement,
    BanComparison,
    BanState,
    FirmComparison,
    FirstStepComparison,
    RaisedComparison,
    RaisedState,
    StepState,
    SystemComparison,
)
from advisor.panel.statements import FIRST_PRODUCTS, Statements, leading_kind, statements_of
from advisor.rounding import plain_number

IN_RMB = SettingsItem(currency=HOME)
"""Judges expect sums in RMB, wherever a firm is at home."""
LATER = ("first_things", "not_needed")
"""Outcomes that recommend no way of running a system and tell what one would cost."""


def compare_firm(firm: PanelFirm, knowledge: Knowledge) -> FirmComparison:
    """Assess a firm of a panel, by columns and whole, and compare it with what its judges expect."""
    return compare(firm.file, assess_fully(firm.answers, knowledge, None, settings=IN_RMB), knowledge)


def compare(file: FirmFile, assessment: Assessment, knowledge: Knowledge) -> FirmComparison:
    """What the judges of a firm expect beside an assessment of it, made with ``knowledge``."""
    judges = file.judgements.by_judge()
    said, verdict = statements_of(assessment), assessment.verdict
    users = users_of(assessment)
    return FirmComparison(
        id=file.id,
        group=file.group,
        name=file.name,
        verdict=verdict.name,
        certainty=verdict.certainty,
        judged=tuple(judge.verdict for judge in judges.values()),
        agreement=_agreement(verdict.name, list(judges.values())),
        need=assessment.scores[assessment.need].grade,
        judged_need=tuple(judge.need for judge in judges.values()),
        reasons=tuple(reason.text for reason in verdict.reasons),
        must_raise=tuple(_raised(file, said)),
        must_not=tuple(_banned(file, said, users[1] if users else None)),
        first_step=_first_step(file, said),
        system=_system(file, assessment),
        users=compare_figure(users, tuple(judge.users for judge in judges.values())),
        first_year_cost=compare_figure(
            first_year_cost_of(assessment), tuple(judge.first_year_cost_rmb for judge in judges.values())
        ),
        weeks=compare_figure(weeks_of(assessment), tuple(judge.project_weeks for judge in judges.values())),
        cost_spread=cost_spread_of(assessment, knowledge),
        dispute=file.dispute,
    )


def _agreement(verdict: VerdictName, judges: list[Judgement]) -> Agreement:
    if any(verdict == judge.verdict for judge in judges):
        return "exact"
    return "acceptable" if any(verdict in judge.also_acceptable for judge in judges) else "wrong"


def _said(ids: Ids, where: frozenset[str]) -> tuple[str, ...]:
    """The ids of the first entry that is there, all of it where it is a list."""
    entries = ((entry,) if isinstance(entry, str) else entry for entry in ids)
    return next((entry for entry in entries if where.issuperset(entry)), ())


def _raised(file: FirmFile, said: Statements) -> Iterator[RaisedComparison]:
    for judge, judgement in file.judgements.by_judge().items():
        readings = file.met_by.get(judge, {})
        for number, text in enumerate(judgement.must_raise, 1):
            state, by, note = _raised_state(readings.get(number), said)
            yield RaisedComparison(judge=judge, number=number, text=text, state=state, by=by, note=note)


def _raised_state(reading: Reading | None, said: Statements) -> tuple[RaisedState, tuple[str, ...], str | None]:
    if reading is None:
        return "not_read", (), None
    if reading.outside:
        return "outside", (), reading.outside
    note = reading.because or reading.missing
    if by := _said(reading.by, said.prominent):
        return "prominent", by, note
    by = _said(reading.by, said.everything)
    return ("found" if by else "absent"), by, note


def _banned(file: FirmFile, said: Statements, users: float | None) -> Iterator[BanComparison]:
    for judge, judgement in file.judgements.by_judge().items():
        bans = file.never.get(judge, {})
        for number, text in enumerate(judgement.must_not, 1):
            state, by, note = _ban_state(bans.get(number), said, users)
            yield BanComparison(judge=judge, number=number, text=text, state=state, by=by, note=note)


def _ban_state(ban: Ban | None, said: Statements, users: float | None) -> tuple[BanState, tuple[str, ...], str | None]:
    if ban is None:
        return "not_read", (), None
    if ban.unchecked:
        return "unchecked", (), ban.unchecked
    by = tuple(name for name in ban.ids if name in said.advised)
    if ban.users_from is not None and users is not None and users >= ban.users_from:
        by += (f"users {plain_number(users)}",)
    return ("violated" if by else "kept"), by, ban.because


def _first_step(file: FirmFile, said: Statements) -> FirstStepComparison | None:
    text = next((judge.first_step for judge in file.judgements.by_judge().values() if judge.first_step), None)
    if text is None:
        return None
    reading = file.first_step_by
    if reading is None:
        return FirstStepComparison(text=text, state="not_read", by=(), note=None)
    if reading.outside:
        return FirstStepComparison(text=text, state="outside", by=(), note=reading.outside)
    by = _said(reading.by, said.first_steps)
    state: StepState = "named" if by else "absent"
    return FirstStepComparison(text=text, state=state, by=by, note=reading.because or reading.missing)


def _system(file: FirmFile, assessment: Assessment) -> SystemComparison:
    selection, reading = assessment.selection, file.system
    if selection is None:
        return SystemComparison(outcome=None, kind=None, way=None, products=(), suits=None, plausible_products=None)
    outcome, kind, way = selection.outcome.name, leading_kind(selection), selection.recommended_way
    if way is None and outcome in LATER and assessment.project:
        way = assessment.project.reference
    products = selection.outcome.products[:FIRST_PRODUCTS]
    compared = [
        got in expected
        for got, expected in (
            (outcome, reading.outcomes if reading else ()),
            (kind, reading.kinds if reading else ()),
            (way, reading.ways if reading else ()),
        )
        if expected
    ]
    plausible = reading.products if reading else ()
    return SystemComparison(
        outcome=outcome,
        kind=kind,
        way=way,
        products=products,
        suits=all(compared) if compared else None,
        plausible_products=len(set(products) & set(plausible)) if plausible else None,
    )
