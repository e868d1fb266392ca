"""What a share stands under: which it is, whose, until when, for whom."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from retention.sharing.keys import Owner, Token

ShareKind = Literal["study", "report"]
USUAL_DAYS = 30
_DAY = 86_400  # seconds
_PUBLIC_ID = 32  # bytes of a report's id, which is random


@dataclass(frozen=True)
class Terms:
    """What a share stands under; none of it can be changed once it is sealed.

    Attributes
    ----------
    id : a study's, derived of its token; a report's, random and public
    kind : a study, sealed here, or a report, sealed where the server has no key
    owner : id of who shares it
    created, expires : moments, in seconds since 1970
    colleagues_only : whether one must be signed in to open it
    """

    id: str
    kind: ShareKind
    owner: str
    created: int
    expires: int
    colleagues_only: bool

    @property
    def bound(self) -> bytes:
        """These as bytes, to seal with: the associated data of payload and, after a word, of the title."""
        return json.dumps({"format": 1, **asdict(self)}, sort_keys=True, separators=(",", ":")).encode()

    @property
    def of_title(self) -> bytes:
        """The same for the title, so that neither takes the other's place."""
        return b"title " + self.bound

    @property
    def last_moment(self) -> datetime:
        """When it expires."""
        return datetime.fromtimestamp(self.expires, UTC)

    def over(self, now: datetime) -> bool:
        """Whether its days are over."""
        return now.timestamp() >= self.expires


def terms_of_study(
    token: Token, owner: Owner, now: datetime, *, days: int = USUAL_DAYS, colleagues_only: bool = False
) -> Terms:
    """What a study is to be shared under.

    Parameters
    ----------
    days : it can be opened
    """
    return _terms(token.id, "study", owner, now, days, colleagues_only=colleagues_only)


def terms_of_report(
    owner: Owner, now: datetime, *, days: int = USUAL_DAYS, colleagues_only: bool = False
) -> Terms:
    """What a report is to be shared under; its `bound` is for those to seal and open it who have the key."""
    public = secrets.token_hex(_PUBLIC_ID)
    return _terms(public, "report", owner, now, days, colleagues_only=colleagues_only)


def _terms(
    share: str, kind: ShareKind, owner: Owner, now: datetime, days: int, *, colleagues_only: bool
) -> Terms:
    created = int(now.timestamp())
    return Terms(share, kind, owner.id, created, created + days * _DAY, colleagues_only)
