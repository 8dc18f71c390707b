"""What stands beside an answer: a note, what shows it, its source, who gave it and when, how sure it is, who may see it.

An annotation never changes a result. It goes with its answer through every file, the store and the API. ``words`` are
those a person used where the answer was read as bounds ("about 120"). Unless it is marked for the client it is internal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from advisor.errors import nearest, shortened
from advisor.interview.answers import Annotation, Answer, Answers
from advisor.knowledge.answer_types import RefusedError
from advisor.knowledge.answer_types.date import read_day
from advisor.knowledge.answer_types.shared.words import MAX_TEXT
from advisor.knowledge.margins import Margin
from advisor.text import LANGS, Lang, normalized, say, single_line

VALUE = "value"
"""The part of an annotated answer that is the answer itself."""
FIELDS = tuple(field.name for field in fields(Annotation))
TYPED = tuple(name for name in FIELDS if name != "words")
"""What a person fills in, in the order of the columns of a form."""
LONG = frozenset({"note", "evidence"})
MAX_LONG = 4000
"""Characters of a note, and of what shows an answer."""
CHOICES: Mapping[str, tuple[str, ...]] = {"confidence": ("high", "medium", "low"), "visible": ("client", "internal")}
"""Parts of which one of some words is chosen."""
Complain = Callable[..., None]
_A_MONTH = "A143"
"""The code of the refusal of a month where a day is asked for."""


def apart(value: Any) -> tuple[Any, Mapping[str, Any]]:
    """A raw answer and what stands beside it: ``{value: 5, note: …}`` is both in one."""
    if not isinstance(value, Mapping):
        return value, {}
    return value.get(VALUE), {key: part for key, part in value.items() if key != VALUE}


def field_key(key: str) -> tuple[str, str]:
    """The question and the part that a flat key such as ``A2_note`` names; two empty words where it is no such key.

    >>> field_key("A2_note"), field_key("customer_files.by"), field_key("A2")
    (('A2', 'note'), ('customer_files', 'by'), ('', ''))
    """
    for mark in "_.":
        question, _, part = key.rpartition(mark)
        if question and part.lower() in FIELDS:
            return question, part.lower()
    return "", ""


def read_part(name: str, raw: Any, complain: Complain) -> str:
    """A part of an annotation as it is kept; empty for a blank. ``complain`` is told why it is none, by code and values."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return ""
    if isinstance(raw, Mapping | list | tuple | set):
        complain("A161", field=name, found=shortened(raw))
        return ""
    text = "\n".join(filter(None, map(single_line, str(raw).splitlines())))
    if len(text) > (most := MAX_LONG if name in LONG else MAX_TEXT):
        complain("A162", field=name, count=len(text), most=most)
        return ""
    if name in CHOICES:
        return _chosen(name, text, complain)
    return _day(raw, complain) if name == "on" else text


def _chosen(name: str, text: str, complain: Complain) -> str:
    word = normalized(text)
    for choice in CHOICES[name]:
        if word in (choice, *(normalized(said) for said in choice_words(name, choice))):
            return choice
    allowed = ", ".join(f"{choice} ({choice_words(name, choice)[0]})" for choice in CHOICES[name])
    complain("A163", field=name, value=shortened(text), allowed=allowed)
    return ""


def choice_word(name: str, choice: str, lang: Lang) -> str:
    """How a choice is called in a language."""
    return say("interview", f"annotation.{name}_{choice}", lang)


def choice_words(name: str, choice: str) -> list[str]:
    """How a choice is called in each language."""
    return [choice_word(name, choice, lang) for lang in LANGS]


def _day(raw: Any, complain: Complain) -> str:
    """A day, or a month, as ISO 8601 writes it."""
    try:
        return str(read_day(raw))
    except RefusedError as refused:
        if refused.code == _A_MONTH:
            return str(refused.values["first"])[:7]
        complain(refused.code, **refused.values)
        return ""


def read_annotation(parts: Mapping[str, Any], complain: Complain) -> Annotation:
    """An annotation out of its raw parts; ``complain`` is told of each that cannot be read."""
    read = dict[str, str]()
    for key, raw in parts.items():
        name = str(key).strip().lower()
        if name not in FIELDS:
            complain("A160", field=shortened(key), nearest=nearest(name, (VALUE, *FIELDS)) or "–")
        else:
            read[name] = read_part(name, raw, complain)
    return Annotation(**read)


def with_words(annotation: Annotation, answer: Answer | None, raw: Any) -> Annotation:
    """An annotation with the words of an answer that was read as bounds."""
    if answer is None or not isinstance(answer.value, Margin):
        return replace(annotation, words="")
    said = single_line(raw) if isinstance(raw, str) else ""
    return replace(annotation, words=said[:MAX_TEXT]) if said and said != str(answer.value) else annotation


def merged(one: Annotation, other: Annotation) -> Annotation:
    """Two annotations on one answer: notes one under the other, of everything else the first that says something. What one
    of them marks as internal stays so."""
    both = {name: getattr(one, name) or getattr(other, name) for name in FIELDS}
    for name in LONG:
        both[name] = "\n".join(dict.fromkeys(filter(None, (getattr(one, name), getattr(other, name)))))
    if "internal" in (one.visible, other.visible):
        both["visible"] = "internal"
    return Annotation(**both)


def updated(old: Annotation | None, new: Annotation) -> Annotation:
    """What stands beside an answer that is given anew: what was kept, where there is nothing new but the answer's words."""
    return replace(old, words=new.words) if old and replace(new, words="") == Annotation() else new


def record(plain_value: Any, annotation: Annotation | None) -> Any:
    """An answer as plain data with what stands beside it; the bare value where there is nothing."""
    said = said_parts(annotation) if annotation else {}
    return {VALUE: plain_value, **said} if said else plain_value


def said_parts(annotation: Annotation) -> dict[str, str]:
    """The parts of an annotation that say something."""
    return {name: text for name, text in asdict(annotation).items() if text}


def kept_annotation(parts: Mapping[str, Any]) -> Annotation:
    """The annotation in a record that this program kept; what it does not know is passed over."""
    return Annotation(**{name: text for name, text in parts.items() if name in FIELDS and isinstance(text, str)})


def carried(
    annotations: Mapping[str, Annotation], destinations: Callable[[str], list[str]], asked: Mapping[str, object]
) -> dict[str, Annotation]:
    """Annotations by the questions of today: those on retired questions go where the answers to them went."""
    today = {name: annotation for name, annotation in annotations.items() if name in asked}
    for name, annotation in annotations.items():
        for target in [] if name in asked else destinations(name):
            old = replace(annotation, words="")
            today[target] = merged(_closed(today[target]), _closed(old)) if target in today else old
    return {name: annotation for name, annotation in today.items() if annotation}


def _closed(annotation: Annotation) -> Annotation:
    """An annotation that says who may see it."""
    return replace(annotation, visible=annotation.visible or "internal")


def for_client(answers: Answers) -> Answers:
    """A sheet as a client may see it: with annotations marked for it, and of the others the words of the answer itself."""
    lines = answers.lines and replace(answers.lines, annotations=_open_ones(answers.lines.annotations))
    return replace(answers, annotations=_open_ones(answers.annotations), lines=lines)


def _open_ones(annotations: Mapping[str, Annotation]) -> dict[str, Annotation]:
    return {name: shown for name, one in annotations.items() if (shown := open_part(one))}


def open_part(annotation: Annotation) -> Annotation:
    """What a client may see of an annotation."""
    return annotation if annotation.visible == "client" else Annotation(words=annotation.words)
