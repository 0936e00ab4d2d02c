"""The hub as a Qt program sees it lives here: requests, the event stream, cursors and back-off.

Transport and retry may be changed freely behind typed answers that come from the wire.
No thread, no SQL, no sentence for the screen and nothing of the session may come in.
"""
