"""The arithmetic of scores, models and verdicts for one firm in plain Python: what the arrays of the program are held to."""
