"""What the Audit page looks at: a period, a cohort, two cohorts."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from retention.ui.parts import controls, screen
from retention.ui.state.settings import language

if TYPE_CHECKING:
    from retention.periods import Period
    from retention.study import Study

_STEPS: tuple[Period, ...] = ("year", "quarter", "month")
_COHORTS: tuple[Period, ...] = ("quarter", "month", "year")
_PAIR = 2  # a period and the one before
_WIDTH = 170  # pixels of a list of periods


def period(study: Study) -> tuple[Period, int]:
    """What a period is and which one is looked at: the last complete one of the longest that has two."""
    window = study.window
    offered = tuple(step for step in _STEPS if len(window.complete(step)) >= _PAIR)
    offered = offered or tuple(step for step in _STEPS if window.complete(step))
    if not offered:
        screen.stop("audit.no_period")
    step = cast("Period", controls.choice("audit_period", offered))
    numbers = window.complete(step)
    return step, _pick("audit.last", "audit_last", numbers[::-1], step, numbers[-1])


def cohort(study: Study) -> tuple[Period, int]:
    """The cohort to follow: at first the second one, as the first may hold older customers."""
    with screen.settings():
        step, offered = _cohorts_offered(study)
        chosen = _pick("audit.cohort", "audit_cohort", offered[::-1], step, offered[:_PAIR][-1])
        controls.choice("followed")
    return step, chosen


def pair(study: Study) -> tuple[Period, int, int, float]:
    """Two cohorts, the one before first, and the margin."""
    with screen.settings():
        step, offered = _cohorts_offered(study)
        if len(offered) < _PAIR:
            screen.stop("audit.one_cohort_only")
        latest = offered[-_PAIR] if len(offered) > _PAIR else offered[-1]  # the last has but its own period
        second = _pick("audit.cohort", "audit_second", offered[::-1], step, latest)
        others = [cohort for cohort in offered if cohort != second]
        usual = max((cohort for cohort in others if cohort < second), default=others[0])
        first = _pick("audit.against", "audit_first", others[::-1], step, usual)
        margin = controls.share("margin")
    return step, first, second, margin


def _cohorts_offered(study: Study) -> tuple[Period, list[int]]:
    """What a cohort's period is, and the cohorts with theirs complete."""
    steps = tuple(step for step in _COHORTS if study.window.complete(step))
    step = cast("Period", controls.choice("audit_cohorts", steps or ("month",)))
    offered = study.audit.cohorts(step)
    if not offered:
        screen.stop("audit.no_cohort")
    return step, offered


def _pick(label: str, kept_as: str, numbers: list[int], step: Period, usual: int) -> int:
    """One of a list of periods, remembered apart from the words of the language it is shown in."""
    kept = f"{kept_as}.{step}"
    before = st.session_state.get(kept, usual)
    key = f"{kept}.{len(numbers)}.{sum(numbers)}.{language()}"
    st.session_state.setdefault(key, before if before in numbers else usual)
    chosen = st.selectbox(
        screen.say(label),
        numbers,
        format_func=lambda number: screen.words().period(number, step),
        key=key,
        help=screen.say(f"{label}.help"),
        width=_WIDTH,
    )
    st.session_state[kept] = chosen
    return int(chosen)
