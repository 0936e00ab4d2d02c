"""Every sentence of the screens: plain, short, polite, and writable with the shipped letters."""

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtGui import QFont, QRawFont

from kiosk.look.catalogue import ROOT, SOURCES, extract, read
from kiosk.look.look import Look

NBSP = "\u00a0"
MOST_WORDS = 20
WEIGHTS = (400, 500, 600, 700)


class Said(NamedTuple):
    """A sentence in one form, and whether visitors read it or staff only."""

    text: str
    for_visitors: bool


def french() -> list[Said]:
    return [
        Said(form, any(place.startswith("kiosk/") for place, _line in message.locations))
        for message in read()
        if message.id
        for form in _forms(message.string)
    ]


def english() -> list[Said]:
    return [
        Said(form, any(place.startswith("kiosk/") for place, _line in message.locations))
        for message in extract()
        if message.id
        for form in _forms(message.id)
    ]


def _forms(said: object) -> tuple[str, ...]:
    if isinstance(said, tuple | list):
        return tuple(str(form) for form in said)
    return (str(said),)


FRENCH_JARGON = re.compile(
    r"\b(?:terminal|terminaux|log.?in|time.?out|quotas?|erreurs?|serveurs?|hub|invalides?|bugs?"
    r"|cliquez|usagers?|échec|échou\w+|expir\w+|device|session terminée anormalement|veuillez"
    r"|token|requête|reboot|crash)\b",
    re.IGNORECASE,
)
FRENCH_JARGON_AT_THE_SEAT = re.compile(
    r"\b(?:PIN|mot de passe|identifiants?|saisi\w*|authentifi\w+|valide[rz]?|clic)\b",
    re.IGNORECASE,
)
ENGLISH_JARGON = re.compile(
    r"\b(?:terminal|log.?in|time.?out|quotas?|errors?|servers?|hub|invalid|bugs?|click|users?"
    r"|failed|failure|expired|device|token|request timed|reboot|crash|please wait)\b",
    re.IGNORECASE,
)
FAMILIAR = re.compile(r"\b(?:tu|toi|ton|ta|tes)\b", re.IGNORECASE)


def test_french_has_no_word_of_the_trade() -> None:
    for said in french():
        assert not FRENCH_JARGON.search(said.text), said.text
        if said.for_visitors:
            assert not FRENCH_JARGON_AT_THE_SEAT.search(said.text), said.text


def test_english_has_no_word_of_the_trade() -> None:
    for said in english():
        assert not ENGLISH_JARGON.search(said.text), said.text


def test_french_says_vous() -> None:
    for said in french():
        assert not FAMILIAR.search(said.text), said.text


def test_every_sentence_is_short() -> None:
    for said in (*french(), *english()):
        for sentence in re.split(r"(?<=[.!?…])\s+", said.text):
            words = re.findall(r"[\w’%()-]+", sentence)
            assert len(words) <= MOST_WORDS, sentence


def test_french_spaces_never_break_before_a_sign_or_after_a_number() -> None:
    for said in french():
        text = said.text
        assert not re.search(r" [:;!?€%](?!\()", text), text
        assert not re.search(rf"[^\s{NBSP}][:;!?€](?:\s|$)", text), text
        assert not re.search(r"\d (?:h|min|minutes?|heures?|€)\b", text), text
        assert not re.search(r"\d ?h ?\d", text), text


def test_french_has_only_the_spaces_and_the_apostrophe_of_the_house() -> None:
    for said in french():
        assert not set(said.text) & set("\u202f\u2009\t'\"→←"), said.text


def test_every_sign_of_every_sentence_is_in_the_shipped_font_of_every_weight(look: Look) -> None:
    signs = {sign for said in (*french(), *english()) for sign in said.text} - {"\n"}
    written = {sign for values in ("0123456789", "•…–€·’\u00a0") for sign in values}
    for weight in WEIGHTS:
        font = look.font("body", weight=weight)
        raw = QRawFont.fromFont(font)
        assert raw.familyName().startswith(look.tokens.type.family)
        missing = {sign for sign in signs | written if not raw.supportsCharacter(ord(sign))}
        assert not missing, f"{QFont(font).weight()}: {missing}"


def modules() -> Iterator[tuple[str, ast.Module]]:
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def test_no_time_is_written_by_hand() -> None:
    """Babel knows the languages; strftime knows the one of the machine."""
    for name, module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"strftime", "ctime"}, f"{name}:{node.lineno}"


def test_no_french_sentence_stands_in_the_sources() -> None:
    """A sentence that stands there would be shown to those who chose English."""
    sentence = re.compile(r"\b(?:votre|vous|cette|poste|carte|aucun|sont|avec|dans)\b")
    for name, module in modules():
        if name.rsplit("/", 1)[-1] in {"sample.py", "gallery_state.py"}:
            continue
        told = {id(node) for node in _docstrings(module)}
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                is_prose = " " in node.value and sentence.search(node.value) is not None
                assert id(node) in told or not is_prose, f"{name}:{node.lineno}: {node.value}"


def _docstrings(module: ast.Module) -> Iterator[ast.Constant]:
    """Return the strings that stand as statements: no screen shows them."""
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
