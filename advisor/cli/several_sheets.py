"""Several sheets of one firm: what commands read of them, and how what comes of them is shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click
from rich.markup import escape

from advisor.cli.firm_case import terminal
from advisor.cli.options import parse_date
from advisor.cli.settings import Settings, help_text
from advisor.errors import AnswersError, InputError, Problem
from advisor.interview.answers import Answers, Author, Ruling
from advisor.interview.authors import ALL, RULES

if TYPE_CHECKING:
    from advisor.insight.view_items import ConflictItem, MergeItem, OutcomeItem
    from advisor.insight.views import Merged
    from advisor.knowledge import Knowledge


@dataclass(frozen=True)
class MergeOptions:
    """What decides between different answers, and what is said of the files: their roles and days."""

    by: str | None = None
    decide: Path | None = None
    role: tuple[str, ...] = ()
    on: tuple[str, ...] = ()


def merge_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of :class:`MergeOptions` for a command that takes several sheets."""
    for option in reversed(
        (
            click.option("--by", type=click.Choice(RULES), default=None, help=help_text("merge_by")),
            click.option("--decide", type=click.Path(path_type=Path), default=None, help=help_text("merge_decide")),
            click.option("--role", multiple=True, metavar="FILE=ROLE", help=help_text("merge_role")),
            click.option("--on", multiple=True, metavar="FILE=DATE", help=help_text("merge_on")),
        )
    ):
        command = option(command)
    return command


def merged_sheets(paths: Sequence[Path], knowledge: Knowledge, settings: Settings, options: MergeOptions) -> Merged:
    """The sheets of one firm merged.

    Raises :class:`~advisor.errors.AnswersError` with the mistakes of all files, :class:`~advisor.errors.InputError` where
    none holds an answer or an option names none of them.
    """
    from advisor.insight.views import merge
    from advisor.interview.merge_rules import read_merge_rules

    told = read_merge_rules(options.decide, knowledge) if options.decide else None
    rules: dict[str, Ruling] = {ALL: Ruling(options.by)} if options.by else {}
    roles = _by_file(options.role, paths, _role)
    days = _by_file(options.on, paths, parse_date)
    sheets, problems = list[Answers](), list[Problem]()
    for path in paths:
        try:
            sheet = _read(path, knowledge, settings)
        except AnswersError as error:
            problems += error.problems
            continue
        settings.show_notes(sheet.notes)
        author = (told.author(path) if told else None) or sheet.author or Author()
        author = replace(author, file=path.name, on=days.get(path, author.on))
        author = replace(author, roles=(roles[path],)) if path in roles else author
        if not author.roles and sheet.views is None and (role := role_of_name(path.stem)):
            author = replace(author, roles=(role,))
            click.echo(settings.say("merge.role_read", file=path.name, role=settings.say(f"merge.role.{role}")), err=True)
        sheets.append(replace(sheet, author=author))
    if problems:
        raise AnswersError(problems)
    if not any(sheet.given for sheet in sheets):
        raise InputError("merge_nothing")
    return merge(knowledge, sheets, {**(told.rules if told else {}), **rules})


def _read(path: Path, knowledge: Knowledge, settings: Settings) -> Answers:
    """The answers of a file; of a saved assessment or a report those inside it, on its day."""
    from advisor.assessment import Assessment
    from advisor.insight.replay import answers_of
    from advisor.reporting.saved_assessment import saved_assessment

    if content := saved_assessment(path):
        saved = Assessment.from_json(content)
        answers = answers_of(saved, knowledge)
        return replace(answers.of_line("main"), author=Author(on=saved.assessed_on))
    return settings.read_answers(path, knowledge)


def _by_file(words: Sequence[str], paths: Sequence[Path], read: Callable[[str], Any]) -> dict[Path, Any]:
    """Values given as FILE=VALUE, by file."""
    values = {}
    for word in words:
        name, sign, value = word.rpartition("=")
        path = next((path for path in paths if name in (str(path), path.name, path.stem)), None)
        if not sign or path is None or (found := read(value.strip())) is None:
            raise InputError("merge_bad_pair", found=word)
        values[path] = found
    return values


def _role(word: str) -> str | None:
    from advisor.knowledge.schema import Role

    return word if word in get_args(Role) else role_of_name(word)


def role_of_name(name: str) -> str | None:
    """The role that a word names in either language, as the name of a file may; None for any other word."""
    from advisor.knowledge.schema import Role
    from advisor.text import LANGS, catalogue

    word = unicodedata.normalize("NFKC", name).strip().lower()
    words = catalogue("interview")
    named = {role: {w for lang in LANGS for w in words[f"role_words.{role}"][lang].split(",")} for role in get_args(Role)}
    return next((role for role, some in named.items() if word == role or word in {w.strip() for w in some}), None)


def show_merged(item: MergeItem, settings: Settings) -> None:
    """Who handed in what, where they differ and what that does, in the terminal."""
    console, say = terminal(), settings.say
    for line in _lines(item, settings):
        console.print(line, soft_wrap=True)
    if item.notes:
        console.print()
    for note in item.notes:
        console.print(f"[yellow]{escape(note[settings.lang])}[/yellow]", soft_wrap=True)
    if item.conflicts and not any(conflict.matters == "verdict" for conflict in item.conflicts):
        console.print(escape(say("merge.no_turn")), soft_wrap=True)


def _lines(item: MergeItem, settings: Settings) -> Iterator[str]:
    say, lang = settings.say, settings.lang
    yield f"[bold]{say('merge.respondents', count=len(item.respondents))}[/bold]"
    for person in item.respondents:
        roles = say("comma").join(say(f"merge.role.{role}") for role in person.roles)
        details = say("comma").join(
            part for part in (roles, person.on.isoformat() if person.on else "", person.file) if part and part != person.name
        )
        line = say("merge.respondent", name=person.name, details=details or "–", count=person.answered)
        if item.conflicts and len(item.respondents) > 1:
            line += say("merge.if_right", outcome=outcome_in_words(person.outcome, settings))
        yield f" • {escape(line)}"
    values = {"same": item.same, "single": item.single, "conflicts": len(item.conflicts)}
    yield f"\n{escape(say('merge.counts', **values))}"
    for agreement in item.agreements:
        said = say("semicolon").join(
            say("merge.said", name=name, shown=shown[lang]) for name, shown in agreement.views.items()
        )
        told = say(f"merge.how.{agreement.how}", taken=agreement.taken[lang])
        yield f" • {agreement.code} {escape(_short(agreement.text[lang]))} {escape(told)}{escape(say('aside', said=said))}"
    yield f"\n[bold]{say('merge.outcome')}[/bold]{escape(outcome_in_words(item.outcome, settings))}"
    if item.conflicts:
        yield f"\n[bold]{say('merge.conflicts')}[/bold]"
    for conflict in item.conflicts:
        yield from _conflict_lines(conflict, settings)
    if item.conflicts:
        yield ""
        yield escape(_range(item, settings))
    if item.inapplicable:
        yield f"\n[bold]{say('merge.inapplicable')}[/bold]"
    for entry in item.inapplicable:
        yield f" • {escape(entry.sentence[lang])}"


def _conflict_lines(conflict: ConflictItem, settings: Settings) -> Iterator[str]:
    say, lang = settings.say, settings.lang
    matters = say(f"merge.matters.{conflict.matters if conflict.applies else 'inapplicable'}")
    yield f"{conflict.code} {escape(conflict.text[lang])} [dim]{escape(matters)}[/dim]"
    for view in conflict.views:
        by = say("comma").join(view.by)
        line = say("merge.view", shown=view.shown[lang], by=by, outcome=outcome_in_words(view.outcome, settings))
        found = [f"{sign} {title[lang]}" for sign, some in (("+", view.gained), ("–", view.lost)) for title in some]
        tail = f"[dim]{escape(say('aside', said=say('semicolon').join(found)))}[/dim]" if found else ""
        yield f"  {'→' if view.taken else ' '} {escape(line)}{tail}"
    if conflict.unknown:
        yield f"    {escape(say('merge.unknown', by=say('comma').join(conflict.unknown)))}"
    yield f"    {escape(conflict.why[lang])}{escape(f' {conflict.reason}' if conflict.reason else '')}"


def _range(item: MergeItem, settings: Settings) -> str:
    """What the combinations of views lead to."""
    from advisor.assessment.verdict import verdict_name

    say, lang = settings.say, settings.lang
    ends = {
        "cautious": outcome_in_words(item.cautious.outcome, settings),
        "hopeful": outcome_in_words(item.hopeful.outcome, settings),
    }
    if not item.complete:
        return say("merge.some_mixtures", count=item.mixtures, **ends)
    shares = say("comma").join(f"{verdict_name(name)[lang]} {count}" for name, count in item.shares.items())
    return say("merge.mixtures", count=sum(item.shares.values()), shares=shares, **ends)


def outcome_in_words(outcome: OutcomeItem, settings: Settings) -> str:
    """Verdict, need and ability in a few words."""
    from advisor.assessment.verdict import verdict_name

    points = {
        name: "–" if value is None else f"{value:.0f}"
        for name, value in (("need", outcome.need), ("ability", outcome.ability))
    }
    return settings.say("merge.outcome_words", verdict=verdict_name(outcome.verdict)[settings.lang], **points)


def _short(text: str) -> str:
    return text.rstrip("？?")


def written_merge(answers: Answers, path: Path, knowledge: Knowledge, settings: Settings) -> bytes:
    """The merged sheet as the bytes of a YAML or JSON file, by the ending of its name."""
    from advisor.interview import form
    from advisor.interview.serialization import json_line

    if path.suffix.lower() == ".json":
        return json_line(answers, knowledge).encode()
    shortest = min(knowledge.editions, key=lambda name: len(knowledge.edition_questions(name)))
    return form(knowledge, shortest, settings.lang, answers).encode()
