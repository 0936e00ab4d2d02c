"""A text that somebody wrote into a form, as one paragraph of plain text."""

import re

_BLANKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
"""Blanks, line ends, and signs that nobody sees; a hard space of French stays."""


def as_paragraph(text: str) -> str:
    """Return the text with one blank between words, and none at its ends."""
    return _BLANKS.sub(" ", text).strip(" ")
