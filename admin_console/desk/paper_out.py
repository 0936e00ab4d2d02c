"""Sheets that the hub has drawn, on their way out of the console: to a printer, or into a file.

The printer is the one that this computer prints on by itself; its print system takes PDF as it is,
also for a roll of 80 mm.
"""

from pathlib import Path

from PySide6.QtCore import QIODevice, QObject, QProcess, QSaveFile, Signal, Slot

LP = "lp"
"""The way into the print system of the computer."""


class PaperOut(QObject):
    """Prints and keeps sheets.

    Args:
        program: what takes a sheet to print on its standard input.
        parent: owner.

    Signals:
        printed: whether the print system has taken a sheet.
    """

    printed = Signal(bool)

    def __init__(self, program: str = LP, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program = program

    def print_sheet(self, sheet: bytes, title: str) -> None:
        """Hand a sheet to the print system; `printed` says what came of it."""
        process = QProcess(self)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.start(self._program, ["-t", title])
        process.write(sheet)
        process.closeWriteChannel()

    def keep(self, sheet: bytes, path: Path) -> bool:
        """Write a sheet into a file, whole or not at all; tell whether it is there."""
        file = QSaveFile(str(path))
        if not file.open(QIODevice.OpenModeFlag.WriteOnly):
            return False
        return file.write(sheet) == len(sheet) and file.commit()

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._end(is_taken=code == 0 and status is QProcess.ExitStatus.NormalExit)

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        # Whatever else goes wrong is told by the end of the process too.
        if error is QProcess.ProcessError.FailedToStart:
            self._end(is_taken=False)

    def _end(self, *, is_taken: bool) -> None:
        process = self.sender()
        if process is not None:
            process.deleteLater()
        self.printed.emit(is_taken)
