"""A shop's figures and forecast to keep, and what newer data says of those kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from retention import lifetime_value, snapshot as kept
from retention.errors import InputError, Unanswered
from retention.lifetime_value import OPEN
from retention.overview import settled_from
from retention.periods import DAYS_PER_MONTH
from retention.snapshot import YEAR, Past, Sealed, Since, Snapshot, Span, Sums
from retention.statistics import Estimate
from retention.study.memo import Part, result

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from retention.lifetime_value import TimeUnit, Wanted
    from retention.snapshot import Against, FigureName
    from retention.study.value import Value

HORIZONS = (1, 3, 6, 12)  # months


class Snapshots(Part):
    """Today's figures and forecast, and what changed since earlier ones."""

    @result
    def taken(self, name: str, made: date, wanted: Wanted = OPEN, unit: TimeUnit = "week") -> Snapshot:
        """Everything that is kept of today; without a forecast where no model can be fitted.

        Parameters
        ----------
        name : of the file
        made : today
        wanted, unit : of the purchase model
        """
        figures = self.figures(name, made)
        try:
            sealed = tuple(self._sealed(months, wanted, unit) for months in HORIZONS)
        except Unanswered:  # there may be a forecast
            raise
        except InputError:
            return figures
        used = self.study.models.chosen(wanted)
        return replace(figures, model=used.kind, regularity=used.k, season=used.season, sealed=sealed)

    def figures(self, name: str, made: date) -> Snapshot:
        """The same without the forecast, which takes longer."""
        study = self.study
        bare = Snapshot(
            made=made,
            name="".join(sign if sign.isprintable() else " " for sign in name)[:200],
            currency=study.orders.currency,
            first=study.window.first,
            end=study.window.last,
            past=self.past(),
            within=study.overview.usual_days(),
            spans=(),
        )
        return replace(bare, spans=tuple(self._spans(bare)))

    def check(self, snapshot: Snapshot) -> Past:
        """What this data says there was up to a snapshot's end.

        Raises
        ------
        InputError
            Where this data cannot be held against it: see `retention.snapshot.check_comparable` and
            `retention.snapshot.check_same_past`.
        """
        window = self.study.window
        kept.check_comparable(snapshot, self.study.orders.currency, window.first, window.last)
        past = self.study.until(snapshot.end).snapshots.past()
        kept.check_same_past(snapshot.past, past)
        return past

    def since(self, snapshot: Snapshot) -> Since:
        """What changed since a snapshot, and whether its forecast held.

        Raises
        ------
        InputError
            Where `check` does.
        """
        past = self.check(snapshot)
        basis, now, then = self._months_to_compare(snapshot)
        return Since(
            snapshot=snapshot,
            end=self.study.window.last,
            past=past,
            basis=basis,
            now=now,
            then=then,
            changes=None if now is None or then is None else kept.changes(now, then),
            opened=tuple(kept.opened(sealed, self._came(snapshot, sealed)) for sealed in snapshot.sealed),
        )

    def past(self) -> Past:
        """What there is so far."""
        tables = self.study.tables
        money = tables.flows("month")
        return Past(
            customers=tables.number(),
            orders=int(money["orders"].sum()),
            revenue_net=float(money["revenue"].sum() + money["refunds"].sum()),
        )

    def _spans(self, snapshot: Snapshot) -> list[Span]:
        """The months whose next year may be known when it is opened; of a short file the last months."""
        complete = self.study.window.complete("month")
        if not complete:
            return []
        coming = snapshot.next_month - YEAR
        asked = [(complete[-1] - YEAR + 1, complete[-1])]
        for months in range(1, YEAR + 1):
            same, latest = (coming, coming + months - 1), (complete[-1] - months + 1, complete[-1])
            asked.append(same if complete[0] <= coming and same[1] <= complete[-1] else latest)
        known = [span for span in dict.fromkeys(asked) if span[0] >= complete[0]]
        return [self._span(*span, snapshot.within) for span in known]

    def _months_to_compare(self, snapshot: Snapshot) -> tuple[Against | None, Span | None, Span | None]:
        """A year with the year before, else the same months of two years, else the last months there were."""
        latest = [n for n in self.study.window.complete("month") if n >= snapshot.next_month]
        if not latest or not snapshot.spans:
            return None, None, None
        end, known = latest[-1], max(span.last for span in snapshot.spans)
        asked: list[tuple[Against, int, int]] = []
        if len(latest) >= YEAR:
            asked.append(("year", YEAR, known - YEAR + 1))
        else:
            asked.append(("same_months", len(latest), snapshot.next_month - YEAR))
        asked += [("before", n, known - n + 1) for n in range(min(len(latest), YEAR), 0, -1)]
        for basis, months, first in asked:
            then = snapshot.span(first, first + months - 1)
            if then is not None:
                return basis, self._span(end - months + 1, end, snapshot.within), then
        return None, None, None

    @result
    def _span(self, first: int, last: int, within: int) -> Span:
        """The figures of some complete months; of new customers only where these are known to be new."""
        bare = Span(first, last, {})
        settled = settled_from(self.study.window)
        money = self.study.tables.spent_between(bare.first_day, bare.last_day).iloc[0]
        sums: dict[FigureName, Sums] = {
            "revenue_net": Sums(int(money["customers"]), float(money["net"]), float(money["net2"])),
            "orders": Sums(int(money["buyers"]), float(money["whole"]), float(money["whole2"])),
            "average_order": Sums(
                int(money["buyers"]),
                **{name: float(money[name]) for name in ("part", "part2", "whole", "whole2", "cross")},
            ),
        }
        if self.study.window.is_complete(first - 1, "month"):
            sums["kept"] = _kept(self.study.tables.steadiness("month", first - 1, last))
        if bare.first_day >= settled:
            flows = self.study.tables.flows("month")
            new = int(flows.loc[flows["period"].between(first, last), "new"].sum())
            sums["new"] = Sums(new, new, new)
        won = [day - timedelta(days=within) for day in (bare.first_day, bare.last_day)]
        if won[0] >= settled:
            sums["again"] = self._again(won[0], won[1], within)
        return replace(bare, sums=sums)

    def _again(self, first: date, last: date, within: int) -> Sums:
        """New customers of some days, and those of them who bought again within N days."""
        rows = self.study.tables.followed("day", within, "number")
        firsts = rows[(rows["group"] == 1) & rows["period"].between(first.toordinal(), last.toordinal())]
        won, again = (int(firsts[name].sum()) for name in ("whole", "part"))
        return Sums(won, again, again, won, won, again)

    def _sealed(self, months: int, wanted: Wanted, unit: TimeUnit) -> Sealed:
        """The forecast of one horizon, in whole days; put right where the app puts it right."""
        study = self.study
        value = study.value(wanted, unit, horizon_months=months, discount_rate=0.0)
        days = round(value.of_revenue.days)
        purchases = lifetime_value.purchases_ahead(value.purchases, study.tables.states(), days)
        revenue = _money(value, purchases.value)
        verdict = study.models.verdict(value.variant, study.window.last, DAYS_PER_MONTH * months)
        right = verdict.correction
        if right is not None:
            purchases = right.purchases.corrected(purchases.value, purchases.low, purchases.high)
            revenue = right.money.corrected(revenue.value, revenue.low, revenue.high)
        due = study.window.last + timedelta(days=days)
        return Sealed(months, due, purchases, revenue, right is not None)

    def _came(self, snapshot: Snapshot, sealed: Sealed) -> tuple[float, float] | None:
        """What came by the day a forecast was made for; None while that is ahead."""
        if sealed.due > self.study.window.last:
            return None
        found = self.study.tables.brought_after(snapshot.end, sealed.due).iloc[0]
        return float(found["purchase_days"]), float(found["net"])


def _kept(rows: pd.DataFrame) -> Sums:
    """Months somebody bought in, and those of them followed by another, over customers."""
    rows = rows[rows["at_risk"] > 0]
    whole, part, each = (rows[name].to_numpy(dtype=float) for name in ("at_risk", "retained", "customers"))
    return Sums(
        customers=int(each.sum()),
        part=float(part @ each),
        part2=float(part**2 @ each),
        whole=float(whole @ each),
        whole2=float(whole**2 @ each),
        cross=float((whole * part) @ each),
    )


def _money(value: Value, purchases: float) -> Estimate:
    """Net revenue to come, of months brought to whole days as the purchases are."""
    found = value.customers
    revenue = Estimate(found.total, found.low, found.high, "predictive")
    return revenue.times(purchases / found.expected_purchases if found.expected_purchases > 0 else 1.0)
