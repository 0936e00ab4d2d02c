"""The item models of the staff console live here, fed by changes from the hub.

Roles and columns may be added with a test of what a change does to the rows.
No widget, no request and no decision may come in.
"""
