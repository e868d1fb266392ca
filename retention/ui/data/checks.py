"""What a careful analyst would ask about a file, each with the switch that answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from retention import ingest
from retention.ui.parts import screen
from retention.ui.state import loaded, mapped, visit
from retention.ui.subscriptions import renewals

if TYPE_CHECKING:
    from retention.ingest import Check, Switch

_STATE = {"duplicates": "drop_duplicates", "drop_reversed": "drop_reversed"}


def show() -> None:
    """The checks that found something; nothing where none did, nor without the rows they would change."""
    held = loaded.usable()
    looked_over = loaded.file() is not None and not loaded.is_beyond_memory()
    found = ingest.checks(held) if held and looked_over else ()
    study = visit.present() if held and not mapped.unanswered(loaded.questions()) else None
    if not found and (study is None or not study.subscriptions.warnings()):
        return
    screen.section("checks.title")
    if study is not None:
        renewals.told(study)
    for place, check in enumerate(found):
        _show(check, place)


def _show(check: Check, place: int) -> None:
    kept = "dropped" if check.details.get("dropped") else "found"
    details = {"n": check.counted, **check.details}
    with st.container(border=True):
        st.markdown(screen.say(f"check.{check.code}.{kept}", **details))
        if check.code == "extreme_orders":
            with st.expander(screen.say("check.largest")):
                screen.show_table(_orders(check.details["largest"]))
        if check.switch is not None:
            st.button(
                screen.say(f"check.{check.code}.{'undo' if kept == 'dropped' else 'do'}", **details),
                key=f"check_{check.code}_{place}",
                on_click=_turn,
                args=(check.switch,),
            )


def _orders(found: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(found).rename(columns={"customer": "customer_id", "order": "order_id"})


def _turn(switch: Switch) -> None:
    """Do what the check offers, or undo it where it was done."""
    if switch.option in _STATE:
        name = _STATE[switch.option]
        st.session_state[name] = not st.session_state.get(name, False)
    elif switch.option == "until":
        st.session_state["until"] = switch.value
    else:
        left_out = st.session_state.get("left_out", [])
        st.session_state["left_out"] = [*left_out, *sorted(switch.value)]
