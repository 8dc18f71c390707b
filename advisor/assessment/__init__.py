"""Findings in; an :class:`Assessment` out: model, scores, verdict, risks, functions and a plan, all in one frozen object."""

from advisor.assessment.assessing import assess
from advisor.assessment.model import Assessment

__all__ = ["Assessment", "assess"]
