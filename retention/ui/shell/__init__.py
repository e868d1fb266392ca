"""The frame every page stands in, what browsers are told to refuse, and what a failure shows."""
