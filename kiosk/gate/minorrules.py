"""The rules for minors, laid over the browsers of one session.

A browser reads every file of its folder of rules. One of them says nothing, for everybody; in the
session of a minor the rules for minors lie over it, and fall with the cell. Where that file is
missing nothing of a minor is started: a browser that lets everything through is worse than none.
"""

from pathlib import Path

from kiosk.gate import kernel
from kiosk.gate.browserpolicy import MINOR_FILES, MINOR_TEXT

RULES = "creneau-minor.json"
"""Their name in the gate's folder inside, where only root writes."""


def lay_minor_rules(run: Path, files: tuple[Path, ...] = MINOR_FILES) -> None:
    """Lay the rules over the browsers, as root and inside the cell; twice is harmless.

    Args:
        run: the gate's folder inside.
        files: what they lie over; of a browser that has no folder of rules there is none.

    Raises:
        OSError: a browser has a folder of rules, and not the file for them.
    """
    rules = run / RULES
    if not rules.exists():
        rules.write_text(MINOR_TEXT, "utf-8")
        rules.chmod(0o444)
    for file in files:
        if file.parent.is_dir() and file.read_text("utf-8") != MINOR_TEXT:
            kernel.mount(str(rules), str(file), None, kernel.BIND)
