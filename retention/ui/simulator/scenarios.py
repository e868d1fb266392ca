"""The What if page's scenarios: kept by name, taken up again, set side by side."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
import streamlit as st

from retention.errors import InputError
from retention.statistics import named_ends, value_of
from retention.ui.parts import screen
from retention.ui.simulator import differences, question
from retention.ui.state import scenarios

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from retention.ui.simulator.question import Asked
    from retention.what_if import Simulation

_NAME, _CHOSEN = "scenario_name", "scenario_chosen"
_REACHED = ("reach", "reach_column", "reach_segment")
_PROGRAMME = frozenset({"uplift", "uplift_kind", *_REACHED, "fixed_cost", "cost_each", "bites_after"})


def section() -> None:
    """Keep the page as it is, the ones kept as chips, and all of them in a table."""
    screen.section("scenarios.title")
    _keep()
    if not scenarios.kept():
        return
    _chips()
    _side_by_side()


def _keep() -> None:
    full = len(scenarios.kept()) >= scenarios.MOST
    with screen.settings():
        st.text_input(
            screen.say("scenarios.name"),
            key=_NAME,
            max_chars=scenarios.LONGEST_NAME,
            placeholder=screen.words().say("scenarios.name.placeholder"),
            disabled=full,
            label_visibility="collapsed",
            width=280,
        )
        st.button(screen.say("scenarios.keep"), icon=":material/bookmark_add:", on_click=_kept, disabled=full)
    screen.text("scenarios.full" if full else "scenarios.help", n=scenarios.MOST)


def _kept() -> None:
    """Keep under the name typed, or under the first number that is free."""
    words, taken = screen.words(), {each.name for each in scenarios.kept()}
    free = next(n for n in count(1) if words.say("scenarios.unnamed", number=n) not in taken)
    typed = scenarios.cleaned(st.session_state[_NAME] or "")
    scenarios.keep(typed or words.say("scenarios.unnamed", number=free))
    st.session_state[_NAME] = ""


def _chips() -> None:
    """The names; the one chosen can be taken up again or removed."""
    names = [each.name for each in scenarios.kept()]
    if st.session_state.get(_CHOSEN) not in names:
        st.session_state[_CHOSEN] = None
    with screen.settings():
        st.pills(
            screen.say("scenarios.kept"),
            names,
            format_func=lambda name: screen.markdown_words().text(name),
            key=_CHOSEN,
            help=screen.say("scenarios.kept.help"),
        )
        chosen = st.session_state[_CHOSEN]
        if chosen is not None:
            _act("take", ":material/undo:", scenarios.take)
            _act("remove", ":material/delete:", scenarios.remove)


def _act(what: Literal["take", "remove"], icon: str, act: Callable[[str], None]) -> None:
    st.button(screen.say(f"scenarios.{what}"), icon=icon, on_click=_with_chosen, args=(act,))


def _with_chosen(act: Callable[[str], None]) -> None:
    act(st.session_state[_CHOSEN])
    st.session_state[_CHOSEN] = None


def _side_by_side() -> None:
    """The page as it is set and every scenario, answered on the data as it is now."""
    named = [(screen.words().say("scenarios.now"), question.on_page())]
    named += [(each.name, each.asked) for each in scenarios.kept()]
    answers = [(name, _answer(values)) for name, values in named]
    apart = differences.apart([values for _, values in named])
    table = pd.DataFrame(
        [
            {"scenario": name} | differs | ({} if found is None else _figures(*found))
            for (name, found), differs in zip(answers, apart, strict=True)
        ]
    )
    screen.show_table(table, pinned="scenario")
    failed = [name for name, found in answers if found is None]
    if failed:
        screen.text("scenarios.not_here", names=failed)
    _best([(name, *found) for name, found in answers if found is not None])
    screen.download(table, "scenarios")


def _answer(values: Mapping[str, Any]) -> tuple[Asked, Simulation] | None:
    """What a scenario comes to here; None where it cannot be answered on this data."""
    try:
        asked = question.asked(values)
        return None if asked is None else (asked, question.answered(asked))
    except InputError:
        return None


def _figures(asked: Asked, result: Simulation) -> dict[str, Any]:
    words, firm = screen.words(), result.present.firm
    gain, step = firm.absolute_interval, asked.base.period
    paid = result.payback_period
    return {
        "gain": firm.absolute.value,
        **named_ends(firm.absolute, "gain"),
        "rise": value_of(firm.relative),
        "programme_cost": result.cost_present,
        "net_gain": result.net.value,
        "pays_back": words.say(f"value.periods.{step}", n=paid) if paid else None,
        "most_a_year": result.break_even_budget,
        "retention_before": result.retention_before,
        "retention_after": result.retention_after,
    }


def _best(answers: Sequence[tuple[str, Asked, Simulation]]) -> None:
    """Which leaves most, where they differ in the programme and in nothing it is reckoned by."""
    terms = {_reckoned_by(asked) for _, asked, _ in answers}
    left = {told.net.value for *_, told in answers}
    if len(terms) > 1 or len(left) < 2:  # noqa: PLR2004  nothing to choose between
        return
    best = max(answers, key=lambda answer: answer[2].net.value)
    told = {
        "name": best[0],
        "net": best[2].net.value,
        "horizon": screen.words().say("value.periods.year", n=best[1].plan.years),
    }
    st.markdown(screen.say(f"scenarios.reading{'.now' if best is answers[0] else ''}", **told))


def _reckoned_by(asked: Asked) -> tuple[tuple[str, Any], ...]:
    """The settings of an answer that are not the programme's."""
    return tuple(item for item in asked.given[0] if item[0] not in _PROGRAMME)
