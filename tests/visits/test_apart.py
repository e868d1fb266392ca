"""Two visitors at once, everywhere: whatever arrives at one holds nothing of the other.

Both speak as a browser does. Their files are the same but for what things are called and one amount each, so
that anything kept by what is the same in both, or by where it stands, would be handed to the wrong one.
"""

from __future__ import annotations

import asyncio
import io
import json
import re
import struct
import zipfile
from dataclasses import dataclass, field
from html import unescape

import pytest

from benchmarks.protocol import Visit
from retention.text import Words
from retention.ui.parts import pages
from tests.browser.servers import Server
from tests.loops import done

EN = Words("en")
OURS = {"sec-fetch-site": "same-origin"}
HEADER = "customer,order,date,amount,product,channel,shop"


@dataclass
class Walker:
    """Somebody with a file of their own.

    Attributes
    ----------
    name : stands in everything the file names
    amount : of one order, which the other has not
    came : everything the server sent
    seen : addresses of files and pictures
    """

    name: str
    amount: float
    came: list[bytes] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    link: str = ""

    @property
    def file(self):
        rows = [self._row(n) for n in range(900)]
        return "\n".join(
            [HEADER, *rows, f"{self.name}-0001,{self.name}-N9999,2024-11-29,{self.amount},x,y,z"]
        ).encode()

    def _row(self, n):
        customer = n * n % 97 if n % 5 else n % 150
        when = f"{2023 + n % 2}-{1 + n * 7 % 12:02}-{1 + n * 11 % 28:02}"
        named = f"{self.name}-Tea-{n % 6},{self.name}-Channel-{n % 3},{self.name}-Shop-{n % 2}"
        return f"{self.name}-{customer:04},{self.name}-N{n},{when},{5 + n % 40}.50,{named}"

    @property
    def marks(self):
        """What tells that something is theirs: a name, or the amount as text, as it is shown, as a number."""
        shown = f"{self.amount:,.2f}"
        texts = [self.name, self.name.lower(), shown, shown.replace(",", "").rstrip("0")]
        return {text: text.encode() for text in texts} | {"number": struct.pack("<d", self.amount)}


def opened(came):
    """What came, and what lies in it where it is an archive, as workbooks and slides are."""
    yield came
    if came[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(came)) as archive:
            for name in archive.namelist():
                yield from opened(archive.read(name))


def found_in(came, marks):
    return {name for part in came for each in opened(part) for name, mark in marks.items() if mark in each}


async def _walks(url, walker, there):
    """Every page with all its parts, every file, the report, a link to all of it; then the end."""
    visit = Visit(url, keeps=walker.came)
    async with visit:
        await visit.upload(f"{walker.name}.csv", walker.file)
        assert {name or pages.FIRST for name in visit.pages} == {*pages.PAGES, *pages.BEHIND}
        await there.wait()  # from here on both
        for page in visit.pages:
            await visit.go(page)
            while await visit.unfold():
                pass
            walker.seen |= {*await visit.downloads(), *visit.pictures()}
        await _reports(visit, walker)
        await there.wait()
        await _ends(visit)
        assert visit.errors == []


async def _reports(visit, walker):
    await visit.go("report")
    await visit.press(EN.say("report.make"))
    walker.seen |= set(await visit.downloads())
    while await visit.unfold():
        pass
    await visit.press(EN.say("share.make"))
    (walker.link,) = [text for text in visit.texts if "/s#" in text]


async def _ends(visit):
    await visit.press(EN.say("visit.end"))
    (ticket,) = [found[1] for text in visit.texts if (found := re.search(r'data-over="([^"]+)"', text))]
    answer = await asyncio.to_thread(visit.ask, "POST", "/v/end", unescape(ticket).encode(), **OURS)
    assert answer.status == 200


async def _reads(url, link, came):
    """Somebody else follows a link and walks what it opens."""
    visit = Visit(url, keeps=came)
    answer = await asyncio.to_thread(visit.ask, "POST", "/s/open", link.partition("#")[2].encode(), **OURS)
    assert json.loads(answer.body) == {"to": "./"}
    visit.cookies = answer.headers["Set-Cookie"].split(";")[0]
    async with visit:
        for page in visit.pages:
            await visit.go(page)
            while await visit.unfold():
                await visit.downloads()


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """Both, after they have been everywhere and left; how their files are answered then; what readers got."""
    walkers = [Walker("ALFA", 171_717.25), Walker("BRAVO", 292_929.75)]
    with Server(tmp_path_factory.mktemp("apart") / "log.txt") as server:

        async def both():
            there = asyncio.Barrier(len(walkers))
            await asyncio.gather(*(_walks(server.url, each, there) for each in walkers))

        done(both())
        after = [{path: server.answer(path)[0] for path in each.seen} for each in walkers]
        readers = [[] for _ in walkers]
        for each, came in zip(walkers, readers, strict=True):
            done(_reads(server.url, each.link, came))
        yield walkers, after, readers, server.log


def test_what_arrives_at_one_holds_nothing_of_the_other(walked):
    one, other = walked[0]
    assert found_in(one.came, other.marks) == set()
    assert found_in(other.came, one.marks) == set()


def test_what_is_looked_for_is_there_where_it_belongs(walked):
    for walker in walked[0]:
        assert found_in(walker.came, walker.marks) >= {walker.name, "number"}
        kinds = {path.rpartition(".")[2] for path in walker.seen}
        assert kinds >= {"csv", "html", "xlsx", "pptx"}
        for ending in (b"[Content_Types].xml", b"<!doctype html>"):
            assert any(ending in each for each in walker.came)


def test_who_is_given_a_link_is_given_that_ones_products_and_no_customers(walked):
    (one, other), _, readers, _ = walked
    for mine, theirs, came in ((one, other, readers[0]), (other, one, readers[1])):
        assert found_in(came, {"tea": f"{mine.name}-Tea-1".encode()})
        assert found_in(came, theirs.marks | {"customer": f"{mine.name}-0001".encode()}) == set()


def test_files_that_were_fetched_are_gone_after_the_visits_end(walked):
    for answered in walked[1]:
        assert {status for path, status in answered.items() if path.startswith("/media")} == {404}


def test_the_log_says_nothing_of_either(walked):
    for walker in walked[0]:
        assert found_in([walked[-1].encode()], walker.marks) == set()
