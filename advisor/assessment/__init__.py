"""Findings in; an :class:`Assessment` out: model, scores, verdict, risks, functions and a plan, frozen and self-contained."""

from advisor.assessment.assess import assess
from advisor.assessment.model import Assessment

__all__ = ["Assessment", "assess"]
