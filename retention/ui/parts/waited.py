"""What takes a while: how far it is, while the page waits, and the button that calls it off.

Whatever else ends the page's run meanwhile, a click elsewhere or a tab that is closed, calls it off too.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from retention.ui.parts import screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.delta_generator import DeltaGenerator

    from retention.sources.work import Work

R = TypeVar("R")
_LOOK = 0.25  # seconds between two looks; what is over by the first is not spoken of
_times = count()


def over(
    work: Work[R], said: Callable[[], str], on_cancel: Callable[[], None], place: DeltaGenerator | None = None
) -> R:
    """What comes of something under way, once it is over.

    Parameters
    ----------
    said : what it is doing, as Markdown
    on_cancel : what a press on the button does, before the page is drawn again
    place : where that is shown

    Raises
    ------
    InputError
        Why nothing came of it.
    """
    try:
        if not work.wait(_LOOK):
            here = st.empty() if place is None else place
            with here.container():
                _shown_until_over(work, said, on_cancel)
            here.empty()
        return work.result()
    finally:
        work.cancel()


def _shown_until_over(work: Work[R], said: Callable[[], str], on_cancel: Callable[[], None]) -> None:
    time = next(_times)  # a page may wait more than once
    with st.container(key=f"waited_{time}"):
        told = st.empty()
        _tell(told, said(), work.course.share)
        st.button(
            screen.say("waited.cancel"), key=f"call_off_{time}", icon=":material/cancel:", on_click=on_cancel
        )
        while not work.wait(_LOOK):
            _tell(told, said(), work.course.share)


def _tell(told: DeltaGenerator, said: str, share: float | None) -> None:
    if share is None:
        told.info(said, icon=":material/hourglass_top:")
    else:
        told.progress(share, text=said)
