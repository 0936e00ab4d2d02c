"""What a visitor chose of size and contrast, in the words of programs."""

from kiosk.gate.appearance import PLAIN, Appearance, Scaling, TextSize
from kiosk.gate.backend import Application

LARGE = Appearance(TextSize.LARGE, contrast=True)
BROWSER = Application(
    "internet", "/usr/bin/browser", ("--at={private}",), takes_url=True, scaling=Scaling.CHROMIUM
)


def test_who_chose_nothing_changes_nothing() -> None:
    assert PLAIN.variables() == {}
    assert BROWSER.command("/private", "", PLAIN) == ("/usr/bin/browser", "--at=/private")


def test_toolkits_and_the_pointer_hear_of_the_size() -> None:
    assert LARGE.variables() == {
        "GDK_DPI_SCALE": "1.25",
        "QT_SCALE_FACTOR": "1.25",
        "SAL_FORCEDPI": "120",
        "XCURSOR_SIZE": "30",
        "GTK_THEME": "HighContrastInverse",
    }


def test_a_browser_is_told_before_its_address() -> None:
    assert BROWSER.command("/private", "https://example.org/", LARGE) == (
        "/usr/bin/browser",
        "--at=/private",
        "--force-device-scale-factor=1.25",
        "--force-dark-mode",
        "--enable-features=WebContentsForceDark",
        "https://example.org/",
    )


def test_only_what_is_chosen_is_said() -> None:
    assert Appearance(TextSize.LARGEST).arguments(Scaling.CHROMIUM) == (
        "--force-device-scale-factor=1.5",
    )
    assert "GTK_THEME" not in Appearance(TextSize.LARGEST).variables()
    assert Appearance(contrast=True).variables() == {"GTK_THEME": "HighContrastInverse"}
    assert LARGE.arguments(Scaling.VARIABLES) == ()
