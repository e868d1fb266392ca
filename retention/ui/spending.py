"""The Acquisition or retention page: marketing spend typed or uploaded, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from retention import economics, ingest
from retention.errors import DataWarning, InputError
from retention.periods import first_day, number_of
from retention.ui import loaded, screen

if TYPE_CHECKING:
    from retention.economics import AcquisitionCosts, Multiple, Payback, RealisedValue, ValueAt

_COLUMNS = {"month": "datetime64[ns]", "channel": "object", "purpose": "object", "amount": "float64"}
_PURPOSES = ("acquisition", "retention")
_HORIZON = 12  # months: LTV:CAC and payback are usually judged on a year


@dataclass(frozen=True)
class Value:
    """What the customers won have brought and will bring, against what they cost; money is margin."""

    curve: RealisedValue
    payback: Payback
    after_a_year: ValueAt
    realised: Multiple
    expected: Multiple
    warnings: tuple[DataWarning, ...]


def editor() -> None:
    """Spend by month, channel and purpose, to type in or to upload; the sample shop brings its own."""
    _start()
    with st.expander(screen.say("spend.title"), expanded=_typed().empty, icon=":material/edit_note:"):
        st.caption(screen.say("spend.help"))
        given = st.file_uploader(
            screen.say("spend.upload"), type=["csv", "xlsx"], help=screen.say("spend.upload.help")
        )
        if given is not None and given.file_id != st.session_state.get("spend_upload"):
            _read(given.file_id, given.name, given.getvalue())
        words = screen.words()
        edited = st.data_editor(
            st.session_state["spend_base"],
            num_rows="dynamic",
            hide_index=True,
            width="stretch",
            key=f"spend_editor_{st.session_state['spend_version']}",
            column_config={
                "month": st.column_config.DateColumn(words.heading("month"), format="MM/YYYY", required=True),
                "channel": st.column_config.TextColumn(words.heading("channel")),
                "purpose": st.column_config.SelectboxColumn(
                    words.heading("purpose"),
                    options=list(_PURPOSES),
                    format_func=lambda code: screen.words().say(f"spend.{code}"),
                    required=True,
                ),
                "amount": st.column_config.NumberColumn(
                    words.heading("amount"), min_value=0.0, required=True
                ),
            },
        )
        st.session_state["spend"] = edited
        if not edited.empty:
            screen.download(edited, "spend")


def table() -> pd.DataFrame | None:
    """The rows that say when, what for and how much; None while there is none."""
    rows = _typed().dropna(subset=["month", "purpose", "amount"])
    if rows.empty:
        return None
    months = [number_of(when.date(), "month") for when in pd.to_datetime(rows["month"])]
    return rows.assign(month=months, channel=rows["channel"].fillna(""))[
        ["month", "channel", "purpose", "amount"]
    ]


def costs(spend: pd.DataFrame) -> AcquisitionCosts:
    """CAC and cost of keeping over the months that have both spend and complete data."""
    with screen.input_errors():
        return economics.costs(
            spend, loaded.flows("month").table, new_by_channel=loaded.new_by_channel(spend["channel"])
        )


def value(found: AcquisitionCosts, margin: float) -> Value:
    """What the customers won bring in margin, so far and by the model, over a year."""
    curve = loaded.realised(margin)
    after = curve.at(_HORIZON)
    paid = economics.payback(found.cac.value, curve)
    expected, trouble = loaded.new_customer_value(_HORIZON, margin)
    return Value(
        curve=curve,
        payback=paid,
        after_a_year=after,
        realised=economics.ltv_to_cac(after.value, found.cac.value),
        expected=economics.ltv_to_cac(expected, found.cac.value),
        warnings=(*after.warnings, *paid.warnings, *trouble),
    )


def headline(found: AcquisitionCosts) -> None:
    """What winning costs, what keeping costs, and their ratio beside the quoted one."""
    ratio = found.ratio
    values = {"cac": found.cac.value, "cost": found.retention_cost.value, "ratio": ratio.value}
    if ratio.value is None:
        screen.headline("acquisition.headline.partial", **values)
    elif ratio.interval is None:
        screen.headline(f"acquisition.headline.{found.ratio_position}", **values)
    else:
        ends = {"low": ratio.interval.low, "high": ratio.interval.high}
        screen.headline(f"acquisition.headline.{found.ratio_position}.interval", **values, **ends)
    screen.text(
        "acquisition.basis",
        first=first_day(found.months[0], "month") if found.months else None,
        last=first_day(found.months[-1], "month") if found.months else None,
        n=len(found.months),
        new=found.new_customers,
        retained=found.retained_customers,
    )


def figures(found: AcquisitionCosts, worth: Value) -> None:
    """CAC, LTV:CAC both ways, payback."""
    cac = found.monthly["cac"].dropna()
    screen.metrics(
        {
            "acquisition.cac": (
                screen.say("value.money", value=found.cac.value),
                cac if len(cac) > 1 else None,
            ),
            "acquisition.ltv_realised": (screen.say("value.ratio", value=worth.realised.ratio), None),
            "acquisition.ltv_expected": (screen.say("value.ratio", value=worth.expected.ratio), None),
            "acquisition.payback_month": (
                screen.say("value.months", n=worth.payback.months)
                if worth.payback.months is not None
                else screen.say("value.not_yet"),
                None,
            ),
        }
    )
    if worth.after_a_year.value is not None:
        ends = worth.after_a_year.interval
        screen.text(
            "acquisition.after_a_year",
            value=worth.after_a_year.value,
            low=ends.low if ends else None,
            high=ends.high if ends else None,
            n=worth.after_a_year.customers,
        )
    screen.warnings(worth.warnings)


def by_channel(found: AcquisitionCosts) -> None:
    """Where the money went."""
    screen.section("acquisition.channels")
    screen.show_table(found.channels)
    screen.text("acquisition.channels.help")


def _typed() -> pd.DataFrame:
    rows: pd.DataFrame = st.session_state.get("spend", _nothing())
    return rows


def _nothing() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in _COLUMNS.items()})


def _start() -> None:
    """The editor keeps nothing over a page change: its base is what it last held, anew on each entry."""
    here = loaded.source()
    content = here.raw.content_hash if here else None
    if st.session_state.get("spend_of") != content:
        st.session_state["spend_of"] = content
        found = _rows(ingest.sample_spend()) if here and here.sample == "shop" else _nothing()
        _begin_with(found)
    elif st.session_state.get("spend_page") != st.session_state.get("visit_of_page"):
        _begin_with(_typed())
    st.session_state["spend_page"] = st.session_state.get("visit_of_page")


def _begin_with(rows: pd.DataFrame) -> None:
    st.session_state["spend"] = st.session_state["spend_base"] = rows.reset_index(drop=True)
    st.session_state["spend_version"] = st.session_state.get("spend_version", 0) + 1


def _read(file_id: str, name: str, content: bytes) -> None:
    with st.spinner(screen.say("data.reading", name=name)):
        try:
            _begin_with(_rows(ingest.read(content, name)))
            st.session_state["spend_upload"] = file_id
        except InputError as problem:
            screen.error(problem)


def _rows(raw: ingest.RawTable) -> pd.DataFrame:
    spend = ingest.read_spend(raw).table
    months = [date.fromordinal(first_day(int(n), "month").toordinal()) for n in spend["month"]]
    return pd.DataFrame(
        {"month": pd.to_datetime(months), **{c: spend[c] for c in ("channel", "purpose", "amount")}}
    )
