"""Sealing: opened only as it was sealed."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from retention.sharing import TamperedShareError
from retention.sharing.sealed import NONCE, OVERHEAD, seal, seal_anew, unseal

KEY, OTHER = b"k" * 32, b"o" * 32


def test_a_browser_opens_the_same_layout():
    sealed = seal(KEY, b"figures", b"terms")
    assert AESGCM(KEY).decrypt(sealed[:NONCE], sealed[NONCE:], b"terms") == b"figures"
    assert len(sealed) == len(b"figures") + OVERHEAD


def test_no_two_look_alike():
    assert len({seal(KEY, b"figures", b"")[:NONCE] for _ in range(100)}) == 100


@pytest.mark.parametrize(("key", "bound"), [(OTHER, b"terms"), (KEY, b"other terms"), (KEY, b"")])
def test_another_key_or_other_terms_open_nothing(key, bound):
    with pytest.raises(TamperedShareError):
        unseal(key, seal(KEY, b"figures", b"terms"), bound)


def test_every_bit_counts():
    sealed = seal(KEY, b"figures", b"terms")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 0x80
        with pytest.raises(TamperedShareError):
            unseal(KEY, bytes(changed), b"terms")


@pytest.mark.parametrize("length", [0, 1, NONCE, OVERHEAD - 1, OVERHEAD])
def test_what_is_cut_short_does_not_open(length):
    with pytest.raises(TamperedShareError):
        unseal(KEY, seal(KEY, b"figures", b"terms")[:length], b"terms")


def test_sealed_anew_each_time_with_a_key_of_its_own():
    made = [seal_anew(b"figures", b"terms") for _ in range(20)]
    assert len({key for key, _ in made}) == 20
    for key, sealed in made:
        assert len(key) == 43
        assert unseal(base64.urlsafe_b64decode(key + "="), sealed, b"terms") == b"figures"
