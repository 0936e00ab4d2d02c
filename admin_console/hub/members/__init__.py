"""The sources that know members live here, each behind the same port.

A source may be added with the contract tests of that port.
No seat, no slot and no route may come in, and no code or name may go into a log.
"""
