"""Pages of the reference site that do not come from rules and questionnaires: published models, glossary, and the panel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from advisor import yaml_source
from advisor.assessment.verdict import verdict_name
from advisor.files import read_file
from advisor.knowledge import data_folder
from advisor.reporting.reference.entries import Reference, ReferenceEntry, ReferenceLink
from advisor.text import join


def _documents(folder: str, pattern: str) -> list[Any]:
    """The YAML files of a folder beside the knowledge; none where this copy of the program came without them."""
    paths = sorted(data_folder(folder).glob(pattern))
    return [yaml_source.parse_bytes(read_file(path), path.name) for path in paths]


def model_entries(reference: Reference) -> Iterator[ReferenceEntry]:
    """Every factor of the published models of readiness, with what asks after it and what acts on it."""
    knowledge = reference.knowledge
    for models in _documents("docs", "readiness_models.yaml"):
        for name, model in models.items():
            about = ReferenceEntry(name, model["citation"], model["name"][reference.lang], "")
            about.details = [
                (reference.word("models.missing"), model["missing"][reference.lang]),
                (reference.word("models.figures"), model["figures"][reference.lang]),
                (reference.word("models.read"), "; ".join(f"{copy['page']} ({copy['on']})" for copy in model["read"])),
            ]
            work = [ReferenceLink("works", name, name)] if name in knowledge.external else []
            about.links = [(reference.word("work"), work)]
            yield about
            for factor in model["factors"]:
                entry = ReferenceEntry(f"{name}.{factor['id']}", factor["title"][reference.lang], about.group, "")
                outside = factor.get("out_of_scope")
                entry.details = [(reference.word("models.outside"), outside[reference.lang])] if outside else []
                rules = tuple(rule for rule in factor.get("rules", ()) if rule in knowledge.rules_by_id)
                entry.links = [
                    (reference.word("asks"), reference.to_questions(factor.get("questions", []))),
                    (reference.word("used_by_rules"), reference.to_rules(rules)),
                ]
                yield entry


def glossary_entries(reference: Reference) -> Iterator[ReferenceEntry]:
    """Every term of ours with its meaning, and what it is called in the other language."""
    other = "en" if reference.lang == "zh" else "zh"
    for terms in _documents("docs", "glossary.yaml"):
        for name, entry in terms.items():
            shown = ReferenceEntry(name, entry["term"][reference.lang], "", entry["term"][other])
            shown.details = [(reference.word("meaning"), entry["meaning"][reference.lang])]
            yield shown


def panel_entries(reference: Reference) -> Iterator[ReferenceEntry]:
    """Every firm of the panel with what its judges said; the stories are in the language in which they were written."""
    by_code = {question.code: question.id for question in reference.knowledge.questions.values()}
    for firm in _documents("tests/panel", "*.yaml"):
        entry = ReferenceEntry(firm["id"], f"{firm['id']} {firm['name']}", "", "")
        entry.details = [(reference.word("story"), " ".join(firm["story"].split()))]
        for judge, judgement in firm["judgements"].items():
            verdict = verdict_name(judgement["verdict"])[reference.lang]
            entry.details.append((reference.word(f"judge.{judge}"), f"{verdict} – {judgement['why']}"))
            entry.details.append((reference.word("must_raise"), join(list(judgement["must_raise"]), "en")))
        answered = [by_code.get(str(code), str(code)) for code in firm["answers"]]
        entry.links = [(reference.word("answered"), reference.to_questions(answered))]
        yield entry
