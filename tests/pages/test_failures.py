"""When our own code fails: a sentence on screen, and no customer's data in the log."""

import io
import logging

import pytest
from streamlit import error_util
from streamlit.testing.v1 import AppTest

from retention.text import Words
from retention.ui.shell import failures
from tests.pages.visit import unescaped

QUOTE = "could not convert string to float: 'Mario Rossi, via Roma 1'"


@pytest.fixture
def log():
    """What reaches the log of failed scripts, with the filter on, and the filter off again after."""
    logger, written = logging.getLogger("streamlit.error_util"), io.StringIO()
    before, handler = list(logger.filters), logging.StreamHandler(written)
    failures.keep_data_out_of_logs()
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)
    logger.filters = before


def failure():
    """An exception out of a function of its own, led to by another, both quoting a file."""
    try:
        try:
            float(QUOTE)
        except ValueError as cause:
            raise RuntimeError(QUOTE) from cause
    except RuntimeError as raised:
        return raised


def test_the_log_says_what_failed_and_where_but_not_the_message(log):
    error_util._log_uncaught_app_exception(failure())
    assert "RuntimeError" in log.getvalue()
    assert f"{__file__}:" in log.getvalue()
    assert "Rossi" not in log.getvalue()
    assert "Traceback" not in log.getvalue()


def test_nor_where_showing_the_failure_fails_itself(log):
    def fails(_):
        raise RuntimeError(QUOTE)

    error_util.handle_user_script_exception(failure(), fails)
    assert log.getvalue().count("RuntimeError") >= 1
    assert "Rossi" not in log.getvalue()


def test_the_log_keeps_what_was_being_done(log):
    try:
        raise failure()
    except RuntimeError:
        logging.getLogger("streamlit.error_util").exception("Showing %s failed", "a page")
    assert "Showing" in log.getvalue()
    assert "%s" not in log.getvalue()
    assert "Rossi" not in log.getvalue()


def test_the_log_keeps_a_remark_with_a_percent_sign(log):
    try:
        raise failure()
    except RuntimeError:
        logging.getLogger("streamlit.error_util").exception("Failed at %s", "5% of a page")
    assert log.getvalue().startswith("Failed at 5% of a page: RuntimeError")


def test_a_remark_without_an_exception_is_left_alone(log):
    logging.getLogger("streamlit.error_util").warning("the server is %s", "fine")
    assert log.getvalue() == "the server is fine\n"


def unexpected(language):
    import streamlit as st  # noqa: PLC0415  AppTest runs this function alone

    from retention.ui.shell import failures as shown  # noqa: PLC0415  likewise

    st.session_state["language"] = language
    shown.show(RuntimeError("could not convert string to float: 'Mario Rossi'"))


def of_the_visitor(language):
    import streamlit as st  # noqa: PLC0415  likewise

    from retention.errors import InputError  # noqa: PLC0415  likewise
    from retention.ui.shell import failures as shown  # noqa: PLC0415  likewise

    st.session_state["language"] = language
    shown.show(InputError("empty_file", name="sales.csv"))


@pytest.mark.parametrize("language", ["it", "en"])
def test_on_screen_there_is_our_sentence_alone(language):
    app = AppTest.from_function(unexpected, args=(language,)).run()
    assert [unescaped(error.value) for error in app.error] == [Words(language).say("error.unexpected")]
    assert not app.exception


def test_an_error_of_the_visitors_is_said_as_such():
    app = AppTest.from_function(of_the_visitor, args=("en",)).run()
    assert [unescaped(e.value) for e in app.error] == [Words("en").say("error.empty_file", name="sales.csv")]


def test_streamlits_own_box_is_kept_away():
    assert failures.show(RuntimeError(QUOTE)) is True
