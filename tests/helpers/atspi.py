"""The screen reader's way in: the accessibility bus, spoken to over D-Bus as Orca does.

A session bus runs for one test only, in a runtime folder of its own; it starts the accessibility
bus when it is first asked for it, and both end with it. What a program shows there is read; its
controls are pressed through their own actions, with neither mouse nor keyboard.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from jeepney import (  # type: ignore[import-untyped]
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

from tests.helpers.process import Programs, wait_until

SERVICE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
ROOT = "/org/a11y/atspi/accessible/root"
REGISTRY = "org.a11y.atspi.Registry"
ACCESSIBLE = "org.a11y.atspi.Accessible"
EVENTS = "type='signal',interface='org.a11y.atspi.Event.Object'"
ANSWER_SECONDS = 5.0
PASSWORD_TEXT = 40

STATES = {7: "editable", 8: "enabled", 11: "focusable", 12: "focused", 24: "sensitive"} | {
    4: "checked",
    25: "showing",
    30: "visible",
}
"""The bits of AT-SPI's states that the tests look at."""


def missing() -> str:
    """Return why there is no accessibility bus on this machine; nothing when there is."""
    if shutil.which("dbus-daemon") is None:
        return "dbus-daemon is not installed"
    if not SERVICE.exists():
        return "at-spi2-core is not installed"
    return ""


class Gone(Exception):
    """A program or one of its parts is not there any more."""


class Part:
    """One part of a program: a control, a text, a group."""

    def __init__(self, bus: "AccessBus", name: str, path: str) -> None:
        self._bus, self._name, self._path = bus, name, path

    @property
    def name(self) -> str:
        """What a screen reader calls it, with plain spaces."""
        return str(self._read("Name")).replace("\u00a0", " ")

    @property
    def description(self) -> str:
        """What it says of it besides."""
        return str(self._read("Description")).replace("\u00a0", " ")

    @property
    def role(self) -> str:
        """What it is: "push button", "label", "password text"."""
        # Qt names every line edit a text; its number says that nothing of this one is to be told.
        if self._call(ACCESSIBLE, "GetRole")[0] == PASSWORD_TEXT:
            return "password text"
        return str(self._call(ACCESSIBLE, "GetRoleName")[0])

    @property
    def states(self) -> set[str]:
        """Those of its states that the tests look at."""
        low, _high = self._call(ACCESSIBLE, "GetState")[0]
        return {name for bit, name in STATES.items() if low & (1 << bit)}

    @property
    def text(self) -> str:
        """What stands in a text field, as a screen reader gets it."""
        found = self._call("org.a11y.atspi.Text", "GetText", "ii", (0, -1))[0]
        return str(found)

    def children(self) -> list["Part"]:
        """Return its parts, in reading order."""
        return [Part(self._bus, *one) for one in self._call(ACCESSIBLE, "GetChildren")[0]]

    def walk(self) -> Iterator["Part"]:
        """Yield what can be seen of it, itself first, in reading order."""
        yield self
        for child in self.children():
            if "visible" in child.states:
                yield from child.walk()

    def press(self) -> None:
        """Do what its first action does."""
        self._call("org.a11y.atspi.Action", "DoAction", "i", (0,))

    def _read(self, what: str) -> object:
        properties = "org.freedesktop.DBus.Properties"
        return self._call(properties, "Get", "ss", (ACCESSIBLE, what))[0][1]

    def _call(self, where: str, what: str, kinds: str = "", values: tuple[Any, ...] = ()) -> Any:
        return self._bus.call(DBusAddress(self._path, self._name, where), what, kinds, values)


class AccessBus:
    """The accessibility bus of one test.

    Attributes:
        environment: what a program needs to be read here.
    """

    def __init__(self, programs: Programs) -> None:
        self._programs = programs
        # Short: the path of a socket has 107 bytes at most.
        self._folder = Path(tempfile.mkdtemp(prefix="creneau-"))
        self.environment: dict[str, str] = {"XDG_RUNTIME_DIR": str(self._folder)}
        self._link: Any = None
        self._announced: list[str] = []

    def __enter__(self) -> Self:
        session = self._programs.start(
            ["dbus-daemon", "--session", "--nofork", "--print-address"],
            name="session bus",
            environment=self.environment,
        )
        address = session.wait_for_line(r"^(unix:\S+)")[1]
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address
        # Qt looks for a screen reader first; without this it says nothing to anybody.
        self.environment["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
        self._link = open_dbus_connection(address)
        asked = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        place = wait_until(
            lambda: self._address(asked), within=15, what="the address of the accessibility bus"
        )
        self._link.close()
        self._link = open_dbus_connection(place)
        registry = DBusAddress("/org/a11y/atspi/registry", REGISTRY, REGISTRY)
        self.call(registry, "RegisterEvent", "s", ("object:announcement",))
        self._ask(message_bus.AddMatch(EVENTS))
        return self

    def _address(self, asked: DBusAddress) -> str:
        try:
            return str(self.call(asked, "GetAddress")[0])
        except Gone:
            return ""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._link is not None:
            self._link.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def call(
        self, where: DBusAddress, what: str, kinds: str = "", values: tuple[Any, ...] = ()
    ) -> Any:
        """Return the answer of a program.

        Raises:
            Gone: the part that was asked is not there any more.
        """
        return self._ask(new_method_call(where, what, kinds or None, values))

    def _ask(self, message: Any) -> Any:
        serial = next(self._link.outgoing_serial)
        self._link.send_message(message, serial=serial)
        while True:
            try:
                answer = self._link.receive(timeout=ANSWER_SECONDS)
            except TimeoutError as error:
                raise Gone from error
            if answer.header.fields.get(HeaderFields.reply_serial) != serial:
                self._note(answer)
            elif answer.header.message_type is MessageType.error:
                raise Gone(str(answer.body))
            else:
                return answer.body

    def _note(self, message: Any) -> None:
        """Keep what is announced; other signals are not asked for."""
        if message.header.fields.get(HeaderFields.member) == "Announcement":
            self._announced.append(str(message.body[3][1]).replace("\u00a0", " "))

    def parts(self) -> list[Part]:
        """Return all that can be seen of all programs, in reading order."""
        try:
            return [part for program in self._programs_shown() for part in program.walk()]
        except Gone:
            return []

    def _programs_shown(self) -> list[Part]:
        return Part(self, REGISTRY, ROOT).children()

    def find(self, role: str, name: str, within: float = 20) -> Part:
        """Wait for a part that can be seen, and return it."""

        def looked() -> Part | None:
            try:
                return next(
                    (one for one in self.parts() if one.role == role and name in one.name), None
                )
            except Gone:
                return None

        found = wait_until(looked, within=within, what=f"{role} {name!r}")
        assert found is not None
        return found

    def heard(self) -> list[str]:
        """Return every announcement so far, with plain spaces."""
        while True:
            try:
                self._note(self._link.receive(timeout=0.02))
            except TimeoutError:
                return self._announced

    def wait_to_hear(self, words: str, within: float = 20) -> str:
        """Wait for an announcement with these words in it, and return it."""
        return wait_until(
            lambda: next((one for one in self.heard() if words in one), ""),
            within=within,
            what=f"an announcement of {words!r}",
        )
