"""The models fitted to a shop, tried on days held back, and how far they can be trusted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention import lifetime_value
from retention.lifetime_value import Variant
from retention.periods import DAYS_PER_MONTH
from retention.study.memo import Part, result

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from retention.errors import DataWarning
    from retention.lifetime_value import (
        HeldBack,
        Holdout,
        Holdouts,
        Origins,
        Pooled,
        PurchaseKind,
        PurchaseModel,
        SegmentModels,
        SpendModel,
        TimeUnit,
        Verdict,
        Wanted,
    )
    from retention.periods import Window

_FIRST: PurchaseKind = "mbg_nbd"
_KINDS: tuple[PurchaseKind, ...] = (_FIRST, "pareto_nbd", "bg_nbd")
_YEAR = 12 * DAYS_PER_MONTH


class Models(Part):
    """Purchases and spend as models, each fitted once."""

    @result
    def purchases(self, variant: Variant, unit: TimeUnit = "week") -> PurchaseModel:
        """A purchase model, fitted to all the data, and how far months of the shop are off beyond chance.

        Raises
        ------
        InputError
            If it cannot be fitted.
        """
        tables, end = self.study.tables, self.study.window.last
        model = self._fitted(variant, unit, end)
        return lifetime_value.with_shocks(model, tables.states(), tables.repeats_by_day(end, end), end)

    @result(heavy="fit")
    def _fitted(self, variant: Variant, unit: TimeUnit, end: date) -> PurchaseModel:
        """The same as it could be fitted on the evening of a day."""
        tables, last = self.study.tables, self.study.window.last
        states = tables.states() if end == last else self._held_back(end, self._tried.last).states
        if variant.season:
            plain = self._fitted(replace(variant, season=False), unit, end)
            repeats = lifetime_value.repeats_by_month(tables.repeats_by_day(end, end), end)
            between = tables.gaps_by_day(end) if variant.k > 1 else None
            return lifetime_value.fit_season(plain, states, repeats, end, gaps=between)
        gaps = tables.gaps_on(end) if variant.k > 1 else None
        return lifetime_value.fit_purchases(states, unit, variant.kind, variant.k, gaps)

    @result
    def chosen(self, wanted: Wanted) -> Variant:
        """The model to start with: as asked, and where that leaves something open, what is likeliest.

        No other has to be tried for it; `best` may know a better one. Where none can be fitted, it is as
        asked.
        """
        found = Variant(wanted.kind or _FIRST, wanted.k or 1, bool(wanted.season))
        if found.kind == "pareto_nbd" or self._unfit():
            return found
        plain = replace(found, season=False)
        if wanted.k is None:
            plain = self._most_regular(plain)
        return replace(plain, season=self._has_seasons(plain) if wanted.season is None else wanted.season)

    def best(self, wanted: Wanted, horizon: float = _YEAR) -> Variant:
        """The model that did best from several days, of those that are as asked."""
        found = self.compared(horizon, wanted.kind).proposed_of(wanted)
        return self.chosen(wanted) if found is None else found

    def compared(self, horizon: float = _YEAR, asked: PurchaseKind | None = None) -> Origins:
        """Every model this shop gives a reason to try, from several days.

        Parameters
        ----------
        asked : the kind somebody asks for, tried with regular buyers and seasons as the usual one is
        """
        return self.origins(self._worth_trying(asked or _FIRST), horizon)

    @result
    def _worth_trying(self, asked: PurchaseKind) -> tuple[Variant, ...]:
        """Every kind as it is, and what its fit to all the data makes likelier: regular buyers, seasons."""
        plain = (Variant(kind) for kind in _KINDS)
        likelier = (variant for kind in (_FIRST, asked) for variant in self._likelier(kind))
        return tuple(dict.fromkeys((*likelier, *plain)))

    def _likelier(self, kind: PurchaseKind) -> Iterator[Variant]:
        plain = Variant(kind)
        yield plain
        if kind == "pareto_nbd" or self._unfit():
            return
        regular = self._most_regular(plain)
        if regular != plain:
            yield regular
        for variant in dict.fromkeys((plain, regular)):
            if self._has_seasons(variant):
                yield replace(variant, season=True)

    @result
    def _unfit(self) -> bool:
        """Whether no model can be fitted to the data, of whatever kind."""
        return lifetime_value.unfit(self.study.tables.states()) is not None

    def _most_regular(self, plain: Variant) -> Variant:
        """As regular as buyers are likeliest to be."""
        best = plain
        for k in range(2, lifetime_value.MOST_REGULAR + 1):
            further = replace(plain, k=k)
            if self._as_likely(further) <= self._as_likely(best):
                return best
            best = further
        return best

    def _as_likely(self, variant: Variant) -> float:
        return self._fitted(variant, "week", self.study.window.last).log_likelihood

    def _has_seasons(self, variant: Variant) -> bool:
        season = self._fitted(replace(variant, season=True), "week", self.study.window.last).season
        return season is not None and season.proposed

    def has_chosen(self, wanted: Wanted) -> bool:
        """Whether that is known already."""
        return self.study.memo.has("Models.chosen", (self.study.whose, wanted))

    @result
    def origins(self, variants: tuple[Variant, ...], horizon: float) -> Origins:
        """Models tried on what followed several days.

        Parameters
        ----------
        horizon : days ahead they are held against, where the data reaches so far
        """
        window = self._tried
        spans = [
            (day, lifetime_value.looked_ahead(window, day, horizon)) for day in lifetime_value.origins(window)
        ]
        spans = [span for span in spans if self.no_holdout(*span) is None]
        found = {variant: {span[0]: self._scored(variant, *span) for span in spans} for variant in variants}
        return lifetime_value.Origins(tuple(day for day, _ in spans), found if spans else {})

    @result
    def spend(self) -> SpendModel:
        """What a purchase is worth.

        Raises
        ------
        InputError
            If it cannot be fitted.
        """
        return lifetime_value.fit_spend(self.study.tables.spend())

    @result(heavy="fit")
    def by_segment(self, variant: Variant, unit: TimeUnit, column: str) -> SegmentModels:
        """Both models by the segments a column holds.

        Raises
        ------
        InputError
            If one of them cannot be fitted to the whole.
        """
        tables = self.study.tables
        return lifetime_value.fit_segments(
            self.purchases(variant, unit), self.spend(), tables.states(column), tables.spend(column)
        )

    @property
    def _tried(self) -> Window:
        """The days on which models are tried: all, or beyond so many customers those of whole months.

        So a month's figures stay as they are until the next is over, and are not counted again each day.
        """
        window = self.study.window
        return window if self.study.tables.one_by_one() else window.whole_months()

    def calibration_end(self, until: date | None = None) -> date:
        """Last day the models know where they are tried on what followed, by default the middle one.

        Raises
        ------
        InputError
            ``holdout_outside_data``
        """
        return lifetime_value.calibration_end(self._tried, until)

    def holdout_bounds(self) -> tuple[date, date] | None:
        """First and last day that may sensibly be the last one known; None where nothing can be held back."""
        return lifetime_value.holdout_bounds(self._tried)

    def holdout_day(self, asked: date | None) -> date:
        """The last day known: as asked where that is sensible, else the middle one."""
        bounds = self.holdout_bounds()
        inside = asked is not None and bounds is not None and bounds[0] <= asked <= bounds[1]
        return self.calibration_end(asked if inside else None)

    @result
    def _held_back(self, until: date, through: date) -> HeldBack:
        """What was known up to a day, and what followed it up to another."""
        tables, window = self.study.tables, replace(self.study.window, last=through)
        return lifetime_value.HeldBack(
            window=window,
            until=until,
            outcomes=tables.held_back(until, through),
            spend=tables.spend_until(until),
            repeats=tables.repeats_by_day(until, through),
            year_before=tables.a_year_before(until, through)
            if lifetime_value.knows_a_year_before(window, until)
            else None,
        )

    @result
    def no_holdout(self, until: date, through: date | None = None) -> DataWarning | None:
        """Why no model can be tried on what followed a day; None where each can."""
        return lifetime_value.no_holdout(self._held_back(until, through or self._tried.last))

    @result
    def _known_spend(self, until: date) -> SpendModel | None:
        return lifetime_value.known_spend(self._held_back(until, self._tried.last))

    def holdout(self, variant: Variant, until: date) -> Holdout | DataWarning:
        """One model tried on all that followed a day, or why it cannot be."""
        return self.no_holdout(until) or self._scored(variant, until, self._tried.last)

    @result(heavy="holdout")
    def _scored(self, variant: Variant, until: date, through: date) -> Holdout:
        return lifetime_value.score(
            self._held_back(until, through), self._fitted(variant, "week", until), self._known_spend(until)
        )

    def holdouts(self, until: date) -> Holdouts:
        """Every kind of model on the same days, and which of them to prefer."""
        missing = self.no_holdout(until)
        tried = (
            {} if missing else {kind: self.holdout(Variant(kind), until) for kind in lifetime_value.FAMILIES}
        )
        found = {
            kind: holdout for kind, holdout in tried.items() if isinstance(holdout, lifetime_value.Holdout)
        }
        return lifetime_value.Holdouts(until, found, missing)

    @result
    def reliability(self, as_of: date) -> tuple[DataWarning, ...]:
        """What the amount and age of the data say against relying on a forecast from a day on."""
        return lifetime_value.reliability(self.study.tables.people(), self.study.window, as_of)

    def pooled(self, variant: Variant, horizon: float) -> Pooled | None:
        """How one model did from several days together; None where the data is too short for any."""
        tried = self.origins((variant,), horizon)
        return tried.pooled(variant) if tried.days else None

    def verdict(self, variant: Variant, as_of: date, horizon: float, until: date | None = None) -> Verdict:
        """How far the forecast of a model can be trusted.

        Parameters
        ----------
        as_of : the day it is made on
        horizon : days ahead
        until : the one day whose sequel tells, where somebody asks for it; by default several days do
        """
        tried = None if until else self.pooled(variant, horizon)
        found = tried or self.holdout(variant, self.calibration_end(until))
        return lifetime_value.verdict(found, self.reliability(as_of))

    @result
    def validity(self) -> tuple[DataWarning, ...]:
        """What about this shop the models do not know: seasons, promotions, one day of acquisition."""
        tables = self.study.tables
        return lifetime_value.validity(
            self.study.shop.flows("month").table,
            tables.flows("day"),
            tables.gaps("day"),
            tables.starts(),
            self.study.window,
        )
