"""The What if page's scenarios: kept by name, taken up again, set side by side."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
import streamlit as st

from retention.errors import InputError
from retention.statistics import named_ends, value_of
from retention.ui.parts import screen
from retention.ui.simulator import answer, differences, question
from retention.ui.state import scenarios

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from retention.study import Start, Study

_NAME, _CHOSEN = "scenario_name", "scenario_chosen"
_REACHED = ("reach", "reach_column", "reach_segment")
_PROGRAMME = frozenset({"uplift", "uplift_kind", *_REACHED, "fixed_cost", "cost_each", "bites_after"})


def section(study: Study | None) -> None:
    """Keep the page as it is, the ones kept as chips, all of them in a table; closed without any."""
    kept = bool(scenarios.saved())
    with screen.closed("scenarios.title", expanded=kept):
        _keep()
        if kept:
            _chips()
            _side_by_side(study)


def _keep() -> None:
    full = len(scenarios.saved()) >= scenarios.MOST
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
    words, taken = screen.words(), {each.name for each in scenarios.saved()}
    free = next(n for n in count(1) if words.say("scenarios.unnamed", number=n) not in taken)
    typed = scenarios.cleaned(st.session_state[_NAME] or "")
    scenarios.keep(typed or words.say("scenarios.unnamed", number=free))
    st.session_state[_NAME] = ""


def _chips() -> None:
    """The names; the one chosen can be taken up again or removed."""
    names = [each.name for each in scenarios.saved()]
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


def _side_by_side(study: Study | None) -> None:
    """The page as it is set and every scenario, answered on the data as it is now."""
    named = [(screen.words().say("scenarios.now"), question.on_page())]
    named += [(each.name, each.asked) for each in scenarios.saved()]
    starts = [_start(study, values) for _, values in named]
    apart = differences.apart(study, [values for _, values in named])
    table = pd.DataFrame(
        [
            {"scenario": name} | differs | ({} if start is None else _figures(start))
            for (name, _), differs, start in zip(named, apart, starts, strict=True)
        ]
    )
    screen.show_table(table, pinned="scenario")
    failed = [name for (name, _), start in zip(named, starts, strict=True) if start is None]
    if failed:
        screen.text("scenarios.not_here", names=failed)
    _best([(*each, start) for each, start in zip(named, starts, strict=True) if start is not None])
    screen.download(table, "scenarios")


def _start(study: Study | None, values: Mapping[str, Any]) -> Start | None:
    """Where a scenario starts from here; None where it cannot be answered on this data."""
    try:
        return question.start(study, values)
    except InputError:
        return None


def _figures(start: Start) -> dict[str, Any]:
    words, result = screen.words(), start.answer
    firm, paid = result.present.firm, result.payback_period
    return {
        "gain": firm.absolute.value,
        **named_ends(firm.absolute, "gain"),
        "rise": value_of(firm.relative),
        "programme_cost": result.cost_present,
        "net_gain": result.net.value,
        "pays_back": words.say(f"value.periods.{start.base.period}", n=paid) if paid else None,
        "most_a_year": result.break_even_budget,
        "retention_before": result.retention_before,
        "retention_after": result.retention_after,
    }


def _best(answers: Sequence[tuple[str, Mapping[str, Any], Start]]) -> None:
    """Which leaves most, where they differ in the programme and in nothing it is reckoned by."""
    terms = {_reckoned_by(values) for _, values, _ in answers}
    left = {start.answer.net.value for *_, start in answers}
    if len(terms) > 1 or len(left) < 2:  # noqa: PLR2004  nothing to choose between
        return
    most = max(answers, key=lambda each: each[2].answer.net.value)
    name, _, start = most
    told = {"name": name, "net": start.answer.net.value, "horizon": answer.horizon(start)}
    st.markdown(screen.say(f"scenarios.reading{'.now' if most is answers[0] else ''}", **told))


def _reckoned_by(values: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """The settings of an answer that are not the programme's."""
    return tuple(item for item in values.items() if item[0] not in _PROGRAMME)
