"""The journal of tills as the accountant takes it along: CSV for any program, XLSX for people.

Both are opened by a spreadsheet, for which a text that begins with = + - @ may be a formula that
somebody else wrote. No text of ours ever is one.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, tzinfo

import xlsxwriter

from admin_console.hub.paper.listing import (
    CLOSING_TITLES,
    RECEIPT_TITLES,
    Cell,
    Cents,
    Line,
    closing_lines,
    receipt_lines,
)
from admin_console.hub.paper.wording import write_amount, write_day, write_time
from kiosk.wire.till import TillJournal

# The wide forms of the four as well: some spreadsheets take them for the same.
FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
TITLES = tuple(dict.fromkeys((*RECEIPT_TITLES, *CLOSING_TITLES)))
AMOUNT_FORM = "#,##0.00\\ [$€-40C]"
WIDTHS = {"Caisse": 30, "Motif": 40, "Sceau": 36, "Agent": 20, "Moyen": 16, "Nature": 14}
USUAL_WIDTH = 13


def journal_csv(journal: TillJournal, zone: tzinfo) -> bytes:
    """Return one table of receipts and closings: UTF-8 with its mark, `;`, a comma in amounts."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(TITLES)
    for line in (*receipt_lines(journal, zone), *closing_lines(journal, zone)):
        writer.writerow([_written(line.get(title)) for title in TITLES])
    return target.getvalue().encode("utf-8-sig")


def journal_xlsx(journal: TillJournal, zone: tzinfo) -> bytes:
    """Return a workbook with the sheets "Reçus" and "Clôtures". Same journal, same bytes."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    period = f"{write_day(journal.since)} – {write_day(journal.until)}"
    made = datetime.combine(journal.until, time(), UTC)
    book.set_properties({"title": f"Caisse, {period}", "created": made.replace(tzinfo=None)})
    sheets = Sheets(book, period)
    sheets.add("Reçus", RECEIPT_TITLES, receipt_lines(journal, zone))
    sheets.add("Clôtures", CLOSING_TITLES, closing_lines(journal, zone))
    book.close()
    return target.getvalue()


class Sheets:
    """Adds tables to a workbook, each on its sheet; `period` stands at the foot of the pages."""

    def __init__(self, book: xlsxwriter.Workbook, period: str) -> None:
        self._book = book
        self._period = period
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        # Still a text after somebody has edited the cell.
        self._quoted = book.add_format({"quote_prefix": True})
        self._amount = book.add_format({"num_format": AMOUNT_FORM})
        self._day = book.add_format({"num_format": "dd/mm/yyyy"})
        self._clock = book.add_format({"num_format": "hh:mm:ss"})

    def add(self, name: str, titles: Sequence[str], lines: Iterable[Line]) -> None:
        """Add a sheet with a head that stays, and a filter for each column."""
        sheet = self._book.add_worksheet(name)
        count = 0
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, self._head)
            sheet.set_column(column, column, WIDTHS.get(title, USUAL_WIDTH))
        for count, line in enumerate(lines, start=1):
            for column, title in enumerate(titles):
                self._write(sheet, count, column, line[title])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, count, len(titles) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{self._period}&C{name}&R&P / &N")

    def _write(
        self, sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell
    ) -> None:
        match cell:
            case None | "":
                return
            case str():
                text = _tidy(cell)
                form = self._quoted if _looks_like_formula(text) else None
                sheet.write_string(row, column, text, form)
            case Cents():
                sheet.write_number(row, column, cell.cents / 100, self._amount)
            case int():
                sheet.write_number(row, column, cell)
            case time():
                sheet.write_datetime(row, column, cell, self._clock)
            case date():
                sheet.write_datetime(row, column, cell, self._day)


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            text = _tidy(cell)
            return f"'{text}" if _looks_like_formula(text) else text
        case Cents():
            return write_amount(cell.cents)
        case int():
            return str(cell)
        case time():
            return write_time(cell)
        case date():
            return write_day(cell)


def _tidy(text: str) -> str:
    """Return a text on one line, without signs that steer."""
    plain = "".join(" " if unicodedata.category(one) in ("Cc", "Zl", "Zp") else one for one in text)
    return plain.strip()


def _looks_like_formula(text: str) -> bool:
    return text.startswith(FORMULA_STARTS)
