"""Where a host keeps sales: files on the server or a database, named in its secrets, read as if brought.

What is read, and from where, stands in the host's configuration alone: a visitor chooses among names.
"""

from retention.sources.configured import Database, Files, Source, sources_in
from retention.sources.reading import Found, Reading, Shelf, read
from retention.sources.secrets import sources_of

__all__ = [
    "Database",
    "Files",
    "Found",
    "Reading",
    "Shelf",
    "Source",
    "read",
    "sources_in",
    "sources_of",
]
