"""Rows to orders, with an account of what became of each row."""
