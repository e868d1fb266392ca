"""A visitor without a browser: what Streamlit's page and server say to each other, over a WebSocket."""

from __future__ import annotations

import asyncio
import http.client
from contextlib import closing
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple, Self
from urllib.parse import urlsplit
from uuid import uuid4

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

if TYPE_CHECKING:
    import ssl
    from email.message import Message
    from types import TracebackType

    from streamlit.proto.DownloadButton_pb2 import DownloadButton
    from streamlit.proto.Element_pb2 import Element

_XSRF = "_streamlit_xsrf"
_PATIENCE = 300.0  # seconds a script may run


class Answer(NamedTuple):
    """What a server answers to a request."""

    status: int
    headers: Message
    body: bytes


class VisitError(Exception):
    """What a visitor asked for was not answered."""


@dataclass
class Visit:
    """One visit, from the opened page to its end; a context manager.

    Attributes
    ----------
    url : of the server, as a browser would be given it
    pages : hash of each page's script, by its place in the address; the first is at ``""``
    errors : what red boxes and failed scripts said
    trust : certificates to believe, for a server with TLS of its own
    cookies : that the browser brings besides, as a header has them
    keeps : everything that comes from the server, message by message; None keeps nothing
    """

    url: str
    trust: ssl.SSLContext | None = None
    pages: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    cookies: str = ""
    keeps: list[bytes] | None = None

    async def __aenter__(self) -> Self:
        """Open the first page."""
        self._token, self._cookies = await asyncio.to_thread(self._greeted)
        self._cookies = "; ".join(filter(None, [self._cookies, self.cookies]))
        self._socket: ClientConnection = await connect(
            f"{self.url.replace('http', 'ws', 1)}/_stcore/stream",
            origin=self.url,  # type: ignore[arg-type]  a text that is marked as one
            subprotocols=["streamlit", self._token],  # type: ignore[list-item]  likewise
            additional_headers={"Cookie": self._cookies},
            ssl=self.trust,
            max_size=None,
            open_timeout=_PATIENCE,
            proxy=None,
        )
        self._session, self._page = "", ""
        self._elements: list[Element] = []
        self._folded: list[str] = []
        await self._run()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the tab."""
        await self._socket.close()

    async def go(self, page: str) -> float:
        """Seconds until a page has run to its end."""
        self._page = self.pages[page]
        return await self._run()

    async def press(self, label: str) -> float:
        """Seconds until the run after a button is done."""
        button = next((e.button for e in self._elements if e.button.label == label), None)
        if button is None:
            raise VisitError(f"no button {label!r}")
        return await self._run(WidgetState(id=button.id, trigger_value=True))

    async def unfold(self) -> bool:
        """Open every part of the page that is closed and computed when opened; whether there was one."""
        closed, self._folded = self._folded, []
        if closed:
            await self._run(*(WidgetState(id=each, bool_value=True) for each in closed))
        return bool(closed)

    @property
    def texts(self) -> list[str]:
        """Code boxes and pieces of HTML on the page, as they are written."""
        codes = [each.code.code_text for each in self._elements if each.HasField("code")]
        return codes + [each.html.body for each in self._elements if each.HasField("html")]

    async def downloads(self) -> list[str]:
        """Every file the page offers, fetched; their addresses."""
        found = await self.written()
        for label, address in found.items():
            answer = await asyncio.to_thread(self.ask, "GET", address)
            if answer.status != http.HTTPStatus.OK:
                raise VisitError(f"{label!r} was answered with {answer.status}")
            self._keep(answer.body)
        return list(found.values())

    async def written(self) -> dict[str, str]:
        """Addresses of the files the page offers, by their buttons' labels: written and not fetched."""
        offered = [each.download_button for each in self._elements if each.HasField("download_button")]
        return {each.label: each.url or await self._made(each) for each in offered}

    def pictures(self) -> list[str]:
        """Addresses of the page's pictures."""
        return [image.url for each in self._elements for image in each.imgs.imgs]

    async def upload(self, name: str, content: bytes) -> float:
        """Seconds until a file dropped on the page has been read and shown, the way there included."""
        start = perf_counter()
        picker = next((e.file_uploader for e in self._elements if e.HasField("file_uploader")), None)
        if picker is None:
            raise VisitError("nowhere to drop a file")
        asked = BackMsg()
        asked.file_urls_request.request_id = uuid4().hex
        asked.file_urls_request.file_names.append(name)
        asked.file_urls_request.session_id = self._session
        await self._socket.send(asked.SerializeToString())
        while not (said := await self._heard()).HasField("file_urls_response"):
            pass
        (urls,) = said.file_urls_response.file_urls
        status = await asyncio.to_thread(self._put, urls.upload_url, name, content)
        if status != http.HTTPStatus.NO_CONTENT:
            raise VisitError(f"the upload was answered with {status}")
        dropped = WidgetState(id=picker.id)
        dropped.file_uploader_state_value.uploaded_file_info.add(
            name=name, size=len(content), file_id=urls.file_id, file_urls=urls
        )
        await self._run(dropped)
        return perf_counter() - start

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """The answer to a request beside the WebSocket."""
        where = urlsplit(self.url)
        host, port = where.hostname or "", where.port
        asking = (
            http.client.HTTPSConnection(host, port, timeout=_PATIENCE, context=self.trust)
            if where.scheme == "https"
            else http.client.HTTPConnection(host, port, timeout=_PATIENCE)
        )
        with closing(asking):
            asking.request(method, path, body, headers)
            answer = asking.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    def _greeted(self) -> tuple[str, str]:
        """The token that proves a request comes from this page, and all cookies."""
        given = self.ask("GET", "/_stcore/health").headers.get_all("Set-Cookie", [])
        cookies = dict(cookie.split(";", 1)[0].split("=", 1) for cookie in given)
        return cookies.get(_XSRF, ""), "; ".join(f"{name}={value}" for name, value in cookies.items())

    def _put(self, path: str, name: str, content: bytes) -> int:
        mark = uuid4().hex
        head = (
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        body = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
        kind = f"multipart/form-data; boundary={mark}"
        told = {"Content-Type": kind, "X-Xsrftoken": self._token, "Cookie": self._cookies}
        return self.ask("PUT", path, body, **told).status

    async def _made(self, offered: DownloadButton) -> str:
        """Address of a file that is written when it is asked for."""
        asked = BackMsg()
        asked.backend_operation_request.request_id = uuid4().hex
        asked.backend_operation_request.session_id = self._session
        asked.backend_operation_request.deferred_file.file_id = offered.deferred_file_id
        await self._socket.send(asked.SerializeToString())
        while not (said := await self._heard()).HasField("backend_operation_response"):
            pass
        if said.backend_operation_response.error_msg:
            raise VisitError(f"{offered.label!r}: {said.backend_operation_response.error_msg}")
        return str(said.backend_operation_response.deferred_file.url)

    def _keep(self, came: bytes) -> None:
        if self.keeps is not None:
            self.keeps.append(came)

    async def _run(self, *widgets: WidgetState) -> float:
        """Seconds from asking for a run to its end; an early end is followed by another run."""
        start = perf_counter()
        asked = BackMsg()
        asked.rerun_script.page_script_hash = self._page
        asked.rerun_script.query_string = "lang=en"
        asked.rerun_script.widget_states.widgets.extend(widgets)
        asked.rerun_script.context_info.locale = "en-GB"
        asked.rerun_script.context_info.timezone = "Europe/Rome"
        asked.rerun_script.context_info.url = self.url
        await self._socket.send(asked.SerializeToString())
        while not self._ended(await self._heard()):
            pass
        return perf_counter() - start

    async def _heard(self) -> ForwardMsg:
        said = ForwardMsg()
        written = await asyncio.wait_for(self._socket.recv(decode=False), _PATIENCE)
        came = written if isinstance(written, bytes) else bytes(written)
        self._keep(came)
        said.ParseFromString(came)
        return said

    def _ended(self, said: ForwardMsg) -> bool:
        """Note what the server says; whether it was that the run is over."""
        if said.HasField("new_session"):
            self._session, self._elements, self._folded = said.new_session.initialize.session_id, [], []
        elif said.HasField("navigation"):
            pages = said.navigation.app_pages
            self.pages = {
                "" if page.is_default else page.url_pathname: page.page_script_hash for page in pages
            }
            self._page = said.navigation.page_script_hash
        elif said.HasField("delta") and said.delta.HasField("new_element"):
            self._shown(said.delta.new_element)
        elif said.HasField("delta") and said.delta.HasField("add_block"):
            part = said.delta.add_block.expandable
            if part.id and not part.expanded:
                self._folded.append(part.id)
        elif said.HasField("page_not_found"):
            raise VisitError("page not found")
        if not said.HasField("script_finished"):
            return False
        if said.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            raise VisitError("the script cannot be read")
        return bool(said.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY)

    def _shown(self, element: Element) -> None:
        self._elements.append(element)
        if element.HasField("exception"):
            self.errors.append(f"{element.exception.type} at {self._page}")
        elif element.HasField("alert") and element.alert.format == element.alert.ERROR:
            self.errors.append(element.alert.body)
