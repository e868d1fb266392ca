"""The Report page, one module a part of its screen."""
