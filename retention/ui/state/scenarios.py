"""Scenarios of the What if page: named, kept in the visit, and carried by the link as codes and numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from retention.ui.state import settings
from retention.ui.state.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST = 6  # more are not compared but searched
LONGEST_NAME = 40
_LONGEST_LINK = 4_000  # characters: browsers and mail programs cut addresses from here on
_MOST_FIELDS = 64

# What a scenario is made of: every setting of the What if page
ASKED = (
    "footing",
    "step",
    "kept",
    "typed_retention",
    "own_active",
    "own_won",
    "own_revenue",
    "uplift",
    "uplift_kind",
    "reach",
    "reach_column",
    "reach_segment",
    "bites_after",
    "growth_from",
    "typed_growth",
    "margin",
    "discount",
    "years",
    "form",
    "fixed_cost",
    "cost_each",
)


@dataclass(frozen=True)
class Scenario:
    """A name and the settings of the What if page that are not as by default."""

    name: str
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def asked(self) -> dict[str, Any]:
        """Every setting of the page as this scenario has it."""
        return {name: self.settings.get(name, SETTINGS[name].default) for name in ASKED}


def seed() -> None:
    """Take over the scenarios of the address, once a visit."""
    if "scenarios" not in st.session_state:
        st.session_state["scenarios"] = read(st.query_params.get("scenarios", ""))


def saved() -> tuple[Scenario, ...]:
    """The scenarios of this visit, in the order they were kept."""
    found: tuple[Scenario, ...] = st.session_state.get("scenarios", ())
    return found


def keep(name: str) -> None:
    """Keep the page as it is set under a name; one of that name gives way."""
    named = cleaned(name)
    if named:
        others = [scenario for scenario in saved() if scenario.name != named]
        now = Scenario(named, settings.chosen(ASKED))
        st.session_state["scenarios"] = (*others, now)[:MOST]


def remove(name: str) -> None:
    """Forget a scenario."""
    st.session_state["scenarios"] = tuple(scenario for scenario in saved() if scenario.name != name)


def take(name: str) -> None:
    """Set the page as a scenario has it; called before its controls are drawn."""
    for scenario in saved():
        if scenario.name == name:
            st.session_state.update(scenario.asked)


def written() -> str:
    """The visit's scenarios as text for an address, empty while there is none."""
    return ";".join(urlencode({"name": each.name, **each.settings}) for each in saved())


def read(text: str) -> tuple[Scenario, ...]:
    """The scenarios of an address; what is none of ours, or too long, is left out."""
    if len(text) > _LONGEST_LINK:
        return ()
    found: dict[str, Scenario] = {}
    for part in text.split(";")[:MOST]:
        given = _fields(part)
        name = cleaned(given.get("name", ""))
        if name:
            found[name] = Scenario(name, valid(given))
    return tuple(found.values())


def cleaned(name: str) -> str:
    """A name on one line, without signs that cannot be seen, and not too long."""
    visible = "".join(sign for sign in " ".join(name.split()) if sign.isprintable())
    return " ".join(visible[:LONGEST_NAME].split())


def valid(given: Mapping[str, Any]) -> dict[str, Any]:
    """Values within their settings' bounds that are not as by default."""
    asked = {name: SETTINGS[name].read(str(given[name])) for name in ASKED if name in given}
    return _changed(asked.items())


def _fields(part: str) -> dict[str, str]:
    try:
        return dict(parse_qsl(part, max_num_fields=_MOST_FIELDS))
    except ValueError:
        return {}


def _changed(asked: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in asked if value not in (None, SETTINGS[name].default)}
