"""With which first product customers come back: headline, figures, chart and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention import charts
from retention.ui.parts import screen
from retention.ui.parts.cached import cached
from retention.ui.products import tables

if TYPE_CHECKING:
    import pandas as pd

    from retention.products import FirstProducts

_DRAWN = 10  # products a chart has room for


def headline(found: FirstProducts | None) -> FirstProducts:
    """Whose buyers come back most and least beyond chance; or that nobody's do; the page ends without any."""
    if found is None:
        screen.stop("products.too_few")
    if not found.compared:
        screen.stop("products.too_few")
    best, worst = found.best, found.worst
    kind = "both" if best is not None and worst is not None else "best" if best is not None else "worst"
    if best is None and worst is None:
        screen.headline("products.headline.none", n=found.compared, days=found.days, rate=found.rate)
    else:
        screen.headline(
            f"products.headline.{kind}", days=found.days, **_told("best", best), **_told("worst", worst)
        )
    screen.text("products.basis", n=found.compared, customers=found.customers, few=found.few)
    if found.unnamed:
        screen.text("products.unnamed", unnamed=found.unnamed)
    if found.held > tables.ONE_THING:
        screen.text("products.baskets", held=found.held)
    return found


def figures(found: FirstProducts) -> None:
    """How many come back whatever they bought, how many products differ, by what and by how much."""
    screen.metrics(
        {
            "products.rate": (screen.say("value.percent", value=found.rate), None),
            "products.differ": (_of_compared(found, "real"), None),
            "products.sooner": (_of_compared(found, "days_real"), None),
            "products.worth": (_of_compared(found, "value_real"), None),
        }
    )


def _of_compared(found: FirstProducts, real: str) -> str:
    """How many of the products compared differ in something by more than luck."""
    return screen.say("products.of_compared", n=int(found.table[real].sum()), compared=found.compared)


def chart(found: FirstProducts) -> None:
    """The largest differences in coming back, their reading, and the table of all products."""
    words = screen.words()
    rows = cached(tables.drawn, found, _DRAWN, words)
    drawing = cached(charts.dropoff.differences, rows, words, _DRAWN)
    first = rows.iloc[0]
    screen.chart(
        drawing[tables.BACK],
        "products.chart.alt",
        days=found.days,
        group=first["group"],
        rate=first["rate"],
        other=first["other_rate"],
    )
    screen.text(
        "products.chart.reading", n=int(found.table["real"].sum()), compared=found.compared, days=found.days
    )
    screen.table(lambda: cached(tables.first, found, words), "first_products")


def what_to_do(found: FirstProducts) -> None:
    """What follows from it."""
    screen.text(f"products.do.{'none' if found.best is None else 'best'}")


def _told(name: str, row: pd.Series | None) -> dict[str, Any]:
    """A product and how many of its first buyers come back, as a sentence names them."""
    if row is None:
        return {}
    return {
        name: row["product"],
        f"{name}_rate": row["rate"],
        f"{name}_low": row["low"],
        f"{name}_high": row["high"],
        f"{name}_other": row["other_rate"],
    }
