"""``advisor why | why-not | what-if | path | sensitivity | replay``: questions asked of an assessment."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.tree import Tree

from advisor.cli.assessing import RULE_ENGINE, is_assessment
from advisor.cli.main import EXIT_DIFFERS, Settings, help_text, speaks_plainly
from advisor.errors import InputError
from advisor.files import read_file
from advisor.inference import RuleEngine
from advisor.text import Lang, catalogue, join

if TYPE_CHECKING:
    from advisor.assessment import Assessment
    from advisor.assessment.model.insight import PathItem, ScenarioItem, SensitivityItem
    from advisor.insight.shortfalls import RuleShort
    from advisor.insight.why import Node
    from advisor.interview import Answers
    from advisor.knowledge import Knowledge

FIRM = click.Path(path_type=Path)
VERDICT_DEPTH = 3
WIDE = 120
AS_JSON = click.option("--json", "as_json", is_flag=True, help=help_text("json"))


@dataclass(frozen=True)
class Case:
    """A firm's answers with the knowledge they are judged by."""

    knowledge: Knowledge
    answers: Answers


def case_of(firm: Path, settings: Settings) -> Case:
    """The answers of a file of answers, or those inside a saved assessment."""
    from advisor.interview import read_answers

    knowledge = settings.knowledge()
    if content := is_assessment(firm):
        from advisor.assessment import Assessment
        from advisor.insight.replay import answers_of, as_made

        saved = Assessment.from_json(content)
        knowledge = as_made(saved, knowledge)
        answers = answers_of(saved, knowledge)
    else:
        answers = read_answers(firm, knowledge)
    settings.tell(answers.notes)
    return Case(knowledge, answers)


def print_json(value: Any) -> None:
    """Any of the insights as JSON."""
    from pydantic_core import to_json

    click.echo(to_json(value, indent=1).decode())


def terminal() -> Console:
    """The terminal, or a page of :data:`WIDE` columns where the output goes elsewhere."""
    return Console(highlight=False, emoji=False, width=None if sys.stdout.isatty() else WIDE)


@click.command("why", help=help_text("why"))
@click.argument("firm", type=FIRM)
@click.argument("what", default="verdict")
@click.option("--depth", type=click.IntRange(1, 20), default=None, help=help_text("why_depth"))
@RULE_ENGINE
@AS_JSON
@click.pass_obj
@speaks_plainly
def why(settings: Settings, firm: Path, what: str, depth: int | None, engine: RuleEngine, as_json: bool) -> None:
    """Print the proof of the verdict, or of a score, finding or rule by its id."""
    from advisor.assessment import Assessment, assess
    from advisor.insight.why import VERDICT
    from advisor.insight.why import why as prove

    if content := is_assessment(firm):
        assessment = Assessment.from_json(content)
    else:
        case = case_of(firm, settings)
        assessment = assess(case.answers, case.knowledge, engine=engine)
    proof = prove(assessment, what)
    if as_json:
        print_json(proof)
        return
    deep = depth or (VERDICT_DEPTH if what == VERDICT else 20)
    terminal().print(_grown(proof, deep, settings.lang))
    if depth is None and what == VERDICT:
        click.echo("\n" + settings.say("why.deeper", file=firm))


def _grown(node: Node, depth: int, lang: Lang) -> Tree:
    marks = {"source": "dim", "verdict": "bold", "finding": "bold", "score": "bold"}
    style = marks.get(node.kind, "")
    named = f" [dim]({node.id})[/dim]" if node.kind in ("rule", "finding", "score") else ""
    said = escape(node.text[lang])
    tree = Tree((f"[{style}]{said}[/{style}]" if style else said) + named)
    if depth > 1:
        for child in node.children:
            tree.add(_grown(child, depth - 1, lang))
    return tree


@click.command("why-not", help=help_text("why_not"))
@click.argument("firm", type=FIRM)
@click.argument("what")
@AS_JSON
@click.pass_obj
@speaks_plainly
def why_not(settings: Settings, firm: Path, what: str, as_json: bool) -> None:
    """Print what kept a finding, or another verdict, from being concluded."""
    from advisor.inference import infer
    from advisor.insight.why_not import why_not as ask

    case = case_of(firm, settings)
    found = ask(case.knowledge, case.answers, infer(case.knowledge, [case.answers], "columns")[0].facts, what)
    if as_json:
        print_json(found)
        return
    lang, tree = settings.lang, Tree(f"[bold]{escape(found.title[settings.lang])}[/bold] [dim]({found.target})[/dim]")
    for hindrance in found.hindrances:
        tree.add(escape(hindrance[lang]))
    for name in found.findings:
        finding = case.knowledge.findings[name]
        tree.add(f"{escape(finding.title[lang])} [dim]({name})[/dim]")
    for rule in found.rules:
        tree.add(_wanting(rule, settings))
    terminal().print(tree)


def _wanting(rule: RuleShort, settings: Settings) -> Tree:
    lang = settings.lang
    cites = escape(f"[{' '.join(rule.sources)}]")
    tree = Tree(f"[dim]{rule.rule}[/dim] {escape(rule.text[lang])} [dim]{cites}[/dim]")
    for short in rule.shortfalls:
        mark = settings.say("why_not.unknown" if short.unknown else "why_not.failed")
        stands = settings.say("why_not.stands", stands=short.stands[lang]) if short.stands else ""
        branch = tree.add(f"{mark} {escape(short.premise[lang])} [dim]{escape(stands)}[/dim]")
        for further in short.because:
            branch.add(_wanting(further, settings))
    return tree


@click.command("what-if", help=help_text("what_if"))
@click.argument("firm", type=FIRM)
@click.argument("changes", nargs=-1)
@click.option("--scenario", default=None, help=help_text("scenario"))
@click.option("--save", "name", default=None, help=help_text("save_scenario"))
@click.option("--title", default=None, help=help_text("scenario_title"))
@AS_JSON
@click.pass_obj
@speaks_plainly
def what_if(
    settings: Settings,
    firm: Path,
    changes: tuple[str, ...],
    scenario: str | None,
    name: str | None,
    title: str | None,
    as_json: bool,
) -> None:
    """Show the firm as it is beside the firm with some answers changed; without changes, every scenario it has."""
    from advisor.insight import scenarios
    from advisor.insight import what_if as asking

    case = case_of(firm, settings)
    path = scenarios.scenario_file(firm)
    kept = scenarios.read_scenarios(path, case.knowledge)
    if scenario is not None and scenario not in kept:
        raise InputError("no_scenario", name=scenario, known=", ".join(kept) or "–")
    chosen = [kept[scenario]] if scenario else list(kept.values())
    if changes:
        given = asking.parse_changes(changes, case.knowledge)
        base = kept[scenario].changes if scenario else {}
        said = scenarios.scenario_title((title or " ".join(changes))[: scenarios.MAX_TITLE])
        chosen = [scenarios.Scenario("what_if", said, {**base, **given})]
    if not chosen or (name is not None and not (changes or scenario)):
        raise InputError("nothing_to_change")
    if title:
        chosen = [replace(chosen[0], title=scenarios.scenario_title(title))]
    if name is not None:
        chosen = [replace(chosen[0], name=scenarios.scenario_name(name))]
        scenarios.add_scenario(path, chosen[0], case.knowledge)
        click.echo(settings.say("what_if.saved", name=name, file=path), err=True)
    from advisor.assessment import assess

    before = assess(case.answers, case.knowledge, engine="columns")
    found = [asking.what_if(case.knowledge, case.answers, one, before) for one in chosen]
    items = [asking.scenario_item(case.knowledge, case.answers, one) for one in found]
    if as_json:
        print_json(items)
        return
    for item in items:
        _show_scenario(before, item, settings)


def _show_scenario(before: Assessment, item: ScenarioItem, settings: Settings) -> None:
    lang, console = settings.lang, terminal()
    table = Table(title=f"[bold]{escape(item.title[lang])}[/bold]", title_justify="left", box=None, pad_edge=False)
    for key in ("", "what_if.now", "what_if.then"):
        table.add_column(settings.say(key) if key else "")
    for change in item.changes:
        text = escape(change.text[lang].rstrip("？?"))
        table.add_row(f"{change.code} {text}", escape(change.before[lang]), f"[bold]{escape(change.after[lang])}[/bold]")
    names = catalogue("assessment")
    was, now = (names[f"verdict.{name}.name"][lang] for name in (before.verdict.name, item.verdict))
    table.add_row(settings.say("what_if.verdict"), was, f"[bold]{now}[/bold]" if was != now else now)
    for key, after in ((before.need, item.need), (before.ability, item.ability)):
        score = before.scores[key]
        table.add_row(escape(score.label[lang]), _points(score.points), _points(after))
    console.print(table)
    for sign, gains in (("+", item.gained), ("–", item.lost)):
        for gain in gains:
            console.print(f"  {sign} {settings.say(f'diff.kind.{gain.kind}')}: {escape(gain.title[lang])}")
    console.print()


def _points(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


@click.command("path", help=help_text("path"))
@click.argument("firm", type=FIRM)
@click.option("--ways", type=click.IntRange(1, 10), default=3, show_default=True, help=help_text("path_ways"))
@AS_JSON
@click.pass_obj
@speaks_plainly
def path(settings: Settings, firm: Path, ways: int, as_json: bool) -> None:
    """Print the least-effort changes that make the verdict feasible, and other ways."""
    from advisor.insight.path import paths
    from advisor.insight.path_items import path_item

    case = case_of(firm, settings)
    item = path_item(case.knowledge, case.answers, paths(case.knowledge, case.answers, ways))
    if as_json:
        print_json(item)
        return
    _show_path(item, settings)


def _show_path(item: PathItem, settings: Settings) -> None:
    lang, console = settings.lang, terminal()
    console.print(escape(item.sentence[lang]))
    for obstacle in item.obstacles:
        console.print(f" • {escape(obstacle[lang])}")
    for number, way in enumerate(item.ways, 1):
        from advisor.insight.path_items import rmb_in_words

        money = rmb_in_words(way.rmb)[lang]
        head = settings.say("path.way", number=number, days=f"{way.days:.0f}", money=money, weeks=way.weeks)
        table = Table(title=f"[bold]{head}[/bold]", title_justify="left", box=None, pad_edge=False)
        for key in ("weeks", "step", "from_to", "owner", "effort"):
            table.add_column(settings.say(f"path.{key}"), overflow="fold")
        for step in way.steps:
            change = f"{step.code} {escape(step.before[lang])} → [bold]{escape(step.after[lang])}[/bold]"
            if step.find_out:
                change += " [dim]" + escape(settings.say("path.find_out", codes=" ".join(step.find_out))) + "[/dim]"
            cost = f"{step.days:g}" + (f" + {rmb_in_words(step.rmb)[lang]}" if step.rmb else "")
            owner = catalogue("report")[f"role.{step.owner}"][lang]
            weeks = f"{step.start + 1}–{step.start + step.weeks}" if step.weeks > 1 else f"{step.start + 1}"
            table.add_row(weeks, escape(step.title[lang]), change, owner, cost)
        console.print()
        console.print(table)
    if item.note:
        console.print(f"\n[dim]{escape(item.note[lang])}[/dim]")


@click.command("sensitivity", help=help_text("sensitivity"))
@click.argument("firm", type=FIRM)
@AS_JSON
@click.pass_obj
@speaks_plainly
def sensitivity(settings: Settings, firm: Path, as_json: bool) -> None:
    """Print what the verdict rests on: the answers and weights that would turn it."""
    from advisor.assessment.outlook import verdict_outlook
    from advisor.insight.sensitivity import sensitivity as ask
    from advisor.insight.sensitivity_items import sensitivity_item

    case = case_of(firm, settings)
    knowledge, answers = case.knowledge, case.answers
    item = sensitivity_item(knowledge, answers, ask(knowledge, answers, verdict_outlook(knowledge, answers)))
    if item is None:
        raise InputError("no_verdict")
    if as_json:
        print_json(item)
        return
    _show_sensitivity(item, settings)


def _show_sensitivity(item: SensitivityItem, settings: Settings) -> None:
    lang, console, names = settings.lang, terminal(), catalogue("assessment")
    console.print(escape(item.sentence[lang]))
    if item.answers:
        table = Table(
            title=f"[bold]{settings.say('sensitivity.answers')}[/bold]", title_justify="left", box=None, pad_edge=False
        )
        for key in ("answer", "steps", "verdict"):
            table.add_column(settings.say(f"sensitivity.{key}"))
        for turn in item.answers:
            change = f"{turn.code} {escape(turn.before[lang])} → {escape(turn.after[lang])}"
            table.add_row(change, str(turn.steps), names[f"verdict.{turn.verdict}.name"][lang])
        console.print("\n", table)
    if item.weights:
        table = Table(
            title=f"[bold]{settings.say('sensitivity.weights')}[/bold]", title_justify="left", box=None, pad_edge=False
        )
        for key in ("weight", "now", "then", "verdict"):
            table.add_column(settings.say(f"sensitivity.{key}"))
        for one in item.weights:
            name = f"{escape(one.score[lang])}: {escape(one.input[lang])}"
            table.add_row(name, f"{one.now:g}", f"{one.then:.3g}", names[f"verdict.{one.verdict}.name"][lang])
        console.print("\n", table)
    console.print(f"\n[bold]{settings.say('sensitivity.swings')}[/bold]")
    for swing in item.swings:
        which = settings.say(f"sensitivity.{swing.score}") if swing.score in ("need", "ability") else swing.score
        console.print(f"  {which}  {swing.low:5.1f} – {swing.high:5.1f}  {swing.code} {escape(swing.text[lang])}")


@click.command("replay", help=help_text("replay"))
@click.argument("assessment", type=FIRM)
@click.pass_obj
@speaks_plainly
def replay(settings: Settings, assessment: Path) -> None:
    """Work a saved assessment out again and say whether it comes out the same. Exit code 1 where it does not."""
    from advisor.assessment import Assessment
    from advisor.insight.replay import replay as again

    content = is_assessment(assessment)
    read_file(assessment)
    if not content:
        raise InputError("bad_assessment", detail=assessment)
    found = again(Assessment.from_json(content), settings.knowledge())
    say = settings.say
    then, now = found.then, found.now
    click.echo(say("replay.of", program=then.program_version, knowledge=then.knowledge_version))
    if not (found.same_knowledge and found.same_program):
        click.echo(say("replay.other", program=now.program_version, knowledge=now.knowledge_version))
        click.echo(say("replay.cause"))
    if parts := found.not_compared:
        named = [catalogue("assessment")[f"part.{part}"][settings.lang] for part in parts]
        click.echo(say("replay.not_compared", parts=join(named, settings.lang)))
    if then.lacks("answer_values"):
        click.echo(say("replay.by_words"))
    settings.tell(found.notes)
    if found.identical:
        click.echo(say("replay.identical_else" if parts else "replay.identical"))
        return
    click.echo(say("replay.differs", count=len(found.places)))
    for line in _differences(found, settings):
        click.echo(f"  {line}")
    sys.exit(EXIT_DIFFERS)


def _differences(found: Any, settings: Settings) -> Iterator[str]:
    lang, names = settings.lang, catalogue("assessment")
    if found.changes.verdict:
        was, now = (names[f"verdict.{name}.name"][lang] for name in found.changes.verdict)
        yield settings.say("diff.verdict", was=was, now=now)
    for sign, gains in (("+", found.changes.gained), ("–", found.changes.lost)):
        for change in gains:
            yield f"{sign} {settings.say(f'diff.kind.{change.kind}')}: {change.title[lang]}"
    for question in found.unasked:
        yield settings.say("replay.unasked", question=question)
    yield from found.places[:10]
