"""A text out of a form becomes one paragraph, whatever stood between its words."""

import pytest

from kiosk.rules.paragraph import as_paragraph


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        (" \n\t ", ""),
        ("On parle bas.\r\n\r\n  Merci !\n", "On parle bas. Merci !"),
        ("Silence\u00a0!", "Silence\u00a0!"),
        ("Avant\x00 \x1b\u2028après", "Avant après"),
    ],
)
def test_words_stand_one_blank_apart_and_hard_spaces_stay(typed: str, kept: str) -> None:
    assert as_paragraph(typed) == kept
    assert as_paragraph(kept) == kept
