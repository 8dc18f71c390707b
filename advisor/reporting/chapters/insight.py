"""Chapters that answer back: how the verdict follows, what would make it feasible, scenarios, what it rests on."""

from __future__ import annotations

from advisor.assessment.insights import PathItem, ScenarioItem, SensitivityItem, StepItem, WayItem
from advisor.assessment.verdict import limits
from advisor.insight.node import Node
from advisor.insight.why import STEP, why
from advisor.reporting.chapters.words import VERDICT_TONES, Words
from advisor.reporting.document import (
    Block,
    Branch,
    Bullets,
    Callout,
    Cell,
    Chapter,
    Chart,
    Heading,
    Line,
    Outline,
    Paragraph,
    Swing,
    SwingChart,
    Table,
)

PROOF_DEPTH = 3
MOST_TURNS = 8
SHOWN_SWINGS = 6


def path_chapter(words: Words) -> Chapter | None:
    """The least that makes a firm feasible, step by step, and other ways; or what no step can bring about."""
    insight = words.assessment.insight
    path = insight.path if insight else None
    if path is None or words.assessment.verdict.name not in ("conditional", "not_yet"):
        return None
    blocks: list[Block | Heading] = [Paragraph(Line(words.of(path.sentence)))]
    if path.obstacles:
        blocks.append(Bullets(tuple(Line(words.of(text)) for text in path.obstacles)))
    if path.ways:
        blocks += _ways(words, path)
    return Chapter("path", words("path.title"), tuple(blocks), page=bool(path.ways))


def _ways(words: Words, path: PathItem) -> list[Block | Heading]:
    best, *others = path.ways
    rows = tuple(
        (
            Cell(Line(words.weeks(step.start + 1, step.start + step.weeks))),
            Cell(Line(words.of(step.title), about=f"{STEP}{step.question}"), strong=True),
            Cell(Line(words.of(step.what), words.cite(*step.sources))),
            Cell(Line(_from_to(words, step))),
            Cell(Line(_effort(words, step))),
        )
        for step in best.steps
    )
    columns = tuple(words(f"path.column.{name}") for name in ("weeks", "step", "what", "change", "effort"))
    blocks: list[Block | Heading] = [
        Paragraph(Line(words("path.intro")), "quiet"),
        Table(words("path.table"), columns, (12, 17, 31, 25, 15), rows, small=True),
    ]
    if others:
        blocks.append(Heading(words("path.others")))
        blocks.append(Bullets(tuple(Line(_other(words, best, way)) for way in others)))
    if path.note:
        blocks.append(Paragraph(Line(words.of(path.note)), "quiet"))
    return blocks


def _from_to(words: Words, step: StepItem) -> str:
    change = words("path.change", code=step.code, before=words.of(step.before), after=words.of(step.after))
    first = words("path.find_out", codes=words("join").join(step.find_out)) if step.find_out else ""
    return change + first


def _effort(words: Words, step: StepItem) -> str:
    money = words("path.and_money", rmb=words.money(step.rmb)) if step.rmb else ""
    return words("path.effort", owner=words(f"role.{step.owner}"), days=f"{step.days:g}", money=money)


def _other(words: Words, best: WayItem, way: WayItem) -> str:
    """Another way told by what it does differently from the best."""
    ours = {(s.question, s.after.en) for s in best.steps}
    theirs = {s.question for s in way.steps}
    joined = words("list").join
    instead = joined(_brief(words, s) for s in way.steps if (s.question, s.after.en) not in ours)
    spared = joined(words.of(s.title) for s in best.steps if s.question not in theirs)
    money = words("path.and_money", rmb=words.money(way.rmb)) if way.rmb else ""
    key = "path.other" if instead else "path.other_less"
    return words(key, spared=spared, instead=instead, days=f"{way.days:.0f}", money=money, weeks=way.weeks)


def _brief(words: Words, step: StepItem) -> str:
    return words("path.brief", title=words.of(step.title), code=step.code, after=words.of(step.after))


def scenarios_chapter(words: Words) -> Chapter | None:
    """The firm as it is beside each scenario kept for it."""
    insight = words.assessment.insight
    if insight is None or not insight.scenarios:
        return None
    blocks: list[Block | Heading] = [Paragraph(Line(words("scenario.intro")))]
    for scenario in insight.scenarios:
        blocks += [Heading(words.of(scenario.title)), _scenario_table(words, scenario)]
        told = [("+", gain) for gain in scenario.gained] + [("–", loss) for loss in scenario.lost]
        if told:
            lines = tuple(
                Line(
                    words(
                        "scenario.gain" if sign == "+" else "scenario.loss",
                        kind=words(f"found.{g.kind}"),
                        title=words.of(g.title),
                    )
                )
                for sign, g in told
            )
            blocks.append(Bullets(lines))
    return Chapter("scenarios", words("scenario.title"), tuple(blocks))


def _scenario_table(words: Words, scenario: ScenarioItem) -> Table:
    a = words.assessment
    rows = [
        (
            Cell(Line(words("titled", title=change.code, text=words.of(change.text)))),
            Cell(Line(words.of(change.before))),
            Cell(Line(words.of(change.after)), strong=True),
        )
        for change in scenario.changes
    ]
    for name, points in ((a.need, scenario.need), (a.ability, scenario.ability)):
        score = a.scores[name]
        rows.append(
            (Cell(Line(words.of(score.label))), Cell(Line(words.points(score.points))), Cell(Line(words.points(points))))
        )
    before, after = (
        Cell(Line(words.verdict_name(name)), VERDICT_TONES[name], strong=True) for name in (a.verdict.name, scenario.verdict)
    )
    rows.append((Cell(Line(words("scenario.verdict"))), before, after))
    columns = tuple(words(f"scenario.column.{name}") for name in ("what", "now", "then"))
    return Table(words.of(scenario.title), columns, (50, 25, 25), tuple(rows), together=True)


def sensitivity_chapter(words: Words) -> Chapter | None:
    """What the verdict rests on: in words, as a picture, and the answers and weights that would turn it."""
    insight = words.assessment.insight
    if insight is None or (insight.sensitivity is None and not insight.near):
        return None
    blocks: list[Block | Heading] = []
    if found := insight.sensitivity:
        lines = [Line(words.of(found.sentence))]
        if insight.likely:
            shares = words("join").join(
                words("rests.likely_share", verdict=words.verdict_name(i.verdict), share=f"{i.share:.0%}")
                for i in insight.likely
            )
            lines.append(Line(words("rests.likely", shares=shares)))
        blocks.append(Callout(words("rests.callout"), tuple(lines), VERDICT_TONES[words.assessment.verdict.name]))
        if weighting := words.assessment.weighting:
            blocks.append(
                Paragraph(Line(words("rests.weighting", title=words.of(weighting.title), about=words.of(weighting.about))))
            )
        blocks += _tornado(words, found)
        blocks += _turns(words, found)
    if insight.near:
        blocks += [Heading(words("rests.near")), Bullets(tuple(_near(words)))]
    return Chapter("rests", words("rests.title"), tuple(blocks), page=True)


def _tornado(words: Words, found: SensitivityItem) -> list[Block | Heading]:
    a = words.assessment
    blocks: list[Block | Heading] = []
    for part, cuts in limits(a.verdict.cutoffs).items():
        name = a.need if part == "need" else a.ability
        swings = [swing for swing in found.swings if swing.score == part][:SHOWN_SWINGS]
        now = a.scores[name].points
        if not swings or now is None:
            continue
        label = words.of(a.scores[name].label)
        bars = tuple(
            Swing(f"{swing.code} {words.of(swing.text)}", swing.low, swing.high, words.span(swing.low, swing.high))
            for swing in swings
        )
        said = words("score.and").join(
            words("rests.swing_text", code=s.code, span=words.span(s.low, s.high)) for s in swings
        )
        title = words("rests.swings", score=label, code=swings[0].code, width=words.points(swings[0].high - swings[0].low))
        marks = tuple((cut, "") for cut in cuts)
        drawing = SwingChart(bars, now, f"{words('rests.now')} {now:.0f}", f"{now:.0f}", marks)
        blocks.append(Chart(title, said, drawing))
    return blocks


def _turns(words: Words, found: SensitivityItem) -> list[Block | Heading]:
    blocks: list[Block | Heading] = []
    if found.answers:
        rows = tuple(
            (
                Cell(Line(turn.code)),
                Cell(Line(words.of(turn.text))),
                Cell(Line(words("path.arrow", before=words.of(turn.before), after=words.of(turn.after)))),
                Cell(Line(words.verdict_name(turn.verdict)), VERDICT_TONES[turn.verdict]),
            )
            for turn in found.answers[:MOST_TURNS]
        )
        columns = tuple(words(f"rests.column.{name}") for name in ("code", "question", "change", "verdict"))
        blocks.append(Table(words("rests.answers"), columns, (8, 38, 38, 16), rows, small=True))
    if found.weights:
        weights = tuple(
            (
                Cell(Line(words("titled", title=words.of(turn.score), text=words.of(turn.input)))),
                Cell(Line(f"{turn.now:g}"), numeric=True),
                Cell(Line(f"{turn.then:.3g}"), numeric=True),
                Cell(Line(words.verdict_name(turn.verdict)), VERDICT_TONES[turn.verdict]),
            )
            for turn in found.weights[:MOST_TURNS]
        )
        columns = tuple(words(f"rests.column.{name}") for name in ("weight", "now", "then", "verdict"))
        blocks.append(Table(words("rests.weights"), columns, (60, 12, 12, 16), weights, small=True))
    return blocks


def _near(words: Words) -> list[Line]:
    insight = words.assessment.insight
    assert insight is not None
    lines = []
    for item in insight.near:
        failed = words("list").join(words.of(text) for text in item.failed)
        text = words("rests.near_item", kind=words(f"kind_one.{item.kind}"), title=words.of(item.title), failed=failed)
        lines.append(Line(text, words.cite(*item.sources)))
    return lines


def proof_chapter(words: Words) -> Chapter:
    """How the verdict follows: from the verdict through scores and findings to rules and answers, as an outline."""
    proof = why(words.assessment)
    outline = Outline((branch(words, proof, PROOF_DEPTH),))
    return Chapter("proof", words("proof.title"), (Paragraph(Line(words("proof.intro"))), outline), page=True)


def branch(words: Words, node: Node, depth: int) -> Branch:
    """A statement with what it follows from; its sources stand behind it rather than under it."""
    cites = tuple(child.id for child in node.children if child.kind == "source")
    aside = _rule(words, node) if node.kind == "rule" else ""
    below = [child for child in node.children if child.kind not in ("source", "answer")] if depth > 1 else []
    line = Line(words.of(node.text), words.cite(*cites), (), aside)
    return Branch(line, tuple(branch(words, child, depth - 1) for child in below))


def _rule(words: Words, node: Node) -> str:
    answers = words("list").join(words.of(child.text) for child in node.children if child.kind == "answer")
    return words("proof.rule", rule=node.id, answers=answers) if answers else words("proof.rule_alone", rule=node.id)
