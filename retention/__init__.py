"""Customer retention on transaction data: cohorts, flows, lifetime value and their economics."""
