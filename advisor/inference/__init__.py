"""Answers and rules in; scores, operating model, findings, the grounds of rules that hold and what others wait for, out.

``facts`` → ``scores`` → an engine, layer by layer with ``computed`` facts between → ``inference``. Two engines judge the
rules, experta and sets of firms by column; neither knows of the other, and the same comes out of both.
"""

from advisor.inference.inference import RULE_ENGINES, FiredRule, Inference, RuleEngine, UndecidedRule, infer
from advisor.inference.models import ModelReading, ModelShare
from advisor.inference.scores import InputValue, ScoreValue

__all__ = [
    "RULE_ENGINES",
    "FiredRule",
    "Inference",
    "InputValue",
    "ModelReading",
    "ModelShare",
    "RuleEngine",
    "ScoreValue",
    "UndecidedRule",
    "infer",
]
