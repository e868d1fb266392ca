"""The visit's settings: language-neutral codes, seeded once from the address, kept over page changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from retention.acquisition import USUAL_KEPT, USUAL_WON
from retention.audit import FOLLOWED
from retention.cohorts import ACTIVITIES, MEASURES
from retention.ingest import SAMPLES
from retention.lifetime_value import FAMILIES, Wanted
from retention.lists import ANSWERS, OCCASIONS, QUESTIONS
from retention.orders import SEGMENT, SEGMENTS
from retention.overview import WITHIN
from retention.periods import PERIODS
from retention.reconciled import FIGURES
from retention.returned import MOST_PURCHASES, ONCE, Returned
from retention.segments import FIFTHS, GROUPINGS, PARTS
from retention.text import DEFAULT, LANGUAGES, LanguageCode, language_of
from retention.what_if import FOOTINGS, LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from retention.lifetime_value import TimeUnit, Variant

_BEST = "best"  # what the data shows to do best
OWN = "own"  # of an address: what it shows is of a file somebody loaded, which it does not hold
LONGEST = LIMITS["years"][1]  # years a simulation looks ahead


@dataclass(frozen=True)
class Choice:
    """One of a few codes; what holds when nothing was chosen is the default."""

    options: tuple[str, ...]
    default: str

    def read(self, text: str) -> str | None:
        """The code of an address, None where it is none of ours."""
        return text if text in self.options else None


@dataclass(frozen=True)
class Number:
    """A number between two bounds, whole if its default is; of money where it says so."""

    default: float
    low: float
    high: float
    money: bool = False

    def read(self, text: str) -> float | None:
        """The number of an address, None where it is none or out of bounds."""
        try:
            value = type(self.default)(text)
        except ValueError:
            return None
        return value if self.low <= value <= self.high else None


@dataclass(frozen=True)
class Day:
    """A day of the calendar, where one was chosen."""

    default: date | None = None

    def read(self, text: str) -> date | None:
        """The day of an address, None where it is none."""
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None


@dataclass(frozen=True)
class Own:
    """A number that takes the place of a measured one, None while that holds; of money where it says so."""

    low: float
    high: float
    default: None = None
    money: bool = False

    def read(self, text: str) -> float | None:
        """The number of an address, None where it is none or out of bounds."""
        return Number(self.low, self.low, self.high).read(text)


SETTINGS: Mapping[str, Choice | Number | Own | Day] = {
    "period": Choice(tuple(p for p in PERIODS if p != "day"), "month"),
    "measure": Choice(tuple(MEASURES), "share"),
    "purchase_number": Choice(tuple("12345678"), "1"),
    "returned_after": Number(1, 1, MOST_PURCHASES),
    "returned_spend": Number(0.0, 0, 1e9, money=True),
    "next_step": Choice(("1", "2", "3"), "1"),
    "old_customers": Choice(("keep", "leave_out"), "keep"),
    "every": Choice(("month", "quarter", "year"), "month"),
    "within": Choice(("usual", *(str(days) for days in WITHIN)), "usual"),
    "reconciled": Choice(FIGURES, FIGURES[0]),
    "active_by": Choice(("calendar", "usual", "typed"), "calendar"),
    "own_days": Number(90, 1, 3650),
    "rate_start": Number(20, 0, 999_999),
    "rate_end": Number(24, 0, 999_999),
    "rate_new": Number(5, 0, 999_999),
    "activity": Choice(tuple(ACTIVITIES), "on"),
    "rows": Choice(("period", "segment"), "period"),
    "leave_out": Number(0, 0, 24),
    "segments_of": Choice(SEGMENTS, SEGMENT),
    "revenue_as": Choice(("share", "money"), "share"),
    "step": Choice(("month", "quarter", "year"), "month"),
    "kept": Choice(("textbook", "strict", "typed"), "textbook"),
    "footing": Choice((_BEST, *FOOTINGS), _BEST),
    "typed_retention": Number(35.0, 0.0, 100.0),
    "own_active": Own(0.0, 1e9),
    "own_won": Own(0.0, 1e9),
    "own_revenue": Own(0.0, 1e9, money=True),
    "uplift": Number(5.0, *LIMITS["uplift"]),
    "uplift_kind": Choice(("points", "relative"), "points"),
    "reach": Choice(("all", "first", "segment"), "all"),
    "reach_column": Number(0, 0, 99),
    "reach_segment": Number(0, 0, 9_999),
    "bites_after": Number(0, *LIMITS["bites_after"]),
    "growth_from": Choice(("off", "measured", "typed"), "off"),
    "typed_growth": Number(1.0, -50.0, 50.0),
    "fixed_cost": Number(0.0, *LIMITS["programme_cost"], money=True),
    "cost_each": Number(0.0, *LIMITS["cost_per_customer"], money=True),
    "form": Choice(("without_first", "first_payment_now", "period_end"), "without_first"),
    "margin": Number(30.0, 0.0, 100.0),
    "payback_by": Choice(("all", "cohort", "channel"), "all"),
    "response_from": Choice(("assumed", "points", "history"), "assumed"),
    "unasked_won": Number(round(100 * USUAL_WON.unasked), 0, 99),
    "most_won": Number(round(100 * USUAL_WON.most), 101, 1000),
    "unasked_kept": Number(round(100 * USUAL_KEPT.unasked), 0, 99),
    "most_kept": Number(round(100 * USUAL_KEPT.most), 101, 1000),
    "second_spend_won": Own(0.0, 1e9, money=True),
    "second_customers_won": Own(0.0, 1e9),
    "second_spend_kept": Own(0.0, 1e9, money=True),
    "second_customers_kept": Own(0.0, 1e9),
    "discount": Number(10.0, 0.0, 100.0),
    "years": Number(3, *LIMITS["years"]),
    "horizon": Number(12, 1, 60),
    "purchase_kind": Choice((_BEST, *FAMILIES), _BEST),
    "regularity": Choice((_BEST, "1", "2", "3", "4"), _BEST),
    "season": Choice((_BEST, "on", "off"), _BEST),
    "time_unit": Choice(("day", "week", "month"), "week"),
    "audit_period": Choice(("year", "quarter", "month"), "year"),
    "audit_cohorts": Choice(("quarter", "month", "year"), "quarter"),
    "followed": Choice(tuple(FOLLOWED), "active"),
    "matrix": Choice(("p_alive", "expected_purchases"), "p_alive"),
    "value_by": Choice(("cohort", *SEGMENTS), "cohort"),
    "risk_by": Choice(("p_alive", "cohort", *SEGMENTS), "p_alive"),
    "holdout_until": Day(),
    "grouped_by": Choice(tuple(GROUPINGS), "value"),
    **{f"{part}_{n}": Own(0.0, 1e9, money=part == "money") for part in PARTS for n in FIFTHS},
    "moved_within": Choice(("3", "6", "12"), "6"),
    "occasion": Choice(OCCASIONS, OCCASIONS[0]),
    "contacts": Number(200, 1, 1_000_000),
    "contact_cost": Number(0.0, 0.0, 1e6, money=True),
    "held_back": Number(20, 0, 90),
    "campaign_days": Number(90, 7, 730),
    "campaign_cost": Number(0.0, 0.0, 1e9, money=True),
    **{f"answer_{question}": Choice(ANSWERS, "partly") for question in QUESTIONS},
}


def seed() -> None:
    """Set every setting once a visit: from the address where it names a valid one, else to its default."""
    if "seeded" in st.session_state:
        return
    st.session_state["seeded"] = True
    address = st.query_params
    asked = address.get("lang")
    st.session_state["language"] = asked if asked in LANGUAGES else language_of(st.context.locale)
    st.session_state["shared"] = address.get("file") == OWN
    st.session_state["ended"] = address.get("ended") == "yes"
    st.session_state["source_asked"] = address.get("source")
    st.session_state["sample_asked"] = address.get("sample") if address.get("sample") in SAMPLES else None
    for name, setting in SETTINGS.items():
        given = setting.read(address[name]) if name in address else None
        st.session_state[name] = setting.default if given is None else given


def carry() -> None:
    """Set every setting anew, on entry to a page and before its widgets.

    A value set in the run that first draws its widget would be lost to the widget of the next page, which
    would start at the least it can be.
    """
    for name in SETTINGS:
        st.session_state[name] = get(name)


def get(name: str) -> Any:
    """A setting's value; its default where a page is run before the visit was seeded."""
    return st.session_state.get(name, SETTINGS[name].default)


def share(name: str) -> float:
    """A percentage as a share from 0 to 1."""
    return float(get(name) / 100)


def wanted() -> Wanted:
    """What the visitor asks of the purchase model; the data decides the rest.

    Seasons and regular buyers are not asked of the Pareto/NBD, which knows neither.
    """
    kind, k, season = get("purchase_kind"), get("regularity"), get("season")
    if kind == "pareto_nbd":
        return Wanted(kind)
    return Wanted(
        None if kind == _BEST else kind,
        None if k == _BEST else int(k),
        None if season == _BEST else season == "on",
    )


def want(variant: Variant) -> None:
    """Ask for one purchase model, on every page."""
    st.session_state["purchase_kind"] = variant.kind
    st.session_state["regularity"] = str(variant.k)
    st.session_state["season"] = "on" if variant.season else "off"


def time_unit() -> TimeUnit:
    """The unit of time its parameters are in."""
    asked: TimeUnit = get("time_unit")
    return asked


def leave_out_left_truncated() -> bool:
    """Whether customers who may be older than the file are left out."""
    return bool(get("old_customers") == "leave_out")


def returned() -> Returned:
    """What it takes to count as back: so many purchases, worth so much."""
    return Returned(int(get("returned_after") or ONCE.purchases), float(get("returned_spend") or ONCE.spend))


def language() -> LanguageCode:
    """The visit's language, looked up at each use: callbacks and fragments do not pass through the frame."""
    chosen: LanguageCode = st.session_state.get("language", DEFAULT)
    return chosen


def chosen(names: Iterable[str] = SETTINGS, usual: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The settings that are not as by default, nor as what the data decides in its place."""
    given = {name: get(name) for name in names}
    return {
        name: value
        for name, value in given.items()
        if value not in {SETTINGS[name].default, (usual or {}).get(name)}
    }


def shared() -> str | None:
    """What the address of this visit said of a file, where it is of one that is not here."""
    return OWN if st.session_state.get("shared") else None


def is_of_a_file() -> None:
    """Take the address for that of a file that is not here."""
    st.session_state["shared"] = True


def source_asked() -> str | None:
    """What the address of this visit calls a source of the host's; told once."""
    found: str | None = st.session_state.pop("source_asked", None)
    return found


def ended() -> bool:
    """Whether this visit began where another was ended."""
    return bool(st.session_state.get("ended"))


def link(sample: str | None, usual: Mapping[str, Any], **more: str) -> str:
    """Address of the present view: page, language, sample, what else it holds, settings not as by default.

    Parameters
    ----------
    usual : what stands in for a default that the data decides, by setting
    """
    held = {name: text for name, text in {"sample": sample, **more}.items() if text}
    query = {"lang": language(), **held, **chosen(usual=usual)}
    return urlunsplit(urlsplit(st.context.url or "/")._replace(query=urlencode(query), fragment=""))


def query_of(link: str) -> str:
    """What an address asks for."""
    return urlsplit(link).query
