"""Where a host keeps sales: files on the server or a database, named in its secrets, read as if brought.

What is read, and from where, stands in the host's configuration alone: a visitor chooses among names.
"""

from retention.sources.asked import Asked
from retention.sources.configured import ByEngine, Database, Files, Source, sources_in
from retention.sources.held import Forming, Held, Look, close_all
from retention.sources.reading import Found, Reading, Shelf, read
from retention.sources.secrets import sources_of

__all__ = [
    "Asked",
    "ByEngine",
    "Database",
    "Files",
    "Forming",
    "Found",
    "Held",
    "Look",
    "Reading",
    "Shelf",
    "Source",
    "close_all",
    "read",
    "sources_in",
    "sources_of",
]
