"""What a database says when it refuses, by code: in our words, for its own may quote rows or addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from retention.errors import InputError

if TYPE_CHECKING:
    import psycopg

    from retention.sources.systems import System

SourceRefusal = Literal[
    "source_forbidden",
    "source_gone",
    "source_locked",
    "source_lost",
    "source_no_files",
    "source_no_room",
    "source_no_table",
    "source_not_text",
    "source_writes",
]

# SQLSTATE, or its class (PostgreSQL's documentation, appendix A)
_BY_CODE: dict[str, SourceRefusal] = {
    "42P01": "source_no_table",
    "3F000": "source_no_table",
    "42501": "source_forbidden",
    "25006": "source_writes",
    "55P03": "source_locked",
    "22021": "source_not_text",
    "22P05": "source_not_text",
}
_BY_CLASS: dict[str, SourceRefusal] = {"53": "source_no_room", "57": "source_lost", "08": "source_lost"}
_CANCELLED = "57014"
_REFUSES = "FATAL"  # how a server begins in most of its languages


def of_connecting(error: psycopg.Error) -> InputError:
    """Why there is no connection: nobody answers, or who does lets nobody in."""
    told: Any = error.pgconn  # there is no code of it
    asked = told is not None and (told.needs_password or told.used_password)
    answered = asked or _REFUSES in str(error)
    return InputError("source_refused" if answered else "source_unreachable")


def of_sqlstate(code: str | None, seconds: int, *, late: bool) -> InputError:
    """Why there is no answer.

    Parameters
    ----------
    code : None where the connection itself has failed
    seconds : a host gives it
    late : whether they are over
    """
    if code is None:
        return InputError("source_lost")
    if code == _CANCELLED:
        return stopped(seconds, late=late)
    named = _BY_CODE.get(code) or _BY_CLASS.get(code[:2])
    return InputError(named) if named else InputError("source_failed", database_code=code)


def stopped(seconds: int, *, late: bool) -> InputError:
    """That a statement was: by the limit of its time, or by somebody."""
    return InputError("source_too_slow", limit=seconds) if late else InputError("source_stopped")


def of_driver(failure: Exception, system: System, seconds: int, *, late: bool) -> InputError:
    """Why there is no answer, by what a driver raises.

    Parameters
    ----------
    seconds : a host gives it
    late : whether they are over
    """
    codes = codes_of(failure)
    if system.stopped.intersection(codes):
        return stopped(seconds, late=late)
    named = next((system.refusals[code] for code in codes if code in system.refusals), None)
    if named is None and isinstance(failure, OSError):
        named = "source_lost"
    if named is None and isinstance(failure, UnicodeDecodeError):
        named = "source_not_text"
    return InputError(named) if named else InputError("source_failed", database_code=codes[0])


def codes_of(failure: Exception) -> list[str]:
    """What a failure is known by: a number of the server's, or of HTTP; a SQLSTATE; at last its class."""
    inner = failure.args[0] if failure.args else None
    told = [
        inner if isinstance(inner, int) else None,
        getattr(inner, "code", None),
        getattr(failure, "code", None),
        getattr(failure, "errno", None),
        getattr(failure, "sqlstate", None),
    ]
    return [str(code) for code in told if isinstance(code, int | str)] + [type(failure).__name__]
