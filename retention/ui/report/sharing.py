"""Share the study with colleagues: a link to it, and the list of what was shared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from retention.report.document import document
from retention.sharing import USUAL_DAYS, SharedStudy, Source, seal_anew
from retention.sharing.shares import LONGEST_TITLE
from retention.ui.acquisition import spend_editor
from retention.ui.dropoff import complaints
from retention.ui.parts import problems, remembered, screen
from retention.ui.report import making
from retention.ui.state import links, loaded, people, scenarios, visit

if TYPE_CHECKING:
    from retention.sharing import Mine, Owner, Terms
    from retention.sharing.terms import ShareKind
    from retention.study import Study
    from retention.ui.report.choices import Wish

_DAYS_WIDTH = 180  # pixels


@dataclass(frozen=True)
class _Limits:
    """For how many days a link opens, and whether for colleagues who sign in alone."""

    days: int
    colleagues_only: bool


def section(study: Study, wish: Wish) -> None:
    """A part of the page, closed until asked for; not for guests, who were given a link themselves."""
    if people.guest():
        return
    screen.details("share.section", _both, study, wish)


def _both(study: Study, wish: Wish) -> None:
    with problems.input_errors():
        _publish(study, wish)
        owner = links.owner()
        if owner is not None:
            _mine(owner)


def _publish(study: Study, wish: Wish) -> None:
    """What is asked of a link, and the button that makes it."""
    kinds: list[ShareKind] = ["report"] if loaded.is_beyond_memory() else ["study", "report"]
    if st.session_state.get("share_kind") not in kinds:
        st.session_state.pop("share_kind", None)  # of what was loaded before
    if loaded.is_beyond_memory():
        screen.text("share.no_study")
    kind: ShareKind = st.segmented_control(
        screen.say("share.kind"),
        kinds,
        default=kinds[0],
        required=True,
        format_func=lambda kind: screen.say(f"share.kind.{kind}"),
        key="share_kind",
    )
    screen.text(f"share.what.{kind}")
    title, days = _named_for_days(kind)
    keep_ids = kind == "study" and st.toggle(
        screen.say("share.ids"), help=screen.say("share.ids.help"), key="share_ids"
    )
    colleagues_only = people.person() is not None and st.toggle(
        screen.say("share.colleagues"),
        value=True,
        help=screen.say("share.colleagues.help"),
        key="share_colleagues",
    )
    if st.button(screen.say("share.make"), type="primary", icon=":material/share:", key="share_make"):
        owner, ticket = links.become_owner()
        limits = _Limits(days, colleagues_only)
        named = title.strip() or screen.words().say("share.untitled", day=datetime.now(tz=UTC).date())
        with screen.computing():
            if kind == "study":
                link, terms = _shared_study(owner, named, limits, keep_ids=keep_ids)
            else:
                link, terms = _shared_report(owner, named, limits, study, wish)
        st.success(screen.say("share.made", until=terms.last_moment), icon=":material/link:")
        st.code(link, language=None, wrap_lines=True)
        if ticket is not None:
            remembered.keep(ticket)


def _named_for_days(kind: ShareKind) -> tuple[str, int]:
    """What a link is called, and for how many days it opens."""
    most = links.shares().most_days
    with screen.settings():
        title = st.text_input(
            screen.say("share.title"),
            help=screen.say(f"share.title.{kind}.help"),
            max_chars=LONGEST_TITLE,
            key="share_title",
        )
        days = st.number_input(
            screen.say("share.days"),
            min_value=1,
            max_value=most,
            value=min(USUAL_DAYS, most),
            help=screen.say("share.days.help", n=most),
            key="share_days",
            width=_DAYS_WIDTH,
        )
    return title, days


def _shared_study(owner: Owner, named: str, limits: _Limits, *, keep_ids: bool) -> tuple[str, Terms]:
    """The link to all pages, and what it stands under."""
    published = links.shares().publish(_study(named), owner, keep_ids=keep_ids, **vars(limits))
    return links.address("s", published.token.text), published.terms


def _shared_report(owner: Owner, named: str, limits: _Limits, study: Study, wish: Wish) -> tuple[str, Terms]:
    """The link to the report, sealed here with a key that goes into the link and nowhere else."""
    terms = links.shares().promise_report(owner, **vars(limits))
    written = document(making.present(study, wish), wish.brand)
    key, sealed = seal_anew(written, terms.bound)
    links.shares().put_report(owner, terms, named, sealed)
    return links.address("r", f"{terms.id}.{key}"), terms


def _study(named: str) -> SharedStudy:
    """What is shared of the visit; the title stands in the place of the file's name."""
    intake, given = loaded.intake(), loaded.given()
    assumed = [(each.code, each.details) for each in spend_editor.assumed()]
    return SharedStudy(
        named,
        Source(named, ended=loaded.ended(), understood={loaded.SPEND_ASSUMED: assumed}),
        replace(intake, orders=replace(intake.orders, currency=loaded.currency())),
        settings=links.chosen(visit.usual()),
        scenarios=tuple((each.name, each.settings) for each in scenarios.saved()),
        spend=spend_editor.typed(),
        complaints=complaints.present(),
        pseudonyms=given is not None and given.study.pseudonyms,
    )


def _mine(owner: Owner) -> None:
    """What somebody shared, each to be revoked; all at once."""
    shared = links.shares().mine(owner)
    if not shared:
        return
    screen.section("share.mine")
    for each in shared:
        _one(owner, each)
    with st.popover(screen.say("share.delete_all"), icon=":material/delete:"):
        st.markdown(screen.say("share.delete_all.sure", n=len(shared)))
        if st.button(screen.say("share.delete_all"), key="share_delete_all"):
            links.shares().revoke_all(owner)
            st.rerun()
    person = people.person()
    if person is None:
        screen.text("share.browser")
    else:
        screen.text("share.person", address=person.address)


def _one(owner: Owner, mine: Mine) -> None:
    """A share in a line, with the button that ends it."""
    kind = screen.words().say(f"share.kind.{mine.kind}")
    told = {"kind": kind, "made": mine.created, "until": mine.expires, "size": mine.size}
    title = mine.title or screen.words().say("share.nameless")
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        kept = screen.say("share.over" if mine.over else "share.one", title=title, **told)
        st.markdown(f"{kept} · {screen.say('share.one.colleagues')}" if mine.colleagues_only else kept)
        if st.button(screen.say("share.revoke"), key=f"share_revoke_{mine.id}"):
            links.shares().revoke(owner, mine.id)
            st.rerun()
