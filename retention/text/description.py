"""What would be read of a file, line by line, for someone at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.errors import DataWarning, InputError
from retention.text.catalogue import keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retention.text.words import Words

_DELIMITERS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar", " ": "blanks"}


def description_lines(found: Mapping[str, Any], words: Words) -> Iterator[tuple[str, str]]:
    """A description's lines: what each is about, and what there is to say.

    Parameters
    ----------
    found : as `retention.description.describe` gives it
    """
    yield from _table(found, words)
    yield from _columns(found, words)
    yield from _written(found, words)
    for question in found["questions"]:
        said = words.say(f"question.{question['code']}", column=question["column"])
        yield words.say("described.question"), said
    for warning in found["warnings"]:
        yield words.say("described.warning"), words.warning(DataWarning(warning["code"], warning["details"]))
    yield from _rows(found, words)


def note(warning: DataWarning, words: Words) -> str:
    """A warning, an open question or a check as one line without markup."""
    code, details = warning.code, warning.details
    if f"question.{code}" in keys(words.language):
        return words.say(f"question.{code}", **details)
    kept = "dropped" if details.get("dropped") else "found"
    if f"check.{code}.{kept}" in keys(words.language):
        return words.say(f"check.{code}.{kept}", **details).replace("**", "")
    return words.warning(warning)


def _table(found: Mapping[str, Any], words: Words) -> Iterator[tuple[str, str]]:
    yield words.say("described.files"), words.say("described.list", items=found["files"])
    if found["left_out"]:
        yield words.say("described.left_out"), words.say("described.list", items=found["left_out"])
    if found["sheets"]:
        said = words.say("described.sheet.of", sheet=found["sheet"], sheets=found["sheets"])
        yield words.say("described.sheet"), said
    if found["delimiter"] is not None:
        code = _DELIMITERS.get(found["delimiter"], "other")
        yield words.say("described.delimiter"), words.say(f"described.delimiter.{code}")
    yield (
        words.say("described.rows"),
        words.say("described.rows.of", rows=found["rows"], not_data=found["not_data"] or None),
    )


def _columns(found: Mapping[str, Any], words: Words) -> Iterator[tuple[str, str]]:
    if found["platform"]:
        yield words.say("described.platform"), words.say(f"platform.{found['platform']}")
    for role, column in found["mapping"].items():
        sure = found["confidence"].get(role)
        yield (
            words.say(f"data.role.{role}"),
            words.say("described.column", column=column)
            if sure is None
            else words.say("described.column.sure", column=column, share=sure),
        )
    if found["products"] is not None:
        yield words.say("described.products"), words.say("described.products.of", n=found["products"])
    for role in found["missing"]:
        yield words.say(f"data.role.{role}"), words.say("described.missing")


def _written(found: Mapping[str, Any], words: Words) -> Iterator[tuple[str, str]]:
    written = found["written"]
    if written is None:
        return
    if written["day_first"] is not None:
        order = "day_first" if written["day_first"] else "month_first"
        yield words.say("data.map_dates"), words.say(f"data.map_dates.{order}")
    if written["decimal"] is not None:
        yield words.say("data.map_decimal"), words.say(f"data.map_decimal.{written['decimal']}")


def _rows(found: Mapping[str, Any], words: Words) -> Iterator[tuple[str, str]]:
    """What would become of the rows, or why they cannot be used."""
    if found["problem"] is not None:
        problem = InputError(found["problem"]["code"], **found["problem"]["details"])
        yield words.say("described.problem"), words.error(problem)
        return
    account = found["account"]
    said = words.say("described.orders.of", **account | {"set_aside": account["set_aside"] or None})
    yield words.say("described.orders"), said
    yield words.say("data.role.currency"), account["currency"] or words.say("described.no_currency")
    for check in found["checks"]:
        yield words.say("described.check"), words.say(f"check.{check['code']}.title")
