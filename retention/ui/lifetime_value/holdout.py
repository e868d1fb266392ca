"""How far to trust the forecast: the verdict at the top of the page, the check behind it further down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from retention import charts
from retention.lifetime_value import FAMILIES, Holdout
from retention.text import LANGUAGES
from retention.ui.lifetime_value import tables
from retention.ui.parts import screen
from retention.ui.parts.cached import cached
from retention.ui.state import loaded, visit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention.errors import DataWarning
    from retention.lifetime_value import Holdouts, PurchaseKind, Trust, Verdict
    from retention.study import Study, Value

_Colour = Literal["green", "orange", "red", "gray"]
_WIDTH = 260  # pixels of the day
_ASKED = "holdout_asked"  # in the visit's state: the day that could not be taken, until another is chosen
_COMPARED = "table_scores"  # in the visit's state: whether the table of all models is open
_BADGES: dict[Trust | None, tuple[_Colour, str]] = {
    "good": ("green", ":material/check_circle:"),
    "fair": ("orange", ":material/error:"),
    "poor": ("red", ":material/cancel:"),
    None: ("gray", ":material/help:"),
}


@dataclass(frozen=True)
class Check:
    """The chosen kind of model, tried on what followed a day.

    Attributes
    ----------
    study : of whom
    found : how it did, or why that cannot be told
    said : what to say of its forecast
    doubts : what the amount and age of the data say against relying on any
    """

    study: Study
    found: Holdout | DataWarning
    said: Verdict
    doubts: tuple[DataWarning, ...]


def check(value: Value) -> Check:
    """Try the model that values customers, and it alone."""
    study, until, as_of = value.study, visit.holdout_day(value.study), loaded.reference_day()
    return Check(
        study,
        study.models.holdout(value.kind, until),
        study.models.verdict(value.kind, until, as_of),
        study.models.reliability(as_of),
    )


def verdict(tried: Check, cautions: Iterable[DataWarning] = ()) -> None:
    """Good, fair or poor, why, and the forecast over what happened; then what else a reader must know.

    Parameters
    ----------
    cautions : what the models themselves warn of
    """
    trust, found = tried.said.trust, tried.found
    colour, icon = _BADGES["fair" if tried.doubts and trust == "good" else trust]
    st.badge(in_words(tried), color=colour, icon=icon)
    if isinstance(found, Holdout):
        _over_what_happened(found, tried)
    if tried.doubts:
        st.warning(screen.say("lifetime_value.unreliable"), icon=":material/warning:")
    missing = () if isinstance(found, Holdout) else (found,)
    screen.warnings((*tried.doubts, *missing, *cautions))


def details(tried: Check) -> None:
    """The check in full, where there is one; and what can be chosen of it: the day, and the model."""
    if isinstance(tried.found, Holdout):
        _in_full(tried.found, tried.study)
    _cut(tried.study)
    _purchase_kind(tried)


def in_words(tried: Check) -> str:
    """The verdict as it stands in every export."""
    trust = screen.words().say(f"trust.{tried.said.trust or 'unknown'}")
    return screen.words().say("trust.unreliable", trust=trust) if tried.doubts else trust


def _in_full(here: Holdout, study: Study) -> None:
    """Week by week, by how often customers had bought, against guesses without a model."""
    figures, words, drawn = _figures(here), screen.words(), charts.lifetime_value.holdout
    screen.text("holdout.weekly.reading", **figures)
    screen.chart(cached(drawn.weekly, here, words), "holdout.weekly.alt", **figures)
    screen.table(lambda: cached(tables.weeks, here), "tracking")
    screen.text("holdout.frequency.reading")
    screen.chart(cached(drawn.by_frequency, here, words), "holdout.frequency.alt", **_ends(here))
    screen.table(lambda: cached(tables.frequencies, here, words), "by_frequency")
    screen.text("holdout.errors.reading")
    naive = {str(name): each.rmse for name, each in here.naive.items()}
    screen.chart(cached(drawn.errors, here, words), "holdout.errors.alt", model=here.errors.rmse, **naive)
    screen.table(lambda: cached(tables.scores, study.models.holdouts(here.until), here, words), "scores")
    screen.text("holdout.definition")


def _cut(study: Study) -> None:
    """The day up to which the models know the data; the middle one unless another is chosen."""
    bounds = study.models.holdout_bounds()
    if bounds is None:
        return
    first, last = bounds
    asked, taken = st.session_state.get("holdout_until"), visit.holdout_day(study)
    if asked != taken:
        st.session_state[_ASKED], st.session_state["holdout_until"] = asked, taken
    outside = st.session_state.get(_ASKED)
    if outside is not None and not first <= outside <= last:
        said = screen.say("holdout.until.outside", until=outside, first=first, last=last)
        st.warning(said, icon=":material/warning:")
    st.date_input(
        screen.say("setting.holdout_until"),
        min_value=first,
        max_value=last,
        key="holdout_until",
        on_change=st.session_state.pop,
        args=(_ASKED, None),
        help=screen.say("setting.holdout_until.help", middle=study.models.calibration_end()),
        format=LANGUAGES[screen.words().language].date_input,
        persist_state="session",
        width=_WIDTH,
    )


def _purchase_kind(tried: Check) -> None:
    """The purchase models to choose from; once they are compared, each with how it did, the best proposed."""
    found = _compared(tried)
    st.radio(
        screen.say("setting.purchase_kind"),
        tuple(FAMILIES),
        format_func=lambda kind: screen.words().say(f"setting.purchase_kind.{kind}"),
        captions=None if found is None else [_caption(found, kind) for kind in FAMILIES],
        key="purchase_kind",
        help=screen.say("setting.purchase_kind.help"),
        horizontal=True,
        persist_state="session",
    )
    if found is None and isinstance(tried.found, Holdout):
        screen.text("holdout.not_compared")
        st.button(screen.say("holdout.compare"), on_click=_compare, icon=":material/balance:")


def _compared(tried: Check) -> Holdouts | None:
    """How every kind of model did, None until the visitor asks for it by opening the table of all."""
    asked = st.session_state.get(_COMPARED) and isinstance(tried.found, Holdout)
    return tried.study.models.holdouts(visit.holdout_day(tried.study)) if asked else None


def _compare() -> None:
    st.session_state[_COMPARED] = True


def _over_what_happened(found: Holdout, tried: Check) -> None:
    reasons, picture = st.columns([2, 3], gap="large")
    with reasons:
        st.markdown(screen.say("holdout.told", **_figures(found)))
        st.markdown("\n".join(f"- {sentence}" for sentence in _reasons(found)))
        if not tried.doubts:  # whose warnings say what to do instead
            st.markdown(screen.say(f"trust.{tried.said.trust}.{_usable(tried.said)}"))
    with picture:
        drawing = cached(charts.lifetime_value.holdout.cumulative, found, screen.words())
        screen.chart(drawing, "holdout.alt", **_figures(found))


def _usable(said: Verdict) -> str:
    """What a good forecast is good for: where money was foreseen worse than purchases, not for money."""
    money_off = any(reason.code == "money_off" for reason in said.reasons)
    return "purchases" if said.trust == "good" and money_off else "use"


def _reasons(found: Holdout) -> list[str]:
    """Whether the difference may be chance, customer by customer, in money."""
    by_chance = "may" if found.within_chance else "not"
    said = [screen.say(f"holdout.chance.{by_chance}", **_figures(found))]
    if found.beaten_by:
        said.append(screen.say("holdout.customers.worse", naive=list(found.beaten_by)))
    else:
        said.append(screen.say("holdout.customers.better"))
    if found.money and found.money.bias is not None:
        said.append(screen.say("holdout.money", **vars(found.money)))
    return said


def _caption(found: Holdouts, kind: PurchaseKind) -> str:
    here = found.found[kind]
    key = "setting.purchase_kind.proposed" if kind == found.proposed else "setting.purchase_kind.score"
    return screen.say(key, bias=here.bias, rmse=here.errors.rmse)


def _figures(found: Holdout) -> dict[str, Any]:
    names = ("until", "days", "customers", "expected", "low", "high", "actual", "bias", "mape")
    return {name: getattr(found, name) for name in names}


def _ends(found: Holdout) -> dict[str, float]:
    """The least and the most frequent customers, as expected and as they were."""
    rows = found.by_frequency
    return {
        f"{side}_{name}": float(rows[name].iloc[place])
        for side, place in (("first", 0), ("last", -1))
        for name in ("expected", "actual")
    }
