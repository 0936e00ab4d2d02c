"""The pages of the staff console live here, as widgets written in code.

A page may be added with its states in the gallery, its accessible names and its keyboard order.
No request, no decision and no colour literal may come in.
"""
