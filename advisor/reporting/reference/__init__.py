"""The reference site: the whole knowledge as linked pages."""

from advisor.reporting.reference.site import PAGES, build_page, build_site

__all__ = ["PAGES", "build_page", "build_site"]
