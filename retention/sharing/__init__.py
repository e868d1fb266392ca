"""The store behind a shared link: who has the link can open it, who has the store cannot.

`Shares` publishes a `SharedStudy` and gives a `Token`, the secret of the link: the study is sealed with a key
derived of it, and found by an id derived of it. Of a report the store keeps what was sealed elsewhere.
"""

from retention.sharing.errors import (
    ExpiredShareError,
    ForColleaguesError,
    ShareTooLargeError,
    ShareVersionError,
    SharingError,
    StoreFullError,
    StoreUnreachableError,
    StoreVersionError,
    TamperedShareError,
    TooManySharesError,
    UnknownShareError,
)
from retention.sharing.keys import Owner, Token, new_secret, owner_by_address, owner_of
from retention.sharing.limits import Limits
from retention.sharing.pack import SharedStudy, Source
from retention.sharing.sealed import seal_anew
from retention.sharing.shares import Mine, Opened, Published, SealedReport, Shares, shares_in
from retention.sharing.terms import USUAL_DAYS, Terms
from retention.sharing.tickets import Tickets, server_secret_in, tickets_in

__all__ = [
    "USUAL_DAYS",
    "ExpiredShareError",
    "ForColleaguesError",
    "Limits",
    "Mine",
    "Opened",
    "Owner",
    "Published",
    "SealedReport",
    "ShareTooLargeError",
    "ShareVersionError",
    "SharedStudy",
    "Shares",
    "SharingError",
    "Source",
    "StoreFullError",
    "StoreUnreachableError",
    "StoreVersionError",
    "TamperedShareError",
    "Terms",
    "Tickets",
    "Token",
    "TooManySharesError",
    "UnknownShareError",
    "new_secret",
    "owner_by_address",
    "owner_of",
    "seal_anew",
    "server_secret_in",
    "shares_in",
    "tickets_in",
]
