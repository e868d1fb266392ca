"""How far to trust the forecast: the verdict at the top of the page, the check behind it further down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from retention import charts, lifetime_value
from retention.lifetime_value import FAMILIES
from retention.text import LANGUAGES
from retention.ui.lifetime_value import tables
from retention.ui.parts import screen
from retention.ui.state import loaded, models

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention.errors import DataWarning
    from retention.lifetime_value import Holdout, Holdouts, PurchaseKind, Trust, Verdict

_Colour = Literal["green", "orange", "red", "gray"]
_WIDTH = 260  # pixels of the day
_ASKED = "holdout_asked"  # in the visit's state: the day that could not be taken, until another is chosen
_BADGES: dict[Trust | None, tuple[_Colour, str]] = {
    "good": ("green", ":material/check_circle:"),
    "fair": ("orange", ":material/error:"),
    "poor": ("red", ":material/cancel:"),
    None: ("gray", ":material/help:"),
}


def verdict(cautions: Iterable[DataWarning] = ()) -> None:
    """Good, fair or poor, why, and the forecast over what happened; then what else a reader must know.

    Parameters
    ----------
    cautions : what the models themselves warn of
    """
    with screen.computing():
        found, said = models.holdouts(), models.verdict()
    here = found.found.get(models.purchase_kind())
    colour, icon = _BADGES["fair" if models.gate() and said.trust == "good" else said.trust]
    st.badge(in_words(), color=colour, icon=icon)
    if here:
        _over_what_happened(here, said)
    if models.gate():
        st.warning(screen.say("lifetime_value.unreliable"), icon=":material/warning:")
    screen.warnings((*models.gate(), *([found.missing] if found.missing else []), *cautions))


def details() -> None:
    """The check in full: week by week, by how often customers had bought, against guesses without a model."""
    found, words = models.holdouts(), screen.words()
    here = found.found.get(models.purchase_kind())
    if here is None:
        _choices()
        return
    figures, given = _figures(here), (here.kind, here.until)
    screen.section("holdout.section")
    screen.text("holdout.weekly.reading", **figures)
    weekly = loaded.drawn("weekly", lambda: charts.lifetime_value.holdout.weekly(here, words), given)
    screen.chart(weekly, "holdout.weekly.alt", **figures)
    screen.table(tables.weeks(here), "tracking")
    screen.text("holdout.frequency.reading")
    by_frequency = loaded.drawn(
        "by_frequency", lambda: charts.lifetime_value.holdout.by_frequency(here, words), given
    )
    screen.chart(by_frequency, "holdout.frequency.alt", **_ends(here))
    screen.table(tables.frequencies(here, words), "by_frequency")
    screen.text("holdout.errors.reading")
    errors = loaded.drawn("errors", lambda: charts.lifetime_value.holdout.errors(here, words), given)
    screen.chart(errors, "holdout.errors.alt", model=here.errors.rmse, **_naive(here))
    screen.table(tables.scores(found, here, words), "scores")
    screen.text("holdout.definition")
    _choices()


def _choices() -> None:
    """What can be chosen of the check: the day it starts from, and the model."""
    cut()
    purchase_kind()


def cut() -> None:
    """The day up to which the models know the data; the middle one unless another is chosen."""
    window = loaded.orders().window
    bounds = lifetime_value.holdout_bounds(window)
    if bounds is None:
        return
    first, last = bounds
    asked = st.session_state.get("holdout_until")
    if asked != models.holdout_day():
        st.session_state[_ASKED], st.session_state["holdout_until"] = asked, models.holdout_day()
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
        help=screen.say("setting.holdout_until.help", middle=lifetime_value.calibration_end(window)),
        format=LANGUAGES[screen.words().language].date_input,
        persist_state="session",
        width=_WIDTH,
    )


def purchase_kind() -> None:
    """The purchase models to choose from, each with how it did; the best one is proposed."""
    found = models.holdouts()
    st.radio(
        screen.say("setting.purchase_kind"),
        tuple(FAMILIES),
        format_func=lambda kind: screen.words().say(f"setting.purchase_kind.{kind}"),
        captions=[_caption(found, kind) for kind in FAMILIES],
        key="purchase_kind",
        help=screen.say("setting.purchase_kind.help"),
        horizontal=True,
        persist_state="session",
    )


def in_words() -> str:
    """The verdict as it stands in every export."""
    said = models.verdict()
    trust = screen.words().say(f"trust.{said.trust or 'unknown'}")
    return screen.words().say("trust.unreliable", trust=trust) if models.gate() else trust


def _over_what_happened(found: Holdout, said: Verdict) -> None:
    reasons, picture = st.columns([2, 3], gap="large")
    with reasons:
        st.markdown(screen.say("holdout.told", **_figures(found)))
        st.markdown("\n".join(f"- {sentence}" for sentence in _reasons(found)))
        if not models.gate():  # whose warnings say what to do instead
            st.markdown(screen.say(f"trust.{said.trust}.{_usable(said)}"))
    with picture:
        drawing = loaded.drawn(
            "cumulative_held_back",
            lambda: charts.lifetime_value.holdout.cumulative(found, screen.words()),
            (found.kind, found.until),
        )
        screen.chart(drawing, "holdout.alt", **_figures(found))


def _usable(said: Verdict) -> str:
    """What a good forecast is good for: where money was foreseen worse than purchases, not for money."""
    money_off = any(reason.code == "money_off" for reason in said.reasons)
    return "purchases" if said.trust == "good" and money_off else "use"


def _reasons(found: Holdout) -> list[str]:
    """Whether the difference may be chance, customer by customer, in money."""
    by_chance = "may" if found.low <= found.actual <= found.high else "not"
    said = [screen.say(f"holdout.chance.{by_chance}", **_figures(found))]
    if found.beaten_by:
        said.append(screen.say("holdout.customers.worse", naive=list(found.beaten_by)))
    else:
        said.append(screen.say("holdout.customers.better"))
    if found.money and found.money.bias is not None:
        said.append(screen.say("holdout.money", **vars(found.money)))
    return said


def _caption(found: Holdouts, kind: PurchaseKind) -> str:
    here = found.found.get(kind)
    if here is None:
        return ""
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


def _naive(found: Holdout) -> dict[str, float]:
    return {name: each.rmse for name, each in found.naive.items()}
