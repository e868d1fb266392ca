"""The Subscriptions page, one module a part of its screen."""
