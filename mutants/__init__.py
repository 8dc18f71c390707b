"""Mutation tests of what guards a firm: `./run mutants` says how many wrong versions of the program the tests notice."""
