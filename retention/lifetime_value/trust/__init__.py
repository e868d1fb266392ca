"""How far to trust a forecast: holdout, verdict, reliability of the data, validity of the models."""
