"""The socket of the session face: one face of one slot is heard, everybody else is turned away."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from kiosk.shell.face_link import FaceLink
from kiosk.shell.face_server import MOST_MESSAGES_A_SECOND, MOST_WAITING, FaceServer, SocketRefused
from kiosk.shell.sample import base
from kiosk.shell.sample_page import samples
from kiosk.wire.codec import encode
from kiosk.wire.face import AwayAsked, HelpWished, Shown, SignInAsked, Snapshot
from kiosk.wire.facelink import Appearance, FaceHello, QuietTold
from kiosk.wire.frame import frame

SESSION = next(one.snapshot for one in samples() if one.name == "home" and one.snapshot)
assert SESSION.session is not None
SLOT = SESSION.session.slot_id
OTHER_SLOT = SLOT[:-1] + ("0" if SLOT[-1] != "0" else "1")


class Shell:
    """A server for session faces, and what it heard."""

    def __init__(self, path: Path, uid: int) -> None:
        self.path = path
        self.server = FaceServer(path, uid)
        self.heard: list[object] = []
        self.came = self.left = 0
        for signal in (
            self.server.wished, self.server.appearance_chosen, self.server.quiet_told,
        ):  # fmt: skip
            signal.connect(self.heard.append)
        self.server.face_came.connect(self._on_came)
        self.server.face_left.connect(self._on_left)
        self.server.listen()

    def _on_came(self) -> None:
        self.came += 1

    def _on_left(self) -> None:
        self.left += 1


class Face:
    """A session face that shows what it is told."""

    def __init__(self, path: Path, slot_id: str = SLOT) -> None:
        self.link = FaceLink(str(path), slot_id)
        self.shown: list[Snapshot] = []
        self.worn: list[Appearance] = []
        self.link.shown.connect(self.shown.append)
        self.link.appearance_told.connect(self.worn.append)
        self.link.start()


@pytest.fixture
def shell(tmp_path: Path, qtbot: QtBot) -> Iterator[Shell]:
    shell = Shell(tmp_path / "face", os.getuid())
    yield shell
    shell.server.close()


@pytest.fixture
def face(shell: Shell, qtbot: QtBot) -> Iterator[Face]:
    shell.server.show(SESSION)
    face = Face(shell.path)
    qtbot.waitUntil(lambda: len(face.shown) == 1)
    yield face
    face.link.close()


def raw(shell: Shell) -> QLocalSocket:
    socket = QLocalSocket(shell.server)
    socket.connectToServer(str(shell.path))
    return socket


def is_out(socket: QLocalSocket) -> bool:
    return socket.state() is QLocalSocket.LocalSocketState.UnconnectedState


def test_a_face_is_shown_the_session_and_each_change_of_it(
    shell: Shell, face: Face, qtbot: QtBot
) -> None:
    shell.server.show(replace(SESSION, seat_number=8))

    qtbot.waitUntil(lambda: len(face.shown) == 2)
    assert face.shown[0] == SESSION
    assert face.shown[1].seat_number == 8
    assert shell.came == 1


def test_what_is_pressed_on_the_face_reaches_the_shell(
    shell: Shell, face: Face, qtbot: QtBot
) -> None:
    large = Appearance(text_size=150, language="en")
    face.link.send(AwayAsked())
    face.link.send(large)
    face.link.send(QuietTold(seconds=2.5))

    qtbot.waitUntil(lambda: len(shell.heard) == 3)
    assert shell.heard == [AwayAsked(), large, QuietTold(seconds=2.5)]


def test_what_was_chosen_on_the_lock_goes_along_to_the_face(shell: Shell, qtbot: QtBot) -> None:
    shell.server.show(SESSION)
    shell.server.use_appearance(Appearance(high_contrast=True))
    face = Face(shell.path)
    qtbot.waitUntil(lambda: bool(face.shown))

    assert face.worn == [Appearance(high_contrast=True)]
    face.link.close()


def test_a_face_that_died_is_replaced_by_the_one_that_comes_next(
    shell: Shell, face: Face, qtbot: QtBot
) -> None:
    face.link.close()
    qtbot.waitUntil(lambda: shell.left == 1)
    second = Face(shell.path)

    qtbot.waitUntil(lambda: second.shown == [SESSION])
    second.link.close()


def test_a_face_comes_back_by_itself_when_the_shell_was_started_again(
    shell: Shell, face: Face, qtbot: QtBot
) -> None:
    shell.server.close()
    qtbot.waitUntil(lambda: shell.left == 1)
    shell.server.listen()

    qtbot.waitUntil(lambda: len(face.shown) == 2)


def test_the_end_of_the_session_is_the_end_of_its_face(
    shell: Shell, face: Face, qtbot: QtBot
) -> None:
    shell.server.show(base(Shown.LOCK))

    qtbot.waitUntil(lambda: shell.left == 1)
    assert len(face.shown) == 1


def test_a_seat_locked_for_a_while_keeps_its_face(shell: Shell, face: Face, qtbot: QtBot) -> None:
    shell.server.show(base(Shown.AWAY))
    shell.server.show(SESSION)

    qtbot.waitUntil(lambda: len(face.shown) == 3)
    assert [one.shown for one in face.shown] == [Shown.SESSION, Shown.TAKEN, Shown.SESSION]


def test_a_face_of_another_slot_is_shown_nothing(shell: Shell, qtbot: QtBot) -> None:
    shell.server.show(SESSION)
    socket = raw(shell)
    qtbot.waitUntil(lambda: not is_out(socket))
    socket.write(frame(encode(FaceHello(slot_id=OTHER_SLOT))))

    qtbot.waitUntil(lambda: is_out(socket))
    assert socket.readAll().data() == b""
    assert shell.came == 0


def test_no_face_is_shown_anything_while_no_session_runs(shell: Shell, qtbot: QtBot) -> None:
    shell.server.show(base(Shown.LOCK))
    socket = raw(shell)
    qtbot.waitUntil(lambda: not is_out(socket))
    socket.write(frame(encode(FaceHello(slot_id=SLOT))))

    qtbot.waitUntil(lambda: is_out(socket))
    assert shell.came == 0


HOSTILE = {
    "a code from the visitor's display": frame(encode(SignInAsked(card="20000001", pin="1234"))),
    "no JSON": frame(b"\xff\xfe"),
    "deep JSON": frame(b"[" * 60_000),
    "a length of four gigabytes": b"\xff\xff\xff\xff",
    "a wish that does not exist": frame(b'{"type":"give_me_time"}'),
    "a flood": frame(encode(HelpWished())) * (MOST_MESSAGES_A_SECOND + 1),
}


@pytest.mark.parametrize("sent", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_face_that_says_what_it_may_not_say_is_turned_away(
    shell: Shell, qtbot: QtBot, sent: bytes, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.shell.face_server", "may not say")
    shell.server.show(SESSION)
    socket = raw(shell)
    qtbot.waitUntil(lambda: not is_out(socket))
    socket.write(frame(encode(FaceHello(slot_id=SLOT))))
    qtbot.waitUntil(lambda: shell.came == 1)
    socket.write(sent)
    qtbot.waitUntil(lambda: is_out(socket))

    assert not any(isinstance(one, SignInAsked) for one in shell.heard)
    # The next face is heard.
    face = Face(shell.path)
    qtbot.waitUntil(lambda: face.shown == [SESSION])
    face.link.close()


def test_another_account_is_turned_away_by_what_the_kernel_says(
    tmp_path: Path, qtbot: QtBot, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.shell.face_server", "is turned away")
    shell = Shell(tmp_path / "face", os.getuid() + 1)
    shell.server.show(SESSION)
    socket = raw(shell)
    qtbot.waitUntil(lambda: is_out(socket))

    assert shell.came == 0
    shell.server.close()


def test_peers_that_say_nothing_keep_nobody_out(shell: Shell, qtbot: QtBot) -> None:
    shell.server.show(SESSION)
    silent = [raw(shell) for _ in range(MOST_WAITING + 2)]
    qtbot.waitUntil(lambda: all(is_out(one) for one in silent), timeout=10_000)
    face = Face(shell.path)

    qtbot.waitUntil(lambda: face.shown == [SESSION], timeout=10_000)
    face.link.close()


def test_a_face_that_reads_nothing_gets_the_newest_in_the_end(shell: Shell, qtbot: QtBot) -> None:
    shell.server.show(SESSION)
    socket = raw(shell)
    socket.setReadBufferSize(1)
    qtbot.waitUntil(lambda: not is_out(socket))
    socket.write(frame(encode(FaceHello(slot_id=SLOT))))
    qtbot.waitUntil(lambda: shell.came == 1)
    for number in range(2000):
        shell.server.show(replace(SESSION, seat_number=number))
    socket.setReadBufferSize(0)

    def newest_came() -> bool:
        read.extend(socket.readAll().data())
        return b'"seat_number":1999' in read

    read = bytearray()
    qtbot.waitUntil(newest_came, timeout=10_000)
    assert read.count(b'"face_shown"') < 2000


def test_a_socket_that_cannot_be_made_says_where(tmp_path: Path, qtbot: QtBot) -> None:
    server = FaceServer(tmp_path / "none" / "face", os.getuid())

    with pytest.raises(SocketRefused, match="none/face"):
        server.listen()
