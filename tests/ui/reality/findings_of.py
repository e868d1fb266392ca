"""Findings as the reality check makes them, to be worded."""

from types import SimpleNamespace as Some

from retention.claims import CLAIMS

CLAIMED = {claim.code: claim for claim in CLAIMS}


def finding(code, figure=None, verdict="holds", needs=None, **details):
    return Some(claim=CLAIMED[code], figure=figure, verdict=verdict, needs=needs, details=details)
