"""An assessment in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from advisor.assessment import Assessment
from advisor.assessment.course import staying_heading, were_it_new
from advisor.assessment.model import ScoreItem
from advisor.assessment.risks import own_risks
from advisor.assessment.upgrades import upgrade_note
from advisor.assessment.verdict import verdict_with_certainty
from advisor.cli.console import OutputConsole, terminal
from advisor.cli.settings import Settings
from advisor.knowledge.schema import factor_names
from advisor.rounding import points_in_words

COLOURS = {
    "feasible": "green",
    "conditional": "yellow",
    "not_yet": "red",
    "not_needed_now": "cyan",
    "not_enough_answers": "magenta",
}
PROVISIONAL = "yellow"
"""The colour of a verdict that missing answers could still turn."""


def show_verdict(assessment: Assessment, settings: Settings, reasons: int = 3) -> None:
    """Firm, verdict, how sure, and the strongest reasons with their sources."""
    console, lang, verdict = terminal(), settings.lang, assessment.verdict
    name = verdict_with_certainty(verdict.name, verdict.certainty)[lang]
    colour = PROVISIONAL if verdict.certainty == "leaning" else COLOURS[verdict.name]
    if assessment.firm.name:
        console.print(f"\n[bold]{escape(assessment.firm.name[lang])}[/bold]")
    if heading := staying_heading(assessment):
        console.print(f"[bold {colour}]{escape(heading[lang])}[/]\n{escape(verdict.sentence[lang])}")
        console.print(escape(were_it_new(assessment)[lang]))
    else:
        console.print(f"[bold {colour}]{name}[/] {escape(verdict.sentence[lang])}")
    console.print(escape(verdict.certainty_text[lang]), style="dim")
    if note := upgrade_note(assessment.upgraded, assessment.program_version):
        console.print(escape(note[lang]), style="yellow")
    console.print(f"\n[bold]{settings.say('show.reasons')}[/bold]")
    for number, reason in enumerate(verdict.reasons[:reasons], 1):
        console.print(f" {number}. {escape(reason.text[lang])}{cited(reason.sources)}")
    console.print()


def cited(sources: Sequence[str]) -> str:
    """The sources behind a statement, as they are printed after it; nothing where there are none."""
    return f" [dim]{escape('[' + ' '.join(sources) + ']')}[/dim]" if sources else ""


def show_assessment(assessment: Assessment, settings: Settings) -> None:
    """The verdict, then the scores, what stands in the way, the gravest risks and the first steps."""
    show_verdict(assessment, settings, reasons=5)
    console, lang = terminal(), settings.lang
    table = Table(box=None, pad_edge=False)
    for key in ("score", "points", "range", "answered"):
        table.add_column(settings.say(f"show.{key}"), justify="left" if key == "score" else "right")
    for name in (assessment.need, assessment.ability):
        score = assessment.scores[name]
        table.add_row(f"[bold]{escape(score.label[lang])}[/bold]", *_figures(score, lang))
        for part in (assessment.scores[factor] for factor in factor_names(name, assessment.scores)):
            table.add_row(f"  {escape(part.label[lang])}", *_figures(part, lang))
    console.print(table)
    if lines := assessment.lines:
        console.print(f"\n[bold]{settings.say('show.lines')}[/bold] {escape(lines.why[lang])}")
        for line in (lines.main, lines.other):
            need = points_in_words(line.need) if line.need is not None else "–"
            values = {
                "line": line.name[lang],
                "model": line.model_label[lang],
                "need": need,
                "grade": line.grade_label[lang],
            }
            console.print(f" • {escape(settings.say('show.line', **values))}")
    for key, hurdles in (("blockers", assessment.blockers), ("conditions", assessment.conditions)):
        if hurdles:
            console.print(f"\n[bold]{settings.say(f'show.{key}')}[/bold]")
            for hurdle in hurdles:
                console.print(f" • {escape(hurdle.title[lang])} → {escape(hurdle.lifted_by[lang])}")
    if assessment.remarks:
        console.print(f"\n[bold]{settings.say('show.remarks')}[/bold]")
        for remark in assessment.remarks:
            console.print(f" • {escape(' '.join(remark.codes))} {escape(remark.text[lang])}")
    _show_lists(assessment, settings, console)


def _show_lists(assessment: Assessment, settings: Settings, console: OutputConsole) -> None:
    lang = settings.lang
    if own_risks(assessment):
        console.print(f"\n[bold]{settings.say('show.risks')}[/bold]")
        for risk in own_risks(assessment)[:5]:
            console.print(f" • {escape(risk.title[lang])}{cited(risk.sources)}")
    if assessment.plan:
        console.print(f"\n[bold]{settings.say('show.plan')}[/bold]")
        for number, task in enumerate(assessment.plan[:6], 1):
            console.print(f" {number}. {escape(task.title[lang])}")
    if assessment.approaches:
        console.print(f"\n[bold]{settings.say('show.approach')}[/bold]")
        for advice in assessment.first_approaches:
            console.print(f" • {escape(advice.title[lang])}{cited(advice.sources)}")
    if assessment.verdict.deciding:
        console.print(f"\n[bold]{settings.say('show.open')}[/bold]")
        for question in assessment.verdict.deciding[:5]:
            console.print(f" {question.code} {escape(question.text[lang])}")
    console.print()


def _figures(score: ScoreItem, lang: str) -> list[str]:
    points = "–" if score.points is None else f"{score.points:.0f}"
    return [points, f"{score.low:.0f}–{score.high:.0f}", f"{score.answered:.0%}"]
