"""The Lifetime value page, one module a part of its screen."""
