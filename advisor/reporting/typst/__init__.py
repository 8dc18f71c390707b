"""Reports as tagged PDF by Typst, for large batches."""

from advisor.reporting.typst.renderer import Typesetter, render_typst, typesetter

__all__ = ["Typesetter", "render_typst", "typesetter"]
