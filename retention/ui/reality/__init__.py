"""The Reality check page, one module a part of its screen."""
