"""Reports as HTML by Jinja2."""

from advisor.reporting.html.environment import add_block_globals, template_environment
from advisor.reporting.html.renderer import render_html, stylesheet

__all__ = ["add_block_globals", "render_html", "stylesheet", "template_environment"]
