"""The checks of `creneau-gate doctor` live here: what must be true of a real workstation.

A check reads the machine and changes nothing; each new one needs a test with a machine that is well
and one that is not. Only the standard library may come in, and nothing that a visitor can write is
believed.
"""
