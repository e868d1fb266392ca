"""The Audit page: what is looked at, the five lenses, their tables."""
