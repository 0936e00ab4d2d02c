"""A year of the sample estate, played through the real rules: `python -m tests.simulation`.

Visitors come, wait, work, renew and give up as a seeded draw says, the same for every policy; what
the house answers is decided by `kiosk.rules` alone. Nobody has measured the real demand: it is an
assumption that stands in `demand` for everybody to change.
"""
