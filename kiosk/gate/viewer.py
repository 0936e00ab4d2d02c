"""Which program opens a picture or a PDF that a visitor chooses among their files.

Without a word of ours it is whichever was installed last, often one that draws or edits. The names
are those of the programs' entries on the machine, see the freedesktop specification of default
applications.
"""

from dataclasses import dataclass
from pathlib import Path

ENTRIES = Path("/usr/share/applications")


@dataclass(frozen=True, slots=True)
class Viewing:
    """Kinds of files, and the viewers that may serve, the simplest to use first."""

    kinds: tuple[str, ...]
    viewers: tuple[str, ...]


VIEWINGS = (
    Viewing(
        ("application/pdf",),
        ("atril", "org.gnome.Evince", "evince", "qpdfview", "chromium", "google-chrome"),
    ),
    Viewing(
        ("image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp", "image/tiff"),
        ("eom", "org.gnome.eog", "eog", "gpicview", "org.xfce.ristretto", "lximage-qt"),
    ),
)


def preferred_viewers(entries: Path = ENTRIES) -> str:
    """Return the text of `mimeapps.list` that names the viewers found on this machine."""
    lines = []
    for viewing in VIEWINGS:
        found = next((one for one in viewing.viewers if (entries / f"{one}.desktop").is_file()), "")
        if found:
            lines += [f"{kind}={found}.desktop" for kind in viewing.kinds]
    return "\n".join(["[Default Applications]", *lines]) + "\n"
