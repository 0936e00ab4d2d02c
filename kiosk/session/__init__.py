"""The brain of a workstation lives here: its state machine, its use cases and its ports.

A decision may be changed as a pure function of state, command and time, with a test that tells it.
No Qt, no SQL, no socket, no thread and no clock of its own may come in.
"""
