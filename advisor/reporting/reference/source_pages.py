"""Pages of the reference site on claims, other works, and where they disagree."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.knowledge.due import dates_of
from advisor.reporting.reference.entries import Reference, ReferenceEntry, ReferenceLink


def paper_entries(reference: Reference) -> Iterator[ReferenceEntry]:
    """Every claim of a paper."""
    for name, claim in reference.knowledge.claims.items():
        paper = reference.knowledge.sources[name.split("-")[0]]
        citation = reference.knowledge.citation(name)
        entry = ReferenceEntry(name, name, f"{paper.id} {reference.of(paper.title)}", reference.of(citation.where))
        entry.details = [(reference.word("claim"), claim.text[reference.lang])]
        if claim.note:
            entry.details.append((reference.word("note"), reference.of(claim.note)))
        if context := reference.knowledge.context.get(name):
            entry.details.append((reference.word("context"), reference.of(context.reason)))
        entry.links = _users(reference, name)
        yield entry


def work_entries(reference: Reference) -> Iterator[ReferenceEntry]:
    """Every work outside the papers."""
    for name, work in reference.knowledge.external.items():
        entry = ReferenceEntry(
            name, name, "", reference.word("confidence", level=reference.word(f"level.{work.confidence}"))
        )
        entry.details = [
            (reference.word("work"), reference.of(work.citation)),
            *([(reference.word("read_in"), reference.of(work.read_in))] if work.read_in else []),
            (reference.word("claim"), reference.of(work.says)),
            (reference.word("expires"), " – ".join(str(day) for day in dates_of(work) if day)),
        ]
        entry.links = _users(reference, name)
        yield entry


def _users(reference: Reference, source: str) -> list[tuple[str, list[ReferenceLink]]]:
    """Everything that cites a source."""
    names_by_kind: dict[str, list[str]] = {}
    for kind, name in reference.uses[source]:
        names_by_kind.setdefault(kind, []).append(name)
    entries = {entry.id: entry for entry in reference.knowledge.disagreements}
    opposed = [
        ReferenceLink("disagreements", n, reference.of(entries[n].title)) for n in names_by_kind.get("disagreement", [])
    ]
    return [
        (reference.word("used_by_rules"), reference.to_rules(tuple(names_by_kind.get("rule", [])))),
        (reference.word("asks"), reference.to_questions(names_by_kind.get("question", []))),
        (reference.word("used_by_scores"), reference.to_scores(names_by_kind.get("score", []))),
        (reference.word("page.checks"), reference.to_checks(names_by_kind.get("check", []))),
        (reference.word("due.depends.tasks"), reference.to_findings(names_by_kind.get("task", []))),
        (reference.word("page_disagreements"), opposed),
    ]


def disagreement_entries(reference: Reference) -> Iterator[ReferenceEntry]:
    """Every disagreement between sources."""
    for item in reference.knowledge.disagreements:
        entry = ReferenceEntry(item.id, reference.of(item.title), "", item.id)
        entry.details = [(", ".join(side.claims), reference.of(side.says)) for side in item.sides]
        entry.details += [
            (reference.word("handling"), reference.of(item.handling)),
            (reference.word("because"), reference.of(item.why)),
        ]
        rules = tuple(name for name in item.concerns if name in reference.knowledge.rules_by_id)
        entry.links = [
            (reference.word("sources"), reference.to_sources([claim for side in item.sides for claim in side.claims])),
            (reference.word("shows_in"), reference.to_findings(item.concerns)),
            (reference.word("used_by_rules"), reference.to_rules(rules)),
            (
                reference.word("used_by_scores"),
                reference.to_scores([n for n in item.concerns if n in reference.knowledge.scores]),
            ),
        ]
        yield entry
