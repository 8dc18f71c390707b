"""Reports as tagged PDF by WeasyPrint."""

from advisor.reporting.weasyprint.renderer import html_to_pdf, render_pdf, warm_up

__all__ = ["html_to_pdf", "render_pdf", "warm_up"]
