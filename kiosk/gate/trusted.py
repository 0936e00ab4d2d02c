"""Reading what only root may have written."""

import os
import stat
import tomllib
from pathlib import Path
from typing import Any


class NotTrusted(Exception):
    """A file that the gate must not believe, and why, as a sentence."""


def read_trusted(path: Path, owner: int = 0) -> dict[str, Any]:
    """Return the TOML of a file that nobody but its owner can have changed.

    Raises:
        NotTrusted: somebody else may have written it, or it is missing, or it is no TOML.
    """
    return parse(path, read_trusted_text(path, owner))


def parse(path: Path, text: str) -> dict[str, Any]:
    """Return what the text of a file says.

    Raises:
        NotTrusted: it is no TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotTrusted(f"{path} is not written as TOML: {error}") from error


def read_trusted_text(path: Path, owner: int = 0) -> str:
    """Return the text of a file that nobody but its owner can have changed.

    The file and every folder above it must belong to `owner` or to root, and be closed to writers;
    a folder in which each may remove only their own (/tmp) is closed enough.

    Raises:
        NotTrusted: somebody else may have written it, or it is missing, or it is no text.
    """
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(fd, "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise NotTrusted(f"{path} is no file")
            _check(path, found, owner)
            for folder in path.absolute().parents:
                _check(folder, folder.stat(), owner)
            return file.read().decode("utf-8")
    except OSError as error:
        raise NotTrusted(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise NotTrusted(f"{path} is not written as TOML: {error}") from error


def _check(path: Path, found: os.stat_result, owner: int) -> None:
    if found.st_uid not in {0, owner}:
        raise NotTrusted(f"{path} belongs to uid {found.st_uid}: only root may set what root does")
    sticky = stat.S_ISDIR(found.st_mode) and found.st_mode & stat.S_ISVTX
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH) and not sticky:
        raise NotTrusted(f"{path} may be written by others than its owner")
