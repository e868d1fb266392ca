"""How far to trust the forecast: the verdict at the top of the page, the check behind it further down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from retention import charts
from retention.lifetime_value import Holdout
from retention.story import forecast as told, tables as of_money
from retention.text import LANGUAGES
from retention.text.model_names import model_name
from retention.ui.lifetime_value import tables
from retention.ui.lifetime_value.value import named
from retention.ui.parts import controls, forecast, problems, screen
from retention.ui.parts.cached import cached
from retention.ui.state import settings, visit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from retention.errors import DataWarning
    from retention.lifetime_value import Pooled
    from retention.story.forecast import Forecast
    from retention.study import Study, Value

_WIDTH = 260  # pixels of the day
_ASKED = "holdout_asked"  # in the visit's state: the day that could not be taken, until another is chosen


@dataclass(frozen=True)
class Check:
    """The chosen kind of model, tried on what followed a day.

    Attributes
    ----------
    value : by which model
    until : the day
    missing : why that cannot be told; None where it can
    pooled : how it did from several days together; None where the visitor chose one, or the data is too short
    forecast : what is said of it
    """

    value: Value
    until: date
    missing: DataWarning | None
    pooled: Pooled | None
    forecast: Forecast

    @property
    def study(self) -> Study:
        """Of whom."""
        return self.value.study

    @property
    def against(self) -> Pooled | Holdout | DataWarning:
        """What the verdict rests on: several days, or the one."""
        return self.pooled or self.found

    @property
    def found(self) -> Holdout | DataWarning:
        """How it did from the one day, which is tried where it is shown: several days have the verdict."""
        return self.study.models.holdout(self.value.variant, self.until)


def check(value: Value) -> Check:
    """Try the model that values customers, and it alone."""
    study, ahead = value.study, value.terms.days
    until, asked = visit.holdout_day(study), visit.holdout_asked(study)
    return Check(
        value,
        until,
        study.models.no_holdout(until),
        None if asked else study.models.pooled(value.variant, ahead),
        forecast.of(value),
    )


def verdict(tried: Check, cautions: Iterable[DataWarning] = ()) -> None:
    """Good, fair or poor, and by how much it was off, in a sentence; then what else a reader must know.

    Parameters
    ----------
    cautions : what the models themselves warn of
    """
    doubts = tried.forecast.doubts
    forecast.badge(tried.forecast)
    if tried.missing is None:
        words = screen.markdown_words()
        said = told.tested(tried.against, words), told.use(tried.forecast, words)
        st.markdown(" ".join(filter(None, said)))
    if doubts:
        _unreliable(doubts)
    problems.warnings((*filter(None, [tried.missing]), *cautions))


def _unreliable(doubts: Sequence[DataWarning]) -> None:
    """That the forecast is not to be relied on, and why: one warning, however many reasons."""
    reasons = [screen.say(f"warning.{doubt.code}", **doubt.details) for doubt in doubts]
    said = "\n".join(f"- {reason}" for reason in reasons)
    st.warning(f"{screen.say('lifetime_value.unreliable')}\n\n{said}", icon=":material/warning:")


def details(tried: Check, value: Value) -> None:
    """The check in full, where there is one; and what can be chosen of it: the day, and the model."""
    _origins(tried, value)
    if isinstance(tried.found, Holdout):
        _in_full(tried.found, tried.study)
    _cut(tried.study)
    controls.choice("purchase_kind")
    if value.variant.may_know_seasons:
        controls.choice("season")
        controls.choice("regularity")
    else:
        screen.text("setting.pareto_is_plain")


def _origins(tried: Check, value: Value) -> None:
    """How every model this shop gives a reason to try did from several days."""
    compared = tried.study.models.compared(value.terms.days, value.variant.kind)
    best = compared.proposed
    if best is None:
        return
    screen.text("origins.reading", n=len(compared.days), model=named(value.purchases))
    if best != value.variant:
        screen.text("origins.better", model=model_name(best, screen.words()))
        st.button(
            screen.say("origins.use"), on_click=settings.want, args=(best,), icon=":material/swap_horiz:"
        )
    screen.table(
        lambda: cached(tables.origins, compared, screen.words()), "origins", columns=tables.ORIGINS_SHOWN
    )


def _in_full(here: Holdout, study: Study) -> None:
    """Week by week, by how often customers had bought, against guesses without a model."""
    figures, words, drawn = _figures(here), screen.words(), charts.lifetime_value.holdout
    screen.text("holdout.weekly.reading" if here.model.season is None else "holdout.weekly.season", **figures)
    screen.chart(cached(drawn.weekly, here, words), "holdout.weekly.alt", **figures)
    screen.table(lambda: cached(of_money.weeks, here), "tracking")
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


def over_what_happened(tried: Check) -> None:
    """The forecast over what happened and how it came out, where there is something to show."""
    found = tried.found
    if not isinstance(found, Holdout):
        return
    reasons, picture = st.columns([2, 3], gap="large")
    with reasons:
        if tried.pooled is not None:
            st.markdown(screen.say("origins.told", **_of_origins(tried.pooled)))
            if tried.pooled.side is not None:
                st.markdown(screen.say(f"origins.side.{tried.pooled.side}"))
        st.markdown(screen.say("holdout.told", **_figures(found)))
        st.markdown("\n".join(f"- {sentence}" for sentence in _reasons(found)))
    with picture:
        drawing = cached(charts.lifetime_value.holdout.cumulative, found, screen.words())
        screen.chart(drawing, "holdout.alt", **_figures(found))


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


def _of_origins(found: Pooled) -> dict[str, Any]:
    low, high = min(found.biases), max(found.biases)
    return {"n": found.origins, "bias": found.bias, "low": low, "high": high}


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
