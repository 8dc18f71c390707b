"""The chapters of a report, a module each: a :class:`~advisor.reporting.chapters.wording.ReportWording` in, blocks out."""
