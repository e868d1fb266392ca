"""What happens when our own code fails: one sentence for the visitor, no customer's data in the log."""

from __future__ import annotations

import logging
import traceback

import streamlit as st

from retention.errors import InputError
from retention.ui.parts import problems, screen

# Where Streamlit logs that a script failed, or a file that is written when it is asked for
_LOGGERS = ("streamlit.error_util", "streamlit.runtime.backend_operation_handler")


def show(failure: Exception) -> bool:
    """Say on screen what went wrong; True keeps Streamlit's own box away."""
    if isinstance(failure, InputError):
        problems.error(failure)
    else:
        st.error(screen.say("error.unexpected"))
    return True


def keep_data_out_of_logs() -> None:
    """Log where a script failed and how, without the message, which may quote a visitor's file."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_without_message)


def _without_message(record: logging.LogRecord) -> bool:
    if record.exc_info and record.exc_info[1] is not None:
        kind, failure, _ = record.exc_info
        places = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(failure.__traceback__)]
        record.msg = f"{record.getMessage()}: {kind and kind.__name__} at {' > '.join(places)}"
        record.args = ()
        record.exc_info = record.exc_text = None
    return True
