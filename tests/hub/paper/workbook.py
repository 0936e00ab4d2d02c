"""Reads a workbook as a spreadsheet would, as far as ours go."""

import io
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree as Tree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its value as written, whether it is text, a formula, and the form of its number."""

    value: str
    is_text: bool
    is_formula: bool
    form: str
    quoted: bool


def read_workbook(data: bytes) -> dict[str, list[dict[str, Cell]]]:
    """Return the lines of each sheet by the titles of its columns; empty cells are missing."""
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        parts = {
            name: Tree.fromstring(folder.read(name))  # noqa: S314 - written a moment ago by us
            for name in folder.namelist()
            if name.endswith(".xml")
        }
    shared = ["".join(part.itertext()) for part in parts["xl/sharedStrings.xml"].iter(f"{MAIN}si")]
    styles = parts["xl/styles.xml"]
    forms = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iter(f"{MAIN}numFmt")}
    listed = styles.find(f"{MAIN}cellXfs")
    assert listed is not None
    looks = [(forms.get(one.get("numFmtId"), ""), one.get("quotePrefix") == "1") for one in listed]
    names = [one.get("name", "") for one in parts["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    sheets = {}
    for place, name in enumerate(names, start=1):
        rows = [
            {
                (one.get("r") or "").rstrip("0123456789"): _cell(one, shared, looks)
                for one in row
                if one.find(f"{MAIN}v") is not None
            }
            for row in parts[f"xl/worksheets/sheet{place}.xml"].iter(f"{MAIN}row")
        ]
        titles = {column: cell.value for column, cell in rows[0].items()}
        sheets[name] = [{titles[column]: cell for column, cell in row.items()} for row in rows[1:]]
    return sheets


def _cell(one: Tree.Element, shared: list[str], looks: list[tuple[str, bool]]) -> Cell:
    value = one.findtext(f"{MAIN}v") or ""
    is_text = one.get("t") == "s"
    form, quoted = looks[int(one.get("s", "0"))]
    return Cell(
        value=shared[int(value)] if is_text else value,
        is_text=is_text,
        is_formula=one.find(f"{MAIN}f") is not None or one.get("t") == "str",
        form=form,
        quoted=quoted,
    )
