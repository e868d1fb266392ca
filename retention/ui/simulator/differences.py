"""What tells kept scenarios apart: the settings in which they differ, in the reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.errors import InputError
from retention.ui.parts import screen
from retention.ui.simulator import question
from retention.ui.state.settings import SETTINGS, Choice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention.study import Study

# In the order one reads them; a setting that belongs to another is told with it
_TOLD = (
    *("uplift", "reach", "bites_after", "margin", "years", "fixed_cost", "cost_each"),
    *("footing", "step", "kept", "own_active", "own_won", "own_revenue", "growth_from", "discount", "form"),
)
_NOT_BY_PURCHASES = ("own_active", "own_revenue", "form")  # where the model says what they are


def apart(study: Study | None, scenarios: Sequence[Mapping[str, Any]]) -> list[dict[str, str | None]]:
    """Of each scenario the settings in which they differ, by their labels; None where one plays no part.

    Whom a scenario reaches is told as soon as one reaches a segment: on other data that is another one.
    """
    words = screen.words()
    rows = [_told(study, values) for values in scenarios]
    differ = [name for name in _TOLD if len({row[name] for row in rows} - {None}) > 1]
    if any(values["reach"] == "segment" for values in scenarios) and "reach" not in differ:
        differ.insert(0, "reach")
    return [{words.say(f"setting.{name}"): row[name] for name in differ} for row in rows]


def _told(study: Study | None, values: Mapping[str, Any]) -> dict[str, str | None]:
    words = screen.words()
    told = {name: _worded(study, name, values[name]) for name in _TOLD} | {
        "uplift": words.say(f"scenarios.uplift.{values['uplift_kind']}", uplift=values["uplift"]),
        "reach": _reached(study, values),
        "kept": _kept(study, values),
    }
    if values["growth_from"] == "typed":
        told["growth_from"] = words.percent(values["typed_growth"] / 100)
    return told | dict.fromkeys(_unused(study, values))


def _worded(study: Study | None, name: str, value: Any) -> str:
    words = screen.words()
    setting = SETTINGS[name]
    if isinstance(setting, Choice):
        return words.say(f"setting.{name}.{value}")
    if value is None:
        return words.say(f"scenarios.own.{'example' if study is None else 'measured'}")
    return words.money(value) if getattr(setting, "money", False) else words.number(value)


def _reached(study: Study | None, values: Mapping[str, Any]) -> str:
    """The segment a scenario means on this data, by its name."""
    words = screen.words()
    try:
        part = question.segment(study, values)
    except InputError as error:
        return words.error(error)
    if part is None:
        return _worded(study, "reach", values["reach"])
    return part.name or words.say("dropoff.not_given")


def _kept(study: Study | None, values: Mapping[str, Any]) -> str:
    """Which retention is raised: typed also where none is measured."""
    words = screen.words()
    if study is None or values["kept"] == "typed" or study.shop.retention(values["step"]) is None:
        return words.percent(values["typed_retention"] / 100)
    return words.say(f"setting.kept.{values['kept']}")


def _unused(study: Study | None, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Settings that play no part in what a scenario comes to."""
    if study is None:
        return ("footing",)
    by = {"best": (), "constant": (), "cohorts": ("kept",), "purchases": ("kept", *_NOT_BY_PURCHASES)}
    return by[values["footing"]]
