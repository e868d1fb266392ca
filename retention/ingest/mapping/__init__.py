"""Which column is what: a mapping, the exports known on sight, the guess, and what a file leaves open."""
