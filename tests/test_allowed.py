"""Who may use a server: by domain, by address, verified, and for a while."""

from __future__ import annotations

import pytest

from retention.allowed import Person, allowed_in

LIST = {"RITORNO_ALLOWED": "Example.com, anna@other.it"}
NOW = 1_000_000.0


def look(address, *, environment=LIST, **claims):
    given = {"email": address, "email_verified": True, "iat": NOW - 60, **claims}
    return allowed_in(environment).look(given, NOW)


@pytest.mark.parametrize(
    "address", ["mario@example.com", "MARIO@EXAMPLE.COM", "anna@other.it", " Anna@Other.it "]
)
def test_a_domain_lets_all_its_addresses_in_and_an_address_itself(address):
    assert look(address) == Person(address.strip().lower(), NOW - 60 + 12 * 3600)


@pytest.mark.parametrize(
    "address",
    [
        "mario@other.it",
        "mario@mail.example.com",
        "mario@example.com.evil.net",
        "mario@notexample.com",
        "anna@other.it.evil.net",
        "example.com@evil.net",
    ],
)
def test_what_only_looks_like_them_is_a_stranger(address):
    assert look(address).why == "stranger"


@pytest.mark.parametrize(
    "address", ["", None, "example.com", "a@b@example.com", "mario@example.com evil", "@example.com"]
)
def test_what_is_no_address_names_nobody(address):
    assert look(address).why == "nameless"


@pytest.mark.parametrize("letter", ["\u212a", "ß"])
def test_letters_that_fold_into_others_stay_themselves(letter):
    folded = letter.casefold()
    environment = {"RITORNO_ALLOWED": f"{folded}@other.it"}
    assert look(f"{letter}@other.it", environment=environment).why == "stranger"
    assert look(f"{folded}@other.it", environment=environment).address == f"{folded}@other.it"


@pytest.mark.parametrize("stated", [False, "false", "", 0, 1, "yes"])
def test_an_address_that_was_not_verified_is_refused_whatever_the_host_accepts(stated):
    for environment in (LIST, LIST | {"RITORNO_UNSTATED": "accept"}):
        assert look("mario@example.com", environment=environment, email_verified=stated).why == "unverified"


def test_where_the_service_does_not_say_so_the_host_decides():
    assert look("mario@example.com", email_verified=None).why == "unverified"
    accepted = look(
        "mario@example.com", environment=LIST | {"RITORNO_UNSTATED": "accept"}, email_verified=None
    )
    assert accepted.address == "mario@example.com"


def test_some_services_say_so_as_a_word():
    assert look("mario@example.com", email_verified="true").address == "mario@example.com"


def test_nobody_is_signed_out():
    assert allowed_in(LIST).look(None, NOW).why == "signed_out"


@pytest.mark.parametrize(
    ("hours", "ago", "stays"), [(12, 12 * 3600 - 1, True), (12, 12 * 3600, False), (1, 3600, False)]
)
def test_one_signs_in_again_after_so_many_hours(hours, ago, stays):
    environment = LIST | {"RITORNO_SIGNED_IN_HOURS": str(hours)}
    found = look("mario@example.com", environment=environment, iat=NOW - ago)
    assert isinstance(found, Person) if stays else found.why == "too_long"


def test_who_does_not_say_since_when_signs_in_again():
    assert look("mario@example.com", iat=None).why == "too_long"


@pytest.mark.parametrize(
    "entry",
    [
        "",
        " , ",
        "*",
        "example",
        "@example.com",
        "anna@",
        "anna@other",
        "exa mple.com",
        "a;b.it",
        "https://example.com",
        "*.example.com",
    ],
)
def test_a_list_that_says_nothing_usable_is_refused(entry):
    with pytest.raises(ValueError, match="RITORNO_ALLOWED"):
        allowed_in({"RITORNO_ALLOWED": entry})


@pytest.mark.parametrize(("name", "text"), [("RITORNO_UNSTATED", "yes"), ("RITORNO_SIGNED_IN_HOURS", "0")])
def test_other_settings_that_say_nothing_usable_are_refused(name, text):
    with pytest.raises(ValueError, match=name):
        allowed_in(LIST | {name: text})
