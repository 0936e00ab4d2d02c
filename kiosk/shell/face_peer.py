"""Who is at the other end of a local socket, as the kernel tells it and nobody can pretend."""

import os
import socket
import struct

_CREDENTIALS = struct.Struct("iII")


def uid_of(descriptor: int) -> int:
    """Return the uid of the peer at the time it connected (SO_PEERCRED, unix(7)).

    Raises:
        OSError: the descriptor is no connected local socket.
    """
    with socket.socket(fileno=os.dup(descriptor)) as peer:
        told = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    return int(_CREDENTIALS.unpack(told)[1])
