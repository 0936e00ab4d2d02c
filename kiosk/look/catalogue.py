"""The sentences of the screen, from the sources into the catalogue that translators fill.

    python -m kiosk.look.catalogue update    take new sentences in, drop those that are gone
    python -m kiosk.look.catalogue check     say what is missing, doubtful or stale; 1 when any is

Write the sentence in English through `_()`, `ngettext()` or `N_()`, run `update`, fill the empty
`msgstr` in `assets/languages/fr/LC_MESSAGES/creneau.po`, run `check`. The programs read the `.po`
file itself, so nothing is compiled.
"""

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from kiosk.look.language import DOMAIN

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("kiosk", "admin_console/desk")
CATALOGUE = ROOT / "assets" / "languages" / "fr" / "LC_MESSAGES" / f"{DOMAIN}.po"

PASSING = tuple(
    f'"{name}'
    for name in (
        "Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date",
        "Last-Translator", "Language-Team", "Generated-By",
    )
)  # fmt: skip
"""Header lines that say nothing about the sentences."""


def extract() -> Catalog:
    """Return all sentences of the sources."""
    found = Catalog(project="Créneau", domain=DOMAIN, charset="utf-8", fuzzy=False)
    for folder in SOURCES:
        for name, line, message, comments, context in extract_from_dir(
            ROOT / folder,
            method_map=[("**.py", "python")],
            keywords=DEFAULT_KEYWORDS,
            comment_tags=("Translators:",),
        ):
            place = f"{folder}/{name}"
            found.add(message, locations=[(place, line)], auto_comments=comments, context=context)
    return found


def read() -> Catalog:
    """Return the French catalogue, empty when there is none yet."""
    if not CATALOGUE.exists():
        return Catalog(locale="fr", domain=DOMAIN, project="Créneau", charset="utf-8", fuzzy=False)
    with CATALOGUE.open("rb") as source:
        return read_po(source, locale="fr", domain=DOMAIN)


def update() -> None:
    """Bring the catalogue to what the sources say."""
    catalogue = read()
    catalogue.update(extract(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.header_comment = "# The sentences of Créneau in French."
    text = io.BytesIO()
    write_po(text, catalogue, width=0, include_lineno=False, sort_output=True)
    # Without dates, line numbers and wrapping, a change of code does not change the catalogue.
    lines = text.getvalue().decode().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(PASSING)]
    CATALOGUE.write_text("".join(kept), encoding="utf-8")


def find_faults() -> Iterator[str]:
    """Tell each sentence that the visitor would read in the wrong language."""
    sources, catalogue = extract(), read()
    wanted = {(message.context, message.id) for message in sources if message.id}
    for message in sources:
        if not message.id:
            continue
        told = catalogue.get(message.id, message.context)
        strings = told.string if told is not None else ""
        forms = strings if isinstance(strings, tuple) else (strings,)
        if told is None or not all(forms):
            yield f"missing: {message.id}"
        elif told.fuzzy:
            yield f"doubtful: {message.id}"
        else:
            for error in told.check(catalogue):
                yield f"broken: {message.id} ({error})"
    for message in catalogue:
        if message.id and (message.context, message.id) not in wanted:
            yield f"stale: {message.id}"


def main(arguments: list[str] | None = None) -> int:
    """Run one of the two commands; return the exit code."""
    parser = argparse.ArgumentParser(prog="kiosk.look.catalogue")
    parser.add_argument("command", choices=("update", "check"))
    chosen = parser.parse_args(arguments)
    if chosen.command == "update":
        update()
    faults = list(find_faults())
    sys.stdout.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults and chosen.command == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
