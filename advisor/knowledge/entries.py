"""The entries of all files, put together: first each of its type, then as one :class:`~advisor.knowledge.model.Knowledge`.

Enters: a draft of all files. Leaves: the knowledge, once :mod:`advisor.knowledge.build` has checked them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from advisor.knowledge.cross_checks import CompiledCheck, compile_check
from advisor.knowledge.draft import SINGLE, Draft, sound
from advisor.knowledge.facts import Fact
from advisor.knowledge.model import CompiledRule, Knowledge
from advisor.knowledge.schema import Finding, Product, QuestionsFile, RulesFile

AnyFile = TypeVar("AnyFile", RulesFile, QuestionsFile)
_ONE_A_FILE = ("section", "edition", "source", "product")
"""Entries that have a file each, so that there are many of them. Of any other single entry there is one."""


class Entries:
    """The entries of a draft by type, and the facts once :meth:`ReferenceCheck.collect_facts` has read them off.

    With ``complete=False`` (a file has failed already) entries that do not fit their shape are left out.
    """

    def __init__(self, draft: Draft, complete: bool = True) -> None:
        self.draft, self.complete = draft, complete
        merged = draft.merged if complete else sound(draft.merged)
        self.rules, self.questions = _together(RulesFile, merged), _together(QuestionsFile, merged)
        self.sections = [QuestionsFile.model_validate({"section": s}).section for s in merged.get("section") or []]
        self.editions = [QuestionsFile.model_validate({"edition": e}).edition for e in merged.get("edition") or []]
        self.sources = [RulesFile.model_validate({"source": s}).source for s in merged.get("source") or []]
        self.products = [RulesFile.model_validate({"product": p}).product for p in merged.get("product") or []]
        self.findings: dict[str, Finding] = {f.id: f for f in (*self.rules.findings, *self.rules.tasks)}
        self.facts: dict[str, Fact] = {}
        self.retired_facts: dict[str, Fact] = {}

    def knowledge(self, version: str, compiled: list[CompiledRule]) -> Knowledge:
        """All entries put together."""
        assert self.rules.models and self.rules.verdict
        sections = sorted((s for s in self.sections if s), key=lambda s: s.order)
        letters = {s.code: s.order for s in sections}
        questions = sorted(self.questions.questions, key=lambda q: (letters[q.code[0]], _code_order(q.code)))
        return Knowledge(
            version=f"{self.rules.release.version}+{version}" if self.rules.release else version,
            facts=self.facts,
            questions={q.id: q for q in questions},
            sections=tuple(sections),
            scales=self.questions.scales,
            options=self.questions.options,
            editions={e.id: e for e in self.editions if e},
            sources={s.id: s for s in sorted((s for s in self.sources if s), key=lambda s: s.id)},
            claims=self.rules.claims,
            external=self.rules.external,
            context=self.rules.context,
            disagreements=tuple(self.rules.disagreements),
            scores=self.rules.scores,
            models=self.rules.models,
            verdict=self.rules.verdict,
            findings=self.findings,
            rules=tuple(sorted(compiled, key=lambda c: c.layer)),
            fixed=self.rules.fixed,
            weightings=self.rules.weightings,
            products=self.products_by_id,
            selection=self.rules.selection,
            cost=self.rules.cost,
            project=self.rules.project if self.rules.project and self.rules.project.ways else None,
            sizes=self.rules.project,
            value=self.rules.value,
            adviser_questions=self.rules.adviser_questions,
            tender=self.rules.tender,
            checks=tuple(self._checks()),
            retired={q.id: q for q in sorted(self.questions.retired, key=lambda q: q.age)},
            retired_facts=self.retired_facts,
            merges=self.questions.merges,
            renamed_steps=self.questions.renamed_steps,
        )

    def _checks(self) -> Iterator[CompiledCheck]:
        for check in self.questions.checks:
            place = str(self.draft.place("checks", check.id))
            yield compile_check(check, self.facts, lambda *_, **__: None, place)

    @property
    def products_by_id(self) -> dict[str, Product]:
        """The products in order of their ids."""
        return {product.id: product for product in sorted((p for p in self.products if p), key=lambda p: p.id)}


def _together(shape: type[AnyFile], merged: Mapping[str, Any]) -> AnyFile:
    """All entries of one folder as if they stood in one file, those with a file each left out."""
    contents = {name: merged[name] for name in shape.model_fields if merged.get(name) and name not in _ONE_A_FILE}
    return shape.model_validate({name: entry[0] if name in SINGLE else entry for name, entry in contents.items()})


def _code_order(code: str) -> tuple[int, str]:
    digits = "".join(c for c in code[1:] if c.isdigit())
    return int(digits), code[1 + len(digits) :]
