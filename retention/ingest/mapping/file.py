"""A mapping as a small JSON file, and the shape of the files it fits."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from retention.errors import InputError
from retention.ingest.mapping.exports import rules_of
from retention.ingest.mapping.mapping import ROLES, Mapping

if TYPE_CHECKING:
    from retention.ingest.parse.reading import RawTable

_WHAT = "retention-mapping"
_VERSION = 1
_LARGEST = 1 << 16  # characters; a mapping has a dozen headings
_WRITING = tuple(field.name for field in fields(Mapping) if field.name not in ROLES)


def dump(mapping: Mapping) -> str:
    """Write a mapping as JSON that `load` reads back to an equal one."""
    known = {name: value for name, value in asdict(mapping).items() if value not in (None, ())}
    columns = {role: known[role] for role in ROLES if role in known}
    writing = {name: known[name] for name in _WRITING if name in known}
    what = {"what": _WHAT, "version": _VERSION, "columns": columns, **writing}
    return json.dumps(what, indent=2, ensure_ascii=False) + "\n"


def load(text: str) -> Mapping:
    """Read a mapping that `dump` wrote.

    Raises
    ------
    InputError
        ``not_a_mapping`` for any other text, with the `reason`: too_long, not_json, other_content,
        other_version, or wrong_value with its `field`.
    """
    if len(text) > _LARGEST:
        raise InputError("not_a_mapping", reason="too_long")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("not_a_mapping", reason="not_json") from error
    if not isinstance(content, dict) or content.pop("what", None) != _WHAT:
        raise InputError("not_a_mapping", reason="other_content")
    if content.pop("version", None) != _VERSION:
        raise InputError("not_a_mapping", reason="other_version")
    columns = content.pop("columns", None)
    if not isinstance(columns, dict):
        raise InputError("not_a_mapping", reason="wrong_value", field="columns")
    return _mapping(columns, content)


def shape(raw: RawTable) -> str:
    """Key of a table's headings: tables that share it can share a mapping.

    Examples
    --------
    >>> from retention.ingest import open_sample
    >>> shape(open_sample("shop")) == shape(open_sample("cdnow"))
    False
    """
    headings = json.dumps([raw.headed, *(str(name).casefold() for name in raw.table.columns)])
    return hashlib.sha256(headings.encode()).hexdigest()


def _mapping(columns: dict[str, Any], writing: dict[str, Any]) -> Mapping:
    for name, value in columns.items():
        if name not in ROLES or not isinstance(value, str) or not value:
            raise InputError("not_a_mapping", reason="wrong_value", field=str(name))
    for name, value in writing.items():
        if name not in _WRITING or not _may_be(name, value):
            raise InputError("not_a_mapping", reason="wrong_value", field=str(name))
    try:
        return Mapping(**columns, **writing | {"no_sale": tuple(writing.get("no_sale", ()))})
    except (TypeError, ValueError) as error:  # the customer, the date or the money is missing
        raise InputError("not_a_mapping", reason="wrong_value", field="columns") from error


def _may_be(name: str, value: object) -> bool:
    if name == "decimal":
        return value in {",", "."} if isinstance(value, str) else False
    if name == "platform":
        return isinstance(value, str) and rules_of(value).code == value
    if name == "no_sale":
        return isinstance(value, list) and all(isinstance(word, str) for word in value)
    return isinstance(value, bool)
