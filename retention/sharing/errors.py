"""What can keep a share from being published, opened or found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.errors import InputError

if TYPE_CHECKING:
    from datetime import date


class SharingError(InputError):
    """Something a person who shares, or opens what was shared, can be told."""


class UnknownShareError(SharingError):
    """No such share, or one that was revoked: one sentence for both, so that nothing can be found out."""

    def __init__(self) -> None:
        super().__init__("share_unknown")


class ExpiredShareError(SharingError):
    """Its days are over, and it is not yet purged."""

    def __init__(self, expired: date) -> None:
        super().__init__("share_expired", expired=expired)


class ForColleaguesError(SharingError):
    """It is open to those who are signed in alone."""

    def __init__(self) -> None:
        super().__init__("share_for_colleagues")


class TamperedShareError(SharingError):
    """What is stored is not what was published: bytes, or what they are bound to, were changed."""

    def __init__(self) -> None:
        super().__init__("share_tampered")


class ShareVersionError(SharingError):
    """It was published by a version of Ritorno that packs studies otherwise."""

    def __init__(self, version: object) -> None:
        super().__init__("share_other_version", version=str(version))


class ShareTooLargeError(SharingError):
    """It is larger than one share may be; sizes in bytes."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__("share_too_large", bytes=size, limit=limit)


class TooManySharesError(SharingError):
    """Its owner has as many as they may."""

    def __init__(self, limit: int) -> None:
        super().__init__("shares_too_many", limit=limit)


class StoreFullError(SharingError):
    """All shares together have as many bytes as the store may hold."""

    def __init__(self) -> None:
        super().__init__("share_store_full")


class StoreUnreachableError(SharingError):
    """The store does not answer in time, or not at all."""

    def __init__(self) -> None:
        super().__init__("share_store_unreachable")


class StoreVersionError(SharingError):
    """The store was made by another version of Ritorno."""

    def __init__(self, version: int) -> None:
        super().__init__("share_store_other_version", version=version)
