"""Many firms seen together: what each counts for, an index to find them by, and a report on all of them.

Enters: an :class:`~advisor.portfolio.entry.Entry` for each firm, and the knowledge that names what the entries refer to.
Leaves: tables, a page and a document about the group (:func:`~advisor.portfolio.writing.write_portfolio`).

    entries ── figures (spreads, groups, lifting, standing) ─┬─ rows ── page       index.html
                                                             ├─ sheets ── workbook index.xlsx
                                                             └─ chapters ── document portfolio.LANG.pdf
"""
