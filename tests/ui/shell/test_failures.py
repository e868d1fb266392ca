"""What a failure shows on screen, and what of it is written to the log."""

import logging
import sys

from retention.errors import InputError
from retention.ui.shell import failures
from tests.ui.screens import read


def test_an_error_of_the_input_says_itself_any_other_that_it_was_unexpected():
    shown = []
    assert read(lambda: shown.append(failures.show(InputError("nothing_loaded")))) == [
        "error error.nothing_loaded",
    ]
    assert read(lambda: shown.append(failures.show(ValueError("Mario Rossi")))) == ["error error.unexpected"]
    assert shown == [True, True]


def _record(exc_info, message="at %s", args=("work",)):
    return logging.LogRecord("streamlit.error_util", logging.ERROR, __file__, 1, message, args, exc_info)


def test_of_a_failure_its_kind_and_place_are_logged():
    try:
        int("Mario Rossi")
    except ValueError:
        record = _record(sys.exc_info())
    assert failures._without_message(record) is True
    message = record.getMessage()
    assert message.startswith(f"at work: ValueError at {__file__}:")
    assert message.endswith(" test_of_a_failure_its_kind_and_place_are_logged")
    assert record.exc_info is record.exc_text is None
    assert "Rossi" not in logging.Formatter().format(record)


def test_so_it_is_for_a_page_and_for_a_file_that_is_written_when_asked_for():
    failures.keep_data_out_of_logs()
    for name in ("streamlit.error_util", "streamlit.runtime.backend_operation_handler"):
        assert failures._without_message in logging.getLogger(name).filters


def test_other_records_pass_as_they_are():
    for nothing in (None, (None, None, None)):
        record = _record(nothing)
        assert failures._without_message(record) is True
        assert record.getMessage() == "at work"
        assert record.exc_info is nothing
