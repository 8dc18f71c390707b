"""``advisor interview``: the questionnaire in the terminal, saved after every answer."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import click

from advisor.assessment.verdict import verdict_name
from advisor.cli.exits import handle_errors
from advisor.cli.settings import Settings, help_text
from advisor.errors import InputError, Place, Problem, nearest
from advisor.files import read_file, write_file
from advisor.insight.adaptive import AdaptiveSession
from advisor.interview import Answers, Firm, Session, form, parse_answer, read_answers
from advisor.interview.answer_parsing import firm_name
from advisor.knowledge import Knowledge
from advisor.knowledge.answer_types.shared.words import YES_WORDS
from advisor.knowledge.schema import Question
from advisor.text import Text


@click.command(help=help_text("interview"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--edition", default="quick", show_default=True, help=help_text("edition"))
@click.option("--adaptive", is_flag=True, help=help_text("adaptive"))
@click.pass_obj
@handle_errors
def interview(settings: Settings, file: Path, edition: str, adaptive: bool) -> None:
    """Ask one question after another; continue where the file left off."""
    knowledge = settings.knowledge()
    check_edition(edition, knowledge)
    if file.suffix not in (".yaml", ".yml"):
        raise InputError("not_yaml", path=file)
    answer_file = AnswerFile(file, settings)
    answers = read_answers(file, knowledge) if file.exists() else Answers()
    settings.show_notes(answers.notes)
    if not answers.firm.name:
        answers = replace(answers, firm=Firm(_ask_name(settings), answers.firm.about))
    click.echo(settings.say("interview.keys"))
    session: Session | AdaptiveSession = Session(knowledge, edition, answers)
    if adaptive:
        session = AdaptiveSession(knowledge, edition, answers)
        finished = _ask_all(session, answer_file, edition, settings)
        if finished and _wants_to_continue(session, settings):
            session = Session(knowledge, edition, session.answers)
            _ask_all(session, answer_file, edition, settings)
    else:
        _ask_all(session, answer_file, edition, settings)
    if session.answers != answers or not file.exists():
        answer_file.save(form(knowledge, edition, settings.lang, session.answers))
    progress = session.progress
    click.echo(settings.say("interview.saved", file=file, answered=progress.answered, total=progress.total))
    click.echo(settings.say_command("next.assess", file=file))


def _ask_all(session: Session | AdaptiveSession, answer_file: AnswerFile, edition: str, settings: Settings) -> bool:
    """Ask until there is nothing left to ask, saving after every answer; False where the person stopped."""
    while question := session.current:
        if not _ask(question, session, settings):
            return False
        answer_file.save(form(session.knowledge, edition, settings.lang, session.answers))
    return True


def _wants_to_continue(session: AdaptiveSession, settings: Settings) -> bool:
    """Say why the questions stop here, and whether the person wants to answer the rest all the same."""
    outlook = session.outlook
    verdict = verdict_name(outlook.name)[settings.lang]
    key = "interview.settled" if outlook.settled else "interview.no_more"
    click.echo("\n" + settings.say(key, verdict=verdict, spared=session.spared))
    if not session.spared:
        return False
    try:
        reply = click.prompt(settings.say("interview.rest"), default="", show_default=False)
    except click.Abort:
        click.echo()
        return False
    return reply.strip().lower() in YES_WORDS


class AnswerFile:
    """The file an interview is saved to; what a person wrote there is backed up, and later changes are kept."""

    def __init__(self, file: Path, settings: Settings) -> None:
        self.file, self.settings = file, settings
        self.content = read_file(file) if file.exists() else None
        self.ours = self.content is None

    def save(self, text: str) -> None:
        """Write the form. Raises :class:`~advisor.errors.InputError` where the file has changed since it was last seen."""
        current = read_file(self.file) if self.file.exists() else None
        if current != self.content:
            kept_file = write_file(self.file.with_name(f"{self.file.stem}.mine{self.file.suffix}"), text)
            raise InputError("changed_meanwhile", path=self.file, kept=kept_file)
        if not self.ours and current is not None:
            kept_file = write_file(self.file.with_name(f"{self.file.name}.before"), current)
            click.echo(self.settings.say("interview.kept", file=kept_file))
            self.ours = True
        write_file(self.file, text)
        self.content = text.encode("utf-8")


def _ask_name(settings: Settings) -> Text | None:
    """The firm's name, asked for until it is one line; None where it is left empty."""
    while True:
        reply = click.prompt(settings.say("interview.name"), default="", show_default=False)
        try:
            return firm_name(reply)
        except InputError as error:
            click.echo(f"  {error.message(settings.lang)}")


def check_edition(edition: str, knowledge: Knowledge) -> None:
    """Raise :class:`~advisor.errors.InputError` for an edition that does not exist."""
    if edition not in knowledge.editions:
        raise InputError(
            "bad_name", name=edition, nearest=nearest(edition, knowledge.editions) or ", ".join(knowledge.editions)
        )


def _ask(question: Question, session: Session | AdaptiveSession, settings: Settings) -> bool:
    """Ask until there is an answer, a skip or a step back; False to stop."""
    _print_question(question, session, settings)
    while True:
        try:
            reply = click.prompt(">", default="", show_default=False, prompt_suffix=" ").strip()
        except (click.Abort, EOFError):
            click.echo()
            return False
        match reply.lower():
            case "q":
                return False
            case "b":
                if not session.back():
                    click.echo(settings.say("interview.first"))
                return True
            case "w":
                claims = f" [{' '.join(question.claims)}]" if question.claims else ""
                click.echo(f"  {question.why[settings.lang]}{claims}")
                continue
            case "?" | "？":
                click.echo(f"  {settings.say('interview.keys')}")
                continue
            case "d":
                reply = "unknown"
            case "n":
                reply = "not_applicable"
        value = _options_by_number(reply, question, session.knowledge)
        answer = parse_answer(question, value, session.knowledge, Place(question.code))
        if isinstance(answer, Problem):
            click.echo(f"  {answer.message(settings.lang)} {answer.hint(settings.lang)}")
            continue
        session.answer(answer)
        return True


def _options_by_number(reply: str, question: Question, knowledge: Knowledge) -> str:
    """Options may be chosen by the number they are listed with, several with what lists are written with between them."""
    options = list(knowledge.facts[question.id].values)
    if not options or question.answer_type.numbered:
        return reply
    by_number = {str(number): option for number, option in enumerate(options, 1)}
    plain = unicodedata.normalize("NFKC", reply)
    numbers = [word for word in re.split(r"[\s,、;]+", plain) if word]
    words = numbers if all(word in by_number for word in numbers) else [word.strip() for word in plain.split(",")]
    return ",".join(by_number.get(word, word) for word in words)


def _print_question(question: Question, session: Session | AdaptiveSession, settings: Settings) -> None:
    lang, fact, progress = settings.lang, session.knowledge.facts[question.id], session.progress
    click.echo(f"\n[{progress.answered}/{progress.total}] {question.code} " + click.style(question.text[lang], bold=True))
    if question.help:
        click.echo(f"  {question.help[lang]}")
    for number, (value, text) in enumerate(fact.values.items(), 1):
        click.echo(f"  {value if fact.type.numbered else number}  {text[lang]}")
    if prompt := fact.type.prompt(fact, lang):
        click.echo(f"  ({prompt})")
    if question.id in session.answers.given:
        from advisor.assessment.answer_items import answer_in_words

        answer_text = answer_in_words(session.answers.given[question.id], fact)[lang]
        click.echo(f"  {settings.say('interview.given', answer=answer_text)}")
