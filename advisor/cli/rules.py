"""``advisor rules``: check the knowledge, list it, show one rule in words, export the schema editors use."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from advisor.cli.compare_engines import compare_engines
from advisor.cli.exits import EXIT_INPUT, handle_errors
from advisor.cli.firm_files import today
from advisor.cli.panel import panel
from advisor.cli.rule_quality import coverage, diff, test
from advisor.cli.rule_sheets import from_sheet, sheet
from advisor.cli.settings import Settings, help_text
from advisor.cli.upkeep import due, release_notes
from advisor.errors import InputError, nearest
from advisor.files import write_file
from advisor.knowledge import CompiledRule, Knowledge, check_knowledge
from advisor.knowledge.cases import EXPECTED
from advisor.knowledge.coverage import rule_links
from advisor.knowledge.in_words import premise_in_words, review_in_words
from advisor.knowledge.schema import KINDS
from advisor.text import Lang, say


@click.group(help=help_text("rules"))
def rules() -> None:
    """The knowledge."""


for command in (test, coverage, diff, release_notes, due, sheet, from_sheet, panel):
    rules.add_command(command)


@rules.command("check", help=help_text("rules_check"))
@click.option("--engines", "firms", type=click.Path(path_type=Path), default=None, help=help_text("rules_check_engines"))
@click.pass_obj
@handle_errors
def check(settings: Settings, firms: Path | None) -> None:
    """Every error and warning, and a count of what was read; on request both engines on some firms."""
    loaded = check_knowledge(settings.rules, settings.questionnaires, today())
    for problem in loaded.problems:
        click.echo(problem.line(settings.lang), err=True)
    errors = sum(problem.severity == "error" for problem in loaded.problems)
    if loaded.knowledge is None:
        click.echo(settings.say("problems", count=errors), err=True)
        sys.exit(EXIT_INPUT)
    knowledge = loaded.knowledge
    counts = {
        "rules": len(knowledge.rules),
        "questions": len(knowledge.questions),
        "claims": len(knowledge.claims),
        "warnings": len(loaded.problems),
    }
    click.echo(settings.say("rules.sound", version=knowledge.version, **counts))
    if firms:
        compare_engines(firms, settings.knowledge(), settings)


@rules.command("list", help=help_text("rules_list"))
@click.option("--kind", type=click.Choice(KINDS), default=None, help=help_text("kind"))
@click.option("--json", "as_json", is_flag=True, help=help_text("json"))
@click.pass_obj
@handle_errors
def list_rules(settings: Settings, kind: str | None, as_json: bool) -> None:
    """Every rule with what it concludes and its sources."""
    chosen = [rule for rule in settings.knowledge().rules if kind in (None, rule.rule.kind)]
    if as_json:
        rows = [
            {
                "id": rule.id,
                "kind": rule.rule.kind,
                "concludes": _targets(rule),
                "sources": rule.rule.sources,
                "review": rule.rule.review.model_dump(mode="json"),
                "place": rule.place,
            }
            for rule in chosen
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for rule in chosen:
        click.echo(f"{rule.id:<44} {rule.rule.kind:<14} {', '.join(_targets(rule)):<46} {' '.join(rule.rule.sources)}")


@rules.command("show", help=help_text("rules_show"))
@click.argument("rule_id")
@click.pass_obj
@handle_errors
def show(settings: Settings, rule_id: str) -> None:
    """One rule in words: conditions, conclusions, text, claims with paper and section, where it stands."""
    knowledge, lang = settings.knowledge(), settings.lang
    compiled = knowledge.rules_by_id.get(rule_id)
    if compiled is None:
        raise InputError("bad_name", name=rule_id, nearest=nearest(rule_id, knowledge.rules_by_id) or "–")
    rule = compiled.rule
    click.echo(click.style(rule.id, bold=True) + f"  ({compiled.place})")
    click.echo(f"{settings.say('rules.if')} {premise_in_words(compiled.premise, knowledge, lang)}")
    click.echo(f"{settings.say('rules.then')} {_conclusions(compiled, knowledge, settings)}")
    click.echo(f"\n{rule.text[lang]}\n")
    dated = settings.say("rules.dated") if rule.dated else ""
    limit = settings.say(f"rules.limit_{rule.limit}") if rule.limit else ""
    click.echo(f"{settings.say('rules.basis')} {settings.say(f'basis.{rule.basis}')}{limit}{dated}")
    click.echo(f"{settings.say('rules.review')} {review_in_words(rule.review)[lang]}")
    for name in rule.sources:
        cited = knowledge.citation(name)
        click.echo(f"  {name}  {cited.where[lang]}\n         {cited.text[lang]}")
        if cited.read_in:
            click.echo(f"         {settings.say('rules.read_in', read_in=cited.read_in[lang])}")
    _show_cases_and_links(compiled, knowledge, settings)


def _show_cases_and_links(compiled: CompiledRule, knowledge: Knowledge, settings: Settings) -> None:
    """The cases of a rule, and its links to questions and other rules."""
    if cases := compiled.rule.cases:
        click.echo(settings.say("rules.cases"))
        for kind in EXPECTED:
            for answers in getattr(cases, kind):
                text = ", ".join(f"{name}: {value}" for name, value in answers.items()) or "–"
                click.echo(f"  {settings.say(f'rules.case.{kind}')}: {text}")
    links = rule_links(knowledge, compiled.id)
    questions = [f"{knowledge.questions[name].code} {name}" for name in links.questions]
    for key, names in (("asks", questions), ("fed_by", links.fed_by), ("feeds", links.feeds)):
        if names:
            click.echo(f"{settings.say(f'rules.{key}')} {', '.join(names)}")


def _targets(compiled: CompiledRule) -> list[str]:
    return [conclusion.target for conclusion in compiled.rule.then]


def _conclusions(compiled: CompiledRule, knowledge: Knowledge, settings: Settings) -> str:
    parts = []
    for conclusion in compiled.rule.then:
        title = knowledge.titles[conclusion.target][settings.lang]
        extra = {k: v for k, v in conclusion.model_dump().items() if k != conclusion.kind}
        fields = [f"{say('reference', f'field.{k}', settings.lang)} {_value(v, settings.lang)}" for k, v in extra.items()]
        detail = f" ({', '.join(fields)})" if fields else ""
        parts.append(f"{settings.say(f'rules.kind.{conclusion.kind}')} {conclusion.target}: {title}{detail}")
    return "; ".join(parts)


def _value(value: object, lang: Lang) -> str:
    """A class in words, a weight with its sign."""
    return say("reference", f"level.{value}", lang) if isinstance(value, str) else f"{value:+g}"


@rules.command("schema", help=help_text("rules_schema"))
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("docs/schema"), show_default=True, help=help_text("out")
)
@click.pass_obj
@handle_errors
def schema(settings: Settings, out: Path) -> None:
    """Write the JSON Schemas that let an editor complete and check the knowledge."""
    from advisor.knowledge.json_schema import schemas

    for name, content in schemas(settings.knowledge()).items():
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        click.echo(str(write_file(out / name, text)))
