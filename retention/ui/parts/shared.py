"""A link to a view of somebody's file, opened where that file is not: what it is, and the file asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import streamlit as st

from retention.ui.parts import screen, upload
from retention.ui.state import kept, settings
from retention.ui.state.settings import SETTINGS, Choice, Day

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMED_BY_THE_FILE = {"segments_of", "value_by", "risk_by", "reach_column", "reach_segment"}


def told() -> None:
    """What the link holds and what it does not; nothing where the visit began with no such link."""
    if not settings.shared():
        return
    if kept.named():
        st.info(screen.say("shared.gone"), icon=":material/history:")
    else:
        st.info(screen.say("shared.told"), icon=":material/link:")
    chosen = list(_chosen())
    if chosen:
        screen.text("shared.settings", settings=chosen)


def page() -> NoReturn:
    """In the place of a page whose file is not here: the same, and where to drop it."""
    upload.received()
    told()
    upload.picker()
    st.stop()


def _chosen() -> Iterator[str]:
    """The link's settings in words; segments are named by the file alone."""
    words = screen.words()
    for name, value in settings.chosen().items():
        if name not in _NAMED_BY_THE_FILE:
            label = words.say(f"setting.{name}")
            yield words.say("shared.setting", name=label, value=_written(name, value))


def _written(name: str, value: Any) -> str:
    words, setting = screen.words(), SETTINGS[name]
    if isinstance(setting, Choice):
        return words.say(f"setting.{name}.{value}")
    return words.day(value) if isinstance(setting, Day) else words.number(value)
