"""The project's rules on other engines, beside its own; ``python -m benchmarks.engines`` runs them against one another."""
