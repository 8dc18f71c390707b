"""The feasibility study for bodies that approve: the chapters they expect, in their order, each saying what was found.

Enters: an assessment seen in one language. Leaves: chapters of the same blocks as the client's edition, under the titles
that those bodies look for, with the findings as headings below them.
"""

from advisor.reporting.study.storyline import STUDY_CHAPTERS

__all__ = ["STUDY_CHAPTERS"]
