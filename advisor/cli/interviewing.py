"""``advisor interview``: the questionnaire in the terminal, saved after every answer."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.cli.main import Settings, help_text, speaks_plainly
from advisor.errors import InputError, Place, Problem, nearest
from advisor.files import write_whole
from advisor.interview import Answers, Firm, Session, form, parse_answer, read_answers
from advisor.knowledge import Knowledge
from advisor.knowledge.schema import Question
from advisor.text import Text


@click.command(help=help_text("interview"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--edition", default="quick", show_default=True, help=help_text("edition"))
@click.pass_obj
@speaks_plainly
def interview(settings: Settings, file: Path, edition: str) -> None:
    """Ask one question after another; continue where the file left off."""
    knowledge = settings.knowledge()
    check_edition(edition, knowledge)
    answers = read_answers(file, knowledge) if file.exists() else Answers()
    if not answers.firm.name:
        name = click.prompt(settings.say("interview.name"), default="", show_default=False)
        named = Text(zh=name.strip(), en=name.strip()) if name.strip() else None
        answers = Answers(answers.given, Firm(named, answers.firm.about))
    session = Session(knowledge, edition, answers)
    click.echo(settings.say("interview.keys"))
    while question := session.current:
        if not _ask(question, session, settings):
            break
        write_whole(file, form(knowledge, edition, settings.lang, session.answers))
    write_whole(file, form(knowledge, edition, settings.lang, session.answers))
    done = session.progress
    click.echo(settings.say("interview.saved", file=file, answered=done.answered, total=done.total))
    click.echo(settings.say("next.assess", file=file))


def check_edition(edition: str, knowledge: Knowledge) -> None:
    """Raise :class:`~advisor.errors.InputError` for an edition that does not exist."""
    if edition not in knowledge.editions:
        raise InputError(
            "bad_name", name=edition, nearest=nearest(edition, knowledge.editions) or ", ".join(knowledge.editions)
        )


def _ask(question: Question, session: Session, settings: Settings) -> bool:
    """Ask until there is an answer, a skip or a step back; False to stop."""
    _print_question(question, session, settings)
    while True:
        try:
            typed = click.prompt(">", default="", show_default=False, prompt_suffix=" ").strip()
        except (click.Abort, EOFError):
            click.echo()
            return False
        match typed.lower():
            case "q":
                return False
            case "b":
                if not session.back():
                    click.echo(settings.say("interview.first"))
                return True
            case "w":
                click.echo(f"  {question.why[settings.lang]} [{' '.join(question.claims)}]")
                continue
            case "d":
                typed = "unknown"
            case "n":
                typed = "not_applicable"
        value = _by_number(typed, question, session.knowledge)
        answer = parse_answer(question, value, session.knowledge, Place(question.code))
        if isinstance(answer, Problem):
            click.echo(f"  {answer.message(settings.lang)} {answer.hint(settings.lang)}")
            continue
        session.answer(answer)
        return True


def _by_number(typed: str, question: Question, knowledge: Knowledge) -> str:
    """Options may be chosen by the number they are listed with, several with commas."""
    options = list(knowledge.facts[question.id].values)
    if question.type not in ("choice", "multi", "yes_no"):
        return typed
    words = [word.strip() for word in typed.replace("，", ",").split(",")]
    numbered = [options[int(w) - 1] if w.isdigit() and 0 < int(w) <= len(options) else w for w in words]
    return ",".join(numbered)


def _print_question(question: Question, session: Session, settings: Settings) -> None:
    lang, fact, done = settings.lang, session.knowledge.facts[question.id], session.progress
    click.echo(f"\n[{done.answered}/{done.total}] {question.code} " + click.style(question.text[lang], bold=True))
    if question.help:
        click.echo(f"  {question.help[lang]}")
    for number, (value, text) in enumerate(fact.values.items(), 1):
        click.echo(f"  {value if fact.kind == 'ordered' else number}  {text[lang]}")
    if question.unit and not fact.values:
        click.echo(f"  ({question.unit[lang]})")
    if question.id in session.answers.given:
        from advisor.assessment.words import answer_in_words

        given = answer_in_words(session.answers.given[question.id], fact)[lang]
        click.echo(f"  {settings.say('interview.given', answer=given)}")
