"""The reference site: the whole knowledge as linked pages."""

from advisor.reporting.reference.site import ALL_PAGES, PAGES, build_page, build_site

__all__ = ["ALL_PAGES", "PAGES", "build_page", "build_site"]
