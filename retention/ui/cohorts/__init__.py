"""The Cohorts page, one module a part of its screen."""
