"""Files of tables from outside, of every kind that people hand in: which kind one is, and its sheets as cells of text.

They are hostile until read: size, packing and extent are looked at before a cell is, and nothing is ever calculated.
"""
