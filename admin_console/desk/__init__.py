"""The staff console lives here: pages, models and the composition of the program.

It learns everything by the hub link and may be changed freely behind the wire.
No part of the hub, no SQL and no decision about a seat may come in.
"""
