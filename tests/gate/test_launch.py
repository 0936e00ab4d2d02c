"""What may be an address of a launch."""

import pytest

from kiosk.gate.launch import LONGEST_URL, is_web_address


@pytest.mark.parametrize(
    "url",
    [
        "http://assimil.example/",
        "https://bibliotheque.example:8443/catalogue?q=caf%C3%A9&page=2#haut",
        "HTTPS://example.org",
        "https://médiathèque.example/été",
        "http://[::1]/",
    ],
)
def test_web_addresses_are_taken(url: str) -> None:
    assert is_web_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "/etc/passwd",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "chrome://settings",
        "--no-sandbox",
        " https://example.org",
        "https://example.org/a b",
        "https://example.org/\n--flag",
        "https://example.org\\@evil.example",
        "https://jeanne:1234@example.org/",
        "https://",
        "https://example.org:99999/",
        "https://[::1",
        "https://example.org/" + "a" * LONGEST_URL,
    ],
)
def test_everything_else_is_refused(url: str) -> None:
    assert not is_web_address(url)
