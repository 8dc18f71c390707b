"""What a release of the knowledge changes, in words: what is new, changed or retired between two versions.

Enters: two :class:`~advisor.knowledge.model.Knowledge`. Leaves: Markdown in one language. It reads what each entry says,
field by field, and tells what differs; what it comes to for firms is told by ``advisor rules diff``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from advisor.knowledge.due import dates_of
from advisor.knowledge.in_words import premise_in_words, review_in_words
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Conclusion, Task
from advisor.knowledge.schema.products import LEVELS
from advisor.knowledge.schema.tasks import Work
from advisor.selection.fact_items import fact_items
from advisor.text import Lang, Text, catalogue, join, say

Change = Literal["added", "changed", "retired"]
SHORT = 80
"""Texts no longer than this are told as they were and as they are; of longer ones only what they are now."""
Words = dict[str, str]
"""What an entry says by field, in one language. A field is a key of the texts, or a label already."""


@dataclass(frozen=True)
class NotedChange:
    """One entry that differs: its kind, id and title, and the fields that changed, each as it was and as it is."""

    kind: str
    change: Change
    id: str
    title: str
    fields: Mapping[str, tuple[str, str]]


def release_notes(old: Knowledge, new: Knowledge, lang: Lang) -> str:
    """The changes from one knowledge to another as Markdown."""
    versions = {"old": old.version, "new": new.version}
    lines = [f"# {_say('title', lang, **versions)}", ""]
    changes = list(changes_between(old, new, lang))
    for kind in _KINDS:
        for change in ("added", "changed", "retired"):
            noted = [entry for entry in changes if (entry.kind, entry.change) == (kind, change)]
            if noted:
                name = _say(f"kind.{kind}", lang)
                lines += [f"## {_say(f'change.{change}', lang, kind=name, count=len(noted))}", ""]
                lines += [line for entry in noted for line in _lines(entry, lang)]
                lines.append("")
    if not changes:
        lines += [_say("none", lang), ""]
    return "\n".join(lines)


def changes_between(old: Knowledge, new: Knowledge, lang: Lang) -> Iterator[NotedChange]:
    """Every entry that is new, changed or retired, kind by kind, in the order of the new knowledge."""
    for kind, words_of in _KINDS.items():
        before, after = words_of(old, lang), words_of(new, lang)
        for name, words in after.items():
            if name not in before:
                yield NotedChange(kind, "added", name, words["title"], {})
            elif fields := _differing(before[name], words):
                yield NotedChange(kind, "changed", name, words["title"], fields)
        for name in before.keys() - after.keys():
            yield NotedChange(kind, "retired", name, before[name]["title"], {})


def _differing(old: Words, new: Words) -> dict[str, tuple[str, str]]:
    names = dict.fromkeys((*old, *new))
    return {name: (old.get(name, ""), new.get(name, "")) for name in names if old.get(name, "") != new.get(name, "")}


def _lines(entry: NotedChange, lang: Lang) -> Iterator[str]:
    yield f"- **{entry.id}** {entry.title}" if entry.title != entry.id else f"- **{entry.id}**"
    for name, (was, now) in entry.fields.items():
        label = _label(name, lang)
        short = max(len(was), len(now)) <= SHORT
        key = "was_and_now" if short or not now else "now"
        yield f"  - {_say(key, lang, field=label, was=was or '–', now=now or '–')}"


def _label(field: str, lang: Lang) -> str:
    for name in ("release_notes", "reference"):
        if (key := f"field.{field}") in catalogue(name):
            return say(name, key, lang)
    return field


def _say(key: str, lang: Lang, /, **values: object) -> str:
    return say("release_notes", key, lang, **values)


def _days(looked_at: date | None, expires: date | None) -> str:
    return " – ".join(str(day) for day in (looked_at, expires) if day)


# --- what entries say -------------------------------------------------------------------------------------------------


def _claims(knowledge: Knowledge, lang: Lang) -> dict[str, Words]:
    return {
        name: {"title": claim.text[lang], "note": claim.note[lang] if claim.note else ""}
        for name, claim in knowledge.claims.items()
    }


def _works(knowledge: Knowledge, lang: Lang) -> dict[str, Words]:
    return {
        name: {"title": work.citation, "text": work.says[lang], "dates": _days(*dates_of(work))}
        for name, work in knowledge.external.items()
    }


def _rules(knowledge: Knowledge, lang: Lang) -> dict[str, Words]:
    found = {}
    for compiled in knowledge.rules:
        rule, titles = compiled.rule, [knowledge.titles[then.target][lang] for then in compiled.rule.then]
        details = [_details(then, lang) for then in rule.then]
        found[rule.id] = {
            "title": join(titles, lang),
            "when": premise_in_words(compiled.premise, knowledge, lang),
            "then": "; ".join(f"{title} ({more})" if more else title for title, more in zip(titles, details, strict=True)),
            "because": rule.text[lang],
            "sources": join(rule.sources, lang),
            "basis": say("reference", f"basis.{rule.basis}", lang),
            "review": review_in_words(rule.review)[lang],
        }
    return found


def _details(conclusion: Conclusion, lang: Lang) -> str:
    """Weight, priority or likelihood of a conclusion."""
    values = {key: value for key, value in conclusion.model_dump().items() if key != conclusion.kind and value}
    said = {key: say("reference", f"level.{v}", lang) if isinstance(v, str) else f"{v:+g}" for key, v in values.items()}
    return join([f"{say('reference', f'field.{key}', lang)} {value}" for key, value in said.items()], lang)


def _questions(knowledge: Knowledge, lang: Lang) -> dict[str, Words]:
    found = {}
    for name, question in knowledge.questions.items():
        asked_if = knowledge.asked_if.get(name)
        found[name] = {
            "title": f"{question.code} {question.text[lang]}",
            "help": question.help[lang] if question.help else "",
            "why": question.why[lang],
            "answers": join([text[lang] for text in knowledge.facts[name].values.values()], lang),
            "asked_if": premise_in_words(asked_if, knowledge, lang) if asked_if else "",
            "role": say("report", f"role.{question.role}", lang),
            "sources": join(question.claims, lang),
        }
    return found


def _checks(knowledge: Knowledge, lang: Lang) -> dict[str, Words]:
    return {c.check.id: {"title": c.check.text[lang]} for c in knowledge.checks}


def _findings(knowledge: Knowledge, lang: Lang) -> dict[str, Words]:
    """Findings and tasks with every text they have; of tasks also what they wait for and how long they take."""
    found = {}
    for name, finding in knowledge.findings.items():
        texts = {field: getattr(finding, field) for field in type(finding).model_fields}
        words = {field: text[lang] for field, text in texts.items() if isinstance(text, Text)}
        if isinstance(finding, Task):
            words["after"] = join([knowledge.titles[other][lang] for other in finding.after], lang)
            words["days"] = _work_days(finding.own_days, knowledge, lang)
        found[name] = words
    return found


def _work_days(work: Work, knowledge: Knowledge, lang: Lang) -> str:
    """What days of work there are at least, and how many more for each of a quantity."""
    quantities = knowledge.project.quantities if knowledge.project else {}
    base = {"": work.base} if any(work.base) else {}
    spans = base | {quantities[name].label[lang] if name in quantities else name: span for name, span in work.per.items()}
    return join([f"{name} {'–'.join(f'{days:g}' for days in span)}".lstrip() for name, span in spans.items()], lang)


def _scores(knowledge: Knowledge, lang: Lang) -> dict[str, Words]:
    return {
        name: {
            "title": score.label[lang],
            "about": score.about[lang],
            "made_of": join([f"{item.name} {item.weight:g}" for item in score.inputs], lang),
        }
        for name, score in knowledge.scores.items()
    }


def _products(knowledge: Knowledge, lang: Lang) -> dict[str, Words]:
    """Products with every fact, price and function in words, and the evidence with its dates."""
    found = {}
    for name, product in knowledge.products.items():
        words = {"title": product.name[lang], "about": product.about[lang]}
        for way in (None, *product.prices):
            words |= {f.label[lang]: f.value[lang] if f.value else "" for f in fact_items(knowledge, name, way, None)}
        for level in LEVELS:
            names = sorted(n for group in product.functions for n in getattr(group, level))
            listed = join([knowledge.titles[n][lang] for n in names], lang)
            words[say("report", f"products.support.{level}", lang, names="").rstrip(":： ")] = listed
        words["watch"] = " ".join(text[lang] for text in product.watch)
        words["evidence"] = "; ".join(f"{e.citation} {_days(*dates_of(e))}".strip() for e in product.evidence.values())
        found[name] = words
    return found


_KINDS: Mapping[str, Callable[[Knowledge, Lang], dict[str, Words]]] = {
    "claims": _claims,
    "works": _works,
    "rules": _rules,
    "questions": _questions,
    "checks": _checks,
    "findings": _findings,
    "scores": _scores,
    "products": _products,
}
