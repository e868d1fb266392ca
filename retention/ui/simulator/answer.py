"""The What if page's answer: in words, in four figures, as it adds up, and on the scale people quote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from retention import charts
from retention.periods import PER_YEAR
from retention.statistics import named_ends, value_of
from retention.ui.parts import screen
from retention.ui.simulator import question
from retention.ui.state import loaded

if TYPE_CHECKING:
    from retention.ui.simulator.question import Asked
    from retention.what_if import Gain, Simulation

_CLAIMED_UPLIFT = 0.05
_ALIKE = (0.75, 1.33)  # first projected year over the last one: beyond, the base does not describe the shop


def headline(asked: Asked, result: Simulation) -> None:
    """What the uplift is worth and may cost; then what is left, the other reading, the assumptions."""
    screen.headline(f"simulator.headline{_kind(asked, result)}", **_told(asked, result))
    _left(asked, result)
    if asked.plan.uplift > 0:
        _other_reading(asked)
    _basis(asked, result)


def cautions(asked: Asked, result: Simulation) -> None:
    """What to know before the answer is read: the projection does not fit the shop, and what bends it."""
    years = _first_year(asked, result)
    if years is not None and not _alike(*years):
        told = screen.say("simulator.check.off", past=years[0], first=years[1])
        st.warning(told, icon=":material/warning:")
    screen.warnings(result.warnings)


def check(asked: Asked, result: Simulation) -> None:
    """The projection's first year beside the last one, where they agree."""
    years = _first_year(asked, result)
    if years is not None and _alike(*years):
        screen.text("simulator.check", past=years[0], first=years[1])


def figures(asked: Asked, result: Simulation) -> None:
    """The firm's profit before and after, the most the programme may cost, and when a given cost is back."""
    firm = result.present.firm
    last = {"simulator.most_budget": (about(result.break_even_budget), None)}
    if result.cost > 0:
        last = {"simulator.pays_back": (_payback(asked, result), None)}
    screen.metrics(
        {
            "simulator.profit_before": (about(firm.before), None),
            "simulator.profit_after": (about(firm.after), None),
            "simulator.most_cost": (about(result.break_even_cost), None),
            **last,
        },
        least_width=200,
    )


def cumulative(asked: Asked, result: Simulation) -> None:
    """Profit as it adds up, with and without, and what the programme costs."""
    words, firm = screen.words(), result.present.firm
    drawing = loaded.drawn(
        "cumulative",
        lambda: charts.simulator.cumulative(result, asked.base.period, words),
        asked.given,
    )
    told = {
        "before": firm.before,
        "after": firm.after,
        "gain": firm.absolute.value,
        "horizon": horizon(asked),
    }
    screen.chart(drawing, "simulator.cumulative.alt", **told)
    kind = ".cost" if result.cost > 0 else "" if firm.absolute.ends else ".plain"
    screen.text(f"simulator.cumulative.reading{kind}")


def claim(asked: Asked, result: Simulation) -> None:
    """Three different numbers on the scale of the 25–95 % people quote, and why each is where it is."""
    words, present = screen.words(), result.present
    drawing = loaded.drawn("claim", lambda: charts.simulator.claim(result, words), asked.given)
    screen.section("simulator.claim")
    changes = {"base": present.base, "new": present.new, "firm": present.firm, "customer": result.customer}
    rises = {name: change and value_of(change.relative) for name, change in changes.items()}
    screen.chart(drawing, "simulator.claim.alt", **rises)
    if asked.plan.uplift > 0:
        st.markdown(_where(asked, result))
    screen.text(f"simulator.claim.why.{result.footing}")
    if asked.plan.uplift != _CLAIMED_UPLIFT:
        screen.text("simulator.claim.other", uplift=100 * asked.plan.uplift)


def about(value: float | None) -> str:
    """Money to three digits: more are noise where it is foreseen."""
    return screen.say("value.about", value=value)


def horizon(asked: Asked) -> str:
    """How far the answer looks ahead, in years."""
    return screen.words().say("value.periods.year", n=asked.plan.years)


def _kind(asked: Asked, result: Simulation) -> str:
    """Which of the headlines is true here."""
    firm, codes = result.present.firm, {warning.code for warning in result.warnings}
    if asked.plan.uplift == 0:
        return ".nothing"
    if firm.absolute.value == 0:
        return ".no_effect"
    if "hardly_any_dropout" in codes:
        return ".no_dropout"
    capped = ".capped" if "retention_capped" in codes else ""
    return f"{capped}.interval" if _sure(firm) else capped


def _sure(firm: Gain) -> bool:
    """Whether there is an interval, and not one of two ends that read alike."""
    gain, rise = firm.absolute.ends, firm.relative and firm.relative.ends
    return gain is not None and rise is not None and about(gain[0]) != about(gain[1])


def _first_year(asked: Asked, result: Simulation) -> tuple[float, float] | None:
    """Margin of the last year and of the first one ahead as it is; None where there is no whole last year."""
    if loaded.source() is None or asked.typed:
        return None
    lately = loaded.flows(asked.base.period).complete.tail(round(PER_YEAR[asked.base.period]))
    if len(lately) < round(PER_YEAR[asked.base.period]):
        return None
    past = asked.plan.margin * float(lately["revenue"].sum())
    return past, float(result.yearly[["base_before", "new_before"]].iloc[0].sum())


def _alike(past: float, first: float) -> bool:
    return past <= 0 or _ALIKE[0] <= first / past <= _ALIKE[1]


def _told(asked: Asked, result: Simulation) -> dict[str, Any]:
    """The figures of the headline."""
    firm = result.present.firm
    rise, gain = firm.relative, firm.absolute
    return {
        "subject": _subject(asked),
        "before": result.retention_before,
        "after": result.retention_after,
        "profit": firm.before,
        "gain": gain.value,
        "rise": value_of(rise),
        "horizon": horizon(asked),
        "budget": result.break_even_budget,
        "cost": result.break_even_cost,
        **(named_ends(rise) if rise and rise.ends else {}),
        **(named_ends(gain, "gain") if gain.ends else {}),
    }


def _subject(asked: Asked) -> str:
    """What rises: everybody's retention, that of the first step, or that of a segment."""
    words, step = screen.words(), asked.base.period
    if asked.part is not None:
        segment = asked.part.level or words.say("dropoff.not_given")
        return words.say("simulator.subject.segment", step=step, segment=segment)
    return words.say(f"simulator.subject.{asked.plan.steps}", step=step)


def _left(asked: Asked, result: Simulation) -> None:
    """What the programme leaves after its cost, where one is given, and when it is back."""
    if result.cost <= 0:
        return
    net, told = result.net, {"cost": result.cost_present, "net": result.net.value}
    if net.value < 0:
        said = screen.say("simulator.net.loss", lost=-net.value, **told)
    elif net.low is None or net.high is None:
        said = screen.say("simulator.net", **told)
    else:
        said = screen.say("simulator.net.interval", low=net.low, high=net.high, **told)
    step, back = asked.base.period, result.payback_period
    when = "simulator.payback.never" if back is None else f"simulator.payback.{step}"
    st.markdown(f"{said} {screen.say(when, n=back or 0)}")


def _other_reading(asked: Asked) -> None:
    other = question.read_the_other_way(asked)
    screen.text(
        f"simulator.other.{'relative' if asked.plan.kind == 'points' else 'points'}",
        uplift=100 * asked.plan.uplift,
        after=other.retention_after,
        gain=other.firm.absolute.value,
        rise=value_of(other.firm.relative),
    )


def _basis(asked: Asked, result: Simulation) -> None:
    """What the sentence takes for granted."""
    won = asked.base.won_per_period + (asked.rest[0].won_per_period if asked.rest else 0.0)
    footing = screen.words().say(f"simulator.footing.short.{result.footing}")
    terms = {
        "discount": asked.plan.discount_rate,
        "margin": asked.plan.margin,
        "won": won,
        "footing": footing,
    }
    sure = f"interval.{result.footing}" if result.present.firm.absolute.ends else "typed"
    said = [screen.say("simulator.basis", step=asked.base.period, **terms)]
    if asked.part is not None and result.footing == "cohorts":
        said.append(screen.say("simulator.basis.parts"))
    st.caption(" ".join([*said, screen.say(f"simulator.basis.{sure}")]))


def _payback(asked: Asked, result: Simulation) -> str:
    if result.payback_period is None:
        return screen.say("value.not_yet")
    return screen.say(f"value.periods.{asked.base.period}", n=result.payback_period)


def _where(asked: Asked, result: Simulation) -> str:
    """Where the firm's change falls in the quoted range, and why there."""
    firm = result.present.firm
    if firm.position is None or firm.relative is None:
        return screen.say("simulator.claim.where.none")
    left = 1.0 - result.retention_before
    saved = (result.retention_after - result.retention_before) / left if left > 0 else 0.0
    new = result.present.new.before / firm.before
    everybody = asked.part is None and asked.plan.steps == "all"
    said = [
        screen.say(f"simulator.claim.where.{firm.position}", rise=firm.relative.value),
        screen.say(
            f"simulator.claim.saved{'' if everybody else '.reached'}",
            saved=saved,
            step=asked.base.period,
            horizon=horizon(asked),
        ),
    ]
    if new > 0 and firm.position != "above":
        said.append(screen.say("simulator.claim.new", new=new))
    return " ".join(said)
