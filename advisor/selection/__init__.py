"""An assessment in; which kind of CRM, which functions, which products and what cost out, as a
:class:`~advisor.assessment.selections.Selection`: sifted by hard conditions first, ranked after, every figure in YAML."""

from advisor.selection.selecting import select
from advisor.selection.settings import read_settings, settings_file

__all__ = ["read_settings", "select", "settings_file"]
