"""Many firms together: an entry for each, an index to find them by, and a report on the group.

Input: an :class:`~advisor.portfolio.entry.PortfolioEntry` for each firm, and the knowledge with the names of what entries
refer to. Output: pages, workbooks and a report (:func:`~advisor.portfolio.portfolio_files.write_portfolio`).

    entries ── figures (quartiles, groups, common_steps, benchmark) ─┬─ index_rows ── index_page        index.html
                                                                     ├─ index_sheets ── index_workbook  index.xlsx
                                                                     └─ chapters ── group_report        portfolio.LANG.pdf
"""
