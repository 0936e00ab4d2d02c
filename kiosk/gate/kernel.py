"""What the gate asks of the kernel beyond Python's standard library, as few calls of the C library.

Every function raises OSError when the kernel refuses.
"""

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType

MOUNT_NAMESPACE = 0x0002_0000
IPC_NAMESPACE = 0x0800_0000

NO_SETUID = 2
NO_DEVICES = 4
NO_PROGRAMS = 8
READ_ONLY = 1
BIND = 4096
_RECURSIVE = 16384
_SLAVE = 1 << 19

AT_ONCE = 2  # MNT_DETACH
_NOT_A_LINK = 8  # UMOUNT_NOFOLLOW

_AT_FDCWD = -100
_AT_RECURSIVE = 0x8000
# The same numbers on every architecture.
_MOVE_MOUNT = 429
_FSOPEN = 430
_FSCONFIG = 431
_FSMOUNT = 432
_MOUNT_SETATTR = 442
_SET_FLAG = 0
_SET_TEXT = 1
_CREATE = 6
_CLOSE_ON_EXEC = 1
_EMPTY_PATH = 4
_READ_ONLY_NO_SETUID = 0x1 | 0x2

_SET_NO_NEW_PRIVS = 38
_REMOVE = 0  # IPC_RMID

_KEYCTL = MappingProxyType({"x86_64": 250, "aarch64": 219})
_JOIN_SESSION_KEYRING = 1
_CLEAR = 7
_INVALIDATE = 21
_USER_KEYRING = -4
_USER_SESSION_KEYRING = -5
_PROCESS_KEYRING = -2
_PERSISTENT_KEYRING = 22
_OWN = -1

_libc = ctypes.CDLL(None, use_errno=True)


def leave_namespaces(kinds: int) -> None:
    """Put this process into new namespaces of these kinds."""
    _check(_libc.unshare(kinds), "unshare")


def enter_namespace(descriptor: int) -> None:
    """Put this process into the namespace that an open file of /proc stands for."""
    _check(_libc.setns(descriptor, 0), "setns")


def mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """Mount a file system, or with BIND a folder in a second place."""
    data = options.encode() if options else None
    name = None if kind is None else kind.encode()
    _check(_libc.mount(source.encode(), target.encode(), name, flags, data), f"mount {target}")


def make_mount(
    kind: str, source: str, options: Mapping[str, str], flags: int, *, read_only: bool = False
) -> int:
    """Mount a device nowhere yet, and return what holds the mount (Linux 5.2).

    Args:
        kind: the file system; another one than the device has is refused.
        source: the device.
        options: of the file system; one without a value is empty.
        flags: of the mount.
        read_only: whether nothing may be written, as on a device that forbids it.
    """
    context = _call(_FSOPEN, "fsopen", kind.encode(), _CLOSE_ON_EXEC)
    try:
        for name, value in {"source": source, **options}.items():
            _configure(context, _SET_TEXT if value else _SET_FLAG, name, value)
        if read_only:
            _configure(context, _SET_FLAG, "ro")
        _configure(context, _CREATE)
        return _call(_FSMOUNT, "fsmount", context, _CLOSE_ON_EXEC, flags | read_only)
    finally:
        os.close(context)


def attach_mount(descriptor: int, target: str) -> None:
    """Let a mount that stands nowhere appear on a folder."""
    _call(_MOVE_MOUNT, "move_mount", descriptor, b"", _AT_FDCWD, target.encode(), _EMPTY_PATH)


def unmount(target: str, flags: int = 0) -> None:
    """Take a mount away; one that is in use only with AT_ONCE."""
    _check(_libc.umount2(target.encode(), flags | _NOT_A_LINK), "umount2")


def sync_files(descriptor: int) -> None:
    """Wait until all that was written to the file system of an open file is on its device."""
    _check(_libc.syncfs(descriptor), "syncfs")


def keep_mounts_inside() -> None:
    """Let mounts of the machine come in here, and none of here go out."""
    mount("none", "/", None, _RECURSIVE | _SLAVE)


def lock_tree() -> None:
    """Make all that is mounted now unwritable, and its setuid bits mean nothing (Linux 5.12)."""
    attributes = struct.pack("QQQQ", _READ_ONLY_NO_SETUID, 0, 0, 0)
    _call(
        _MOUNT_SETATTR,
        "mount_setattr",
        _AT_FDCWD,
        b"/",
        _AT_RECURSIVE,
        attributes,
        len(attributes),
    )


def forbid_privileges() -> None:
    """Keep this process and all that it starts from gaining rights: sudo, su and pkexec fail."""
    _check(_libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl")


def join_new_keyring() -> None:
    """Give this process a keyring of its own, instead of the one of the program that started it."""
    _keyctl(_JOIN_SESSION_KEYRING, 0)


def clear_keyrings() -> None:
    """Forget the keys that the kernel keeps for the account of this process."""
    _keyctl(_CLEAR, _USER_KEYRING)
    _keyctl(_CLEAR, _USER_SESSION_KEYRING)
    # It outlives every process of the account by days; some kernels have none, see
    # persistent-keyring(7).
    with suppress(OSError):
        _keyctl(_INVALIDATE, _keyctl(_PERSISTENT_KEYRING, _OWN, _PROCESS_KEYRING))


def remove_shared_memory(number: int) -> None:
    """Remove a System V segment."""
    _check(_libc.shmctl(number, _REMOVE, None), "shmctl")


def remove_message_queue(number: int) -> None:
    """Remove a System V message queue."""
    _check(_libc.msgctl(number, _REMOVE, None), "msgctl")


def remove_semaphores(number: int) -> None:
    """Remove a System V semaphore set."""
    _check(_libc.semctl(number, 0, _REMOVE, None), "semctl")


def _keyctl(operation: int, argument: int, second: int = 0) -> int:
    call = _KEYCTL.get(platform.machine())
    if call is None:
        raise OSError(errno.ENOSYS, "keyctl: not known on this machine")
    result = int(_libc.syscall(call, operation, argument, second, 0, 0))
    _check(result, "keyctl")
    return result


def _configure(context: int, command: int, name: str | None = None, value: str = "") -> None:
    key = None if name is None else name.encode()
    text = value.encode() if value else None
    _call(_FSCONFIG, "fsconfig", context, command, key, text, 0)


def _call(number: int, what: str, *arguments: int | bytes | None) -> int:
    result = int(_libc.syscall(number, *arguments))
    _check(result, what)
    return result


def _check(result: int, what: str) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
