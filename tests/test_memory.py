"""Memory of arrays that are done with is used again."""

import re
import subprocess
import sys

import pytest

ROUNDS, ARRAYS, MEGABYTES = 20, 10, 2
PAGES = ARRAYS * MEGABYTES * 256  # of 4 kB, that one round writes to
TOUCHED = f"""
import resource
import numpy as np
from retention import memory

{{first}}
for _ in range({ROUNDS}):
    arrays = [np.ones({MEGABYTES * 2**17}) for _ in range({ARRAYS})]
    del arrays
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt)
"""


def new_pages(first):
    told = subprocess.run(
        [sys.executable, "-c", TOUCHED.format(first=first)], capture_output=True, text=True, check=True
    )
    return int(told.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="only the C library of Linux is told")
def test_arrays_take_the_memory_of_those_before_them():
    assert new_pages("memory.keep()") < new_pages("pass") - ROUNDS * PAGES / 2


FREED = """
import os
from pathlib import Path
from retention import memory

def megabytes():
    told = Path("/proc/self/statm").read_text().split()
    return int(told[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

blocks = [bytes(4_000) for _ in range(25_000)]
kept = [bytes(4_000) for _ in range(100)]  # above them: by itself the C library gives back no more than this
del blocks
before = megabytes()
memory.give_back()
print(before - megabytes())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only the C library of Linux is told")
def test_what_was_freed_below_what_is_kept_goes_back_to_the_system():
    told = subprocess.run([sys.executable, "-c", FREED], capture_output=True, text=True, check=True)
    assert float(told.stdout) > 50


VIEWS = """
import threading
import pandas as pd
from retention import memory

class Kept:
    def __init__(self, table):
        self.found = {"table": (table, lambda: table), "lock": threading.RLock()}

def noted(table):
    return sum(len(block.refs.referenced_blocks) for block in table._mgr.blocks)

def looked_at(table):
    for _ in range(300):
        table[["b"]]
    return table

stays = memory.stays(Kept(pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})))
table, read = stays.found["table"]
views = [read()[["a"]] for _ in range(3)]
other = looked_at(pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}))
memory.stays(Kept(other))
before = noted(looked_at(table))
memory.give_back()
print(before, noted(table), noted(other))
"""


def test_a_table_that_stays_forgets_those_that_looked_at_it():
    told = subprocess.run([sys.executable, "-c", VIEWS], capture_output=True, text=True, check=True)
    before, after, of_what_is_gone = map(int, told.stdout.split())
    assert before > 300
    assert after == 5  # the two columns themselves, and three that still look
    assert of_what_is_gone > 300


PLACES = """
import ctypes
import threading
from retention import memory

{first}
together = threading.Barrier(12)

def take():
    together.wait()
    blocks = [bytes(4_000) for _ in range(1_000)]
    together.wait()

threads = [threading.Thread(target=take) for _ in range(12)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
library = ctypes.CDLL(None)
library.fopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(library.fopen(b"/dev/stdout", b"w"))
library.malloc_info(0, out)
library.fclose(out)
"""


def places(first):
    told = subprocess.run(
        [sys.executable, "-c", PLACES.format(first=first)], capture_output=True, text=True, check=True
    )
    return told.stdout.count("<heap nr=")


@pytest.mark.skipif(sys.platform != "linux", reason="only the C library of Linux is told")
def test_threads_take_memory_from_few_places():
    assert places("pass") > 2
    assert places("memory.from_few_places()") <= 2


LARGE = """
import ctypes
import numpy as np
from retention import memory

{first}
for _ in range(3):
    np.ones(20 * 2**17)  # by which the C library learns to take the next from where small things are
library = ctypes.CDLL(None)
library.fopen.restype = ctypes.c_void_p
held = [np.ones(3 * 2**17) for _ in range(5)]
out = ctypes.c_void_p(library.fopen(b"/dev/stdout", b"w"))
library.malloc_info(0, out)
library.fclose(out)
"""


def megabytes_apart(first):
    told = subprocess.run(
        [sys.executable, "-c", LARGE.format(first=first)], capture_output=True, text=True, check=True
    )
    return int(re.findall(r'<total type="mmap" count="\d+" size="(\d+)"/>', told.stdout)[0]) / 2**20


@pytest.mark.skipif(sys.platform != "linux", reason="only the C library of Linux is told")
def test_columns_of_a_large_file_are_not_among_small_things():
    assert megabytes_apart("pass") < 15
    assert megabytes_apart("memory.from_few_places()") >= 15


VISITED = """
import gc
import app
from tests.pages.visit import Visit

modules = gc.get_freeze_count()
Visit("en", sample="cdnow").open("data")
print(modules, gc.get_freeze_count())
"""


def test_nothing_of_a_visit_is_left_out_of_the_collectors_rounds():
    """Not even of a server's first, which would never be let go."""
    told = subprocess.run([sys.executable, "-c", VISITED], capture_output=True, text=True, check=True)
    modules, kept = map(int, told.stdout.split())
    assert 50_000 < kept <= modules
