"""A real browser in a confined session: what a visitor tries with it, and what comes of it.

Nothing asks the browser from inside, for it answers no developer: what is seen is what a visitor
would see, the title of the window, its size, and the files of the session.
"""

import http.server
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from kiosk.gate.appearance import PLAIN, Appearance, TextSize
from kiosk.gate.application import find_applications
from kiosk.gate.browserpolicy import Policy, chromium_policy
from kiosk.gate.cell import CellLimits
from kiosk.gate.confinedbackend import ConfinedBackend
from kiosk.gate.confinement import PATH
from kiosk.gate.documents import Documents
from kiosk.rules.person import BrowserProfile
from tests.helpers.confine import FACE, needs_root, wait_for
from tests.helpers.stage import OPENBOX, SLOT, Stage, open_stage
from tests.stories.confined_station import Screen

CONFIGURATION = Path("/etc/chromium")
TRIES = 4
_missing = [
    name
    for name in ("chromium", "xdotool", "Xvfb", OPENBOX)
    if shutil.which(name, path=PATH) is None
]
pytestmark = [
    needs_root,
    pytest.mark.skipif(
        bool(_missing) or not CONFIGURATION.is_dir(), reason=f"not installed: {_missing}"
    ),
]

_PAGES = {
    "/size": """<title>?</title><script>
        const tell = () => { document.title = `wide ${innerWidth} ratio ${devicePixelRatio} `
            + `dark ${matchMedia("(prefers-color-scheme: dark)").matches}` };
        onresize = tell; tell();
        </script>""",
    "/login": """<title>?</title><form action="/entered" method="post">
        <input name="user" autocomplete="username">
        <input name="word" type="password" autocomplete="current-password">
        <button>in</button></form>
        <script>document.forms[0].user.focus(); document.title = "form"</script>""",
    "/entered": "<title>entered</title>",
}


class _Site(http.server.BaseHTTPRequestHandler):
    # A browser opens lines that it may never use.
    timeout = 0.5

    def do_GET(self) -> None:
        body, kind = _PAGES.get(self.path, "").encode(), "text/html"
        self.send_response(200)
        if self.path == "/cv.odt":
            body, kind = b"a document", "application/octet-stream"
            self.send_header("Content-Disposition", "attachment")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


class Browser:
    """A browser of the visitor, with its keyboard and its screen."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        cell = stage.cell()
        self._screen = Screen(":9", stage.plan.cookie_of(FACE), within=cell.holder)
        self._folder = stage.plan.cell.run
        self._inside = ["nsenter", "--target", str(cell.holder), "--mount"]
        cookie = str(stage.plan.cookie_of(FACE))
        self._environment = {**os.environ, "DISPLAY": ":9", "XAUTHORITY": cookie}

    @property
    def home(self) -> Path:
        return self._stage.plan.cell.home

    @property
    def documents(self) -> Path:
        return self._stage.outside(self.home / "Documents")

    def launch(
        self,
        url: str,
        appearance: Appearance = PLAIN,
        profile: BrowserProfile = BrowserProfile.ADULT,
    ) -> None:
        assert self._stage.backend.launch(SLOT, "internet", url, appearance, profile) is None
        wait_for(lambda: self.titles() != [], "a window of the browser", 60)

    def titles(self) -> list[str]:
        """Titles of its windows; a question that it asks beside a page is one without."""
        # It ends with 1 where it finds none.
        words = ("search", "--onlyvisible", "--class", "chromium", "getwindowname", "%@")
        return self._xdotool(*words, check=False).splitlines()

    def press(self, *keys: str) -> None:
        self._xdotool("key", *keys)

    def write(self, text: str) -> None:
        self._xdotool("type", "--delay", "5", text)

    def signs(self) -> QImage:
        """The end of the address line, where a browser shows what else it would do."""
        told = self._xdotool("getactivewindow", "getwindowgeometry", "--shell").split()
        place = {key: int(value) for key, _, value in (line.partition("=") for line in told)}
        picture = QImage(str(self._screen.screenshot(self._folder / "picture.png")))
        return picture.copy(place["X"] + place["WIDTH"] - 190, place["Y"] + 45, 90, 35)

    def go(self, address: str, title: str) -> str:
        """Type an address as a visitor does, until a window has a title that begins so.

        A page that is still coming may take the line of the address away from who writes in it.
        """
        for _ in range(TRIES):
            self.press("ctrl+l")
            self.write(address)
            self.press("Return")
            with suppress(AssertionError):
                return self.wait_for_title(title, seconds=5)
        raise AssertionError(f"no window {title} but {self.titles()}")

    def wait_for_title(self, start: str, other_than: str = "", seconds: float = 30) -> str:
        """Wait until a window has a title that begins so, and return it."""
        found: list[str] = []

        def look() -> bool:
            titles = self.titles()
            found[:] = [one for one in titles if one.startswith(start) and one != other_than]
            return bool(found)

        wait_for(look, f"a window {start}", seconds)
        return found[0]

    def _xdotool(self, *words: str, check: bool = True) -> str:
        told = subprocess.run(
            [*self._inside, "xdotool", *words],
            env=self._environment,
            check=check,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return told.stdout


@contextmanager
def open_browser(make_policy: Callable[[Path], Policy]) -> Iterator[Browser]:
    """Begin a session in which Chromium finds this policy where root would have laid it."""
    with open_stage() as stage:
        plan = stage.plan
        plan = replace(
            plan,
            cell=replace(plan.cell, limits=CellLimits(), documents=Documents()),
            applications=find_applications(PATH, as_root=False),
        )
        stage.plan, stage.backend = plan, ConfinedBackend(plan)
        laid = plan.cell.home.parent / "chromium"
        shutil.copytree(CONFIGURATION, laid)
        managed = laid / "policies" / "managed"
        managed.mkdir(parents=True)
        (managed / "creneau.json").write_text(json.dumps(make_policy(plan.cell.home)))
        (managed / "creneau-minor.json").write_text("{}\n")
        try:
            stage.backend.start(SLOT)
            mount = ["mount", "--bind", str(laid), str(CONFIGURATION)]
            inside = ["nsenter", "--target", str(stage.cell().holder), "--mount"]
            subprocess.run([*inside, *mount], check=True, timeout=20)
            yield Browser(stage)
        finally:
            stage.backend.end(None)
            shutil.rmtree(laid)
            (plan.cell.run / "picture.png").unlink(missing_ok=True)


@pytest.fixture
def browser(site: str) -> Iterator[Browser]:
    with open_browser(chromium_policy) as made:
        made.launch(f"{site}/size")
        yield made


def test_the_machines_files_are_not_shown_and_the_visitors_own_are(browser: Browser) -> None:
    (browser.documents / "mine.txt").write_text("mine")
    (browser.documents / "mine.txt").chmod(0o644)
    # A page that is refused has no title of its own: its window bears the address.
    browser.go("file:///etc/passwd", "file:///etc/passwd")
    browser.go(f"file://{browser.home}/Documents/mine.txt", "mine.txt")
    browser.go(f"file://{browser.home}/../../../etc/group", "file:///etc/group")


def test_the_browser_cannot_be_changed(browser: Browser) -> None:
    for page in ("settings", "flags", "extensions", "password-manager"):
        browser.go(f"chrome://{page}", f"chrome://{page}")


def test_a_download_lies_among_the_sessions_documents(browser: Browser, site: str) -> None:
    browser.go(f"{site}/entered", "entered")
    browser.press("ctrl+l")
    browser.write(f"{site}/cv.odt")
    browser.press("Return")
    file = browser.documents / "cv.odt"
    wait_for(file.exists, "the download")
    assert file.read_bytes() == b"a document"


def test_no_developer_looks_behind_a_page(browser: Browser, site: str) -> None:
    before = browser.go(f"{site}/size", "wide ")
    browser.press("F12", "ctrl+shift+i", "ctrl+shift+j", "ctrl+u")
    # What comes after these keys shows that they were taken.
    browser.go(f"{site}/entered", "entered")
    assert browser.go(f"{site}/size", "wide ") == before
    assert len(browser.titles()) == 1


@pytest.mark.parametrize("profile", BrowserProfile)
def test_the_browser_of_a_minor_obeys_the_rules_for_minors(
    site: str, profile: BrowserProfile
) -> None:
    with open_browser(chromium_policy) as browser:
        browser.launch(f"{site}/size", profile=profile)
        browser.wait_for_title("wide ")
        browser.press("ctrl+shift+n")
        if profile is BrowserProfile.ADULT:
            wait_for(lambda: len(browser.titles()) == 2, "a private window")
        else:
            # What comes after the keys shows that they were taken.
            browser.go(f"{site}/entered", "entered")
            assert len(browser.titles()) == 1


def enter_password(browser: Browser, site: str) -> None:
    for _ in range(TRIES):
        browser.go(f"{site}/login", "form")
        browser.write("me")
        browser.press("Tab")
        browser.write("secret")
        browser.press("Return")
        with suppress(AssertionError):
            browser.wait_for_title("entered", seconds=5)
            return
    raise AssertionError(f"no password was entered, but {browser.titles()}")


def test_a_password_is_not_kept(browser: Browser, site: str) -> None:
    browser.go(f"{site}/entered", "entered")
    before = browser.signs()
    enter_password(browser, site)
    assert browser.signs() == before


def test_the_size_and_the_contrast_of_the_visitor_reach_the_pages(site: str) -> None:
    with open_browser(chromium_policy) as large:
        large.launch(f"{site}/size", Appearance(TextSize.LARGEST, contrast=True))
        title = large.wait_for_title("wide ")
        assert "ratio 1.5 dark true" in title


def test_a_visitor_who_chose_nothing_sees_pages_as_they_are(browser: Browser) -> None:
    assert "ratio 1 dark false" in browser.wait_for_title("wide ")


def test_the_same_keys_change_a_browser_that_has_no_rules(site: str) -> None:
    with open_browser(lambda _: {}) as free:
        free.launch(f"{site}/size")
        alone = free.wait_for_title("wide ")
        free.press("F12")
        free.wait_for_title("wide ", other_than=alone)
        free.press("F12")
        free.go("file:///etc/passwd", "passwd")
        free.go("chrome://settings", "Settings")
        free.go(f"{site}/entered", "entered")
        before = free.signs()
        enter_password(free, site)
        wait_for(lambda: free.signs() != before, "the key of the kept passwords")
