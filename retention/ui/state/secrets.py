"""What a host tells this server alone: the file Streamlit reads its secrets from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError


def section(name: str) -> dict[str, Any]:
    """A table of it, empty where there is none.

    Raises
    ------
    ValueError
        If the file cannot be read.
    """
    try:
        found: dict[str, Any] = st.secrets.to_dict().get(name, {})
    except StreamlitSecretNotFoundError:
        there = [path for path in st.get_option("secrets.files") if Path(path).exists()]
        if there:
            raise ValueError(f"{there[0]} cannot be read as TOML") from None
        return {}
    return found
