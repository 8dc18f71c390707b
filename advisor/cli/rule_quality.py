"""``advisor rules test | coverage | diff``: do rules do what their cases say, does every claim act, what did a change do?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from rich.table import Table

from advisor.assessment import Assessment, assess
from advisor.assessment.comparison import AssessmentChanges, compare
from advisor.assessment.verdict import verdict_name
from advisor.cli.console import terminal
from advisor.cli.exits import EXIT_INPUT, handle_errors
from advisor.cli.read_firms import read_firms_in, tell_skipped
from advisor.cli.settings import Settings, help_text
from advisor.knowledge import Knowledge, load_knowledge
from advisor.knowledge.cases import run_cases, without_cases
from advisor.knowledge.coverage import claim_counts

FOLDER = click.Path(path_type=Path)
NOT_ACTING = {"cases", "review"}
"""What of a rule changes nothing for any firm."""


@click.command("test", help=help_text("rules_test"))
@click.pass_obj
@handle_errors
def test(settings: Settings) -> None:
    """Run every case; list those that fail, and the rules that have none."""
    knowledge = settings.knowledge()
    outcomes = list(run_cases(knowledge))
    failed = [outcome for outcome in outcomes if not outcome.holds]
    for outcome in failed:
        click.echo(settings.say("rules.case_failed", **vars(outcome)), err=True)
    bare = without_cases(knowledge)
    for rule in bare:
        click.echo(settings.say("rules.no_case", place=rule.place, rule=rule.id), err=True)
    click.echo(settings.say("rules.tested", cases=len(outcomes), failed=len(failed), bare=len(bare)))
    if failed:
        sys.exit(EXIT_INPUT)


@click.command("coverage", help=help_text("rules_coverage"))
@click.option("--claims", "of_claims", is_flag=True, help=help_text("coverage_claims"))
@click.pass_obj
@handle_errors
def coverage(settings: Settings, of_claims: bool) -> None:
    """Rules that no case fires; with ``--claims``, what every claim is used for. Fails under 100 %."""
    knowledge = settings.knowledge()
    if not of_claims:
        bare = without_cases(knowledge)
        for rule in bare:
            click.echo(settings.say("rules.no_case", place=rule.place, rule=rule.id))
        covered = len(knowledge.rules) - len(bare)
        click.echo(settings.say("rules.covered", covered=covered, rules=len(knowledge.rules)))
        sys.exit(EXIT_INPUT if bare else 0)
    counts = claim_counts(knowledge)
    table = Table(*(settings.say(f"rules.claims.{name}") for name in ("paper", "kind", "acting", "context", "unused")))
    for count in counts:
        table.add_row(count.paper, count.kind, str(count.acting), str(count.context), " ".join(count.unused))
    terminal().print(table)
    unused = [name for count in counts for name in count.unused]
    used = len(knowledge.claims) - len(unused)
    click.echo(
        settings.say(
            "rules.claims_used", used=used, claims=len(knowledge.claims), share=f"{used / len(knowledge.claims):.1%}"
        )
    )
    sys.exit(EXIT_INPUT if unused else 0)


@click.command("diff", help=help_text("rules_diff"))
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@click.option("--firms", type=click.Path(path_type=Path), required=True, help=help_text("diff_firms"))
@click.pass_obj
@handle_errors
def diff(settings: Settings, old: Path, new: Path, firms: Path) -> None:
    """For each firm, what changes between two folders of rules, and which rules bring it about."""
    old_knowledge, new_knowledge = load_knowledge(old, settings.questionnaires), load_knowledge(new, settings.questionnaires)
    old_read, read = read_firms_in(firms, old_knowledge), read_firms_in(firms, new_knowledge)
    old_firms, new_firms = dict(old_read.firms), dict(read.firms)
    problems = dict.fromkeys(problem.line(settings.lang) for problem in (*old_read.problems, *read.problems))
    changed = 0
    for name in (compared := [name for name, _ in read.firms if name in old_firms]):
        old_assessment = assess(old_firms[name], old_knowledge, engine="columns")
        new_assessment = assess(new_firms[name], new_knowledge, engine="columns")
        changes = compare(old_assessment, new_assessment)
        if lines := list(_change_lines(changes, new_assessment, old_knowledge, new_knowledge, settings)):
            changed += 1
            click.echo(click.style(name, bold=True))
            for line in lines:
                click.echo(f"  {line}")
    for problem in problems:
        click.echo(problem, err=True)
    tell_skipped(read, settings)
    click.echo(settings.say("diff.total", changed=changed, firms=len(compared)))
    if problems or not compared:
        sys.exit(EXIT_INPUT)


def _change_lines(
    changes: AssessmentChanges, new: Assessment, before: Knowledge, after: Knowledge, settings: Settings
) -> Iterator[str]:
    lang = settings.lang
    if changes.verdict:
        was, now = (verdict_name(name)[lang] for name in changes.verdict)
        yield settings.say("diff.verdict", was=was, now=now)
    for name, (was_points, now_points) in changes.scores.items():
        was, now = ("–" if p is None else f"{p:.0f}" for p in (was_points, now_points))
        if was != now:
            yield settings.say("diff.score", score=new.scores[name].label[lang], was=was, now=now)
    for sign, findings in (("+", changes.gained), ("–", changes.lost)):
        for change in findings:
            why = ", ".join(f"{rule} ({_how(rule, before, after, settings)})" for rule in change.rules)
            yield f"{sign} {settings.say(f'diff.kind.{change.kind}')}: {change.title[lang]}" + (f"  [{why}]" if why else "")


def _how(rule: str, before: Knowledge, after: Knowledge, settings: Settings) -> str:
    """What became of a rule between two versions: new, removed, changed, or the same and reached another way."""
    old, new = before.rules_by_id.get(rule), after.rules_by_id.get(rule)
    if old is None or new is None:
        return settings.say("diff.new" if old is None else "diff.removed")
    same = old.rule.model_dump(exclude=NOT_ACTING) == new.rule.model_dump(exclude=NOT_ACTING)
    return settings.say("diff.same" if same else "diff.changed")
