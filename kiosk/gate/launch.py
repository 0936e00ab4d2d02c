"""What may be asked of a launch: an application by its id, and at most one web address."""

from urllib.parse import urlsplit

LONGEST_URL = 2048


def is_web_address(url: str) -> bool:
    """Tell whether `url` is a whole http or https address that is safe as one argument.

    An address that carries a name or a password is none: arguments are public on a machine.
    """
    if len(url) > LONGEST_URL or not url.isprintable() or " " in url or "\\" in url:
        return False
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is how urllib checks it
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
