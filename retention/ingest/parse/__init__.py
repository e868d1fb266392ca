"""Bytes to tables, in a child process: archives, formats, where the table begins and what in it is no data.

Nothing is imported here, because that process passes through and must start without pandas.
"""
