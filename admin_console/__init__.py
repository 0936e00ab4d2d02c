"""The town's side of the house lives here: the headless hub, the staff console and the rehearsal.

Each of the three is changed in its own package, behind the walls that the import contracts state.
No program of a workstation may come in, save the shared rules, wire, look and hub link.
"""
