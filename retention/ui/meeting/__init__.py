"""The messages full screen, one module a part of its screen."""
