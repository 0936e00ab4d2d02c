"""The migrations live here, one revision for each change of the tables.

A revision may be added, numbered after the last; one that has been released is never edited.
No row of a town may be lost by one, and no code of the use cases may come in.
"""
