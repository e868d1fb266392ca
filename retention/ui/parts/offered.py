"""Files a page offers: written when asked for, and there until they are fetched."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Literal

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

if TYPE_CHECKING:
    from collections.abc import Callable


def file(
    label: str,
    write: Callable[[], bytes],
    name: str,
    mime: str,
    *,
    key: str,
    icon: str = ":material/download:",
    kind: Literal["primary", "secondary"] = "secondary",
) -> None:
    """A button that has a file written and fetched.

    Streamlit counts what is written on a click as nobody's, and drops it once two scripts have run to their
    end, whoever's: on a busy server before the browser has asked for it. It is the visit's own here.

    Parameters
    ----------
    write : its content; asked for after the page was drawn, with the visit's words and caches at hand
    name : of the file
    key : of the button
    kind : "primary" where the file is what the page is for
    """
    visit = get_script_run_ctx()

    def held() -> bytes:
        content = write()
        runtime.get_instance().media_file_mgr.add(
            content, mime, key, file_name=name, is_for_static_download=True
        )
        return content

    def written() -> bytes:
        with ThreadPoolExecutor(1, initializer=add_script_run_ctx, initargs=(None, visit)) as apart:
            return apart.submit(held).result()

    st.download_button(
        label, written, file_name=name, mime=mime, icon=icon, type=kind, on_click="ignore", key=key
    )
