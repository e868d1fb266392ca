"""Real files, damaged at random: each ends in orders or an InputError, soon and in little memory.

The parser's process has its own limits of time and memory; here the time of what follows it is watched.
"""

import gzip
import io
import json
import random
import subprocess
import sys
import zipfile
import zlib
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from time import process_time

import pytest

from retention.errors import InputError
from retention.ingest import Limits, guess, read, to_orders
from retention.ingest.parse import reading, sandbox
from tests.conftest import WORKBOOK
from tests.ingest.parse.test_formats import FILES

NOW = datetime(2024, 6, 1)  # noqa: DTZ001  local, as the files' dates are
LIMITS = Limits(memory_bytes=1 << 30, seconds=10, expanded_bytes=1 << 28)
PLATFORMS = Path(__file__).parents[1] / "mapping" / "platforms"
SHOP = Path(__file__).parents[3] / "sample_data"
CDNOW = b" 00004 0001 19970101  2   29.33\r\n 00021 0002 19970118  3   63.34\r\n"
SPECIAL = [
    b"",
    b"\0",
    b'"',
    b"\n",
    b";",
    b"\xff\xfe",
    b"\xc3",
    b"=1+1",
    b"Totale",
    b"9" * 400,
    b"-",
    b"<!DOCTYPE",
]
ZIPPED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)


def seeds():
    """Files as they come, by name."""
    found = dict(FILES)
    for path in [*sorted(PLATFORMS.iterdir()), *sorted(SHOP.glob("*.csv"))]:
        found[path.name] = path.read_bytes()[:20_000]
    found["cdnow.txt"] = CDNOW * 20
    if WORKBOOK.exists():
        found["online_retail.xlsx"] = WORKBOOK.read_bytes()[:300_000]
    return found


class Damage:
    """Damages files, always in the same ways for the same seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311  no secret
        self.files = seeds()

    def next(self):
        """Name and content of another damaged file."""
        name = self.random.choice(sorted(self.files))
        content = self.files[name]
        for _ in range(self.random.choice([1, 1, 2, 5])):
            content = self.random.choice([self.inside, self.bytes])(content)
        return name, content

    def inside(self, content):
        """Damage a part of an archive, whose checksums then fit again."""
        try:
            if content.startswith(b"\x1f\x8b"):
                return gzip.compress(self.bytes(gzip.decompress(content)))
            changed = io.BytesIO()
            with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
                hit = self.random.choice(old.namelist())
                for part in old.namelist():
                    new.writestr(part, self.bytes(old.read(part)) if part == hit else old.read(part))
            return changed.getvalue()
        except (*ZIPPED, KeyError, IndexError):
            return self.bytes(content)

    def bytes(self, content):
        start = self.random.randrange(len(content) + 1)
        end = min(len(content), start + self.random.choice([1, 1, 4, 30, 1_000]))
        middle = self.random.choice(
            [
                self.random.choice(SPECIAL),
                self.random.randbytes(end - start),
                content[start:end] * 2,
                content[start:end][::-1],
                bytes(byte ^ 1 << self.random.randrange(8) for byte in content[start:end]),
            ]
        )
        rest = b"" if self.random.random() < 0.1 else content[end:]
        return content[:start] + middle + rest


class Worker:
    """The parser's process, forked for every file."""

    def __init__(self, folder):
        self.exchange = folder / "exchange"
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tests.ingest.parse.fuzz_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            stderr=subprocess.DEVNULL,
            env=sandbox._environment(),
        )

    def parse_apart(self, files, sheet, limits):
        self.exchange.write_bytes(b"".join(content for _, content in files))
        request = {
            "files": [(name, len(content)) for name, content in files],
            "sheet": sheet,
            "limits": asdict(limits),
            "exchange": str(self.exchange),
        }
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        code = int(self.process.stdout.readline())
        if code != 0:
            raise sandbox._failure(code, self.exchange.read_bytes(), limits)
        return sandbox._table(self.exchange.read_bytes())

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


@pytest.fixture
def worker(tmp_path, monkeypatch):
    made = Worker(tmp_path)
    monkeypatch.setattr(reading, "parse_apart", made.parse_apart)
    yield made
    made.close()


def outcome(name, content):
    """Orders, or the code of the reason why not."""
    try:
        raw = read(content, name, limits=LIMITS)
        assert len(raw.table) == len(raw.row_numbers) == len(raw.file)
        found = guess(raw)
        if found.mapping is None:
            return "no_usable_column"
        to_orders(raw, found.mapping, now=NOW)
    except InputError as error:
        return error.code
    return "orders"


def check(count, seed):
    damage, outcomes = Damage(seed), {}
    for _ in range(count):
        name, content = damage.next()
        start = process_time()
        result = outcome(name, content)
        assert process_time() - start < LIMITS.seconds, name
        outcomes[result] = outcomes.get(result, 0) + 1
    assert outcomes["orders"] > count / 10  # much of the damage is no harm
    return outcomes


@pytest.mark.usefixtures("worker")
def test_damaged_files_are_orders_or_refused():
    check(100, seed=1)


def test_damaged_files_in_a_process_of_their_own():
    check(20, seed=2)


@pytest.mark.slow
@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("seed", range(10, 20))
def test_very_many_damaged_files_are_orders_or_refused(seed):
    check(1_000, seed)


@pytest.mark.slow
def test_many_damaged_files_in_processes_of_their_own():
    check(300, seed=3)
