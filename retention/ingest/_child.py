"""The process that parses a stranger's bytes: file on standard input, Arrow or an error on standard output.

Started by `retention.ingest.sandbox`, under limits of memory and time it sets on itself. It imports no
pandas, whose start would take longer than most files.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from retention.errors import InputError
from retention.ingest.limits import Limits

if TYPE_CHECKING:
    from retention.ingest._parsed import Parsed

REFUSED = 3  # exit code that announces an error as JSON; any other but 0 is a crash


def confine(limits: Limits) -> None:
    """Bind this process to the limits, where the platform can."""
    try:
        import resource  # noqa: PLC0415  not on every platform
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def parse(content: bytes, name: str, sheet: str | None, limits: Limits) -> Parsed:
    """Parse a file of whichever format it is."""
    from retention.ingest._formats import format_of  # noqa: PLC0415  imported under the limits, and if needed

    if format_of(content, name, limits) == "xlsx":
        from retention.ingest._workbook import read_workbook  # noqa: PLC0415  likewise

        return read_workbook(content, sheet, limits)
    from retention.ingest._delimited import read_delimited  # noqa: PLC0415  likewise

    return read_delimited(content, limits)


def main(request: dict[str, Any]) -> int:
    """Answer one request and return the exit code."""
    limits = Limits(**request["limits"])
    confine(limits)
    try:
        parsed = parse(sys.stdin.buffer.read(), request["name"], request["sheet"], limits)
        _send(parsed)
    except InputError as error:
        return _refuse(error)
    except MemoryError:
        return _refuse(InputError("too_much_memory", limit=limits.memory_bytes))
    except BaseException:  # noqa: BLE001  a panic of the reader's Rust code derives from it
        return _refuse(InputError("reading_failed"))
    return 0


def _send(parsed: Parsed) -> None:
    import pyarrow as pa  # noqa: PLC0415  likewise

    about = {name: getattr(parsed, name) for name in parsed.__dataclass_fields__ if name != "table"}
    table = parsed.table.rename_columns([str(i) for i in range(parsed.table.num_columns)])
    table = table.replace_schema_metadata({"about": json.dumps(about)})
    with pa.ipc.new_stream(sys.stdout.buffer, table.schema) as stream:
        stream.write_table(table)


def _refuse(error: InputError) -> int:
    sys.stdout.write(json.dumps({"code": error.code, "details": error.details}))
    return REFUSED


def leave(code: int) -> NoReturn:
    """End at once: now and then the readers' threads abort a process that takes the usual way out."""
    sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    leave(main(json.loads(sys.argv[1])))
