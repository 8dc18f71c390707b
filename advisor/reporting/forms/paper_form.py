"""The questionnaire on paper: boxes to tick, lines to write on, in small print why each question is asked."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from advisor.interview import Firm
from advisor.interview.yaml_form import By
from advisor.knowledge import Knowledge
from advisor.reporting.forms.cell_styles import breadth
from advisor.reporting.forms.content import FormEntry, form_parts
from advisor.reporting.forms.validation import status_labels
from advisor.reporting.html import template_environment
from advisor.reporting.weasyprint import html_to_pdf
from advisor.text import Lang, say

HOW_TO = ("tick", "unknown", "skip", "codes")
OPTION_COLUMNS = ((19, 4), (28, 3), (46, 2))
"""How broad the longest option may be where options stand in so many columns."""


@dataclass(frozen=True)
class PaperEntry:
    """A question as it is printed; where there is room, what stands for no answer is set beside the answers."""

    code: str
    text: str
    remark: str
    only_if: str
    help: str
    options: tuple[tuple[str, str], ...]
    columns: int
    several: bool
    beside: bool
    rows: int
    blanks: tuple[str, ...]
    evidence: str
    why: str
    claims: str


@dataclass(frozen=True)
class PaperGroup:
    """Questions under a heading."""

    title: str
    entries: tuple[PaperEntry, ...]


@dataclass(frozen=True)
class PaperPart:
    """A chapter of the form."""

    title: str
    intro: str
    groups: tuple[PaperGroup, ...]


@dataclass(frozen=True)
class PaperForm:
    """The whole form, every text final; parts that go to different people begin a page each."""

    lang: Lang
    title: str
    edition: str
    about: str
    lines: tuple[tuple[str, str], ...]
    how_to: tuple[str, ...]
    statuses: tuple[str, ...]
    apart: bool
    parts: tuple[PaperPart, ...]
    version: str


def paper_form(knowledge: Knowledge, firm: Firm, lang: Lang, edition: str, by: By = "section") -> bytes:
    """An edition's questions as a tagged PDF to print and fill in with a pen; only the firm's name is filled in, where it is
    known. The same knowledge gives the same bytes."""
    return html_to_pdf(paper_html(knowledge, firm, lang, edition, by), knowledge.version.encode())


def paper_html(knowledge: Knowledge, firm: Firm, lang: Lang, edition: str, by: By = "section") -> str:
    """The page that is laid out on paper."""
    form = _form(knowledge, firm, lang, edition, by)
    return template_environment().get_template("form/form.html").render(form=form, t=_words(lang))


def _words(lang: Lang) -> functools.partial[str]:
    return functools.partial(_say, lang)


def _say(lang: Lang, key: str) -> str:
    return say("forms", key, lang)


def _form(knowledge: Knowledge, firm: Firm, lang: Lang, edition: str, by: By) -> PaperForm:
    chosen = knowledge.editions[edition]
    name = firm.name[lang] if firm.name else ""
    return PaperForm(
        lang=lang,
        title=say("forms", "title", lang),
        edition=chosen.title[lang],
        about=chosen.about[lang],
        lines=tuple(
            (say("forms", f"paper.{line}", lang), name if line == "firm" else "") for line in ("firm", "person", "date")
        ),
        how_to=tuple(say("forms", f"paper.how_to.{line}", lang) for line in HOW_TO),
        statuses=status_labels(lang),
        apart=by == "role",
        parts=tuple(
            PaperPart(
                part.title,
                part.intro,
                tuple(
                    PaperGroup(group.title, tuple(_question(entry, lang) for entry in group.entries))
                    for group in part.groups
                ),
            )
            for part in form_parts(knowledge, edition, lang, by)
        ),
        version=say("forms", "version", lang, version=knowledge.version),
    )


def _question(entry: FormEntry, lang: Lang) -> PaperEntry:
    question, kind = entry.question, entry.fact.type
    options = tuple((value if kind.numbered else "", text[lang]) for value, text in entry.fact.values.items())
    remark = kind.remark or ("choose" if options else "")
    return PaperEntry(
        code=question.code,
        text=entry.text,
        remark=say("forms", f"paper.{remark}", lang) if remark else entry.range,
        only_if=entry.only_if,
        help=entry.help,
        options=options,
        columns=_columns(options),
        several=kind.several,
        beside=not kind.remark and (not options or _columns(options) == 1),
        rows=kind.lines_on_paper,
        blanks=kind.on_paper(question, lang),
        evidence=entry.evidence,
        why=entry.why,
        claims=entry.claims,
    )


def _columns(options: tuple[tuple[str, str], ...]) -> int:
    """In how many columns options stand side by side."""
    longest = max((breadth(f"{step} {words}") for step, words in options), default=0)
    return next((columns for most, columns in OPTION_COLUMNS if longest <= most), 1)
