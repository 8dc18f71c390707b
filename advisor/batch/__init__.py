"""A table of firms in, a report for each out: on one machine or many, each exactly once.

Enters: a spreadsheet, a folder or lines of JSON. Leaves: reports, a journal of what is done, the rows that could not be
read marked in a copy of the user's own file, and an entry for each firm.
"""
