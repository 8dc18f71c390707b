"""The client's edition: a storyline of pages, each of which states one finding in its title.

Enters: an assessment seen in one language. Leaves: chapters without a code on them; the numbers after a line lead to the
notes at the end of the report.
"""

from advisor.reporting.client.storyline import CLIENT_PAGES

__all__ = ["CLIENT_PAGES"]
