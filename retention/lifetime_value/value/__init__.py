"""What fitted models say: predictions, customer lifetime value and its intervals, value at risk."""
