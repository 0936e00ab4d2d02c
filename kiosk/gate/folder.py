"""Removing a folder that somebody else filled."""

import os
import shutil
from pathlib import Path


def remove_tree(folder: Path) -> int:
    """Remove a folder, opening locked ones on the way, and return how many files it held.

    Links inside are removed, never followed.

    Raises:
        OSError: something in it cannot be removed.
    """
    files = 0
    waiting = [folder]
    while waiting:
        inner = waiting.pop()
        inner.chmod(0o700)
        with os.scandir(inner) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                else:
                    files += 1
    shutil.rmtree(folder)
    return files
