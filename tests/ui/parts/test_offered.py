"""A file somebody asked for is there until it is fetched, whatever others do."""

import asyncio

from benchmarks.protocol import Visit
from tests.browser.servers import Server
from tests.loops import done

SALES = "customer,date,amount\n" + "\n".join(
    f"c{n % 40},2024-{1 + n * 7 % 12:02}-{1 + n * 11 % 28:02},{5 + n % 30}" for n in range(400)
)


async def _fetched_late(url):
    """What files are answered with that others' visits came between."""
    async with Visit(url) as owner, Visit(url) as other:
        await owner.upload("sales.csv", SALES.encode())
        await owner.go("cohorts")
        while await owner.unfold():
            pass
        written = await owner.written()
        for page in ("", "audit", "cohorts", ""):
            await other.go(page)
        return {label: (await asyncio.to_thread(owner.ask, "GET", at)) for label, at in written.items()}


def test_what_is_written_stays_while_others_come_and_go(tmp_path):
    with Server(tmp_path / "log.txt") as server:
        answers = done(_fetched_late(server.url))
    assert len(answers) >= 1
    assert {label: answer.status for label, answer in answers.items()} == dict.fromkeys(answers, 200)
    assert all(b"," in answer.body for answer in answers.values())
