"""Sheets leave the console whole, or it is said that they did not."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from admin_console.desk.paper_out import PaperOut

SHEET = b"%PDF-1.7 " + bytes(range(256)) * 100


def a_printer(folder: Path, code: int) -> str:
    program = folder / "printer"
    program.write_text(
        f'#!/bin/sh\ncat > "{folder}/sheet"\necho "$@" > "{folder}/said"\nexit {code}\n'
    )
    program.chmod(0o755)
    return str(program)


def test_a_sheet_goes_to_the_print_system_as_it_is(tmp_path: Path, qtbot: QtBot) -> None:
    out = PaperOut(a_printer(tmp_path, 0))
    with qtbot.waitSignal(out.printed) as told:
        out.print_sheet(SHEET, "creneau-2026-000038")
    assert told.args == [True]
    assert (tmp_path / "sheet").read_bytes() == SHEET
    assert (tmp_path / "said").read_text() == "-t creneau-2026-000038\n"


def test_a_print_system_that_refuses_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    out = PaperOut(a_printer(tmp_path, 1))
    with qtbot.waitSignal(out.printed) as told:
        out.print_sheet(SHEET, "x")
    assert told.args == [False]


def test_a_computer_without_a_print_system_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    out = PaperOut(str(tmp_path / "nothing"))
    with qtbot.waitSignal(out.printed) as told:
        out.print_sheet(SHEET, "x")
    assert told.args == [False]


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    out = PaperOut()
    assert out.keep(SHEET, tmp_path / "receipt.pdf")
    assert (tmp_path / "receipt.pdf").read_bytes() == SHEET
    assert not out.keep(SHEET, tmp_path / "nowhere" / "receipt.pdf")
