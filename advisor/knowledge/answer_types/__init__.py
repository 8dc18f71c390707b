"""The types of question there are, a module each. To add one, write its module and the template of its field, and list it
here.

``ANSWER_TYPES`` has them by the name authors write under ``type``; the facts of the vocabulary that no question asks (bands,
the operating model, what is known of a product) take theirs from the same list.
"""

from __future__ import annotations

from collections.abc import Mapping

from advisor.knowledge.answer_types.choice import CHOICE
from advisor.knowledge.answer_types.date import DATE
from advisor.knowledge.answer_types.list import LIST
from advisor.knowledge.answer_types.money import MONEY
from advisor.knowledge.answer_types.multi import MULTI
from advisor.knowledge.answer_types.number import NUMBER
from advisor.knowledge.answer_types.percent import PERCENT
from advisor.knowledge.answer_types.scale import SCALE
from advisor.knowledge.answer_types.shared.base import AnswerType, AnswerValue, Bound, RefusedError
from advisor.knowledge.answer_types.yes_no import YES_OR_NO

__all__ = ["ANSWER_TYPES", "CHOICE", "MULTI", "NUMBER", "SCALE", "AnswerType", "AnswerValue", "Bound", "RefusedError"]

ANSWER_TYPES: Mapping[str, AnswerType] = {
    kind.name: kind for kind in (SCALE, CHOICE, MULTI, YES_OR_NO, NUMBER, PERCENT, MONEY, LIST, DATE)
}
