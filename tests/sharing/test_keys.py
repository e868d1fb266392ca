"""Ids and keys of secrets, against RFC 5869 worked out with the standard library."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from retention.sharing.keys import new_secret, new_token, owner_by_address, owner_of, token_of

SECRET = "Aa0-_" + 38 * "b"


def by_rfc(secret, info):
    """HKDF-SHA256 of 32 bytes without a salt: extracted once, expanded once (RFC 5869, 2.2 and 2.3)."""
    extracted = hmac.digest(bytes(32), secret, hashlib.sha256)
    return hmac.digest(extracted, info + b"\x01", hashlib.sha256)


def test_a_token_is_256_random_bits():
    tokens = {new_token().text for _ in range(100)}
    assert len(tokens) == 100
    assert {len(text) for text in tokens} == {43}  # of 6 bits each


def test_id_and_key_are_derived_apart():
    token = token_of(SECRET)
    assert token.id == by_rfc(SECRET.encode(), b"ritorno share id 1").hex()
    assert token.key == by_rfc(SECRET.encode(), b"ritorno share key 1")


def test_a_secret_means_something_else_as_owner_and_as_token():
    token, owner = token_of(SECRET), owner_of(SECRET)
    assert len({token.id, token.key.hex(), owner.id, owner.key.hex()}) == 4


@pytest.mark.parametrize("text", ["", "b" * 42, "b" * 44, "b" * 42 + "=", "b" * 42 + "\n", "b" * 42 + "é"])
@pytest.mark.parametrize("reads", [token_of, owner_of])
def test_what_is_no_secret_is_refused(reads, text):
    with pytest.raises(ValueError, match="43"):
        reads(text)


def test_secrets_stay_out_of_what_is_printed():
    token, owner = new_token(), owner_of(new_secret())
    for shown, held in ((repr(token), (token.text, token.key)), (repr(owner), (owner.key,))):
        for secret in held:
            assert str(secret) not in shown


def test_an_address_alone_does_not_tell_its_owner():
    one, two = (owner_by_address("anna@example.it", letter * 16) for letter in (b"a", b"b"))
    assert one.id != two.id
    assert hashlib.sha256(b"anna@example.it").hexdigest() not in {one.id, two.id}
    with pytest.raises(ValueError, match="16 bytes"):
        owner_by_address("anna@example.it", b"short")
