"""The gate as the shell sees it lives here: verbs sent, numbered facts received.

The transport may be changed; the verbs stay harmless when repeated and their totals absolute.
No decision about a slot, no SQL and no widget may come in.
"""
