"""YAML in; a checked, immutable :class:`Knowledge` out: vocabulary, sources, questionnaires and rules in two languages."""

from advisor.knowledge.load import check_knowledge, data_folder, load_knowledge
from advisor.knowledge.model import CompiledRule, Knowledge

__all__ = ["CompiledRule", "Knowledge", "check_knowledge", "data_folder", "load_knowledge"]
