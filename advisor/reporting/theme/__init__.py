"""Themes: files in which a client names its colour, logo and templates."""

from advisor.reporting.theme.theme_file import read_theme

__all__ = ["read_theme"]
