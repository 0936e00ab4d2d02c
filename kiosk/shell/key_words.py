"""What is said of the USB keys that are plugged in: one fact at a time, the most urgent first."""

from dataclasses import dataclass

from kiosk.look.banner import BannerKind
from kiosk.look.language import Language
from kiosk.wire.goodbye import GoodbyeFace
from kiosk.wire.keyface import KeysFace


@dataclass(frozen=True, slots=True)
class KeyTold:
    """A fact, what follows from it, and how it looks."""

    kind: BannerKind
    fact: str
    rest: str = ""


def key_told(language: Language, keys: KeysFace) -> KeyTold | None:
    """Return what is to be known of the keys now, None where none is plugged in.

    Somebody else's key is told of only to whoever has plugged in none of their own.
    """
    _, ngettext = language.gettext, language.ngettext
    if keys.leaving:
        return KeyTold(
            "info", _("Leave your USB key plugged in."), _("Your files are being written to it.")
        )
    if keys.busy:
        return KeyTold(
            "warning",
            _("Your USB key is still in use."),
            _("Close what you opened from it, then press again."),
        )
    if keys.unreadable:
        return KeyTold(
            "warning", _("This USB key cannot be opened here."), _("Nothing on it was changed.")
        )
    if keys.out:
        fact = ngettext(
            "You can take your USB key out.", "You can take your USB keys out.", keys.out
        )
        return KeyTold("success", fact)
    if keys.ready:
        fact = ngettext("Your USB key is open.", "Your USB keys are open.", keys.ready)
        return KeyTold("info", fact, _("Press here before you take it out."))
    if keys.earlier:
        return KeyTold(
            "info",
            _("A USB key was here before you."),
            _("If it is yours, take it out and plug it in again."),
        )
    return None


def removal_words(language: Language, keys: KeysFace) -> str:
    """Return what the button says that lets go of the keys."""
    return language.ngettext("Take my key out", "Take my keys out", keys.open)


def leave_told(language: Language, face: GoodbyeFace | None) -> KeyTold | None:
    """Return what somebody who goes must know of their key, None where none is plugged in."""
    _ = language.gettext
    if face is None or not face.key_left:
        return None
    if face.key_writing:
        return KeyTold(
            "warning", _("Wait a moment before you take your USB key."), _("It is being written.")
        )
    return KeyTold("warning", _("Remember to take your USB key."), _("It is still plugged in."))
