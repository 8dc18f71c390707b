"""The public API behind ``import advisor``: answers in any form a program holds them, and every question asked of them.

A *firm* below is whatever says what a firm answered: :class:`Answers`, a mapping, a path, YAML or JSON text, or an
:class:`Assessment`, as it is, saved or in its PDF. ``knowledge`` is the product's own unless another is passed.
docs/library.md is the guide.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from advisor.assessment import Assessment
from advisor.assessment import assess as assess_answers
from advisor.assessment.lines import leading
from advisor.assessment.model.insight import PathItem, SensitivityItem
from advisor.assessment.model.since import SinceItem
from advisor.assessment.outlook import VerdictOutlook, verdict_outlook
from advisor.assessment.own_figures import knowledge_as_set
from advisor.errors import InputError, expect_choice, expect_type, shortened
from advisor.inference import RULE_ENGINES, RuleEngine, infer
from advisor.insight import replay as replay_module
from advisor.insight.knowledge_choice import knowledge_or_built_in
from advisor.insight.planned import planned
from advisor.insight.scenarios import Scenario
from advisor.insight.views import Merged
from advisor.insight.what_if import Comparison
from advisor.insight.what_if import what_if as compare_scenario
from advisor.insight.why import VERDICT, Node
from advisor.insight.why import why as explain
from advisor.insight.why_not import WhyNot
from advisor.insight.why_not import why_not as find_shortfalls
from advisor.interview import Answers
from advisor.interview import read_answers as read_file
from advisor.interview.answer_files import answers_in, entries_in, parse_answers
from advisor.interview.answers import Author
from advisor.interview.headings import MappedHead
from advisor.interview.python_values import plain_value
from advisor.interview.table_options import TableOptions, read_mapping
from advisor.knowledge import Knowledge
from advisor.reporting.saved_assessment import is_assessment, saved_assessment
from advisor.text import catalogue

FirmSource = Answers | Assessment | Mapping[str, Any] | os.PathLike[str] | str
"""What the questions are asked of. A string with a line break, with ``": "`` in it or starting with ``{`` is YAML or JSON
text; any other names a file, of answers or of an assessment."""


def read_answers(
    source: FirmSource,
    knowledge: Knowledge | None = None,
    *,
    encoding: str = "",
    mapping: Mapping[str, str] | os.PathLike[str] | str | None = None,
) -> Answers:
    """The answers in a mapping, a file (YAML, JSON, JSON lines, CSV, XLSX), a text (YAML, JSON), keyed by id or code, or
    inside an assessment, saved or in its PDF.

    Of a file that is a table, ``encoding`` is that of a CSV and ``mapping`` says what heads stand for: a file as ``advisor
    batch --propose`` writes it, or codes and ids of questions by head.

    Raises :class:`~advisor.errors.AnswersError` with every mistake at once, :class:`~advisor.errors.InputError` where a
    file cannot be read at all or ``source`` is of another type.
    """
    if not encoding and mapping is None:
        return _answers_of(source, knowledge)[0].of_line("main")
    if not isinstance(source, str | os.PathLike) or (isinstance(source, str) and _is_text(source)):
        raise InputError("table_options_for_files")
    knowledge = knowledge_or_built_in(knowledge)
    heads: Mapping[str, MappedHead] | None = None
    if isinstance(mapping, Mapping):
        heads = {head: MappedHead(key) for head, key in mapping.items()}
    elif mapping is not None:
        heads = read_mapping(Path(mapping), knowledge)
    return read_file(Path(source), knowledge, TableOptions("", encoding, heads)).of_line("main")


def assess(
    firm: FirmSource,
    knowledge: Knowledge | None = None,
    assessed_on: date | None = None,
    *,
    full: bool = False,
    engine: RuleEngine = "experta",
) -> Assessment:
    """The assessment of one firm. ``assessed_on`` is the date reports show; without it the same answers give the same bytes.

    ``full`` adds what reports show beyond the verdict: the way to feasible, sensitivity, near misses and the choice of a
    system. It takes about three times as long. ``engine`` is what judges the rules, ``experta`` or the faster ``columns``;
    the same comes out of both. Never fails for want of answers: what is missing widens the result.

    An assessment that was made already comes back as it is, unless a knowledge, a date or ``full`` asks for more than is in
    it; then its answers are judged anew.
    """
    expect_choice(engine, RULE_ENGINES)
    day = _day(assessed_on)
    made = _assessment_in(firm)
    if made and knowledge is None and day is None and not (full and (made.insight is None or made.selection is None)):
        return made
    answers, knowledge = _answers_of(made or firm, knowledge)
    if not full:
        return assess_answers(answers, knowledge, day, engine)
    from advisor.insight.full_assessment import assess_fully

    return assess_fully(answers, knowledge, day, engine=engine)


def outlook(firm: FirmSource, knowledge: Knowledge | None = None) -> VerdictOutlook:
    """The verdict alone, and every other verdict the missing answers could still lead to, without grounds."""
    answers, knowledge = _answers_of(firm, knowledge)
    return verdict_outlook(knowledge, answers)


def why(firm: FirmSource, target: str = VERDICT, knowledge: Knowledge | None = None) -> Node:
    """The proof of the verdict, or of a score, finding or rule by its id; of products and costs in a full assessment.

    Raises :class:`~advisor.errors.InputError` for what was not concluded.
    """
    expect_type("target", target, str)
    return explain(_assessment_in(firm) or assess(firm, knowledge), target)


def why_not(firm: FirmSource, target: str, knowledge: Knowledge | None = None) -> WhyNot:
    """What kept ``target``, a finding, a rule or a verdict such as ``feasible``, from being concluded.

    Raises :class:`~advisor.errors.InputError` where there is no such thing, or it was concluded.
    """
    expect_type("target", target, str)
    answers, knowledge = _answers_of(firm, knowledge)
    return find_shortfalls(knowledge, answers, infer(knowledge, [answers], "columns")[0].facts, target)


def what_if(firm: FirmSource, changes: Mapping[str, Any] | Scenario, knowledge: Knowledge | None = None) -> Comparison:
    """The firm as it is beside the firm with some answers changed, keyed like answers: ``{"F2": "chief"}``.

    Raises :class:`~advisor.errors.AnswersError` with every change that is no answer to its question.
    """
    expect_type("changes", changes, Mapping, Scenario)
    made = _assessment_in(firm)
    answers, knowledge = _answers_of(made or firm, knowledge)
    if not isinstance(changes, Scenario):
        changed = entries_in(plain_value(changes), "changes", knowledge)
        changes = Scenario("what_if", catalogue("insight")["what_if.title"], changed.given, changed.notes)
    own_figures = made.selection.settings if made and made.selection else None
    before, _ = planned(knowledge, answers, made.assessed_on if made else None, own_figures)
    return compare_scenario(knowledge_as_set(knowledge, own_figures), answers, changes, before, own_figures)


def paths(firm: FirmSource, knowledge: Knowledge | None = None, ways: int = 3) -> PathItem:
    """The least-effort changes that make the verdict feasible, at most ``ways`` of them; or what no change brings about."""
    from advisor.insight.examine import planned_path

    answers, knowledge = _answers_of(firm, knowledge)
    return planned_path(knowledge, answers, ways)[1]


def sensitivity(firm: FirmSource, knowledge: Knowledge | None = None) -> SensitivityItem:
    """The answers and weights that would turn the verdict, and how often other weights would.

    Raises :class:`~advisor.errors.InputError` where too little is answered for a verdict.
    """
    from advisor.insight import sensitivity as sensitivity_module
    from advisor.insight.sensitivity_items import sensitivity_item

    answers, knowledge = _answers_of(firm, knowledge)
    turns = sensitivity_module.sensitivity(knowledge, answers, verdict_outlook(knowledge, answers))
    item = sensitivity_item(knowledge, answers, turns)
    if item is None:
        raise InputError("no_verdict")
    return item


def merge(
    sheets: Mapping[str, FirmSource] | Sequence[FirmSource],
    knowledge: Knowledge | None = None,
    rules: Mapping[str, Any] | None = None,
) -> Merged:
    """Several sheets of one firm as one, with what each difference does; ``answers`` of what comes back is the merged sheet.

    A mapping names the respondents by its keys. ``rules`` decide by code or id of a question, by type, or ``all``:
    ``{"scale": "median", "A2": "most_recent", "G1": {"take": "Chen Wei"}}``. Raises :class:`~advisor.errors.InputError` for
    a rule there is not, and where no sheet holds an answer.
    """
    from advisor.insight.views import merge as merge_sheets
    from advisor.interview.merge_rules import rules_in

    expect_type("sheets", sheets, Mapping, Sequence)
    knowledge = knowledge_or_built_in(knowledge)
    named = sheets.items() if isinstance(sheets, Mapping) else ((_file_name(sheet), sheet) for sheet in sheets)
    read = [_by(name, sheet, knowledge, named=isinstance(sheets, Mapping)) for name, sheet in named]
    if not any(sheet.given for sheet in read):
        raise InputError("merge_nothing")
    return merge_sheets(knowledge, read, rules_in(rules or {}, knowledge))


def compare(
    then: FirmSource, now: FirmSource, knowledge: Knowledge | None = None, assessed_on: date | None = None
) -> SinceItem:
    """What changed of one firm between two points in time, and which changed answers carry it. Sheets are assessed now, or
    on ``assessed_on``; assessments, saved ones and PDFs stand as they were made."""
    from advisor.insight.since import TimePoint, saved_point, since

    knowledge, day = knowledge_or_built_in(knowledge), _day(assessed_on)

    def point(firm: FirmSource) -> TimePoint:
        if made := _assessment_in(firm):
            return saved_point(made, knowledge)
        answers = leading(_read(firm, knowledge), knowledge)
        return TimePoint(planned(knowledge, answers, day)[0], answers)

    return since(knowledge, point(then), point(now))


def _by(name: str, sheet: FirmSource, knowledge: Knowledge, named: bool) -> Answers:
    """A sheet with who filled it in: as it says itself, else as its key or its file is called."""
    made = _assessment_in(sheet)
    answers = _answers_of(made, knowledge)[0].of_line("main") if made else _read(sheet, knowledge)
    author = answers.author or Author(on=made.assessed_on if made else None)
    author = replace(author, name=name) if named else replace(author, file=author.file or name)
    return replace(answers, author=author)


def _file_name(sheet: FirmSource) -> str:
    return Path(sheet).name if isinstance(sheet, os.PathLike) or (isinstance(sheet, str) and not _is_text(sheet)) else ""


def replay(assessment: Assessment | os.PathLike[str] | str, knowledge: Knowledge | None = None) -> replay_module.Replay:
    """An assessment, perhaps a saved one or in its PDF, worked out again from the answers inside it, and what differs if
    anything does. Raises :class:`~advisor.errors.InputError` for what is no assessment."""
    if (made := _assessment_in(assessment)) is None:
        raise InputError("bad_assessment", detail=shortened(assessment))
    return replay_module.replay(made, knowledge_or_built_in(knowledge))


def _answers_of(firm: FirmSource, knowledge: Knowledge | None) -> tuple[Answers, Knowledge]:
    """A firm's answers, and the knowledge to ask by: of an assessment under the weights and the view it was made with."""
    knowledge = knowledge_or_built_in(knowledge)
    if made := _assessment_in(firm):
        knowledge = replay_module.as_made(made, knowledge)
        return replay_module.answers_of(made, knowledge), knowledge
    return leading(_read(firm, knowledge), knowledge), knowledge


def _assessment_in(firm: object) -> Assessment | None:
    """An assessment, itself, as JSON, saved or in its PDF; None for answers of any form."""
    if isinstance(firm, Assessment):
        return firm
    if isinstance(firm, str) and _is_text(firm):
        content = firm.encode("utf-8", "surrogatepass")
        return Assessment.from_json(content) if is_assessment(content) else None
    saved = saved_assessment(Path(firm)) if isinstance(firm, str | os.PathLike) else None
    return Assessment.from_json(saved) if saved else None


def _read(source: Any, knowledge: Knowledge) -> Answers:
    """Answers of any form but inside an assessment."""
    if isinstance(source, Answers):
        return source
    if isinstance(source, Mapping):
        return answers_in(plain_value(source), "answers", knowledge)
    if isinstance(source, str) and _is_text(source):
        return parse_answers(source.encode("utf-8", "surrogatepass"), "json" if _is_json(source) else "yaml", knowledge)
    if isinstance(source, str) and not source.strip():
        raise InputError("empty_answers_source")
    if isinstance(source, str | os.PathLike):
        return read_file(Path(source), knowledge)
    raise InputError("bad_answers_source", type=type(source).__name__)


def _day(assessed_on: date | None) -> date | None:
    """A day without the time of it."""
    if assessed_on is not None:
        expect_type("assessed_on", assessed_on, date)
    return assessed_on.date() if isinstance(assessed_on, datetime) else assessed_on


def _is_text(source: str) -> bool:
    """Whether a string holds answers rather than naming a file."""
    return "\n" in source or ": " in source or source.lstrip().startswith("{")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
