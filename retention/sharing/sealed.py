"""Bytes sealed with a key, and bound to what stands beside them: AES-256-GCM with a random nonce.

The layout, nonce then ciphertext with its tag, is what a browser's WebCrypto opens too.
"""

from __future__ import annotations

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from retention.sharing.errors import TamperedShareError

NONCE = 12  # bytes, as NIST SP 800-38D recommends
OVERHEAD = NONCE + 16  # and the tag
_KEY = 32  # bytes


def seal(key: bytes, plain: bytes, bound: bytes) -> bytes:
    """Seal bytes.

    Parameters
    ----------
    bound : what they belong to; it is not stored, and must be the same when they are opened

    Examples
    --------
    >>> key = bytes(32)
    >>> unseal(key, seal(key, b"sales", b"row 1"), b"row 1")
    b'sales'
    """
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound)


def seal_anew(plain: bytes, bound: bytes) -> tuple[str, bytes]:
    """Seal bytes with a key made for them, which is kept nowhere.

    Returns
    -------
    the key, in the letters of an address; the sealed bytes
    """
    key = secrets.token_bytes(_KEY)
    return base64.urlsafe_b64encode(key).decode().rstrip("="), seal(key, plain, bound)


def unseal(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    """The bytes that were sealed.

    Raises
    ------
    TamperedShareError
        If key, bytes or what they are bound to are not those they were sealed with.
    """
    if len(sealed) < OVERHEAD:
        raise TamperedShareError
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound)
    except InvalidTag as error:
        raise TamperedShareError from error
