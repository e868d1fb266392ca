"""What a visit leaves for its browser to come back to, sealed, for a while; and room for how many there is.

`Visits` keeps the files of a visit and the choices made of them under a secret the browser holds: the id they
are found by and the key they are sealed with are derived of it.
"""

from retention.visits.errors import (
    KeepingError,
    NoRoomToKeepError,
    ServerFullError,
    TamperedVisitError,
    TooLargeToKeepError,
    VisitsUnreachableError,
    VisitTooLargeError,
)
from retention.visits.kept import Found, Visits, outlive, visits_in
from retention.visits.limits import Limits, limits_in
from retention.visits.pack import Choices, File
from retention.visits.room import Room, Seat

__all__ = [
    "Choices",
    "File",
    "Found",
    "KeepingError",
    "Limits",
    "NoRoomToKeepError",
    "Room",
    "Seat",
    "ServerFullError",
    "TamperedVisitError",
    "TooLargeToKeepError",
    "VisitTooLargeError",
    "Visits",
    "VisitsUnreachableError",
    "limits_in",
    "outlive",
    "visits_in",
]
