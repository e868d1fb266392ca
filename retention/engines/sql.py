"""What two engines write differently in SQL; all else of a query is written once."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

_TIMES = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", "T%H:%M:%S", "T%H:%M:%S.%f", "T%H:%M:%SZ", " %I:%M %p")


class Dialect(Protocol):
    """How an engine writes what the others write otherwise; braces are doubled, as queries are templates."""

    def quoted(self, name: str) -> str:
        """A column by its name."""
        ...

    def said(self, text: str) -> str:
        """A text."""
        ...

    def matches(self, text: str, pattern: str) -> str:
        """Whether a pattern is found in a text."""
        ...

    def only(self, text: str, characters: str) -> str:
        """A text without all other characters, as in the brackets of a pattern."""
        ...

    def moment(self, text: str, days: Sequence[str]) -> str:
        """When a text says, null where it says no such day.

        Parameters
        ----------
        days : forms of a day, as `strptime` has them, tried in this order; a time of day may follow
        """
        ...

    def day(self, date: str) -> str:
        """Days from 1970-01-01 to a date."""
        ...


class DuckDBDialect:
    """As DuckDB writes it."""

    def quoted(self, name: str) -> str:
        """A column by its name."""
        return _template('"' + name.replace('"', '""') + '"')

    def said(self, text: str) -> str:
        """A text."""
        return _template("'" + text.replace("'", "''") + "'")

    def matches(self, text: str, pattern: str) -> str:
        """Whether a pattern is found in a text."""
        return f"regexp_matches({text}, {self.said(pattern)})"

    def only(self, text: str, characters: str) -> str:
        """A text without all other characters."""
        return f"regexp_replace({text}, {self.said(f'[^{characters}]')}, '', 'g')"

    def moment(self, text: str, days: Sequence[str]) -> str:
        """When a text says, null where it says no such day."""
        forms = ", ".join(self.said(day + time) for day, time in product(days, _TIMES))
        return f"try_strptime({text}, [{forms}])"

    def day(self, date: str) -> str:
        """Days from 1970-01-01 to a date."""
        return f"datediff('day', DATE '1970-01-01', {date})"


class SparkDialect:
    """As Spark writes it."""

    _PARTS = (("%Y%m%d", "yyyyMMdd"), ("%Y", "yyyy"), ("%y", "yy"), ("%m", "M"), ("%d", "d"))
    _TIMES = ("[ H:m[:s[.SSSSSS]]]['T'H:m:s[.SSSSSS]['Z']]", " h:m a")

    def quoted(self, name: str) -> str:
        """A column by its name."""
        return _template("`" + name.replace("`", "``") + "`")

    def said(self, text: str) -> str:
        """A text."""
        return _template("'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'")

    def matches(self, text: str, pattern: str) -> str:
        """Whether a pattern is found in a text."""
        return f"regexp_like({text}, {self.said(pattern)})"

    def only(self, text: str, characters: str) -> str:
        """A text without all other characters."""
        return f"regexp_replace({text}, {self.said(f'[^{characters}]')}, '')"

    def moment(self, text: str, days: Sequence[str]) -> str:
        """When a text says, null where it says no such day."""
        forms = [self._form(day) + time for day, time in product(days, self._TIMES)]
        return f"coalesce({', '.join(f'try_to_timestamp({text}, {self.said(form)})' for form in forms)})"

    def day(self, date: str) -> str:
        """Days from 1970-01-01 to a date."""
        return f"unix_date({date})"

    def _form(self, day: str) -> str:
        for part, letters in self._PARTS:
            day = day.replace(part, letters)
        return day


def _template(sql: str) -> str:
    return sql.replace("{", "{{").replace("}", "}}")
