"""One door for page, command line and report: orders in, named results out, each computed once.

A study holds what is known of one data set. Its parts are subjects; each of their results is computed on first
use and kept, and depends on the parameters of its method and on nothing else.
"""

from retention.study.study import Study

__all__ = ["Study"]
