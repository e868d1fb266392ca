"""The Data page: a file brought, what was understood of it, and what is asked about it."""
