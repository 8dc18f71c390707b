"""An assessment in; which kind of CRM, which functions, which products and what cost out, as a
:class:`~advisor.assessment.model.selection.Selection`: filtered by hard conditions, then ranked; every figure is in YAML."""

from advisor.selection.pipeline import select, with_selection
from advisor.selection.settings import read_settings, settings_file

__all__ = ["read_settings", "select", "settings_file", "with_selection"]
