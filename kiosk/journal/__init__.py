"""The memory of a workstation lives here: events first, then projections, outbox and last snapshot.

One thread owns the database; tables may grow by migration, events are never edited.
No decision and no widget may come in, and no ORM object may go out.
"""
