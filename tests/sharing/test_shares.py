"""Publishing, opening, listing, revoking and expiring, on SQLite and on PostgreSQL."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest
from sqlalchemy import create_engine, select, update

from retention.errors import InputError
from retention.sharing import (
    ExpiredShareError,
    ForColleaguesError,
    Owner,
    ShareTooLargeError,
    StoreFullError,
    TamperedShareError,
    TooManySharesError,
    UnknownShareError,
    new_secret,
    owner_by_address,
    shares_in,
)
from retention.sharing.database import SHARES
from retention.sharing.sealed import seal, unseal
from tests.sharing.conftest import KNOWN, TITLE


def same(opened, published):
    """Whether a study is the one that was shared, customers' names and all."""
    before, after = published.intake, opened.intake
    pd.testing.assert_frame_equal(after.orders.table, before.orders.table)
    pd.testing.assert_frame_equal(after.lines.table, before.lines.table)
    return (opened.title, opened.settings, opened.scenarios) == (
        published.title,
        published.settings,
        published.scenarios,
    )


def test_who_has_the_link_sees_what_was_shared(shares, study, owner):
    published = shares.publish(study, owner, keep_ids=True)
    assert same(shares.open(published.token.text).study, study)


def test_unless_the_owner_says_otherwise_customers_are_numbers(shares, study, owner):
    opened = shares.open(shares.publish(study, owner).token.text).study
    assert opened.pseudonyms
    assert set(opened.intake.orders.table["customer_id"]) == {"C1", "C2", "C3", "C4"}


@pytest.mark.parametrize("text", ["", "x", "x" * 43, "ü" * 43, "x" * 10_000, "\0" * 43])
def test_any_other_token_opens_nothing(shares, study, owner, text):
    shares.publish(study, owner)
    with pytest.raises(UnknownShareError):
        shares.open(text)


def test_the_id_of_a_share_does_not_open_it(shares, study, owner):
    published = shares.publish(study, owner)
    with pytest.raises(UnknownShareError):
        shares.open(published.terms.id)


def test_what_is_revoked_is_gone_at_once_and_told_as_if_it_had_never_been(shares, study, owner):
    published, kept = shares.publish(study, owner), shares.publish(study, owner)
    shares.revoke(owner, published.terms.id)
    with pytest.raises(UnknownShareError) as revoked:
        shares.open(published.token.text)
    with pytest.raises(UnknownShareError) as never:
        shares.open(new_secret())
    assert (revoked.value.code, revoked.value.details) == (never.value.code, never.value.details)
    assert shares.open(kept.token.text).terms == kept.terms


def test_only_the_owner_revokes(shares, study, owner, other):
    published = shares.publish(study, owner)
    with pytest.raises(UnknownShareError):
        shares.revoke(other, published.terms.id)
    assert shares.revoke_all(other) == 0
    assert shares.open(published.token.text)


def test_all_can_be_revoked_together(shares, study, owner, other):
    for _ in range(3):
        shares.publish(study, owner)
    theirs = shares.publish(study, other)
    assert shares.revoke_all(owner) == 3
    assert shares.mine(owner) == ()
    assert shares.open(theirs.token.text)


def test_a_share_can_be_opened_for_thirty_days(shares, study, owner, clock):
    published = shares.publish(study, owner)
    clock.go_on(days=30, seconds=-1)
    assert shares.open(published.token.text)
    clock.go_on(seconds=1)
    with pytest.raises(ExpiredShareError) as expired:
        shares.open(published.token.text)
    assert expired.value.details == {"expired": clock.now.date()}


def test_what_has_expired_is_purged(shares, study, owner, clock):
    short, long = shares.publish(study, owner, days=1), shares.publish(study, owner, days=90)
    clock.go_on(days=1)
    assert shares.purge() == 1
    with pytest.raises(UnknownShareError):
        shares.open(short.token.text)
    assert shares.open(long.token.text)
    assert shares.purge() == 0


def test_what_has_expired_goes_with_the_next_share(shares, study, owner, clock):
    shares.publish(study, owner, days=1)
    clock.go_on(days=2)
    latest = shares.publish(study, owner)
    assert [each.id for each in shares.mine(owner)] == [latest.terms.id]


@pytest.mark.parametrize("days", [0, 91, -1])
def test_other_days_are_refused(shares, study, owner, days):
    with pytest.raises(InputError) as refused:
        shares.publish(study, owner, days=days)
    assert refused.value.code == "share_days_out_of_range"
    assert shares.mine(owner) == ()


def test_a_host_says_how_many_days_there_may_be(study, owner, tmp_path):
    shares = shares_in({"RITORNO_DATA": str(tmp_path), "RITORNO_SHARE_DAYS": "365"})
    assert shares.most_days == 365
    terms = shares.publish(study, owner, days=365).terms
    assert terms.expires - terms.created == 365 * 86_400
    with pytest.raises(InputError) as refused:
        shares.promise_report(owner, days=366)
    assert (refused.value.code, refused.value.details["maximum"]) == ("share_days_out_of_range", 365)


def test_an_owner_sees_what_they_shared(shares, study, owner, other, clock):
    first = shares.publish(study, owner, days=7, colleagues_only=True)
    clock.go_on(hours=1)
    second = shares.publish(replace(study, title="Estate"), owner)
    shares.publish(study, other)
    mine = shares.mine(owner)
    assert [(each.id, each.title, each.colleagues_only) for each in mine] == [
        (second.terms.id, "Estate", False),
        (first.terms.id, TITLE, True),
    ]
    assert mine[1].expires - mine[1].created == timedelta(days=7)
    assert mine[1].kind == "study"
    assert mine[1].size > 1000
    clock.go_on(days=7)
    assert [each.over for each in shares.mine(owner)] == [False, True]


def test_titles_are_for_the_owner_alone(shares, study, owner, other):
    shares.publish(study, owner)
    (listed,) = shares.mine(Owner(owner.id, other.key))
    assert listed.title is None


def test_an_owner_can_be_an_address_whatever_its_capitals(shares, study):
    shares.publish(study, owner_by_address("Anna@Example.it ", b"s" * 32))
    assert len(shares.mine(owner_by_address("anna@example.it", b"s" * 32))) == 1
    assert shares.mine(owner_by_address("anna@example.it", b"t" * 32)) == ()


def test_a_share_for_colleagues_wants_a_sign_in(shares, study, owner):
    published = shares.publish(study, owner, colleagues_only=True)
    with pytest.raises(ForColleaguesError):
        shares.open(published.token.text)
    assert shares.open(published.token.text, signed_in=True)


# --- limits ------------------------------------------------------------------------------------------


def test_a_share_that_is_too_large_is_refused(made, study, owner):
    shares = made(share_bytes=1000)
    with pytest.raises(ShareTooLargeError) as refused:
        shares.publish(study, owner)
    assert refused.value.details["bytes"] > refused.value.details["limit"] == 1000
    assert shares.mine(owner) == ()


def test_an_owner_has_only_so_many(made, study, owner, other, clock):
    shares = made(shares_each=2)
    first = shares.publish(study, owner, days=1)
    shares.publish(study, owner)
    with pytest.raises(TooManySharesError):
        shares.publish(study, owner)
    shares.publish(study, other)
    shares.revoke(owner, first.terms.id)
    shares.publish(study, owner, days=1)
    clock.go_on(days=1)
    shares.publish(study, owner)  # one has expired, and counts no more
    assert len(shares.mine(owner)) == 2


def test_the_store_has_only_so_much_room(made, study, owner, other):
    size = made().publish(study, owner) and made().mine(owner)[0].size
    shares = made(store_bytes=int(2.5 * size))
    shares.publish(study, other)
    with pytest.raises(StoreFullError):
        shares.publish(study, other)
    shares.revoke_all(owner)
    shares.publish(study, other)


# --- somebody who can write to the database ------------------------------------------------------


def change(rows, share, **values):
    engine = create_engine(rows.url)
    with engine.begin() as connection:
        assert connection.execute(update(SHARES).where(SHARES.c.id == share).values(**values)).rowcount == 1
    engine.dispose()


def row(rows, share):
    engine = create_engine(rows.url)
    with engine.begin() as connection:
        found = connection.execute(select(SHARES).where(SHARES.c.id == share)).mappings().one()
    engine.dispose()
    return dict(found)


@pytest.mark.parametrize(
    "changed",
    [
        {"expires": 1_900_000_000},
        {"created": 1_000_000_000},
        {"colleagues_only": False},
        {"owner": "0" * 64},
        {"payload": b""},
        {"payload": bytes(5000)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_what_was_changed_in_the_database_does_not_open(shares, study, owner, rows, changed):
    published = shares.publish(study, owner, colleagues_only=True)
    assert shares.open(published.token.text, signed_in=True)
    change(rows, published.terms.id, **changed)
    with pytest.raises(TamperedShareError):
        shares.open(published.token.text, signed_in=True)


@pytest.mark.parametrize("place", [0, 11, 12, 500, -1])
def test_a_single_bit_is_noticed(shares, study, owner, rows, place):
    published = shares.publish(study, owner)
    payload = bytearray(row(rows, published.terms.id)["payload"])
    payload[place] ^= 1
    change(rows, published.terms.id, payload=bytes(payload))
    with pytest.raises(TamperedShareError):
        shares.open(published.token.text)


def test_rows_cannot_take_each_others_place(shares, study, owner, rows):
    one, two = shares.publish(study, owner), shares.publish(study, owner)
    payload = row(rows, two.terms.id)["payload"]
    change(rows, one.terms.id, payload=payload)
    with pytest.raises(TamperedShareError):
        shares.open(one.token.text)
    change(rows, one.terms.id, id="1" * 64)
    change(rows, two.terms.id, id=one.terms.id)
    with pytest.raises(TamperedShareError):
        shares.open(one.token.text)


def test_a_payload_is_no_title(shares, study, owner, rows):
    published = shares.publish(study, owner)
    change(rows, published.terms.id, title=row(rows, published.terms.id)["payload"])
    assert [each.title for each in shares.mine(owner)] == [None]


def test_what_the_owner_sealed_as_something_else_is_no_title(shares, study, owner, rows):
    published = shares.publish(study, owner)
    change(rows, published.terms.id, title=seal(owner.key, b"other", published.terms.bound))
    assert [each.title for each in shares.mine(owner)] == [None]
    change(rows, published.terms.id, title=seal(owner.key, b"other", published.terms.of_title))
    assert [each.title for each in shares.mine(owner)] == ["other"]


def test_a_study_is_no_report(shares, study, owner, rows):
    published = shares.publish(study, owner)
    change(rows, published.terms.id, kind="report")
    with pytest.raises(UnknownShareError):
        shares.open(published.token.text)


def test_a_row_says_nothing_in_the_clear(shares, study, owner, rows):
    published = shares.publish(study, owner, keep_ids=True)
    held = repr(row(rows, published.terms.id))
    for secret in (KNOWN, TITLE, published.token.text, published.token.key.hex(), owner.key.hex()):
        assert secret not in held
    assert published.terms.id in held


# --- reports whose key is not here ----------------------------------------------------------------


def test_a_report_is_kept_as_it_was_sealed(shares, owner):
    key, terms = secrets.token_bytes(32), shares.promise_report(owner, days=7)
    shares.put_report(owner, terms, "Relazione", seal(key, b"<html>", terms.bound))
    found = shares.report(terms.id)
    assert found.terms == terms
    assert unseal(key, found.content, found.terms.bound) == b"<html>"
    assert [(each.kind, each.title) for each in shares.mine(owner)] == [("report", "Relazione")]


def test_a_reader_notices_that_a_reports_days_were_moved(shares, owner, rows):
    key, terms = secrets.token_bytes(32), shares.promise_report(owner, days=7)
    shares.put_report(owner, terms, "", seal(key, b"<html>", terms.bound))
    change(rows, terms.id, expires=terms.expires + 1)
    found = shares.report(terms.id)
    with pytest.raises(TamperedShareError):
        unseal(key, found.content, found.terms.bound)


def test_reports_expire_are_revoked_and_can_be_for_colleagues(shares, owner, clock):
    days, colleagues = (
        shares.promise_report(owner, days=1),
        shares.promise_report(owner, colleagues_only=True),
    )
    for terms in (days, colleagues):
        shares.put_report(owner, terms, "", b"sealed elsewhere")
    with pytest.raises(ForColleaguesError):
        shares.report(colleagues.id)
    assert shares.report(colleagues.id, signed_in=True).content == b"sealed elsewhere"
    shares.revoke(owner, colleagues.id)
    with pytest.raises(UnknownShareError):
        shares.report(colleagues.id, signed_in=True)
    clock.go_on(days=1)
    with pytest.raises(ExpiredShareError):
        shares.report(days.id)


@pytest.mark.parametrize(
    "forged", [{"kind": "study"}, {"owner": "0" * 64}, {"expires": 2_000_000_000}, {"expires": 0}]
)
def test_a_report_is_put_as_promised_or_not_at_all(shares, owner, forged):
    terms = replace(shares.promise_report(owner), **forged)
    with pytest.raises(TamperedShareError):
        shares.put_report(owner, terms, "", b"sealed elsewhere")
    assert shares.mine(owner) == ()


def test_a_report_is_no_study(shares, study, owner):
    terms = shares.promise_report(owner)
    shares.put_report(owner, terms, "", b"sealed elsewhere")
    published = shares.publish(study, owner)
    for asked in (published.terms.id, "", "x", "0" * 64):
        with pytest.raises(UnknownShareError):
            shares.report(asked)
