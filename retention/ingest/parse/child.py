"""The process that parses a stranger's bytes.

Started by `sandbox`. Its standard output is a file: there it finds the bytes, once a request comes in on
standard input, and there it leaves Arrow or an error in their place. It parses under limits of memory and
time it sets on itself, and imports no pandas, whose start would take longer than most files.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any, NoReturn

from retention import memory
from retention.errors import InputError
from retention.ingest.parse.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from retention.ingest.parse.files import Joined
    from retention.ingest.parse.parsed import Parsed

REFUSED = 3  # exit code that announces an error as JSON; any other but 0 is a crash
ROW, FILE, TYPED = "row", "file", "typed "  # names of the columns beside those of the file, which are numbers
_LEFT = frozenset({"table", "rows", "typed"})  # fields of `Parsed` that travel as columns


class _WithoutPandas:
    """Tells Arrow, which would import it to look at a list, that there is no pandas."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


def confine(limits: Limits) -> None:
    """Bind this process to the limits, where the platform can."""
    try:
        import resource  # noqa: PLC0415  not on every platform
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.memory_bytes, limits.memory_bytes))  # of the answer
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def parse(content: bytes, name: str, sheet: str | None, limits: Limits) -> Parsed:
    """Parse a file of whichever format it is."""
    from retention.ingest.parse.files import parse_all  # noqa: PLC0415  imported under the limits

    return parse_all([(name, content)], sheet, limits).parsed


def main(request: dict[str, Any]) -> int:
    """Answer one request and return the exit code."""
    from retention.ingest.parse.files import parse_all  # noqa: PLC0415  imported before, without pandas
    from retention.ingest.parse.formats import is_packed  # noqa: PLC0415  as above

    limits = Limits(**request["limits"])
    confine(limits)
    try:
        names, sizes = zip(*request["files"], strict=True)
        contents = _given(sizes)
        if any(map(is_packed, contents)):  # whose memory grows step by step: large pages are copied each time
            memory.in_small_pages()
        _send(as_table(parse_all(list(zip(names, contents, strict=True)), request["sheet"], limits)))
    except InputError as error:
        return _refuse(error)
    except MemoryError:
        return _refuse(InputError("too_much_memory", limit=limits.memory_bytes))
    except BaseException:  # noqa: BLE001  a panic of the reader's Rust code derives from it
        return _refuse(InputError("reading_failed"))
    return 0


def _given(sizes: Sequence[int]) -> list[bytes]:
    """Take the files out of standard output, which is left empty."""
    with os.fdopen(os.dup(sys.stdout.fileno()), "rb", buffering=0) as exchange:
        contents = [_read(exchange, size) for size in sizes]
    os.lseek(sys.stdout.fileno(), 0, os.SEEK_SET)
    os.ftruncate(sys.stdout.fileno(), 0)
    return contents


def _read(file: IO[bytes], size: int) -> bytes:
    """Read so many bytes; the system may give less at a time."""
    parts = []
    while size and (part := file.read(size)):
        parts.append(part)
        size -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def as_table(joined: Joined) -> pa.Table:
    """One table of all that was parsed, as `sandbox.parse_apart` describes it."""
    import pyarrow as pa  # noqa: PLC0415  under the limits

    parsed = joined.parsed
    about = {name: getattr(parsed, name) for name in parsed.__dataclass_fields__ if name not in _LEFT}
    about |= {"files": joined.files, "left_out": joined.left_out, "not_data_file": joined.not_data_file}
    table = parsed.table.rename_columns([str(i) for i in range(parsed.table.num_columns)])
    table = table.append_column(ROW, pa.array(parsed.rows)).append_column(FILE, pa.array(joined.file))
    for place, mask in parsed.typed.items():
        table = table.append_column(f"{TYPED}{place}", pa.array(mask))
    return table.replace_schema_metadata({"about": json.dumps(about)})


def _send(table: pa.Table) -> None:
    import pyarrow as pa  # noqa: PLC0415  under the limits

    with pa.ipc.new_stream(sys.stdout.buffer, table.schema) as stream:
        stream.write_table(table)


def _refuse(error: InputError) -> int:
    sys.stdout.write(json.dumps({"code": error.code, "details": error.details}))
    return REFUSED


def leave(code: int) -> NoReturn:
    """End at once: now and then the readers' threads abort a process that takes the usual way out."""
    sys.stdout.flush()
    os._exit(code)


def wait() -> None:
    """Get ready, and answer the one request that comes, if it does."""
    sys.meta_path.insert(0, _WithoutPandas)
    import_module("retention.ingest.parse.files")  # takes longer than most files

    request = sys.stdin.readline()
    leave(main(json.loads(request)) if request else 0)


if __name__ == "__main__":
    wait()
