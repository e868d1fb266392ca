"""The list of an occasion: cut to what can be sent, a part held back, with the words and the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention.errors import InputError
from retention.lists import TOOLS, for_tool
from retention.report import call_list
from retention.ui.customers import tables
from retention.ui.parts import controls, offered, problems, screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.lists import Occasion, Tool
    from retention.report.call_list import Wish, Written
    from retention.study.customers import Customers

_SHOWN = 200  # customers on screen; the download holds all
_LIKELY = 0.5  # more purchases by half are the most a message may bring


def section(customers: Customers, occasion: Occasion) -> None:
    """Who is on the list, what it may show, what to write, and the files."""
    screen.section(f"occasion.{occasion}.do")
    if customers.extent(occasion).customers == 0:
        screen.text("customers.nobody")
        return
    wish = _wish(occasion)
    try:
        written = cached(call_list.write, customers, wish, screen.words())
    except InputError as problem:  # more than are named: the number is above
        problems.error(problem)
        return
    _told(written, wish)
    shown = cached(tables.called, written.table, _SHOWN, written.taken.at_stake, screen.words())
    screen.show_table(shown, height=320)
    _files(written, occasion)
    _wording(occasion)


def _wish(occasion: Occasion) -> Wish:
    """How many, and how many of them held back; cost and days to follow are one click away."""
    with screen.settings():
        contacts = controls.number("contacts")
        share = controls.share("held_back")
    with screen.closed("customers.options"), screen.settings():
        each, days = controls.number("contact_cost"), controls.number("campaign_days")
    return call_list.Wish(occasion, contacts=int(contacts), each=each, share=share, days=int(days))


def _told(written: Written, wish: Wish) -> None:
    """How many are written to and what that can show, a sentence each."""
    left, control = written.left, "" if written.held_back else ".all"
    told = {"n": written.taken.customers, "written_to": written.written_to, "control": written.held_back}
    said = [screen.say(f"customers.on_it{control}", **told)]
    if left.customers:
        said.append(screen.say(f"list.left_out.{left.at_stake}", n=left.customers, stake=left.stake))
    if wish.each > 0:
        paid = vars(written.worth(wish.each, 0.0))
        said.append(screen.say(f"list.break_even.{written.taken.at_stake}", **paid))
    st.markdown(" ".join(said))
    if written.spread is None:
        st.markdown(screen.say("list.nobody_held_back"))
        return
    st.markdown(
        " ".join(
            [
                screen.say("customers.control"),
                screen.say(
                    f"customers.{'shows' if _tells(written) else 'too_small'}",
                    days=wish.days,
                    share=written.smallest_share,
                ),
            ]
        )
    )


def _tells(written: Written) -> bool:
    """Whether it can show an effect a message may have."""
    return written.smallest_share is not None and written.smallest_share <= _LIKELY


def _files(written: Written, occasion: Occasion) -> None:
    """The list to be kept, and the same as a mail tool imports it."""
    name = screen.words().say(f"file.list.{occasion}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        offered.file(
            screen.say("customers.download"),
            lambda: call_list.as_csv(written.table, screen.words().language),
            f"{name}.csv",
            "text/csv",
            kind="primary",
            key="download_list",
        )
        tool: Tool | None = st.selectbox(
            screen.say("customers.tool"),
            TOOLS,
            index=None,
            format_func=lambda code: screen.words().say(f"tool.{code}"),
            placeholder=screen.say("customers.tool.none"),
            key="mail_tool",
            width=220,
        )
        if tool is not None:
            _file_for(written, tool, name)


def _file_for(written: Written, tool: Tool, name: str) -> None:
    try:
        table = for_tool(written.table, tool)
    except InputError as problem:
        problems.error(problem)
        return
    offered.file(
        screen.say("customers.download_for", tool=screen.words().say(f"tool.{tool}")),
        lambda: call_list.as_csv(table),
        f"{name}-{tool}.csv",
        "text/csv",
        key="download_for_tool",
    )


def _wording(occasion: Occasion) -> None:
    """Words to begin with, what to look at, when to stop."""
    with screen.closed("customers.wording"):
        st.code(screen.words().say(f"wording.{occasion}"), language=None, wrap_lines=True)
        st.markdown(screen.say(f"playbook.{occasion}"))
