"""A table of firms in, a report for each out, on one machine or many.

Input: a spreadsheet, a folder of sheets or lines of JSON (``readers``). Output: reports, a journal of what is done, a marked
copy of the input where rows could not be read, and an entry for each firm (``runner``); or a table of scores only
(``score_table``).
"""
