"""Slides for a presentation: Document → PPTX, with charts and tables that can be edited."""

from advisor.reporting.slides.renderer import render_pptx

__all__ = ["render_pptx"]
