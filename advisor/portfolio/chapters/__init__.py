"""The chapters of the report on a group, each from figures and words to blocks; what cannot be said is left out."""
