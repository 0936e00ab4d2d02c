"""The faces of a workstation live here: lock, session home, time bar, questions and goodbye.

Pages show a snapshot and send wishes; each stands in the gallery in all its states.
No decision, no request, no SQL and no colour literal may come in.
"""
