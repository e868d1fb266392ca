"""What was counted of a folder of orders, kept, so that new files touch only customers who are in them.

In a folder the user names are the rows that were read, the small tables, and a row for each customer. What is
in it is told by its manifest alone, which is replaced at once when all else is written: a process that is
stopped leaves the store as it was.
"""

from retention.store.opening import Stored, stored

__all__ = ["Stored", "stored"]
