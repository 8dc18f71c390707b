"""Answers and rules in; findings, scores, operating model and the trace of every firing out."""

from advisor.inference.experta_engine import infer
from advisor.inference.models import ModelReading, ModelShare
from advisor.inference.scores import InputValue, ScoreValue
from advisor.inference.trace import Firing, Inference, Undecided

__all__ = ["Firing", "Inference", "InputValue", "ModelReading", "ModelShare", "ScoreValue", "Undecided", "infer"]
