"""Reads a PDF as our own library writes it: page by page, the words and where they stand.

Nothing else is understood; a document of another hand is refused with an error.
"""

import base64
import re
import zlib
from dataclasses import dataclass
from itertools import groupby

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_DRAWN = re.compile(
    rb"1 0 0 1 ([-\d.]+) ([-\d.]+) Tm ((?:/\S+ [\d.]+ Tf [\d.]+ TL )?\(.*?\) Tj .*?)T\* ET",
    re.DOTALL,
)
_SHOWN = re.compile(rb"(?:/(\S+) ([\d.]+) Tf [\d.]+ TL )?\(((?:\\.|[^\\()])*)\) Tj", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Word:
    """A text that was written in one go; lengths in points from the lower left corner."""

    left: float
    foot: float
    size: float
    is_bold: bool
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document."""

    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def lines(self) -> list[str]:
        """What stands on each line, from the top down, the words of a line from the left."""
        ordered = sorted(self.words, key=lambda one: (-round(one.foot, 1), one.left))
        rows = groupby(ordered, key=lambda one: round(one.foot, 1))
        return [" ".join(word.text for word in row) for _, row in rows]


@dataclass(frozen=True, slots=True)
class _Font:
    name: str
    letters: list[str]


def read_pdf(data: bytes) -> list[Page]:
    """Return the pages of a document."""
    objects = {
        int(number): body
        for number, body in re.findall(rb"(\d+) 0 obj\s(.*?)endobj", data, re.DOTALL)
    }
    pages = [body for body in objects.values() if re.search(rb"/Type /Page\b", body)]
    return [_read_page(body, objects) for body in pages]


def fonts_of(data: bytes) -> set[str]:
    """Return the names of the fonts that a document names."""
    return {name.decode() for name in re.findall(rb"/BaseFont /(\S+)", data)}


def _read_page(body: bytes, objects: dict[int, bytes]) -> Page:
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", body)
    assert box is not None
    content = _stream(objects[_reference(body, b"Contents")])
    fonts = _fonts(body, objects)
    words = [
        _word(float(left), float(foot), shown, fonts)
        for left, foot, shown in _DRAWN.findall(content)
    ]
    assert len(words) == content.count(b"BT 1 0 0 1"), "a text was not understood"
    return Page(float(box[1]), float(box[2]), tuple(words))


def _word(left: float, foot: float, shown: bytes, fonts: dict[bytes, _Font]) -> Word:
    text, size, font = "", 0.0, _Font("", [])
    for name, points, raw in _SHOWN.findall(shown):
        if name:
            font, size = fonts[name], float(points)
        text += "".join(font.letters[code] for code in _unescape(raw))
    return Word(left, foot, size, "Bold" in font.name, text)


def _fonts(body: bytes, objects: dict[int, bytes]) -> dict[bytes, _Font]:
    listed = objects[_reference(body, b"Font")]
    found = {}
    for name, number in re.findall(rb"/(\S+) (\d+) 0 R", listed):
        font = objects[int(number)]
        table = _stream(objects[_reference(font, b"ToUnicode")])
        pairs = re.findall(rb"^<(\w\w)> <(\w{4})>$", table, re.MULTILINE)
        base = re.search(rb"/BaseFont /(\S+)", font)
        assert base is not None
        found[name] = _Font(base[1].decode(), [chr(int(letter, 16)) for _, letter in pairs])
    return found


def _reference(body: bytes, key: bytes) -> int:
    found = re.search(rb"/" + key + rb" (\d+) 0 R", body)
    assert found is not None, key
    return int(found[1])


def _stream(body: bytes) -> bytes:
    length = re.search(rb"/Length (\d+)\b", body)
    found = _STREAM.search(body)
    assert found is not None
    assert length is not None
    raw = found[1][: int(length[1])]
    if b"/ASCII85Decode" in body:
        raw = base64.a85decode(b"<~" + raw.strip(), adobe=True)
    return zlib.decompress(raw) if b"/FlateDecode" in body else raw


def _unescape(raw: bytes) -> bytes:
    def plain(found: re.Match[bytes]) -> bytes:
        sign = found[1]
        if sign.isdigit():
            return bytes([int(sign, 8)])
        return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}.get(sign, sign)

    return re.sub(rb"\\(\d{1,3}|.)", plain, raw, flags=re.DOTALL)
