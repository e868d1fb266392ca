"""What takes customers one by one, where they are too many for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.ui.parts import screen

if TYPE_CHECKING:
    from retention.study import Study


def what_it_rests_on(study: Study | None) -> None:
    """How customers are told where they are too many for that; nothing where they are not, or not there."""
    for warning in study.tables.warnings() if study else ():
        screen.text(f"warning.{warning.code}", **warning.details)


def told(study: Study) -> bool:
    """Whether customers are told one by one; that they are not, and how many would be, is said here."""
    if study.tables.one_by_one():
        return True
    screen.text("one_by_one.not", customers=study.tables.number(), most=study.most_one_by_one)
    return False
