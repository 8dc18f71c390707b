"""Findings in; an :class:`Assessment` out: model, scores, verdict, risks, functions and a plan, all in one frozen object."""

from advisor.assessment.model import Assessment
from advisor.assessment.pipeline import assess

__all__ = ["Assessment", "assess"]
