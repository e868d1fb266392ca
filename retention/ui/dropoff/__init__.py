"""The Drop-off page, one module a part of its screen."""
