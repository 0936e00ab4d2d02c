"""The slot clock, the grace and the record that outlives the shell live here, as the root service.

Its machine is pure and its backends are ports; each change needs a test that kills the shell.
Only the standard library, psutil and the rules may come in.
"""
