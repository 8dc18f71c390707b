"""``advisor why | why-not | what-if | path | sensitivity | replay``: questions asked of an assessment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.markup import escape
from rich.tree import Tree

from advisor.cli.exits import handle_errors
from advisor.cli.firm_case import AS_JSON, FIRM_PATH, load_case, print_json, terminal
from advisor.cli.firm_files import RULE_ENGINE
from advisor.cli.options import table_options
from advisor.cli.settings import Settings, help_text
from advisor.cli.show_assessment import cited
from advisor.inference import RuleEngine
from advisor.reporting.saved_assessment import saved_assessment
from advisor.text import Lang

if TYPE_CHECKING:
    from advisor.insight.shortfalls import RuleShort
    from advisor.insight.why import Node

VERDICT_DEPTH = 3


@click.command("why", help=help_text("why"))
@click.argument("firm", type=FIRM_PATH)
@click.argument("what", default="verdict")
@click.option("--depth", type=click.IntRange(1, 20), default=None, help=help_text("why_depth"))
@RULE_ENGINE
@AS_JSON
@table_options
@click.pass_obj
@handle_errors
def why(settings: Settings, firm: Path, what: str, depth: int | None, engine: RuleEngine, as_json: bool) -> None:
    """Print the proof of the verdict, or of a score, finding or rule by its id."""
    from advisor.assessment import Assessment
    from advisor.insight.full_assessment import assess_fully
    from advisor.insight.why import VERDICT
    from advisor.insight.why import why as explain

    if content := saved_assessment(firm):
        assessment = Assessment.from_json(content)
    else:
        case = load_case(firm, settings)
        assessment = assess_fully(case.answers, case.knowledge, None, settings=case.own_figures, engine=engine)
    proof = explain(assessment, what)
    if as_json:
        print_json(proof)
        return
    shown_depth = depth or (VERDICT_DEPTH if what == VERDICT else 20)
    terminal().print(_proof_tree(proof, shown_depth, settings.lang))
    if depth is None and what == VERDICT:
        click.echo("\n" + settings.say_command("why.deeper", file=firm))


def _proof_tree(node: Node, depth: int, lang: Lang) -> Tree:
    marks = {"source": "dim", "verdict": "bold", "finding": "bold", "score": "bold"}
    style = marks.get(node.kind, "")
    id_suffix = f" [dim]({node.id})[/dim]" if node.kind in ("rule", "finding", "score") else ""
    text = escape(node.text[lang])
    tree = Tree((f"[{style}]{text}[/{style}]" if style else text) + id_suffix)
    if depth > 1:
        for child in node.children:
            tree.add(_proof_tree(child, depth - 1, lang))
    return tree


@click.command("why-not", help=help_text("why_not"))
@click.argument("firm", type=FIRM_PATH)
@click.argument("what")
@AS_JSON
@table_options
@click.pass_obj
@handle_errors
def why_not(settings: Settings, firm: Path, what: str, as_json: bool) -> None:
    """Print what kept a finding, or another verdict, from being concluded."""
    from advisor.inference import infer
    from advisor.insight.why_not import why_not as find_shortfalls

    case = load_case(firm, settings)
    result = find_shortfalls(case.knowledge, case.answers, infer(case.knowledge, [case.answers], "columns")[0].facts, what)
    if as_json:
        print_json(result)
        return
    lang, tree = settings.lang, Tree(f"[bold]{escape(result.title[settings.lang])}[/bold] [dim]({result.target})[/dim]")
    for hindrance in result.hindrances:
        tree.add(escape(hindrance[lang]))
    for name in result.findings:
        finding = case.knowledge.findings[name]
        tree.add(f"{escape(finding.title[lang])} [dim]({name})[/dim]")
    for rule in result.rules:
        tree.add(_shortfall_tree(rule, settings))
    terminal().print(tree)


def _shortfall_tree(rule: RuleShort, settings: Settings) -> Tree:
    lang = settings.lang
    tree = Tree(f"[dim]{rule.rule}[/dim] {escape(rule.text[lang])}{cited(rule.sources)}")
    for shortfall in rule.shortfalls:
        mark = settings.say("why_not.unknown" if shortfall.unknown else "why_not.failed")
        stands = settings.say("why_not.stands", stands=shortfall.stands[lang]) if shortfall.stands else ""
        branch = tree.add(f"{mark} {escape(shortfall.premise[lang])} [dim]{escape(stands)}[/dim]")
        for rule_below in shortfall.because:
            branch.add(_shortfall_tree(rule_below, settings))
    return tree
