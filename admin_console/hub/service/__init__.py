"""The use cases of the hub and the ports they need live here.

A use case may be changed as one transaction with typed answers, tested on fakes and on both stores.
No SQL, no socket, no web framework and no Qt may come in.
"""
