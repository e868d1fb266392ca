"""The Overview page, one module a part of its screen."""
