"""The real speech-dispatcher, with a synthesiser that writes down what it would say.

The daemon's own generic module runs a line of shell for each text; ours appends language, rate and
text to a file. No sound card is needed, and what was said can be read.
"""

import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple, Self

from tests.helpers.process import Program, Programs, wait_until

MODULE = """
GenericExecuteSynth "printf '\\\\036%s\\\\t%s\\\\t%s\\\\n' $LANGUAGE $RATE \\'$DATA\\' >> {heard}"
GenericRateAdd 0
GenericRateMultiply 100
GenericLanguage "fr" "fr" "utf-8"
GenericLanguage "en" "en" "utf-8"
AddVoice "fr" "FEMALE1" "claire"
AddVoice "en" "FEMALE1" "clare"
GenericDefaultCharset "utf-8"
"""

SETTINGS = """
LogLevel 3
LogDir "default"
SymbolsPreproc "none"
AudioOutputMethod "alsa"
AudioALSADevice "null"
DefaultVolume 100
AddModule "paper" "sd_generic" "paper.conf"
DefaultModule paper
DefaultLanguage "fr"
"""


class Heard(NamedTuple):
    """What was said: the language, how fast from -100 to 100, and the words."""

    language: str
    rate: str
    text: str


class SpeechDaemon:
    """One daemon in a folder of its own, removed at the end of its `with`."""

    def __init__(self, programs: Programs) -> None:
        # A test's own folder may be too deep: a socket's path holds 107 bytes (unix(7)).
        self._made = tempfile.TemporaryDirectory(prefix="voice-")
        self._programs = programs
        self._folder = folder = Path(self._made.name)
        self._file = folder / "heard"
        self.socket = folder / "speech-dispatcher" / "speechd.sock"
        self.program: Program | None = None
        (folder / "modules").mkdir()
        self.socket.parent.mkdir()
        (folder / "speechd.conf").write_text(SETTINGS)
        (folder / "modules" / "paper.conf").write_text(MODULE.format(heard=self._file))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        if self.program is not None:
            self.program.kill()
        self._made.cleanup()

    @staticmethod
    def is_installed() -> bool:
        """Return whether this machine has the daemon."""
        return shutil.which("speech-dispatcher") is not None

    def start(self) -> None:
        """Start it, and wait until it listens."""
        self.program = self._programs.start(
            [
                *("speech-dispatcher", "--run-single", "--timeout", "0"),
                *("--communication-method", "unix_socket", "--socket-path", self.socket),
                *("--config-dir", self._folder, "--log-dir", self._folder),
                *("--pid-file", self._folder / "pid"),
            ],
            name="speech-dispatcher",
        )
        wait_until(self.socket.exists, within=20, what="the socket of speech-dispatcher")

    def heard(self) -> list[Heard]:
        """Return what has been said so far."""
        if not self._file.exists():
            return []
        records = self._file.read_text(encoding="utf-8").split("\x1e")[1:]
        parts = [one.split("\t", 2) for one in records]
        return [Heard(part[0], part[1], " ".join(part[2].split())) for part in parts]

    def wait_for(self, words: str, within: float = 15) -> Heard:
        """Wait until something with these words in it has been said, and return it."""

        def said() -> Heard | None:
            return next((one for one in self.heard() if words in one.text), None)

        found = wait_until(said, within=within, what=f"{words!r} among {self.heard()}")
        assert found is not None
        return found
