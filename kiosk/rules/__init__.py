"""The rules of the house live here: slot, renewal, waiting list, opening hours, people and credit.

They are pure functions over frozen, slotted dataclasses; change one together with its tests, for
the kiosk, the gate and the hub all obey it.
Nothing outside the standard library may come in, and neither may a clock, a file or a setting.
"""
