"""Which knowledge to judge by: the product's own or one's own rules, questions, catalogue and weights."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path

from advisor.errors import InputError, expect_type
from advisor.files import read_file
from advisor.knowledge import Knowledge, load_knowledge


@dataclass(frozen=True)
class KnowledgeChoice:
    """Folders and names in place of the product's own; what is None is the product's.

    ``weights`` names a set of weights or a file of one's own; ``papers_only`` leaves out all that is not from the papers.
    """

    rules: Path | None = None
    questionnaires: Path | None = None
    papers_only: bool = False
    weights: str | None = None
    catalogue: Path | None = None

    def knowledge(self) -> Knowledge:
        """The knowledge chosen. Raises :class:`~advisor.errors.AdvisorError` where a part of it cannot be used."""
        knowledge = load_knowledge(self.rules, self.questionnaires)
        if self.papers_only:
            knowledge = knowledge.papers_only()
        elif self.catalogue:
            from advisor.selection.catalogue import with_catalogue

            knowledge = with_catalogue(knowledge, self.catalogue)
        return self._weighted(knowledge) if self.weights else knowledge

    def _weighted(self, knowledge: Knowledge) -> Knowledge:
        """The knowledge under the weights asked for: a name it has, or a file of one's own."""
        chosen = self.weights or ""
        if named := knowledge.weightings.get(chosen):
            return knowledge.weighted(chosen, named)
        path = Path(chosen)
        if not path.exists():
            raise InputError("bad_weights", name=chosen, known=", ".join(knowledge.weightings) or "–")
        from advisor.insight.weights_file import parse_weights

        content = read_file(path)
        digest = hashlib.sha256(content).hexdigest()[:8]
        return knowledge.weighted(f"own-{digest}", parse_weights(content, str(path), knowledge).weighting)


BUILT_IN = KnowledgeChoice()


@functools.lru_cache(maxsize=2)
def knowledge_of(choice: KnowledgeChoice) -> Knowledge:
    """The knowledge of a choice, loaded once a process."""
    return choice.knowledge()


def knowledge_or_built_in(knowledge: Knowledge | None) -> Knowledge:
    """The knowledge passed to a public function, the product's own for None.

    Raises :class:`~advisor.errors.InputError` for anything else.
    """
    if knowledge is None:
        return knowledge_of(BUILT_IN)
    expect_type("knowledge", knowledge, Knowledge)
    return knowledge
