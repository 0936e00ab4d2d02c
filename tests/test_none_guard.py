"""Guards against a binding that loses references to None, which ends the process after a while.

PySide6 6.12.0 does on Python 3.11. From 3.12 on None is immortal and its count never moves: there
the same assertion holds by the language, and what is left to guard is the choice of the binding.
"""

import sys

import PySide6
from PySide6.QtCore import QObject

CALLS = 1_000
# References that anything else in the process may take or give back meanwhile.
NOISE = 100


def test_void_calls_of_qt_lose_no_reference_to_none() -> None:
    subject = QObject()
    before = sys.getrefcount(None)

    for _ in range(CALLS):
        subject.setObjectName("subject")

    assert abs(before - sys.getrefcount(None)) < NOISE


def test_the_binding_is_one_that_counts_right() -> None:
    assert (6, 8) <= PySide6.__version_info__[:2] < (6, 12)
