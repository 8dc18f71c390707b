"""A panel of firms that people have judged: read it, assess every firm, and compare the advice with the judgements.

    firm files ── reading ── comparison (statements: what the advice says; figures: its numbers) ── totals

Input: a folder with a file for each firm. Output: a :class:`~advisor.panel.results.FirmComparison` for each, and
:func:`~advisor.panel.totals.totals_of` them by group.
"""

from advisor.panel.comparison import compare_firm
from advisor.panel.reading import PanelFirm, read_panel
from advisor.panel.results import FirmComparison
from advisor.panel.totals import GroupTotals, totals_of

__all__ = ["FirmComparison", "GroupTotals", "PanelFirm", "compare_firm", "read_panel", "totals_of"]
