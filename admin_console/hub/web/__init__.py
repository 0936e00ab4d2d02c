"""The routes, the event stream, the sign-in and the API document of the hub live here.

A route may be added with its page in the wire documentation and a typed answer for each bad input.
No SQL and no decision may come in: a handler decodes, calls one use case and encodes.
"""
