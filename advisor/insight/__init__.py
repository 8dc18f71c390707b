"""Questions asked of an assessment: what next, why, why not, what if, what would it take, and what does it rest on.

Enters: a knowledge and the answers of a firm, or a finished assessment. Leaves: plain data that shells print and reports
show; nothing here prints.
"""
