"""Once visitors have left, what was theirs is let go, and memory is given back."""

from __future__ import annotations

import asyncio
import weakref
from types import SimpleNamespace

import pytest
from streamlit.runtime import Runtime, RuntimeConfig
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from retention import memory
from retention.ui.shell.leaving import GivesBack
from tests.loops import done


async def _visit(scope, receive, send):
    """A visit that ends at once."""


class _Session:
    id = "a"

    def __init__(self):
        self.over = False
        self._session_state = {"file": "theirs"}

    def shutdown(self):
        self.over = True


async def _broken(scope, receive, send):
    raise ConnectionResetError


@pytest.fixture
def given(monkeypatch):
    """How often memory was given back."""
    times = []
    monkeypatch.setattr(memory, "give_back", lambda: times.append(1))
    return times


async def _until(done):
    async with asyncio.timeout(10):
        while not done():  # noqa: ASYNC110  what is watched is no event
            await asyncio.sleep(0.001)


def test_after_a_visit_memory_is_given_back_once_it_is_forgotten(given):
    async def visits():
        serving = GivesBack(_visit, after=0.0)
        await serving({"type": "websocket"}, None, None)
        assert given == []
        await _until(lambda: given)

    done(visits())


def test_who_leaves_while_it_waits_is_waited_for_as_well(given):
    async def visits():
        serving = GivesBack(_visit, after=0.05)
        await serving({"type": "websocket"}, None, None)
        await asyncio.sleep(0.01)
        await serving({"type": "websocket"}, None, None)
        await serving({"type": "websocket"}, None, None)
        await _until(lambda: len(asyncio.all_tasks()) == 1)

    done(visits())
    assert len(given) == 2


def test_a_visit_that_breaks_off_is_one_that_ended(given):
    async def visits():
        with pytest.raises(ConnectionResetError):
            await GivesBack(_broken, after=0.0)({"type": "websocket"}, None, None)
        await _until(lambda: given)

    done(visits())


def test_other_requests_leave_nothing(given):
    async def asks():
        serving = GivesBack(_visit, after=0.0)
        await serving({"type": "http"}, None, None)
        await asyncio.sleep(0.05)
        assert given == []
        assert len(asyncio.all_tasks()) == 1

    done(asks())


def _given_back(kept, given, monkeypatch):
    """Have a visit end at a server that keeps these sessions, until memory is given back."""
    monkeypatch.setattr(Runtime, "_instance", None)

    async def visits():
        media, files = MemoryMediaFileStorage("/media"), MemoryUploadedFileManager("/files")
        Runtime(RuntimeConfig("pages/main.py", media, files, session_storage=kept))
        await GivesBack(_visit, after=0.0)({"type": "websocket"}, None, None)
        await _until(lambda: given)

    done(visits())


def test_what_streamlit_keeps_of_an_ended_visit_is_let_go(given, monkeypatch):
    kept = MemorySessionStorage(ttl_seconds=0)
    visit = SimpleNamespace(session=_Session())
    seen = weakref.ref(visit.session)
    kept.save(visit)
    del visit
    assert kept.list() == []
    assert seen() is not None  # expired, and still there

    _given_back(kept, given, monkeypatch)
    assert seen() is None


def test_of_a_visit_somebody_else_still_holds_nothing_is_left(given, monkeypatch):
    """Streamlit's loop keeps the last session it sent anything to until the next comes."""
    kept = MemorySessionStorage(ttl_seconds=0)
    last = _Session()
    kept.save(SimpleNamespace(session=last))
    _given_back(kept, given, monkeypatch)
    assert last.over
    assert last._session_state.filtered_state == {}
