"""The textbook's retention rate of three numbers, with no file at all."""

from __future__ import annotations

from retention.errors import InputError


def retention_rate(start: int, end: int, new: int) -> float:
    """CRR = (E − N) / S: the share of a period's first customers that is still there at its end.

    Parameters
    ----------
    start : S, customers at the start of the period
    end : E, customers at its end
    new : N, of these, won during the period

    Raises
    ------
    InputError
        ``rate_negative`` for a number below 0, ``rate_nobody_at_start`` where there is nobody to keep,
        ``rate_more_new_than_there`` where N > E, ``rate_more_kept_than_there`` where E − N > S.

    Examples
    --------
    >>> retention_rate(20, 24, 5), round(retention_rate(44, 43, 12), 4)
    (0.95, 0.7045)
    """
    if min(start, end, new) < 0:
        raise InputError("rate_negative")
    if start == 0:
        raise InputError("rate_nobody_at_start")
    if new > end:
        raise InputError("rate_more_new_than_there", new=new, end=end)
    if end - new > start:
        raise InputError("rate_more_kept_than_there", kept=end - new, start=start)
    return (end - new) / start
