"""The purchase and spend models: formulas, likelihoods, fits, and how well parameters are known."""
