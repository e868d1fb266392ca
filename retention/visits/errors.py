"""What can keep a visit from being kept, found again, or begun."""

from __future__ import annotations

from retention.errors import InputError


class KeepingError(InputError):
    """Why what a visitor loaded will not be there after a reload."""


class TooLargeToKeepError(KeepingError):
    """It is larger than what is kept of one visit may be; sizes in bytes, sealed."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__("visit_too_large_to_keep", bytes=size, limit=limit)


class NoRoomToKeepError(KeepingError):
    """All kept visits together are as many, or as large, as they may be."""

    def __init__(self) -> None:
        super().__init__("visit_no_room_to_keep")


class VisitsUnreachableError(KeepingError):
    """Where visits are kept does not answer in time, or not at all."""

    def __init__(self) -> None:
        super().__init__("visits_unreachable")


class TamperedVisitError(KeepingError):
    """What is kept is not what was sealed."""

    def __init__(self) -> None:
        super().__init__("visit_tampered")


class ServerFullError(InputError):
    """As many visitors hold data at once as may."""

    def __init__(self, limit: int) -> None:
        super().__init__("server_full", limit=limit)


class VisitTooLargeError(InputError):
    """What a visit has loaded would take more of the server's memory than one visit may; in bytes."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__("visit_too_large", bytes=size, limit=limit)
