"""A house of pure values: a hub and stations that obey the rules, broken cables, lying clocks.

It exists to try the rules against each other; it draws nothing, stores nothing, waits for nothing.
What happens to it is decided by the tests, step by step.
"""
